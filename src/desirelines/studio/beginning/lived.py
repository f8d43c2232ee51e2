"""What customers did, as a beginning asks for it: when somebody ordered, called, had it in their hands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desirelines.map import Matched, event_flags
from desirelines.measure import Facts
from desirelines.plan import EventRule, Plan, RoleId, in_order, suggest_roles
from desirelines.store import Snapshot

Int = NDArray[np.int64]
Mask = NDArray[np.bool_]
DAY_US = 86_400_000_000
NEVER = 2**62


@dataclass(frozen=True)
class Occasions:
    """[n] sorted by customer, then time; customers as the owners count them."""

    customer: Int
    at: Int


@dataclass(frozen=True)
class Lived:
    """One version of the data and one of the plan."""

    facts: Facts
    snapshot: Snapshot
    plan: Plan
    number: int
    matched: Callable[[str], Matched]

    @property
    def customers(self) -> int:
        return len(self.facts.who.customers)

    @property
    def as_of(self) -> int:
        """The newest event's instant; -1 without events."""
        return self.facts.daily.as_of

    @cached_property
    def _suggested(self) -> Mapping[RoleId, tuple[str, ...]]:
        return suggest_roles(self.facts.trace.events)

    def rules(self, role: RoleId) -> tuple[EventRule, ...]:
        """Which events play the role: the plan's word, or else what their names say."""
        said = next((one.rule for one in self.plan.roles if one.id == role), ())
        return said or tuple(EventRule(event=name) for name in self._suggested.get(role, ()))

    def guessed(self, role: RoleId) -> tuple[str, ...]:
        """The events that play it by their names only; none where the plan says which."""
        said = any(one.id == role and one.rule for one in self.plan.roles)
        return () if said else self._suggested.get(role, ())

    def of_role(self, role: RoleId) -> Occasions:
        """All its occasions of known customers."""
        return self.of_rules(self.rules(role))

    def of_rules(self, rules: tuple[EventRule, ...]) -> Occasions:
        """All events that any rule means, of known customers."""
        if not rules:
            return Occasions(np.empty(0, np.int64), np.empty(0, np.int64))
        flags = event_flags(self.facts.trace, self.snapshot, rules)
        who: list[Int] = []
        when: list[Int] = []
        for index, mask in enumerate(flags):
            bucket = self.facts.trace.buckets[index]
            places = np.flatnonzero(mask)
            group = np.searchsorted(bucket.offsets, places, side="right") - 1 + int(self.facts.who.group_start[index])
            who.append(self.facts.who.group[group].astype(np.int64))
            when.append(np.asarray(bucket.at)[places])
        customer, at = np.concatenate(who), np.concatenate(when)
        known = np.flatnonzero(customer >= 0)
        order = known[np.lexsort((at[known], customer[known]))]
        return Occasions(customer[order], at[order])

    def first(self, found: Occasions) -> Int:
        """[customers] each one's first; NEVER where there is none."""
        times = np.full(self.customers, NEVER, np.int64)
        np.minimum.at(times, found.customer, found.at)
        return times

    def last(self, found: Occasions) -> Int:
        """[customers] each one's last; -1 where there is none."""
        times = np.full(self.customers, -1, np.int64)
        np.maximum.at(times, found.customer, found.at)
        return times

    def count(self, found: Occasions) -> Int:
        """[customers]"""
        return np.bincount(found.customer, minlength=self.customers).astype(np.int64)

    @cached_property
    def touchpoints(self) -> tuple[str, ...]:
        """Ids by their code."""
        return tuple(one.id for one in in_order(self.plan.touchpoints))
