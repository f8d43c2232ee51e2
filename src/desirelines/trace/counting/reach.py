"""How many come by each code, how long until the next one, and where journeys are left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import NOTHING_SKIPPED, Codes, Int, Mask, Part
from desirelines.trace.compiled import compiled, longer
from desirelines.trace.counting.edges import size_of
from desirelines.trace.counting.gaps import bounds_of, by_cell, joined, medians
from desirelines.trace.counting.transitions import limit_of
from desirelines.trace.run import Kernel


@dataclass(frozen=True)
class Reach:
    """Per code that occurs [k], in order."""

    code: Int
    events: Int
    journeys: Int
    """[k] distinct journeys"""
    people: Int
    """[k] distinct customers"""
    left: Int
    """[k] journeys whose last kept event has this code"""
    median_us: NDArray[np.float64]
    """[k] time to the next kept event of the journey; NaN where none follows"""
    mean_us: NDArray[np.float64]
    journey_count: int
    """Journeys kept, those without any kept event included."""
    person_count: int
    """Distinct customers of the journeys kept."""
    event_count: int


@dataclass(frozen=True)
class _Partial:
    key: Int
    gap_count: Int
    gaps: Int
    events: Int
    journeys: Int
    people: Int
    ends: Int
    journey_count: int
    person_count: int


@compiled
def _visits(
    start: Int, end: Int, person: Int, at: Int, codes: Codes, keep: Mask, limit: int, size: int
) -> tuple[Int, Int, Int, Int, Int, Int]:
    """Per code [size]: events, journeys, people, last events; and the code and gap of every event that another follows."""
    events, journeys, people = np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(size, np.int64)
    left = np.zeros(size, np.int64)
    last_journey, last_person = np.full(size, -1, np.int64), np.zeros(size, np.int64)
    origins, gaps = np.empty(codes.size, np.int64), np.empty(codes.size, np.int64)
    count = 0
    for journey in range(start.size):
        if not keep[journey]:
            continue
        origin, before, whose = np.int64(-1), np.int64(0), person[journey]
        for event in range(start[journey], end[journey]):
            code = np.int64(codes[event])
            if code >= limit:
                continue
            if origin >= 0:
                origins[count], gaps[count] = origin, at[event] - before
                count += 1
            events[code] += 1
            if last_journey[code] != journey:
                last_journey[code] = journey
                journeys[code] += 1
                people[code] += 1 if whose != 0 and last_person[code] != whose else 0
                last_person[code] = whose
            origin, before = code, at[event]
        if origin >= 0:
            left[origin] += 1
    return events, journeys, people, left, longer(origins, count, count), longer(gaps, count, count)


@compiled
def _persons(person: Int, keep: Mask) -> int:
    """Distinct customers of the kept journeys; one customer's journeys stand together."""
    count, last = 0, np.int64(0)
    for journey in range(person.size):
        if keep[journey] and person[journey] != 0 and person[journey] != last:
            last = person[journey]
            count += 1
    return count


def _over(part: Part, skip: int = NOTHING_SKIPPED) -> _Partial:
    journeys, limit = part.journeys, limit_of(skip)
    person = part.bucket.customer[journeys.group]
    tables = _visits(
        journeys.start, journeys.end, person, part.bucket.at, part.codes, part.keep, limit, size_of(part.codes, limit)
    )
    found = np.flatnonzero(tables[0])
    events, distinct, people, left = (table[found] for table in tables[:4])
    gaps = by_cell(tables[4], tables[5], len(tables[5]), bounds_of(tables[0] - tables[3]))
    return _Partial(
        found, events - left, gaps[gaps >= 0], events, distinct, people, left, int(part.keep.sum()), _persons(person, part.keep)
    )


def _merge(parts: Sequence[_Partial]) -> _Partial:
    keys, bounds, gaps, places = joined((part.key, part.gap_count, part.gaps) for part in parts)
    tables = {name: np.zeros(len(keys), np.int64) for name in ("events", "journeys", "people", "ends")}
    for part, place in zip(parts, places, strict=True):
        for name, table in tables.items():
            table[place] += getattr(part, name)
    journeys, persons = sum(part.journey_count for part in parts), sum(part.person_count for part in parts)
    return _Partial(keys, np.diff(bounds), gaps, **tables, journey_count=journeys, person_count=persons)


def _finish(whole: _Partial) -> Reach:
    median, mean = medians(whole.gaps, bounds_of(whole.gap_count))
    return Reach(
        whole.key, whole.events, whole.journeys, whole.people, whole.ends, median, mean,
        whole.journey_count, whole.person_count, int(whole.events.sum()),
    )  # fmt: skip


reach = Kernel(_over, _merge, _finish)
"""`run(reach, parts, skip)` -> Reach. Codes from `skip` on are left out; NOTHING_SKIPPED: none."""
