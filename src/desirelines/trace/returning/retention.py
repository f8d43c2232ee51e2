"""Who came back after how long, by the unit of time in which each first came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Codes, Int, Mask, Part
from desirelines.trace.compiled import compiled, plain
from desirelines.trace.returning.units import Units
from desirelines.trace.run import Kernel

Kinds = NDArray[np.uint8]
BEGIN, BACK = 1, 2
"""What an event of a code can be: one that begins, one that counts as coming back; both is 3."""
EVERY: Kinds = np.full(1, BEGIN | BACK, np.uint8)
"""Every event is both."""
EVER = (-(2**62), 2**62)
TIGHT = 500
"""Up to so many units the cells lie in a square table that one pass over all events fills."""


@dataclass(frozen=True)
class Columns:
    """Which column [w] an offset of units belongs to."""

    of: Int
    """[u] the column of an offset, `width` for none; columns rise with it. With `since` the last one that has begun, or -1"""
    width: int
    since: bool = False
    """Coming back in a column means: from its begin on, however late."""


def offset_columns(brackets: Sequence[tuple[int, int]], units: int, since: bool = False) -> Columns:
    """A column for each bracket of offsets, both ends included. Raises ValueError unless they rise without touching."""
    of, before = np.full(units, len(brackets), np.int64), -1
    for index, (low, high) in enumerate(brackets):
        if not before < low <= high:
            raise ValueError("brackets follow one another and do not overlap")
        of[low : high + 1] = index
        before = high
    if since:
        of = np.searchsorted([low for low, _ in brackets], np.arange(units), side="right") - 1
    return Columns(plain(of, np.int64), len(brackets), since)


@dataclass(frozen=True)
class Retention:
    """Cohorts [c] by the unit of each journey's first beginning event, in order."""

    cohort: Int
    """[c] the unit"""
    people: Int
    """[c]"""
    came: Int
    """[c, w] how many came back in each column"""


@compiled
def _flags(start: Int, count: int) -> Kinds:
    """1 per event [count] that begins a journey. A loop over all events needs no loop over journeys then, whose unforeseeable
    end costs more than an event does."""
    found = np.zeros(count, np.uint8)
    for journey in range(start.size):
        found[np.uint64(start[journey])] = 1
    return found


@compiled
def _square(
    at: Int, begins: Kinds, edge: Int, unit: NDArray[np.uint16], low: int, shift: int, bits: int, units: int
) -> NDArray[np.int32]:
    """cells [units << bits]: journeys by the unit they begin in and each unit they are active in."""
    cells = np.zeros(units << bits, np.int32)
    by, wide = np.uint64(shift), np.uint32(bits)
    last, row = np.uint16(0), np.uint32(0)
    for event in range(at.size):
        slot = np.uint64(at[event] - low) >> by
        here = unit[slot << np.uint64(1) | np.uint64(at[event] >= edge[slot])]
        first = begins[event]
        row = np.uint32(here) << wide if first else row
        cells[np.uint64(row) + np.uint64(here)] += np.int32(np.uint8(here != last) | first)
        last = here
    return cells


@compiled
def _walked(
    start: Int, end: Int, at: Int, codes: Codes, keep: Mask, kinds: Kinds, edge: Int, unit: NDArray[np.uint16], low: int,
    shift: int, column: Int, width: int, since: bool, begin: int, until: int,
) -> tuple[Int, Int]:  # fmt: skip
    """people [u] and came [u * (width + 1)], whose last column is for what lies in none."""
    units, stride, top = column.size, width + 1, np.int64(kinds.size - 1)
    people, came = np.zeros(units, np.int64), np.zeros(units * stride, np.int64)
    for journey in range(start.size):
        event, stop = start[journey], end[journey]
        if not keep[journey]:
            continue
        while event < stop and not kinds[min(np.int64(codes[event]), top)] & BEGIN:
            event += 1
        if event == stop or not begin <= at[event] < until:
            continue
        slot = (at[event] - low) >> shift
        cohort = np.int64(unit[2 * slot + (at[event] >= edge[slot])])
        people[cohort] += 1
        row, last = cohort * stride, np.int64(-1)
        for index in range(event, stop):
            if kinds[min(np.int64(codes[index]), top)] & BACK:
                slot = (at[index] - low) >> shift
                here = column[np.int64(unit[2 * slot + (at[index] >= edge[slot])]) - cohort]
                if not since:
                    came[row + here] += here != last
                last = here
        if since:
            for here in range(last + 1):
                came[row + here] += 1
    return people, came


def _tight(part: Part, units: Units, width: int) -> tuple[Int, Int]:
    """As `_walked`, where every event of the bucket counts and columns are offsets."""
    slots, size, at = units.slots, units.count, part.bucket.at
    bits = max(size - 1, 1).bit_length()
    begins = _flags(part.journeys.start, len(at))
    cells = _square(at, begins, slots.edge, slots.unit, slots.low, slots.shift, bits, size).reshape(size, -1)
    came = np.zeros((size, width + 1), np.int64)
    for offset in range(min(size, width)):
        came[: size - offset, offset] = cells.diagonal(offset)[: size - offset]
    return came[:, 0].copy(), came


def _over(
    part: Part, units: Units, column: Columns, kinds: Kinds = EVERY, begin: int = EVER[0], until: int = EVER[1]
) -> Retention:
    bucket, journeys, slots = part.bucket, part.journeys, units.slots
    units.hold(bucket)
    if _is_plain(part, column, kinds) and (begin, until) == EVER and units.count <= TIGHT:
        people, came = _tight(part, units, column.width)
    else:
        people, came = _walked(
            journeys.start, journeys.end, bucket.at, part.codes, part.keep, kinds, slots.edge, slots.unit, slots.low,
            slots.shift, column.of, column.width, column.since, begin, until,
        )  # fmt: skip
    there = np.flatnonzero(people)
    return Retention(there, people[there], came.reshape(-1, column.width + 1)[there, : column.width])


def _is_plain(part: Part, column: Columns, kinds: Kinds) -> bool:
    """Whether every event of the bucket counts, and columns are offsets from 0."""
    count, journeys = min(column.width, len(column.of)), part.journeys
    return (
        len(kinds) == 1
        and not column.since
        and count > 0
        and bool(part.keep.all())
        and bool((column.of[:count] == np.arange(count)).all())
        and int((journeys.end - journeys.start).sum()) == len(part.bucket.at)
    )


def _merge(parts: Sequence[Retention]) -> Retention:
    cohorts = np.unique(np.concatenate([np.empty(0, np.int64), *(part.cohort for part in parts)]))
    people = np.zeros(len(cohorts), np.int64)
    came = np.zeros((len(cohorts), parts[0].came.shape[1] if parts else 0), np.int64)
    for part in parts:
        place = np.searchsorted(cohorts, part.cohort)
        people[place] += part.people
        came[place] += part.came
    return Retention(cohorts, people, came)


def _finish(whole: Retention) -> Retention:
    return whole


retention = Kernel(_over, _merge, _finish)
"""`run(retention, parts, units, columns, kinds, begin, until)` -> Retention; a part's journeys are its people, whole.

`kinds` [k + 1] says what the events of each code are (BEGIN, BACK, both, 0); its last entry stands for all codes from k on.
A journey belongs to the unit of its first event that begins, if that lies in `begin <= at < until`; it came back in a column
with any event that counts as coming back at or after that one.
"""
