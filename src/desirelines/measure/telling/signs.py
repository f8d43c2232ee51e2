"""Signs that a customer is in trouble now: each kind found for all customers at once, one row a customer and thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from desirelines.map import event_flags
from desirelines.measure.asking.places import Places
from desirelines.measure.gathering.facts import Facts
from desirelines.measure.gathering.pairs import BROKEN, KEPT
from desirelines.measure.gathering.roles import Occasions
from desirelines.measure.intervals import SMALL
from desirelines.plan import EventRule, Plan, Promise, duration_us, in_order
from desirelines.store import Snapshot

Int = NDArray[np.int64]
Whose = NDArray[np.int32]
Floats = NDArray[np.float64]
Kind = Literal["overdue", "unanswered", "broken promise", "repeated contact", "low score", "failure", "stuck"]
KINDS: tuple[Kind, ...] = get_args(Kind)
POINTS: Mapping[Kind, int] = {
    "overdue": 3, "unanswered": 3, "broken promise": 2, "repeated contact": 2, "low score": 2, "failure": 1, "stuck": 1,
}  # fmt: skip
"""What a sign adds to a customer's trouble, once for its kind."""
DAY_US = 86_400_000_000
GRACE_US = DAY_US
"""A contact may wait so long for its solution."""
LOW, DETRACTOR = 0.4, 0.6
"""Shares of the scale up to which a score is low: 1 and 2 of 1 to 5; 0 to 6 of 0 to 10 where a recommendation is asked for."""
NEVER = -(2**62)


@dataclass(frozen=True)
class Signs:
    """Signs of one kind about one thing [n], a customer once."""

    kind: Kind
    about: str
    """The promise's, question's or stage's name; empty: told by the kind."""
    customer: Whose
    since: Int
    """Since when, microseconds."""
    amount: Floats
    """Contacts, failures, the score given, seconds in the stage; 0 where nothing is counted."""
    owner: NDArray[np.int16]
    """Index among the plan's teams in order; -1: nobody."""
    usual: float = 0.0
    """Of a stage: the seconds within which nine in ten go on; of a question: its scale's high end."""


@dataclass(frozen=True)
class Now:
    """What signs are looked for in: `days` back from the data's end."""

    facts: Facts
    snapshot: Snapshot
    plan: Plan
    days: int

    @property
    def at(self) -> int:
        return self.facts.daily.as_of

    @property
    def since(self) -> int:
        return self.at - self.days * DAY_US

    @property
    def people(self) -> int:
        return len(self.facts.who.customers)

    def owner_of(self, touchpoint: str, own: str | None = None) -> int:
        """Index among the teams of who owns a thing, or else its touchpoint."""
        teams = [team.id for team in in_order(self.plan.teams)]
        owner = own or next((one.owner for one in self.plan.touchpoints if one.id == touchpoint), None)
        return teams.index(owner) if owner in teams else -1

    def owners_at(self, touchpoint: NDArray[np.int32]) -> NDArray[np.int16]:
        """[n] the same for touchpoints by their place in the plan; -1 for none."""
        of = [self.owner_of(one.id) for one in in_order(self.plan.touchpoints)]
        return np.array([*of, -1], dtype=np.int16)[touchpoint]


def latest(customer: Whose, at: Int, people: int) -> Int:
    """int64[people] each customer's last instant, NEVER for none; rows of nobody (-1) are passed over."""
    found = np.full(people, NEVER, dtype=np.int64)
    known = customer >= 0
    np.maximum.at(found, customer[known], at[known])
    return found


def find_signs(now: Now, places: Places | None) -> list[Signs]:
    """All signs. `places`: the stages of the planned journey, where there is one."""
    if now.at < 0 or not now.people:
        return []
    finders: list[Callable[[Now], Iterator[Signs]]] = [_promises, _contacts, _scores, _failures]
    found = [signs for finder in finders for signs in finder(now)]
    if places is not None:
        found += _stuck(now, places)
    return [signs for signs in found if len(signs.customer)]


def _resolved(now: Now) -> Int:
    """int64[people] when each customer's issue was last solved."""
    solved = now.facts.occasions.get("resolved")
    return np.full(now.people, NEVER, np.int64) if solved is None else latest(solved.customer, solved.at, now.people)


def _promises(now: Now) -> Iterator[Signs]:
    """Broken lately, and neither kept nor put right since; overdue where what was promised has not come at all."""
    judgements, solved = now.facts.judgements, _resolved(now)
    for promise in in_order(now.plan.promises):
        if promise.id not in judgements.promises:
            continue
        mine = judgements.of(promise.id)
        at, customer, state = judgements.at[mine], judgements.customer[mine], judgements.state[mine]
        started = latest(customer[state == BROKEN], at[state == BROKEN], now.people)
        broke = started + (duration_us(promise.within.time) if promise.within else 0)
        kept = latest(customer[state == KEPT], at[state == KEPT], now.people)
        open_ = (started > NEVER) & (broke > now.since) & (broke <= now.at) & (kept < started) & (solved < broke)
        came = _came(now, promise) >= started
        owner = now.owner_of(promise.touchpoint, promise.owner)
        for kind, mask in (("overdue", open_ & ~came), ("broken promise", open_ & came)):
            who = np.flatnonzero(mask)
            yield _signs("overdue" if kind == "overdue" else "broken promise", promise.name, who, broke[who], owner)


def _came(now: Now, promise: Promise) -> Int:
    """int64[people] when each customer last had what a time was promised for; far away where nothing is waited for."""
    if not promise.within:
        return np.full(now.people, -NEVER, np.int64)
    return last_event(now, promise.within.to)


