"""From a workspace to passages and happenings: who met a fault, and everything that happened to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from desirelines.errors import BadInput
from desirelines.explain.estimating.estimate import Float, Int
from desirelines.explain.ground import Ground
from desirelines.explain.ripples.edges import Compared, Outcome, prepare
from desirelines.explain.ripples.nouns import Fault, RipplesAsk
from desirelines.explain.ripples.passing import Happenings, Passages
from desirelines.measure import BROKEN, KEPT
from desirelines.model.automaton import CONTESTED
from desirelines.model.hint import nearest
from desirelines.plan import in_order

MOST_TRAITS, MOST_VALUES = 6, 8
RARE = 30
"""Touchpoints that fewer known people ever came to are not followed."""


@dataclass(frozen=True)
class Told:
    """An outcome and how to speak of it. `amount` 1: more of it is worse, -1: less of it is worse, 0: neither."""

    outcome: Outcome
    name: str
    target: str
    touchpoint: str
    bad: int


class Gathered:
    """All that ripples need of one ground, each part made when it is asked for."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.touchpoints = in_order(ground.plan.touchpoints)

    @cached_property
    def events(self) -> tuple[Int, Int, Int]:
        """Whose, when and at which touchpoint (code of the binding, CONTESTED and above: none), of every known person's event."""
        facts = self.ground.facts
        parts = []
        for index, (bucket, codes) in enumerate(zip(facts.trace.buckets, facts.bound.codes, strict=True)):
            start = int(facts.who.group_start[index])
            groups = facts.who.group[start : start + len(bucket.offsets) - 1]
            parts.append((np.repeat(groups, np.diff(bucket.offsets)), np.asarray(bucket.at), np.asarray(codes)))
        none = np.empty(0, np.int64)
        customer, at, code = (np.concatenate([none, *(part[place].astype(np.int64) for part in parts)]) for place in range(3))
        known = customer >= 0
        return customer[known], at[known], code[known]

    @cached_property
    def everything(self) -> Happenings:
        return Happenings(self.events[0], self.events[1])

    @cached_property
    def at_touchpoints(self) -> dict[str, Happenings]:
        """Touchpoint id to what happened there, where it happened to enough people."""
        customer, at, code = self.events
        order = np.argsort(code, kind="stable")
        edges = np.searchsorted(code[order], np.arange(len(self.ground.facts.bound.touchpoints) + 1))
        found = {}
        for place, name in enumerate(self.ground.facts.bound.touchpoints):
            mine = order[edges[place] : edges[place + 1]]
            if len(np.unique(customer[mine])) >= RARE and place < CONTESTED:
                found[name] = Happenings(customer[mine], at[mine])
        return found

    @cached_property
    def first_seen(self) -> Int:
        """[customers] µs"""
        found = np.full(self.ground.customers, self.span[0], np.int64)
        every = self.everything
        firsts = np.flatnonzero(np.diff(every.customer, prepend=-1))
        found[every.customer[firsts]] = every.at[firsts]
        return found

    @cached_property
    def span(self) -> tuple[int, int]:
        """The data's first and last instant, µs."""
        at = self.events[1]
        return (int(at.min()), int(at.max())) if len(at) else (0, 0)

    @cached_property
    def traits(self) -> tuple[tuple[str, ...], Float]:
        """What is known of customers [customers, k] as 0 and 1: traits with few values, the most frequent value left out."""
        found: list[Float] = []
        names: list[str] = []
        traits = self.ground.traits()
        for place, name in enumerate(traits.names):
            low, high = int(traits.offsets[place]), int(traits.offsets[place + 1])
            texts = np.array([str(text) for text in traits.text.slice(low, high - low).to_pylist()])
            values, code, counts = np.unique(texts, return_inverse=True, return_counts=True)
            if not 2 <= len(values) <= MOST_VALUES or len(names) >= MOST_TRAITS * MOST_VALUES:
                continue
            for index in np.argsort(-counts)[1:]:
                column = np.zeros(self.ground.customers)
                column[traits.customer[low:high][code == index]] = 1.0
                found.append(column)
                names.append(f"{name}: {values[index]}")
        return tuple(names), np.column_stack(found) if found else np.zeros((self.ground.customers, 0))

    # faults

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """What can be followed, met by most people first."""
        owners = {one.id: one.owner for one in self.touchpoints}
        judged = self.ground.facts.judgements
        found = [
            Fault(
                f"promise:{one.id}", "promise", f"Broken: {one.name}", one.touchpoint, one.owner or owners.get(one.touchpoint), 0
            )
            for one in in_order(self.ground.plan.promises)
            if one.id in judged.promises
        ]
        names = {one.id: one.name for one in self.touchpoints}
        if "failure" in self.ground.facts.occasions:
            places = np.unique(self.ground.facts.occasions["failure"].touchpoint)
            for place in places[places >= 0].tolist():
                one = self.touchpoints[place]
                found.append(Fault(f"failure:{one.id}", "failure", f"Failed: {names[one.id]}", one.id, one.owner, 0))
        counted = [(one, len(np.unique(own.customer[own.exposed]))) for one in found for own in [self.passages(one)]]
        sized = [Fault(one.id, one.kind, one.name, one.touchpoint, one.owner, people) for one, people in counted]
        return tuple(sorted(sized, key=lambda one: -one.people))

    def chosen(self, ask: RipplesAsk) -> Fault | None:
        """Raises BadInput for a fault that is none."""
        if not ask.fault:
            # a score is an answer about what went wrong before, so it is followed only where it is asked for
            met = [one for one in self.faults if one.people]
            return next((one for one in met if not self._by_score(one)), met[0] if met else None)
        found = {one.id: one for one in self.faults}
        if ask.fault not in found:
            raise BadInput(f"there is no fault `{ask.fault[:80]}`", hint=nearest(ask.fault, list(found)) or "promise:ID")
        return found[ask.fault]

    def _by_score(self, fault: Fault) -> bool:
        return any(fault.id == f"promise:{one.id}" and one.score for one in self.ground.plan.promises)

    def passages(self, fault: Fault) -> Passages:
        """In the period, of the segment, known people only. A promise's count from when it was due."""
        facts, name = self.ground.facts, fault.id.partition(":")[2]
        if fault.kind == "promise":
            mine = facts.judgements.of(name)
            state = facts.judgements.state[mine]
            judged = (state == BROKEN) | (state == KEPT)
            customer, at = facts.judgements.customer[mine][judged], facts.judgements.due[mine][judged]
            since, exposed = facts.judgements.at[mine][judged], state[judged] == BROKEN
        else:
            failed = facts.occasions["failure"]
            place = next(index for index, one in enumerate(self.touchpoints) if one.id == name)
            own = failed.touchpoint == place
            passed = self.at_touchpoints.get(name, Happenings(np.empty(0, np.int64), np.empty(0, np.int64)))
            bad = Happenings(failed.customer[own].astype(np.int64), failed.at[own])
            good = bad.count(passed.customer, passed.at, passed.at + 1) == 0
            customer = np.concatenate([bad.customer, passed.customer[good]])
            at, exposed = np.concatenate([bad.at, passed.at[good]]), np.arange(len(bad.at) + int(good.sum())) < len(bad.at)
            since = at
        low, high = self.ground.bounds
        keep = (customer >= 0) & (at >= low) & (at < high)
        if self.ground.members is not None:
            keep &= np.append(self.ground.members, False)[customer]
        return Passages(customer[keep].astype(np.int64), at[keep], exposed[keep], None, since[keep])

    def compared(self, fault: Fault) -> Compared | None:
        """The fault's people beside others, alike in what was known before."""
        own = self.passages(fault)
        names, traits = self.traits
        with_traits = replace(own, known=traits[own.customer])
        before = [self.at_touchpoints[name] for name in self.at_touchpoints]
        called = {one.id: one.name for one in self.touchpoints}
        labels = (*(f"{called[name]} before" for name in self.at_touchpoints), *names)
        return prepare(with_traits, before, self.first_seen, *self.span, labels)

    # outcomes

    @cached_property
    def outcomes(self) -> tuple[Told, ...]:
        """Roles first, then scores, then every touchpoint."""
        facts, found = self.ground.facts, []
        for role, name, bad in (
            ("contact", "Getting in touch", 1),
            ("refund", "Sending back", 1),
            ("referral", "Recommending", -1),
        ):
            if role in facts.occasions:
                one = facts.occasions[role]
                found.append(Told(Outcome(role, "any", Happenings(one.customer.astype(np.int64), one.at)), name, "role", "", bad))
        if "order" in facts.occasions:
            one = facts.occasions["order"]
            bought = Happenings(one.customer.astype(np.int64), one.at)
            found.append(Told(Outcome("order-again", "again", bought), "Ordering again", "role", "", -1))
            if np.isfinite(one.value).any():
                paid = Happenings(one.customer.astype(np.int64), one.at, one.value)
                found.append(Told(Outcome("amount", "amount", paid), "Amount ordered", "role", "", -1))
        found.append(Told(Outcome("leaving", "none", self.everything), "Not coming back", "role", "", 1))
        for index, question in enumerate(facts.answers.questions):
            mine = slice(int(facts.answers.offsets[index]), int(facts.answers.offsets[index + 1]))
            answered = Happenings(
                facts.answers.customer[mine].astype(np.int64), facts.answers.at[mine], facts.answers.value[mine]
            )
            if len(np.unique(answered.customer)) >= RARE:
                outcome = Outcome(f"score-{question.id}", "score", answered)
                found.append(
                    Told(outcome, question.words, "question", question.touchpoint, 1 if question.kind == "effort" else -1)
                )
        names, unwanted = {one.id: one.name for one in self.touchpoints}, self._unwanted()
        for id_, happened in self.at_touchpoints.items():
            found.append(Told(Outcome(id_, "any", happened), names[id_], "touchpoint", id_, int(id_ in unwanted)))
        return tuple(found)

    def _unwanted(self) -> set[str]:
        """Touchpoints at which people get in touch, send back or fail."""
        roles = [
            self.ground.facts.occasions[one] for one in ("contact", "refund", "failure") if one in self.ground.facts.occasions
        ]
        return {self.touchpoints[place].id for one in roles for place in np.unique(one.touchpoint).tolist() if place >= 0}
