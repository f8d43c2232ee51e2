"""Days, ISO weeks and months in the brand's zone, as a trace is cut by them; and the people behind figures of whole journeys."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

import numpy as np

from desirelines.errors import BadInput
from desirelines.measure.asking.paths import Mask, Paths
from desirelines.measure.gathering.days import DAY_US, day_of, day_start_us, number_of
from desirelines.trace import BACK, BEGIN, EVERY, Kinds, Trace, Units

Unit = Literal["day", "week", "month"]
UNCUT = "36500d"
"""A silence that no journey holds: it takes a planned journey's cut away."""


@dataclass(frozen=True)
class Calendar:
    """Consecutive units of time that hold all of a trace's events."""

    unit: Unit
    units: Units
    first_on: tuple[date, ...]
    """[u] each unit's first day"""
    complete: int
    """So many of them, from the first on, the data hold whole."""


def first_day(day: date, unit: Unit) -> date:
    """The first day of the unit that holds `day`; weeks begin on Monday."""
    if unit == "day":
        return day
    return day - timedelta(days=day.weekday()) if unit == "week" else day.replace(day=1)


def next_day(first: date, unit: Unit) -> date:
    """The first day of the unit after the one that begins with `first`."""
    if unit == "month":
        return date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first + timedelta(days=1 if unit == "day" else 7)


def span_us(trace: Trace) -> tuple[int, int]:
    """The instants of the trace's first and last event; (0, 0) without any."""
    spans = [bucket.span_us for bucket in trace.buckets if len(bucket.at)]
    return (min(low for low, _ in spans), max(high for _, high in spans)) if spans else (0, 0)


@lru_cache(maxsize=32)
def calendar(low_us: int, high_us: int, zone: str, unit: Unit) -> Calendar:
    """The units that hold both instants.

    A unit is complete once the data reach its last day; a day, once they reach the next one. Raises BadInput for more units
    than can be told apart.
    """
    last = _local(high_us, zone)
    days = [first_day(_local(low_us, zone), unit)]
    while days[-1] <= last:
        days.append(next_day(days[-1], unit))
    try:
        units = Units(np.array([day_start_us(number_of(day), zone) for day in days], np.int64))
    except ValueError as error:
        hint = "a larger unit, or fewer events with times far from the others"
        raise BadInput(f"the events lie too far apart for units of a {unit}", hint=hint) from error
    reached = last if unit == "day" else last + timedelta(days=1)
    return Calendar(unit, units, tuple(days[:-1]), sum(1 for day in days[1:] if day <= reached))


def _local(at_us: int, zone: str) -> date:
    number = at_us // DAY_US - 1
    while day_start_us(number + 1, zone) <= at_us:
        number += 1
    return day_of(number)


def whole(paths: Paths) -> Paths:
    """The same steps and customers, but each subject's events as one journey, whenever it began."""
    walk = paths.walk.model_copy(update={"gap": UNCUT if paths.matched else "", "starts": "", "ends": ""})
    return replace(paths, walk=walk, asked=replace(paths.asked, first_on="", last_on=""))


def kinds_of(paths: Paths, first: str = "", back: str = "") -> Kinds:
    """What each code is: one that begins, one that counts as coming back. No names: every step. Raises BadInput."""
    if not first and not back and not paths.walk.where and paths.level == "event":
        return EVERY
    found = np.zeros(len(paths.names) + 1, np.uint8)
    for names, bit in ((first, BEGIN), (back, BACK)):
        found[codes_of(paths, names) if names else slice(0, -1)] |= bit
    return found


def codes_of(paths: Paths, names: str) -> list[int]:
    """The codes of names with `|` between them. Raises BadInput with the nearest name."""
    return [paths.code_of(name.strip()) for name in names.split("|")]


def journeys_of(paths: Paths, subjects: Paths, chosen: Mask) -> Mask:
    """bool[j] of `paths`: the journeys of the subjects whose one whole journey is `chosen` among those of `subjects`."""
    found = np.zeros(paths.journeys.count, np.bool_)
    for index, bucket in enumerate(paths.trace.buckets):
        marked = np.zeros(len(bucket.subject), np.bool_)
        mine = subjects.journeys.of(index)
        marked[subjects.journeys.group[mine][chosen[mine]]] = True
        there = paths.journeys.of(index)
        found[there] = marked[paths.journeys.group[there]]
    return found
