"""The kernel over pairs of consecutive kept events that tells more than counts and means: ranges of gaps, journeys, people."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Codes, Int, Mask
from desirelines.trace.compiled import compiled
from desirelines.trace.counting.edges import CARRY, carry

Journeys = tuple[Int, Int, Mask]
Events = tuple[Int, Codes]
Table = tuple[NDArray[np.int32], Int, Int, NDArray[np.int32], Int, Int, Int]
"""counts [cells * ranges], sums [cells] and their halves, of the gaps laid out counts' index and gap, first and last codes"""


@compiled
def full_edges(
    start: Int, end: Int, at: Int, codes: Codes, keep: Mask, limit: int, size: int,
    slot: NDArray[np.int32], cells: int, bounds: Int, width: int, person: Int, room: tuple[NDArray[np.int32], Int],
) -> tuple[Int, Int, Int, Int, Int]:  # fmt: skip
    """found [k] cells, figures [k, width + 4], gaps, first and last kept codes [size].

    A pair's cell is `slot` [n] of its second event, or origin * size + target without slots. `bounds` [cells, width - 1]
    part a cell's gaps into `width` ranges; figures count each range, then come the halves of the sum, journeys and people
    (if `person` [j] says whose the journeys are). The gaps of every second range, the second, fourth … are given back,
    cell by cell, range by range; `room` is for them, for one more than there are events.
    """
    counts, sums, halves = np.zeros(cells * width, np.int32), np.zeros(cells, np.int64), np.zeros(2 * cells, np.int64)
    starts, ends = np.zeros(size, np.int64), np.zeros(size, np.int64)
    marks = cells if person.size > 0 else 0
    distinct = np.zeros((marks, 2), np.int64)
    place, gap = room
    table = (counts, sums, halves, place, gap, starts, ends)
    if width == 3 and slot.size == 0 and marks == 0:
        count = _bracketed((start, end, keep), (at, codes), limit, size, bounds, table)
    else:
        count = _any((start, end, keep), (at, codes), limit, size, bounds, table, slot, width, person, distinct)
    carry(sums, halves)
    found, figures, begin = _packed(counts, width, halves, distinct)
    gaps = np.empty(count, np.int64)
    for index in range(count):
        gaps[begin[place[index]]] = gap[index]
        begin[place[index]] += 1
    return found, figures, gaps, starts, ends


@compiled
def _bracketed(journeys: Journeys, events: Events, limit: int, size: int, bounds: Int, table: Table) -> int:
    """Three ranges, of which the gaps of the second are laid out: how many are."""
    (start, end, keep), (at, codes) = journeys, events
    counts, sums, halves, places, gaps, starts, ends = table
    wide, one, two, three = np.uint64(size), np.uint64(1), np.uint64(2), np.uint64(3)
    to, spent = np.uint64(0), np.int64(0)
    for journey in range(start.size):
        if not keep[journey]:
            continue
        event, stop = np.uint64(start[journey]), np.uint64(end[journey])
        while event < stop and np.int64(codes[event]) >= limit:
            event = event + one
        if event == stop:
            continue
        row, before, first = np.uint64(codes[event]) * wide, at[event], at[event]
        starts[codes[event]] += 1
        for later in range(event + one, stop):
            code = np.uint64(codes[later])
            if np.int64(code) < limit:
                cell, gap = row + code, at[later] - before
                sums[cell] += gap
                above = np.uint64(gap >= bounds[cell * two]) + np.uint64(gap >= bounds[cell * two + one])
                places[to], gaps[to] = np.int32(cell * three + above), gap
                to += above & one  # written in any case, kept if in the second range: no branch
                counts[cell * three + above] += np.int32(1)
                row, before = code * wide, at[later]
        ends[row // wide] += 1
        spent += before - first  # no sum is larger than all journeys together
        if spent > CARRY:
            carry(sums, halves)
            spent = np.int64(0)
    return int(to)


@compiled
def _any(
    journeys: Journeys, events: Events, limit: int, size: int, bounds: Int, table: Table,
    slot: NDArray[np.int32], width: int, person: Int, distinct: Int,
) -> int:  # fmt: skip
    """As `_bracketed`, for any number of ranges, with slots or without, and with journeys and people counted once."""
    (start, end, keep), (at, codes) = journeys, events
    counts, sums, halves, places, gaps, starts, ends = table
    wide, ranges, inner, one = np.uint64(size), np.uint64(width), np.uint64(width - 1), np.uint64(1)
    last = np.full(distinct.shape, -1, np.int64)
    to, spent = np.uint64(0), np.int64(0)
    for journey in range(start.size):
        if not keep[journey]:
            continue
        event, stop = np.uint64(start[journey]), np.uint64(end[journey])
        while event < stop and np.int64(codes[event]) >= limit:
            event = event + one
        if event == stop:
            continue
        origin, before, first = np.uint64(codes[event]), at[event], at[event]
        starts[origin] += 1
        for later in range(event + one, stop):
            code = np.uint64(codes[later])
            if np.int64(code) >= limit:
                continue
            cell: Any = np.uint64(slot[later]) if slot.size > 0 else origin * wide + code
            gap, above = at[later] - before, np.uint64(0)
            sums[cell] += gap
            if inner:
                for bound in range(inner):
                    above += np.uint64(gap >= bounds[cell * inner + bound])
                places[to], gaps[to] = np.int32(cell * ranges + above), gap
                to += above & one
            counts[cell * ranges + above] += np.int32(1)
            if distinct.size > 0 and last[cell, 0] != journey:
                whose = person[journey]
                last[cell, 0] = journey
                distinct[cell, 0] += 1
                distinct[cell, 1] += 1 if whose != 0 and last[cell, 1] != whose else 0
                last[cell, 1] = whose
            origin, before = code, at[later]
        ends[origin] += 1
        spent += before - first
        if spent > CARRY:
            carry(sums, halves)
            spent = np.int64(0)
    return int(to)


@compiled
def _packed(counts: NDArray[np.int32], width: int, halves: Int, distinct: Int) -> tuple[Int, Int, Int]:
    """The cells that occur, their figures, and where the gaps of each cell and range begin."""
    cells = counts.size // width
    begin = np.zeros(counts.size, np.int64)
    some, total = 0, np.int64(0)
    for cell in range(cells):
        there = 0
        for part in range(width):
            place = cell * width + part
            there += counts[place]
            begin[place] = total
            total += counts[place] if part % 2 == 1 else 0
        some += 1 if there > 0 else 0
    found, figures = np.empty(some, np.int64), np.zeros((some, width + 4), np.int64)
    some = 0
    for cell in range(cells):
        there = 0
        for part in range(width):
            there += counts[cell * width + part]
        if there == 0:
            continue
        found[some] = cell
        for part in range(width):
            figures[some, part] = counts[cell * width + part]
        figures[some, width], figures[some, width + 1] = halves[2 * cell], halves[2 * cell + 1]
        if distinct.size > 0:
            figures[some, width + 2], figures[some, width + 3] = distinct[cell, 0], distinct[cell, 1]
        some += 1
    return found, figures, begin
