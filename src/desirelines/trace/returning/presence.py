"""Which journeys are behind a cell of a retention table or a figure of growth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from desirelines.trace.bucket import Codes, Int, Mask, Part
from desirelines.trace.compiled import compiled
from desirelines.trace.returning.retention import BACK, BEGIN, EVER, EVERY, Kinds
from desirelines.trace.returning.units import Units
from desirelines.trace.run import Kernel

NONE = -1
NEW, RETAINED, RESURRECTED, CHURNED = 1, 2, 3, 4
"""What a journey is in a unit of time; 0: neither active nor just churned."""


@compiled
def _first(start: Int, end: Int, codes: Codes, keep: Mask, kinds: Kinds, wanted: int) -> Int:
    """[j] each journey's first event of a wanted kind; -1: none."""
    found = np.full(start.size, -1, np.int64)
    top = np.int64(kinds.size - 1)
    for journey in range(start.size):
        event = start[journey] if keep[journey] else end[journey]
        while event < end[journey] and not kinds[min(np.int64(codes[event]), top)] & wanted:
            event += 1
        found[journey] = event if event < end[journey] else -1
    return found


@compiled
def _came(first: Int, end: Int, at: Int, codes: Codes, kinds: Kinds, low: Int, high: Int) -> Mask:
    """[j] whether an event from the first on counts as coming back and lies in that journey's `low <= at < high`."""
    found = np.zeros(first.size, np.bool_)
    top = np.int64(kinds.size - 1)
    for journey in range(first.size):
        if first[journey] >= 0:
            for event in range(first[journey], end[journey]):
                if low[journey] <= at[event] < high[journey] and kinds[min(np.int64(codes[event]), top)] & BACK:
                    found[journey] = True
                    break
    return found


def _cohorts(part: Part, units: Units, kinds: Kinds, wanted: int, begin: int, until: int) -> tuple[Int, Int]:
    """[j] the first wanted event and its unit; -1 where there is none in time."""
    journeys, at = part.journeys, part.bucket.at
    first = _first(journeys.start, journeys.end, part.codes, part.keep, kinds, wanted)
    when = at[np.maximum(first, 0)]
    there = (first >= 0) & (when >= begin) & (when < until)
    return np.where(there, first, NONE), np.where(there, units.of(when), NONE)


def _over(
    part: Part, units: Units, cohorts: tuple[int, int], offsets: tuple[int, int] | None, kinds: Kinds = EVERY,
    begin: int = EVER[0], until: int = EVER[1],
) -> Mask:  # fmt: skip
    first, cohort = _cohorts(part, units, kinds, BEGIN, begin, until)
    mine = (cohort >= cohorts[0]) & (cohort <= cohorts[1]) & (cohort >= 0)
    if offsets is None:
        return mine
    low, high = (units.starts[np.clip(cohort + offset, 0, units.count)] for offset in (offsets[0], offsets[1] + 1))
    return mine & _came(first, part.journeys.end, part.bucket.at, part.codes, kinds, low, high)


def _joined(parts: Sequence[Mask]) -> Mask:
    return np.concatenate([np.empty(0, np.bool_), *parts])


def _finish(whole: Mask) -> Mask:
    return whole


in_cell = Kernel(_over, _joined, _finish)
"""`run(in_cell, parts, units, cohorts, offsets, kinds, begin, until)` -> bool[j], part after part: journeys of the cohorts
from the one to the other unit, both included, that came back in the offsets, both included; `offsets` None: all of them."""


def _standing(part: Part, units: Units, unit: int, kinds: Kinds = EVERY) -> Int:
    first, cohort = _cohorts(part, units, kinds, BACK, *EVER)

    def active(there: int) -> Mask:
        if there < 0:
            return np.zeros(len(first), np.bool_)
        low, high = (np.full(len(first), units.starts[bound], np.int64) for bound in (there, there + 1))
        return _came(first, part.journeys.end, part.bucket.at, part.codes, kinds, low, high)

    now, before = active(unit), active(unit - 1)
    state = np.where(cohort == unit, NEW, np.where(before, RETAINED, RESURRECTED))
    return np.where(now, state, np.where(before, CHURNED, 0))


def _states(parts: Sequence[Int]) -> Int:
    return np.concatenate([np.empty(0, np.int64), *parts])


def _all(whole: Int) -> Int:
    return whole


standing = Kernel(_standing, _states, _all)
"""`run(standing, parts, units, unit, kinds)` -> int64[j], part after part: NEW, RETAINED, RESURRECTED, CHURNED or 0."""
