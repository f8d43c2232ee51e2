"""Who was active in which month, and what they met: counted once for all personas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from desirelines.map import kernel
from desirelines.measure import Facts
from desirelines.model.period import Period
from desirelines.plan import Plan

Int = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Active:
    """`seen` bool[months, customers]: any event of theirs in it; `met` bool[2, touchpoints, customers]: in either half."""

    first_on: tuple[date, ...]
    seen: Mask
    met: Mask
    half: Mask
    """bool[2, customers]: active in each half"""
    parted_on: date | None
    """The second half's first day; None without events."""


def active(facts: Facts, plan: Plan, period: Period, most: int = 120) -> Active:
    """In the period (where it is open: the data's days), at most so many months, the last ones."""
    days = facts.daily.calendar
    low, high = period.bounds_us(plan.brand.zone)
    if not days.count:
        none = np.zeros((0, len(facts.who.customers)), np.bool_)
        return Active((), none, np.zeros((2, 0, 0), np.bool_), np.zeros((2, len(facts.who.customers)), np.bool_), None)
    low, high = max(low, int(days.starts[0])), min(high, int(days.starts[-1]))
    firsts = _months(low, max(low, high - 1), plan.brand.zone)[-most:]
    starts = np.array([Period(one, one).bounds_us(plan.brand.zone)[0] for one in firsts], np.int64)
    low = max(low, int(starts[0]))
    middle_on = _day((low + high) // 2, plan.brand.zone)
    middle = Period(middle_on, middle_on).bounds_us(plan.brand.zone)[0]
    counted = _Counted(facts, starts, low, middle, max(low, high))
    return Active(tuple(firsts), counted.seen, counted.met, counted.half, middle_on)


@dataclass(frozen=True)
class _Counted:
    facts: Facts
    starts: Int
    low: int
    middle: int
    high: int

    @cached_property
    def _arrays(self) -> tuple[Mask, Mask, Mask]:
        facts, customers = self.facts, len(self.facts.who.customers)
        places = len(facts.bound.touchpoints)
        seen = np.zeros((len(self.starts), customers), np.bool_)
        met, half = np.zeros((2, places, customers), np.bool_), np.zeros((2, customers), np.bool_)
        for index, bucket in enumerate(facts.trace.buckets):
            group = facts.who.group[facts.who.group_start[index] : facts.who.group_start[index + 1]]
            bounds = (self.low, self.middle, self.high)
            _mark(bucket.offsets, bucket.at, facts.bound.codes[index], group, self.starts, *bounds, seen, met, half)
        return seen, met, half

    @property
    def seen(self) -> Mask:
        return self._arrays[0]

    @property
    def met(self) -> Mask:
        return self._arrays[1]

    @property
    def half(self) -> Mask:
        return self._arrays[2]


@kernel
def _mark(
    offsets: Any, at: Any, code: Any, group: Any, starts: Any, low: Any, middle: Any, high: Any, seen: Any, met: Any, half: Any
) -> None:
    for one in range(group.size):
        who = group[one]
        if who < 0:
            continue
        month = 0
        for event in range(offsets[one], offsets[one + 1]):
            when = at[event]
            if when < low or when >= high:
                continue
            while month < starts.size - 1 and when >= starts[month + 1]:
                month += 1
            seen[month, who] = True
            side = 0 if when < middle else 1
            half[side, who] = True
            if code[event] < met.shape[1]:
                met[side, code[event], who] = True


def _months(low_us: int, high_us: int, zone: str) -> list[date]:
    """The first days of the months between, both ends' months included."""
    first, last = _day(low_us, zone), _day(high_us, zone)
    found, year, month = [], first.year, first.month
    while (year, month) <= (last.year, last.month):
        found.append(date(year, month, 1))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def _day(at_us: int, zone: str) -> date:
    return (np.datetime64(at_us, "us").astype(object).replace(tzinfo=ZoneInfo("UTC"))).astimezone(ZoneInfo(zone)).date()  # type: ignore[no-any-return]
