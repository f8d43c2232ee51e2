"""How many are active in each unit of time: new, retained, resurrected; and how many no longer are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Codes, Int, Mask, Part
from desirelines.trace.compiled import compiled
from desirelines.trace.returning.retention import BACK, EVERY, Kinds
from desirelines.trace.returning.units import Units
from desirelines.trace.run import Kernel


@dataclass(frozen=True)
class Growth:
    """Journeys per unit [u]: active(u) = active(u - 1) + new(u) + resurrected(u) - churned(u)."""

    active: Int
    new: Int
    """Active for the first time."""
    retained: Int
    """Active in the unit before, too."""
    resurrected: Int
    """Active before, but not in the unit before."""
    churned: Int
    """Active in the unit before, and not in this one."""


@compiled
def _grown(
    start: Int, end: Int, at: Int, codes: Codes, keep: Mask, kinds: Kinds, edge: Int, unit: NDArray[np.uint16], low: int,
    shift: int, units: int,
) -> tuple[Int, Int, Int, Int]:  # fmt: skip
    """active, new, resurrected [u] and churned [u + 1]"""
    active, new = np.zeros(units, np.int64), np.zeros(units, np.int64)
    resurrected, churned = np.zeros(units, np.int64), np.zeros(units + 1, np.int64)
    top = np.int64(kinds.size - 1)
    for journey in range(start.size):
        last = np.int64(-1)
        if not keep[journey]:
            continue
        for event in range(start[journey], end[journey]):
            if not kinds[min(np.int64(codes[event]), top)] & BACK:
                continue
            slot = (at[event] - low) >> shift
            here = np.int64(unit[2 * slot + (at[event] >= edge[slot])])
            if here == last:
                continue
            active[here] += 1
            if last < 0:
                new[here] += 1
            elif here > last + 1:
                resurrected[here] += 1
                churned[last + 1] += 1
            last = here
        if last >= 0:
            churned[last + 1] += 1
    return active, new, resurrected, churned


@compiled
def _changes(
    start: Int, end: Int, at: Int, codes: Codes, keep: Mask, kinds: Kinds, edge: Int, unit: NDArray[np.uint16], low: int,
    shift: int, units: int, window: int,
) -> Int:  # fmt: skip
    """By how many [u + window] the journeys that were active in the last `window` units grow with each unit."""
    change = np.zeros(units + window, np.int64)
    top = np.int64(kinds.size - 1)
    for journey in range(start.size):
        last = np.int64(-1)
        if not keep[journey]:
            continue
        for event in range(start[journey], end[journey]):
            if not kinds[min(np.int64(codes[event]), top)] & BACK:
                continue
            slot = (at[event] - low) >> shift
            here = np.int64(unit[2 * slot + (at[event] >= edge[slot])])
            if last < 0:
                change[here] += 1
            elif here > last + window:
                change[here] += 1
                change[last + window] -= 1
            last = here
        if last >= 0:
            change[last + window] -= 1
    return change


def _walk(part: Part, units: Units, kinds: Kinds) -> tuple[Int, Int, Int, Codes, Mask, Kinds, Int, NDArray[np.uint16], int, int]:
    """What both loops take."""
    units.hold(part.bucket)
    journeys, slots = part.journeys, units.slots
    return (
        journeys.start, journeys.end, part.bucket.at, part.codes, part.keep, kinds, slots.edge, slots.unit, slots.low, slots.shift
    )  # fmt: skip


def _over(part: Part, units: Units, kinds: Kinds = EVERY) -> Growth:
    active, new, resurrected, churned = _grown(*_walk(part, units, kinds), units.count)
    return Growth(active, new, active - new - resurrected, resurrected, churned[: units.count])


def _merge(parts: Sequence[Growth]) -> Growth:
    return Growth(*(sum((getattr(part, one.name) for part in parts), np.zeros(1, np.int64)) for one in fields(Growth)))


def _finish(whole: Growth) -> Growth:
    return whole


growth = Kernel(_over, _merge, _finish)
"""`run(growth, parts, units, kinds)` -> Growth; a part's journeys are its people, whole. An event whose code's kind has BACK
is activity; the last entry of `kinds` stands for all further codes."""


def _active_over(part: Part, units: Units, window: int, kinds: Kinds = EVERY) -> Int:
    return _changes(*_walk(part, units, kinds), units.count, window)[: units.count]


def _active_merge(parts: Sequence[Int]) -> Int:
    return np.asarray(sum(parts, np.zeros(1, np.int64)))


def _active_finish(whole: Int) -> Int:
    return np.cumsum(whole)


active_within = Kernel(_active_over, _active_merge, _active_finish)
"""`run(active_within, parts, units, window, kinds)` -> int64[u]: journeys active in the `window` units that end with each."""
