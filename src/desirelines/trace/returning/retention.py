"""Who came back after how long, by the unit of time in which each first came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, reduce

import numpy as np
from numpy.lib.stride_tricks import as_strided
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

    @cached_property
    def plain(self) -> bool:
        """Whether a column is an offset, from 0 on."""
        count = min(self.width, len(self.of))
        return not self.since and count > 0 and self.of[:count].tolist() == list(range(count))


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
def _square(
    start: Int, at: Int, edge: Int, unit: NDArray[np.uint16], low: int, shift: int, bits: int, units: int
) -> NDArray[np.int32]:
    """Journeys by the unit they begin in (rows of 2 ** bits) and each unit they are active in; and room for one row of zeros.

    Journeys lie one behind the other, from the first event to the last. Unsigned places spare the look for negative ones.
    """
    cells = np.zeros((units << bits) + units, np.int32)
    by, wide, event = np.uint64(shift), np.uint32(bits), np.int64(0)
    for journey in range(start.size):
        end = start[journey + 1] if journey + 1 < start.size else np.int64(at.size)
        slot = np.uint64(at[np.uint64(event)] - low) >> by
        last = unit[slot << np.uint64(1) | np.uint64(at[np.uint64(event)] >= edge[slot])]
        row = np.uint32(last) << wide
        cells[np.uint64(row) + np.uint64(last)] += 1
        event += 1
        while event < end:
            slot = np.uint64(at[np.uint64(event)] - low) >> by
            here = unit[slot << np.uint64(1) | np.uint64(at[np.uint64(event)] >= edge[slot])]
            cells[np.uint64(row) + np.uint64(here)] += np.int32(here != last)
            last = here
            event += 1
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


@dataclass(frozen=True)
class _Square:
    """What one pass over all events counted; put in order once, at the end."""

    cells: NDArray[np.int32]
    bits: int
    width: int

    def plus(self, other: _Square) -> _Square:
        return _Square(self.cells + other.cells, self.bits, self.width)

    def retention(self) -> Retention:
        size = len(self.cells) // ((1 << self.bits) + 1)
        step = self.cells.itemsize
        # nobody is active before the unit they begin in: a row read from its diagonal on runs into zeros behind its end
        sheared = as_strided(self.cells, (size, min(self.width, size)), ((step << self.bits) + step, step))
        came = np.zeros((size, self.width), np.int64)
        came[:, : sheared.shape[1]] = sheared
        there = np.flatnonzero(came[:, 0])
        return Retention(there, came[there, 0], came[there])


def _over(
    part: Part, units: Units, column: Columns, kinds: Kinds = EVERY, begin: int = EVER[0], until: int = EVER[1]
) -> Retention | _Square:
    bucket, journeys, slots = part.bucket, part.journeys, units.slots
    units.hold(bucket)
    if _is_plain(part, column, kinds) and (begin, until) == EVER and units.count <= TIGHT:
        bits = max(units.count - 1, 1).bit_length()
        where = (slots.edge, slots.unit, slots.low, slots.shift, bits, units.count)
        return _Square(_square(journeys.start, bucket.at, *where), bits, column.width)
    people, came = _walked(
        journeys.start, journeys.end, bucket.at, part.codes, part.keep, kinds, slots.edge, slots.unit, slots.low,
        slots.shift, column.of, column.width, column.since, begin, until,
    )  # fmt: skip
    there = np.flatnonzero(people)
    return Retention(there, people[there], came.reshape(-1, column.width + 1)[there, : column.width])


def _is_plain(part: Part, column: Columns, kinds: Kinds) -> bool:
    """Whether every event of the bucket counts, in journeys one behind the other, and columns are offsets from 0."""
    journeys = part.journeys
    return (
        column.plain
        and len(kinds) == 1
        and len(journeys.start) > 0
        and bool(part.keep.all())
        and journeys.start[0] == 0
        and journeys.end[-1] == len(part.bucket.at)
        and bool((journeys.start[1:] == journeys.end[:-1]).all())
    )


def _merge(parts: Sequence[Retention | _Square]) -> Retention:
    squares = [part for part in parts if isinstance(part, _Square)]
    found = [part for part in parts if isinstance(part, Retention)]
    if squares:
        found.append(reduce(_Square.plus, squares).retention())
    cohorts = np.unique(np.concatenate([np.empty(0, np.int64), *(part.cohort for part in found)]))
    people = np.zeros(len(cohorts), np.int64)
    came = np.zeros((len(cohorts), found[0].came.shape[1] if found else 0), np.int64)
    for part in found:
        place = np.searchsorted(cohorts, part.cohort)
        people[place] += part.people
        came[place] += part.came
    return Retention(cohorts, people, came)


def _finish(whole: Retention | _Square) -> Retention:
    return whole if isinstance(whole, Retention) else whole.retention()


retention: Kernel[Retention | _Square, Retention] = Kernel(_over, _merge, _finish)
"""`run(retention, parts, units, columns, kinds, begin, until)` -> Retention; a part's journeys are its people, whole.

`kinds` [k + 1] says what the events of each code are (BEGIN, BACK, both, 0); its last entry stands for all codes from k on.
A journey belongs to the unit of its first event that begins, if that lies in `begin <= at < until`; it came back in a column
with any event that counts as coming back at or after that one.
"""
