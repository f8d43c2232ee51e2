"""Where a pattern matches: leftmost first, none overlapping another unless asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.errors import TooLarge
from desirelines.trace.bucket import NOTHING_SKIPPED, Codes, Int, Mask, Part
from desirelines.trace.compiled import compiled, longer
from desirelines.trace.counting.transitions import limit_of
from desirelines.trace.pattern.automaton import Pattern
from desirelines.trace.pattern.subsets import OVER, Subsets
from desirelines.trace.pattern.timed import timed_matches

LONGEST_WALKS = 1_000
"""Overlapping matches may together be so many times as long as the events they lie in, and no longer."""
whole: Any = np.int64


@dataclass(frozen=True)
class Segments:
    """Matches [m] of one part, in the order of its events."""

    journey: Int
    """[m] index in the part's journeys"""
    first: Int
    """[m] index of the first event in the bucket"""
    last: Int
    """[m] … of the last, included"""


@compiled
def _matches(
    start: Int, end: Int, codes: Codes, keep: Mask, limit: int, kind_of: NDArray[np.int32], before: NDArray[np.int32],
    begins: NDArray[np.uint8], onward: NDArray[np.int32], shift: int, first_row: int, overlap: bool, only: Mask, most: int,
) -> tuple[bool, Int, Int, Int]:  # fmt: skip
    """Whether all matches are there, and journey, first and last event of each [m].

    Where `only` [j] is not empty, it is filled with the journeys that have a match, and none is followed.
    """
    size, known, states = whole(1024), whole(kind_of.size), whole(begins.size)
    place, track = np.empty(size, np.int64), np.empty(size, np.int64)
    owner, first, last, top = np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64), whole(0)
    walked = whole(0)
    for journey in range(start.size):
        if not keep[journey]:
            continue
        low, high = start[journey], end[journey]
        if high - low > size:
            size = 2 * (high - low)
            place, track = np.empty(size, np.int64), np.empty(size, np.int64)
        here, found, begin = whole(0), whole(0), size  # events that count lie at the end of the buffers
        for event in range(high - 1, low - 1, -1):
            code = np.int64(codes[event])
            if code < limit:
                here = whole(before[here + (kind_of[code] if code < known else 0)])
                begin -= 1
                place[begin], track[begin] = event, here
                found |= begins[here >> shift]
        if found & 1 == 0 and (begin == size or begins[here >> shift] == 0):
            continue
        if only.size > 0:
            only[journey] = True
            continue
        from_, row = begin, whole(first_row)
        while from_ < size:
            at = from_
            while True:
                row = whole(onward[row * states + (track[at] >> shift if at < size else 0)])
                if row == OVER:
                    break
                at += 1
            if at == from_:
                from_, row = from_ + 1, first_row + 1
                continue
            if top == owner.size:
                owner, first, last = longer(owner, top, 2 * top), longer(first, top, 2 * top), longer(last, top, 2 * top)
            owner[top], first[top], last[top] = journey, place[from_], place[at - 1]
            top += 1
            walked += at - from_
            from_, row = from_ + 1 if overlap else at, first_row + 1
        if walked > most:
            return False, owner, first, last
    return True, longer(owner, top, top), longer(first, top, top), longer(last, top, top)


def segments(part: Part, pattern: Pattern, skip: int = NOTHING_SKIPPED, overlap: bool = False) -> Segments:
    """All matches of the journeys kept in one part; codes from `skip` on are left out.

    With `overlap` a match may begin at every event, also inside another. Raises TooLarge where those are too long, and where
    the pattern needs too much memory for the longest journey.
    """
    most = LONGEST_WALKS * (len(part.codes) + 1000)
    if pattern.timed or pattern.subsets is None:
        keep = _possible(part, pattern, skip)
        all_, *rows = timed_matches(part, pattern.net, pattern.kind_of, keep, limit_of(skip), overlap, most)
    else:
        all_, *rows = _walked(part, pattern.subsets, pattern.kind_of, skip, overlap, np.zeros(0, np.bool_), most)
    if not all_:
        raise TooLarge(
            "overlapping matches of this pattern are so long that they cannot all be followed",
            hint="ask for matches that do not overlap, or limit them with `within`",
        )
    return Segments(*rows)


def journeys_with(part: Part, pattern: Pattern, skip: int = NOTHING_SKIPPED) -> Mask:
    """bool[j]: the journeys kept that have a match. Raises TooLarge as `segments` does."""
    found = _possible(part, pattern, skip)
    if pattern.timed or pattern.subsets is None:
        owner = timed_matches(part, pattern.net, pattern.kind_of, found, limit_of(skip), False, 2**62)[1]
        found = np.zeros(len(part.keep), np.bool_)
        found[owner] = True
    return found


def _possible(part: Part, pattern: Pattern, skip: int) -> Mask:
    """bool[j]: the journeys kept that have a match, times left aside; all where there is no table to look it up in."""
    if pattern.subsets is None:
        return part.keep
    found = np.zeros(len(part.keep), np.bool_)
    if len(found):
        _walked(part, pattern.subsets, pattern.kind_of, skip, False, found, 0)
    return found


def _walked(
    part: Part, tables: Subsets, kind_of: NDArray[np.int32], skip: int, overlap: bool, only: Mask, most: int
) -> tuple[bool, Int, Int, Int]:
    journeys = part.journeys
    return _matches(
        journeys.start, journeys.end, part.codes, part.keep, limit_of(skip), kind_of, tables.before, tables.begins,
        tables.onward, tables.shift, tables.first_row, overlap, only, most,
    )  # fmt: skip
