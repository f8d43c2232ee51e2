"""What metrics stand on: roles, answers, journeys and active months of one plan and one version of the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desirelines.map import Matched
from desirelines.measure.asking.calendar import Calendar, calendar
from desirelines.measure.gathering.facts import Facts
from desirelines.measure.gathering.roles import Occasions
from desirelines.measure.metrics.sample import Codes, Float, Int, Mask, Sample, sample
from desirelines.plan import suggest_roles

DAY_US = 86_400_000_000
ANSWERS = "plan/touchpoints"
PROMISES = "plan/promises"
MOMENTS = "map?lane=moments"
ROLES = "plan/figures"
"""Pages of the plan where what is missing is added."""


@dataclass(frozen=True)
class Missing:
    """Why a metric cannot be said, and where what is missing is added."""

    words: str
    link: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Months:
    """Distinct (customer, month) pairs [n] of activity, sorted by customer, then month."""

    customer: Codes
    month: Int
    first_at: Int
    """The first activity in it, microseconds."""
    count: Int
    """Occasions in it."""
    days: Int
    """Distinct days in it."""

    @cached_property
    def first(self) -> Mask:
        """The customer's first active month."""
        return np.asarray(np.diff(self.customer, prepend=-2) != 0)

    @cached_property
    def last(self) -> Mask:
        """The customer's latest active month."""
        return np.asarray(np.diff(self.customer, append=-2) != 0)


@dataclass(frozen=True)
class Ground:
    """Facts and one planned journey, as the makers of samples ask for them."""

    facts: Facts
    matched: Matched

    @cached_property
    def as_of(self) -> int:
        """The newest event's instant."""
        return self.facts.daily.as_of

    @cached_property
    def months(self) -> Calendar:
        """The months that hold all events."""
        days = self.facts.daily.calendar
        low, high = (int(days.starts[0]), max(int(days.starts[0]), self.as_of)) if days.count else (0, 0)
        return calendar(low, high, self.matched.plan.brand.zone, "month")

    def role(self, name: str) -> Occasions | None:
        """A role's occasions; None where the plan does not name it, or nothing ever played it."""
        found = self.facts.occasions.get(name)
        return found if found is not None and len(found.at) else None

    def lacking(self, *roles: str, why: str = "") -> Missing | None:
        """What to say where roles are missing; None where all are there."""
        missing = tuple(one for one in roles if self.role(one) is None)
        if not missing:
            return None
        unnamed = [one for one in missing if one not in self.facts.occasions]
        named = " and ".join(f"`{one}`" for one in unnamed or missing)
        if not unnamed:
            return Missing(f"no event that is {named} has come yet", ROLES, missing)
        known = suggest_roles(self.facts.trace.events)
        perhaps = [f"`{event}`" for role, events in known.items() if role in unnamed for event in events]
        hint = f"; perhaps {' or '.join(perhaps)}" if perhaps else ""
        return Missing(f"no event is {named} yet: say under roles which one is{hint}{f' ({why})' if why else ''}", ROLES, missing)

    @cached_property
    def live_orders(self) -> Occasions | None:
        """Orders whose object was not taken back whole: those that a refund names are left out."""
        orders, refunds = self.role("order"), self.role("refund")
        if orders is None or refunds is None or not (refunds.object != 0).any():
            return orders
        gone = np.isin(orders.object, refunds.object[refunds.object != 0]) & (orders.object != 0)
        return chosen(orders, ~gone) if gone.any() else orders

    @property
    def refund_words(self) -> tuple[str, ...]:
        """What became of orders that were taken back."""
        if self.role("refund") is None or self.live_orders is None:
            return ()
        if self.live_orders is self.role("order"):
            return ("refunds name no order, so orders that were taken back still count",)
        return ("orders that were taken back are left out",)

    @cached_property
    def active(self) -> Months:
        """Months in which known customers bought or came by; without such roles, in which anything of theirs happened."""
        named = [one for name in ("order", "visit", "meaningful") if (one := self.role(name)) is not None]
        if named:
            customer = np.concatenate([one.customer for one in named])
            at = np.concatenate([one.at for one in named])
            order = np.lexsort((at, customer)) if len(named) > 1 else np.arange(len(at))
            return self._months(customer[order], at[order])
        parts = [self._months(*part) for part in self.every_event()]
        columns = ("customer", "month", "first_at", "count", "days")
        none = self._months(np.empty(0, np.int32), np.empty(0, np.int64))
        whole = [np.concatenate([getattr(none, name), *(getattr(part, name) for part in parts)]) for name in columns]
        order = np.lexsort((whole[1], whole[0]))
        return Months(*(column[order] for column in whole))

    @property
    def active_words(self) -> str:
        """What counts as activity here."""
        named = [name for name in ("order", "visit", "meaningful") if self.role(name) is not None]
        return f"active: {' or '.join(named)}" if named else "active: any event"

    def every_event(self) -> Sequence[tuple[Codes, Int]]:
        """(customer, at) of all known people's events, bucket by bucket, each sorted."""
        who, found = self.facts.who, []
        for index, bucket in enumerate(self.facts.trace.buckets):
            group = who.group[who.group_start[index] : who.group_start[index + 1]]
            found.append((np.repeat(group, np.diff(bucket.offsets)), np.asarray(bucket.at)))
        return found

    def _months(self, customer: Codes, at: Int) -> Months:
        known = customer >= 0
        customer, at = customer[known], at[known]
        starts = np.asarray(self.months.units.starts)
        month = np.searchsorted(starts, at, side="right") - 1
        day = self.facts.daily.calendar.index(at)
        new = np.flatnonzero((np.diff(customer, prepend=-2) != 0) | (np.diff(month, prepend=-2) != 0))
        fresh = (np.diff(customer, prepend=-2) != 0) | (np.diff(day, prepend=-2) != 0)
        counts = np.diff(np.append(new, len(at)))
        days = np.add.reduceat(fresh.astype(np.int64), new) if len(new) else np.empty(0, np.int64)
        return Months(customer[new].astype(np.int32), month[new].astype(np.int64), at[new], counts.astype(np.int64), days)

    @cached_property
    def journey_customer(self) -> Codes:
        """int32[journeys]: index among the facts' customers, -1: nobody known."""
        mine, whole = self.matched.journeys.customers, self.facts.who.customers
        if not len(whole) or not len(mine):
            return np.full(self.matched.journeys.count, -1, np.int32)
        place = np.searchsorted(whole, mine).clip(0, len(whole) - 1)
        places = np.append(np.where(whole[place] == mine, place, -1), -1).astype(np.int32)
        return places[self.matched.journeys.customer]

    def answers(self, *kinds: str) -> Sample | None:
        """All answers to questions of these kinds, on their own scales; None without a question."""
        found = self.facts.answers
        asked = [index for index, question in enumerate(found.questions) if question.kind in kinds]
        if not asked:
            return None
        places = {name: code for code, name in enumerate(self.matched.touchpoints)}
        sizes = [int(found.offsets[index + 1] - found.offsets[index]) for index in asked]
        rows = np.concatenate([np.arange(found.offsets[index], found.offsets[index + 1]) for index in asked])
        codes = [places.get(found.questions[index].touchpoint, -1) for index in asked]
        return sample(
            "answers", found.at[rows], found.customer[rows], found.value[rows],
            touchpoint=np.repeat(np.array(codes, np.int32), sizes), part=np.repeat(np.arange(len(asked), dtype=np.int32), sizes),
            parts=tuple((found.questions[index].id, found.questions[index].words) for index in asked),
        )  # fmt: skip


