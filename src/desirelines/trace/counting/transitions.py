"""Which event follows which, how often, for how many, and after how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import NOTHING_SKIPPED, Codes, Int, Mask, Part
from desirelines.trace.compiled import compiled, longer
from desirelines.trace.counting.gaps import bounds_of, joined, medians
from desirelines.trace.run import Kernel

DENSE = 300
"""Alphabets up to this size are counted in a square table, larger ones by sorting the pairs."""


@dataclass(frozen=True)
class Transitions:
    """Consecutive kept events of the same journey, edges [k] ordered by origin, then target."""

    origin: Int
    target: Int
    count: Int
    journeys: Int
    """[k] distinct journeys that walk it"""
    people: Int
    """[k] distinct customers; journeys of nobody known add none"""
    median_us: NDArray[np.float64]
    mean_us: NDArray[np.float64]
    nodes: Int
    """[a] kept events per code"""
    starts: Int
    """[a] journeys whose first kept event has this code"""
    ends: Int
    journey_count: int
    """Journeys kept, those without any kept event included."""
    event_count: int


@dataclass(frozen=True)
class _Partial:
    key: Int
    count: Int
    gaps: Int
    journeys: Int
    people: Int
    nodes: Int
    starts: Int
    ends: Int
    journey_count: int


@compiled
def size_of(codes: Codes, limit: int) -> int:
    """One more than the largest code that is not left out."""
    size = np.int64(0)
    for event in range(codes.size):
        code = np.int64(codes[event])
        if size <= code < limit:
            size = code + 1
    return int(size)


@compiled
def _ends(start: Int, end: Int, codes: Codes, keep: Mask, limit: int, size: int) -> tuple[Int, Int, Int]:
    """Kept events, first and last kept events of journeys, per code [size]."""
    nodes, starts, ends = np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(size, np.int64)
    for journey in range(start.size):
        if not keep[journey]:
            continue
        last = np.int64(-1)
        for event in range(start[journey], end[journey]):
            code = np.int64(codes[event])
            if code < limit:
                nodes[code] += 1
                if last < 0:
                    starts[code] += 1
                last = code
        if last >= 0:
            ends[last] += 1
    return nodes, starts, ends


@compiled
def _pairs(
    start: Int, end: Int, person: Int, at: Int, codes: Codes, keep: Mask, limit: int, size: int, total: int
) -> tuple[Int, Int, Int, Int]:
    """key (origin * size + target), gap, journey and customer of every transition; at most `total` of them.

    `person` [j] is the customer of each journey.
    """
    key, gap = np.empty(total, np.int64), np.empty(total, np.int64)
    owner, whose = np.empty(total, np.int64), np.empty(total, np.int64)
    count = 0
    for journey in range(start.size):
        if not keep[journey]:
            continue
        before = np.int64(-1)
        for event in range(start[journey], end[journey]):
            if np.int64(codes[event]) >= limit:
                continue
            if before >= 0:
                key[count] = np.int64(codes[before]) * size + np.int64(codes[event])
                gap[count] = at[event] - at[before]
                owner[count], whose[count] = journey, person[journey]
                count += 1
            before = np.int64(event)
    return longer(key, count, count), longer(gap, count, count), longer(owner, count, count), longer(whose, count, count)


@compiled
def _square(
    start: Int, end: Int, person: Int, at: Int, codes: Codes, keep: Mask, limit: int, size: int, total: int
) -> tuple[Int, Int, Int, Int]:
    """As `_pairs` and `_tally` in one pass, over a table of size * size cells: count, journeys, people, gaps by cell."""
    cells = size * size
    bounds, journeys, people = np.zeros(cells + 1, np.int64), np.zeros(cells, np.int64), np.zeros(cells, np.int64)
    last_journey, last_person = np.full(cells, -1, np.int64), np.zeros(cells, np.int64)
    cell_of, gap = np.empty(total, np.int64), np.empty(total, np.int64)
    count = 0
    for journey in range(start.size):
        if not keep[journey]:
            continue
        origin, whose, before = np.int64(-1), person[journey], at[start[journey]]
        for event in range(start[journey], end[journey]):
            code = np.int64(codes[event])
            if code >= limit:
                continue
            if origin >= 0:
                cell = origin * size + code
                cell_of[count], gap[count] = cell, at[event] - before
                count += 1
                bounds[cell + 1] += 1
                if last_journey[cell] != journey:
                    last_journey[cell] = journey
                    journeys[cell] += 1
                    people[cell] += 1 if whose != 0 and last_person[cell] != whose else 0
                    last_person[cell] = whose
            origin, before = code, at[event]
    counts = np.empty(cells, np.int64)
    for index in range(cells):
        counts[index] = bounds[index + 1]
        bounds[index + 1] += bounds[index]
    return counts, journeys, people, by_cell(cell_of, gap, count, bounds)


@compiled
def by_cell(cell_of: Int, gap: Int, count: int, bounds: Int) -> Int:
    """The first `count` gaps, cell by cell. `bounds` [cells + 1] says where each cell begins, and is used up."""
    ordered = np.empty(count, np.int64)
    for index in range(count):
        ordered[bounds[cell_of[index]]] = gap[index]
        bounds[cell_of[index]] += 1
    return ordered


@compiled
def _tally(slot: Int, gap: Int, owner: Int, whose: Int, size: int) -> tuple[Int, Int, Int, Int]:
    """Per slot: count, distinct journeys, distinct customers [size]; and the gaps, slot by slot.

    One journey's entries stand together, and so do one customer's: that is what makes a stamp enough.
    """
    bounds = np.zeros(size + 1, np.int64)
    journeys, people = np.zeros(size, np.int64), np.zeros(size, np.int64)
    last_owner, last_person = np.full(size, -1, np.int64), np.zeros(size, np.int64)
    for index in range(slot.size):
        one = slot[index]
        bounds[one + 1] += 1
        if last_owner[one] != owner[index]:
            last_owner[one] = owner[index]
            journeys[one] += 1
            if last_person[one] != whose[index]:
                last_person[one] = whose[index]
                people[one] += 1 if whose[index] != 0 else 0
    count = np.empty(size, np.int64)
    for one in range(size):
        count[one] = bounds[one + 1]
        bounds[one + 1] += bounds[one]
    return count, journeys, people, by_cell(slot, gap, gap.size, bounds)


def limit_of(skip: int) -> int:
    """Codes from here on are left out."""
    return 2**32 if skip == NOTHING_SKIPPED else skip


def _over(part: Part, skip: int = NOTHING_SKIPPED) -> _Partial:
    journeys, limit = part.journeys, limit_of(skip)
    size = size_of(part.codes, limit)
    nodes, starts, ends = _ends(journeys.start, journeys.end, part.codes, part.keep, limit, size)
    person = part.bucket.customer[journeys.group]
    walked = (journeys.start, journeys.end, person, part.bucket.at, part.codes, part.keep, limit, size, int(nodes.sum()))
    if size <= DENSE:
        count, distinct, people, gaps = _square(*walked)
        found = np.flatnonzero(count)
        count, distinct, people = count[found], distinct[found], people[found]
    else:
        key, gap, owner, whose = _pairs(*walked)
        found, slot = np.unique(key, return_inverse=True)
        count, distinct, people, gaps = _tally(slot.astype(np.int64), gap, owner, whose, len(found))
    wide = found // max(size, 1) << 32 | found % max(size, 1)  # the same edge has the same key in every bucket
    return _Partial(wide, count, gaps, distinct, people, nodes, starts, ends, int(part.keep.sum()))


def summed(arrays: Sequence[Int]) -> Int:
    """The sum of tables per code, some of which may be shorter than others."""
    total = np.zeros(max((len(array) for array in arrays), default=0), np.int64)
    for array in arrays:
        total[: len(array)] += array
    return total


def _merge(parts: Sequence[_Partial]) -> _Partial:
    keys, bounds, gaps, places = joined((part.key, part.count, part.gaps) for part in parts)
    journeys, people = np.zeros(len(keys), np.int64), np.zeros(len(keys), np.int64)
    for part, place in zip(parts, places, strict=True):
        journeys[place] += part.journeys
        people[place] += part.people
    nodes, starts, ends = (summed([getattr(part, name) for part in parts]) for name in ("nodes", "starts", "ends"))
    return _Partial(keys, np.diff(bounds), gaps, journeys, people, nodes, starts, ends, sum(part.journey_count for part in parts))


def _finish(whole: _Partial) -> Transitions:
    median, mean = medians(whole.gaps, bounds_of(whole.count))
    return Transitions(
        whole.key >> 32, whole.key & 0xFFFFFFFF, whole.count, whole.journeys, whole.people, median, mean,
        whole.nodes, whole.starts, whole.ends, whole.journey_count, int(whole.nodes.sum()),
    )  # fmt: skip


transitions = Kernel(_over, _merge, _finish)
"""`run(transitions, parts, skip)` -> Transitions. Codes from `skip` on are left out; NOTHING_SKIPPED: none."""
