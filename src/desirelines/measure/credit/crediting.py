"""Credit for what customers came to do: which touches came before, and how each rule shares it out among them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desirelines import trace as tracing
from desirelines.errors import BadInput
from desirelines.measure.asking.paths import Mask, Paths
from desirelines.measure.base.accounts import Accounts
from desirelines.measure.credit.nouns import CreditAsk
from desirelines.measure.credit.walking import NOWHERE, Goals, Tally, Terms, added, walked
from desirelines.measure.gathering.roles import Occasions
from desirelines.model.hint import nearest
from desirelines.plan import duration_us

Int = NDArray[np.int64]
MOST = 300
"""Different touches at most: what follows what is a table of so many rows and columns."""


@dataclass(frozen=True)
class Crediting:
    """One question, made ready: what its touches and its goals are."""

    paths: Paths
    accounts: Accounts
    ask: CreditAsk

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The touches, as they are numbered."""
        every = self.paths.names
        if self.ask.touches:
            wanted = [name.strip() for name in self.ask.touches.split("|") if name.strip()]
            return tuple(every[self.paths.code_of(name)] for name in dict.fromkeys(wanted))
        if len(every) > MOST:
            hint = "name the touches that count, or ask by channel"
            raise BadInput(f"there are {len(every):,} different touches, more than {MOST}", hint=hint)
        return every

    @property
    def role(self) -> str | None:
        """The role that is the goal; None where events are named."""
        if not self.ask.goal:
            return "order"
        return self.ask.goal if self.ask.goal in self.accounts.facts.occasions else None

    @property
    def words(self) -> str:
        return f"role {self.role}" if self.role else self.ask.goal

    @cached_property
    def bounds(self) -> tuple[int, int]:
        return self.accounts.period.bounds_us(self.accounts.zone)

    @cached_property
    def goals(self) -> Goals:
        customer, at, value = self._of_role(self.role) if self.role else self._of_events()
        low, high = self.bounds
        counted = (at >= low) & (at < high)
        offsets = np.searchsorted(customer, np.arange(self.accounts.customers + 1)).astype(np.int64)
        return Goals(offsets, np.ascontiguousarray(at), np.ascontiguousarray(value), counted)

    def _of_role(self, role: str) -> tuple[Int, Int, NDArray[np.float64]]:
        found = self.accounts.role(role)
        if found is None:
            hint = "name it under Roles in the plan, or name the events that are the goal"
            raise BadInput(f"no event has the role `{role}` yet", hint=hint)
        known = found.customer >= 0
        return found.customer[known].astype(np.int64), found.at[known], found.value[known]

    def _of_events(self) -> tuple[Int, Int, NDArray[np.float64]]:
        trace, who = self.accounts.facts.trace, self.accounts.facts.who
        codes = np.array([self._event(name.strip()) for name in self.ask.goal.split("|")], np.int64)
        wanted = np.isin(np.arange(len(trace.events)), codes)
        customers, times = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for index, bucket in enumerate(trace.buckets):
            places = np.flatnonzero(wanted[bucket.event])
            group = np.searchsorted(bucket.offsets, places, side="right") - 1 + int(who.group_start[index])
            customers.append(who.group[group].astype(np.int64))
            times.append(np.asarray(bucket.at)[places])
        customer, at = np.concatenate(customers), np.concatenate(times)
        order = np.lexsort((at, customer))
        order = order[customer[order] >= 0]
        return customer[order], at[order], np.full(len(order), np.nan)

    def _event(self, name: str) -> int:
        events = self.accounts.facts.trace.events
        if name not in events:
            names = [*self.accounts.facts.occasions, *events]
            raise BadInput(f"`{name[:80]}` is no role and no event", hint=nearest(name, names))
        return events.index(name)

    @cached_property
    def terms(self) -> Terms:
        window, half = duration_us(self.ask.window), duration_us(self.ask.half)
        if window <= 0 or half <= 0:
            raise BadInput("the window and the half-life last longer than nothing", hint="such as 30d and 7d")
        return Terms(window, half, self.ask.repeats == "run", *self.bounds, self.accounts.facts.daily.as_of)

    def tally(self, wanted: int = NOWHERE) -> tuple[Tally, Mask]:
        """Everybody's, and bool[customers]: whose goal the touch `wanted` came before."""
        self._allowed()
        who, members = self.accounts.facts.who, self.accounts.members
        number = np.full(len(self.paths.names) + 1, len(self.names), np.uint32)
        number[[self.paths.code_of(name) for name in self.names]] = np.arange(len(self.names), dtype=np.uint32)
        goals, terms, skip = self.goals, self.terms, min(self.paths.skip, len(self.paths.names))
        parts = self.paths.parts
        groups = [who.group[who.group_start[index] : who.group_start[index + 1]].astype(np.int64) for index in range(len(parts))]

        def one(index: int) -> tuple[Tally, Mask]:
            bucket, customer = parts[index].bucket, groups[index]
            if members is not None:
                customer = np.where(np.append(members, False)[customer], customer, -1)
            codes = number[np.minimum(parts[index].codes, skip)]
            offsets, at = np.ascontiguousarray(bucket.offsets), np.ascontiguousarray(bucket.at)
            return walked(offsets, customer, at, codes, len(self.names), goals, terms, wanted)

        found = tracing.each(one, range(len(parts)))
        whose = np.zeros(self.accounts.customers, np.bool_)
        for group, (_, mask) in zip(groups, found, strict=True):
            whose[group[mask]] = True
        return added([tally for tally, _ in found], len(self.names)), whose

    def _allowed(self) -> None:
        if self.paths.trace.subject != "customer":
            raise BadInput("credit goes along customers' touches", hint="subject: customer")

    @property
    def spend(self) -> Occasions | None:
        return self.accounts.role("spend") if self.ask.of in ("channel", "touchpoint") else None