def chosen(rows: Occasions, mask: Mask) -> Occasions:
    """Only these occasions."""
    return Occasions(
        rows.at[mask], rows.customer[mask], rows.value[mask], rows.touchpoint[mask], rows.channel[mask], rows.channels,
        rows.object[mask],
    )  # fmt: skip


def keys(customer: NDArray[np.integer], at: Int, base: int) -> Int:
    """One number per (customer, instant) that sorts by both, to the millisecond; instants before `base` count as it."""
    since = np.maximum((np.asarray(at, np.int64) - base) // 1000, 0)
    return (np.asarray(customer, np.int64) << 40) + np.minimum(since, 2**40 - 1)


def between(rows: Occasions, customer: Codes, low: Int, high: Int) -> Int:
    """int64[n]: how many occasions each customer has in its half-open time; nobody has none."""
    if not len(rows.at) or not len(customer):
        return np.zeros(len(customer), np.int64)
    base = min(int(rows.at.min()), int(low.min()))
    there = keys(rows.customer, rows.at, base)
    found = np.searchsorted(there, keys(customer, high, base)) - np.searchsorted(there, keys(customer, low, base))
    return np.where(customer >= 0, found, 0)


def per(of: str, above: Occasions, below: Occasions, weights: Float | None = None, shared: bool = False) -> Sample:
    """Occasions `above` the line for each `below` it: a ratio's rows, those below marked by their exposure."""
    count = np.ones(len(above.at)) if weights is None else weights
    shift = len(above.channels)
    same = above.channels == below.channels
    channel = below.channel if same else np.where(below.channel > 0, below.channel + shift, 0)
    return sample(
        of, np.concatenate([above.at, below.at]), np.concatenate([above.customer, below.customer]),
        np.concatenate([count, np.zeros(len(below.at))]),
        exposure=np.concatenate([np.zeros(len(above.at)), np.ones(len(below.at))]),
        touchpoint=np.concatenate([above.touchpoint, below.touchpoint]).astype(np.int32),
        channel=np.concatenate([above.channel, channel]).astype(np.int32),
        channels=above.channels if same else (*above.channels, *below.channels), shared=shared,
    )  # fmt: skip
