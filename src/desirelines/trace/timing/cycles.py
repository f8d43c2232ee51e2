"""From one occurrence of an event to the next: the first cycle, the second, the nth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Codes, Int, Mask, Part
from desirelines.trace.compiled import compiled
from desirelines.trace.run import Kernel
from desirelines.trace.timing.spread import Spread, Timed, spread, summed, timed, together

Wanted = NDArray[np.bool_]
"""[k + 1] whether events of a code are meant; the last entry stands for all codes from k on."""


@dataclass(frozen=True)
class Cycles:
    """Occurrences by number: index 0 is the first."""

    journeys: Int
    """[c] journeys in which it happened so often at least"""
    people: Int
    gap: Spread
    """[c] from this occurrence to the next one"""
    since: Spread
    """[c] from the first occurrence to the one after this"""


class _Partial(NamedTuple):
    journeys: Int
    people: Int
    gap: Timed
    since: Timed


@compiled
def _cycled(
    start: Int, end: Int, person: Int, at: Int, codes: Codes, keep: Mask, wanted: Wanted, most: int
) -> tuple[Int, Int, Int, Int, Int, int]:
    """journeys and people [most]; number, gap and time since the first of so many occurrences that another follows."""
    journeys, people, last_person = np.zeros(most, np.int64), np.zeros(most, np.int64), np.zeros(most, np.int64)
    number, gap, since = np.empty(codes.size, np.int64), np.empty(codes.size, np.int64), np.empty(codes.size, np.int64)
    count, top = 0, np.int64(wanted.size - 1)
    for journey in range(start.size):
        if not keep[journey]:
            continue
        seen, first, last, whose = np.int64(0), np.int64(0), np.int64(0), person[journey]
        for event in range(start[journey], end[journey]):
            if not wanted[min(np.int64(codes[event]), top)]:
                continue
            if 0 < seen <= most:
                number[count], gap[count], since[count] = seen - 1, at[event] - last, at[event] - first
                count += 1
            if seen == 0:
                first = at[event]
            if seen < most:
                journeys[seen] += 1
                people[seen] += 1 if whose != 0 and last_person[seen] != whose else 0
                last_person[seen] = whose
            last = at[event]
            seen += 1
    return journeys, people, number, gap, since, count


def _over(part: Part, wanted: Wanted, most: int) -> _Partial:
    journeys, bucket = part.journeys, part.bucket
    person = bucket.customer[journeys.group]
    found = _cycled(journeys.start, journeys.end, person, bucket.at, part.codes, part.keep, wanted, most)
    often, people, number, gap, since, count = found
    return _Partial(often, people, timed(number, gap, count, most), timed(number, since, count, most))


def _merge(parts: Sequence[_Partial]) -> _Partial:
    journeys, people = (summed([getattr(part, name) for part in parts]) for name in ("journeys", "people"))
    return _Partial(journeys, people, together([part.gap for part in parts]), together([part.since for part in parts]))


def _finish(whole: _Partial) -> Cycles:
    most = len(whole.journeys)
    return Cycles(whole.journeys, whole.people, spread(whole.gap, most), spread(whole.since, most))


cycles = Kernel(_over, _merge, _finish)
"""`run(cycles, parts, wanted, most)` -> Cycles of the first `most` occurrences."""