def last_event(now: Now, rule: EventRule) -> Int:
    """int64[people] each customer's last event that a rule means."""
    trace, who = now.facts.trace, now.facts.who
    found = np.full(now.people, NEVER, dtype=np.int64)
    for index, (bucket, mask) in enumerate(zip(trace.buckets, event_flags(trace, now.snapshot, (rule,)), strict=True)):
        there = np.flatnonzero(mask)
        group = np.searchsorted(bucket.offsets, there, side="right") - 1 + int(who.group_start[index])
        np.maximum(found, latest(who.group[group], np.asarray(bucket.at)[there], now.people), out=found)
    return found


def _contacts(now: Now) -> Iterator[Signs]:
    """A contact nothing was solved after, and several within the days without an end."""
    calls = now.facts.occasions.get("contact")
    if calls is None:
        return
    solved = now.facts.occasions.get("resolved")
    lately = (calls.customer >= 0) & (calls.at > now.since)
    if solved is not None:
        open_ = lately & (calls.at <= now.at - GRACE_US) & ~answered(calls, solved, now.people)
        yield _first(now, "unanswered", calls, np.flatnonzero(open_), 1)
    since = lately & (calls.at > _resolved(now)[calls.customer])
    yield _first(now, "repeated contact", calls, np.flatnonzero(since), 2)


def answered(calls: Occasions, solved: Occasions, people: int) -> NDArray[np.bool_]:
    """bool[calls]: solved at or after it: about the same object where both name one, else the customer's."""
    named = solved.object != 0
    things, which = np.unique(solved.object[named], return_inverse=True)
    last = np.full(len(things) + 1, NEVER, np.int64)
    np.maximum.at(last, which, solved.at[named])
    place = np.searchsorted(things, calls.object)
    same = (place < len(things)) & (np.append(things, 0)[place] == calls.object) & (calls.object != 0)
    of_thing = last[np.where(same, place, len(things))]
    anything = latest(solved.customer, solved.at, people)[calls.customer]
    loose = latest(solved.customer[~named], solved.at[~named], people)[calls.customer]
    return np.asarray(np.where(calls.object == 0, anything, np.maximum(of_thing, loose)) >= calls.at)


def _first(now: Now, kind: Kind, rows: Occasions, chosen: Int, least: int) -> Signs:
    """Of the `chosen` occasions those of customers with at least so many: since the first, owned by where the last was."""
    who, first, count = np.unique(rows.customer[chosen], return_index=True, return_counts=True)
    enough = count >= least
    last = chosen[(first + count - 1)[enough]] if len(chosen) else chosen
    owner = now.owners_at(rows.touchpoint[last])
    return Signs(kind, "", who[enough], rows.at[chosen][first[enough]], count[enough].astype(np.float64), owner)


def _scores(now: Now) -> Iterator[Signs]:
    """The last answer to a question, given lately, if it is a low one."""
    answers = now.facts.answers
    for index, question in enumerate(answers.questions):
        mine = slice(int(answers.offsets[index]), int(answers.offsets[index + 1]))
        lately = (answers.customer[mine] >= 0) & (answers.at[mine] > now.since)
        newest = np.flatnonzero(lately)[::-1] + mine.start
        who, first = np.unique(answers.customer[newest], return_index=True)
        last = newest[first]
        share = (answers.value[last] - question.low) / (question.high - question.low)
        low = share <= (DETRACTOR if question.kind == "recommend" else LOW) + 1e-9
        owner = np.full(int(low.sum()), now.owner_of(question.touchpoint), np.int16)
        yield Signs("low score", question.words, who[low], answers.at[last][low], answers.value[last][low], owner, question.high)


def _failures(now: Now) -> Iterator[Signs]:
    failed = now.facts.occasions.get("failure")
    if failed is not None:
        lately = (failed.customer >= 0) & (failed.at > now.since) & (failed.at > _resolved(now)[failed.customer])
        yield _first(now, "failure", failed, np.flatnonzero(lately), 1)


def _stuck(now: Now, places: Places) -> Iterator[Signs]:
    """In a stage of the customer's side for longer than nine in ten were who went on, since it became so within the days."""
    usual = places.found.spread
    journeys, ends = places.paths.journeys, places.ends
    who = np.searchsorted(now.facts.who.customers, journeys.customers)[journeys.customer]
    for state, stage in enumerate(places.matched.stages):
        if stage.side != "customer" or places.over[state] or usual.size[state] < SMALL:
            continue
        limit = places.limit_us[state]
        there = places.paths.keep & ends.newest & (ends.state == state) & (journeys.customer >= 0)
        there &= (places.waiting_us > limit) & (places.waiting_us <= limit + now.days * DAY_US)
        mine = np.flatnonzero(there)
        customer, first = np.unique(who[mine], return_index=True)
        waiting = places.waiting_us[mine][first]
        owner = np.full(len(customer), _stage_owner(now, places, state), np.int16)
        yield Signs("stuck", stage.name, customer.astype(np.int32), now.at - waiting, waiting / 1e6, owner, float(limit) / 1e6)


def _stage_owner(now: Now, places: Places, state: int) -> int:
    """Who owns the first touchpoint of the stage that anybody owns."""
    drawn = [places.matched.touchpoints[code] for code in np.flatnonzero(places.matched.in_stage[:, state]).tolist()]
    return next((owner for owner in map(now.owner_of, drawn) if owner >= 0), -1)


def _signs(kind: Kind, about: str, who: Int, since: Int, owner: int) -> Signs:
    none = np.zeros(len(who))
    return Signs(kind, about, who.astype(np.int32), since, none, np.full(len(who), owner, np.int16))
