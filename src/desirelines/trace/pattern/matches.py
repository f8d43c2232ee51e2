"""How often a pattern matches, for whom, how long its matches last, and where in journeys they lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import NOTHING_SKIPPED, Codes, Int, Mask, Part
from desirelines.trace.compiled import compiled, plain
from desirelines.trace.counting.transitions import limit_of
from desirelines.trace.pattern.automaton import Pattern
from desirelines.trace.pattern.find import journeys_with, segments
from desirelines.trace.run import Kernel, each

FIRST, LAST, BEFORE, AFTER = range(4)
QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)


@dataclass(frozen=True)
class Examples:
    """The earliest matches [x]: of those that begin at one time the smaller customer's, then the earlier in the bucket."""

    at: Int
    """[x] when each begins, microseconds"""
    customer: Int
    subject: Int
    length: Int
    """[x] events from the first to the last, what is left out not counted"""
    codes: Codes
    """[x, most] of those events, the first of them; 0 where there are no more"""


@dataclass(frozen=True)
class Matches:
    """All matches of a pattern in the journeys kept."""

    count: int
    journeys: int
    """distinct journeys with a match"""
    people: int
    """distinct known customers with one"""
    journey_count: int
    """Journeys kept."""
    duration_us: NDArray[np.float64]
    """[5] at QUANTILES, from the first to the last event; NaN without a match"""
    places: Int
    """[4, a + 1] matches per code of their FIRST and LAST event, of the one BEFORE and the one AFTER in the journey; in the last
    column those with none there, and those whose code is unknown"""
    examples: Examples


@dataclass(frozen=True)
class _Partial:
    count: int
    journeys: int
    people: int
    journey_count: int
    durations: tuple[Int, ...]
    places: Int
    examples: tuple[Examples, ...]
    most: int


@compiled
def _tally(
    owner: Int, first: Int, last: Int, start: Int, end: Int, person: Int, codes: Codes, limit: int, places: Int
) -> tuple[int, int, Int]:
    """Distinct journeys and customers of the matches, and how many events each has; adds to `places` [4, a + 1].

    One customer's journeys stand together, and so do one journey's matches.
    """
    journeys, people, before, whose, size = 0, 0, np.int64(-1), np.int64(0), places.shape[1] - 1
    length = np.empty(owner.size, np.int64)
    for match in range(owner.size):
        journey = owner[match]
        if journey != before:
            before = journey
            journeys += 1
            if person[journey] != whose:
                whose = person[journey]
                people += 1 if whose != 0 else 0
        left, right = first[match] - 1, last[match] + 1
        while left >= start[journey] and np.int64(codes[left]) >= limit:
            left -= 1
        while right < end[journey] and np.int64(codes[right]) >= limit:
            right += 1
        places[0, min(np.int64(codes[first[match]]), size)] += 1
        places[1, min(np.int64(codes[last[match]]), size)] += 1
        places[2, min(np.int64(codes[left]), size) if left >= start[journey] else size] += 1
        places[3, min(np.int64(codes[right]), size) if right < end[journey] else size] += 1
        length[match] = 0
        for event in range(first[match], last[match] + 1):
            length[match] += 1 if np.int64(codes[event]) < limit else 0
    return journeys, people, length


def _over(part: Part, pattern: Pattern, skip: int = NOTHING_SKIPPED, overlap: bool = False, examples: int = 0) -> _Partial:
    found, journeys, at = segments(part, pattern, skip, overlap), part.journeys, part.bucket.at
    person = part.bucket.customer[journeys.group]
    places = np.zeros((4, len(pattern.kind_of) + 1), np.int64)
    distinct, people, length = _tally(
        found.journey, found.first, found.last, journeys.start, journeys.end, person, part.codes, limit_of(skip), places
    )
    began, whose = at[found.first], person[found.journey]
    chosen = np.lexsort((np.arange(len(began)), whose, began))[:examples]
    return _Partial(
        len(found.first), distinct, people, int(part.keep.sum()), (at[found.last] - began,), places,
        (_examples(part, found.first[chosen], found.journey[chosen], length[chosen], limit_of(skip)),), examples,
    )  # fmt: skip


MOST_SHOWN = 20
"""Events of an example."""


def _examples(part: Part, first: Int, journey: Int, length: Int, limit: int) -> Examples:
    shown = np.zeros((len(first), MOST_SHOWN), np.uint32)
    for row, (event, count) in enumerate(zip(first.tolist(), length.tolist(), strict=True)):
        kept = part.codes[event : part.journeys.end[journey[row]]]
        codes = kept[kept < limit][: min(count, MOST_SHOWN)]
        shown[row, : len(codes)] = codes
    group = part.journeys.group[journey]
    return Examples(part.bucket.at[first], part.bucket.customer[group], part.bucket.subject[group], length, shown)


def _merge(parts: Sequence[_Partial]) -> _Partial:
    places = np.sum([part.places for part in parts], axis=0) if parts else np.zeros((4, 1), np.int64)
    return _Partial(
        sum(part.count for part in parts), sum(part.journeys for part in parts), sum(part.people for part in parts),
        sum(part.journey_count for part in parts), tuple(one for part in parts for one in part.durations), places,
        tuple(one for part in parts for one in part.examples), max((part.most for part in parts), default=0),
    )  # fmt: skip


def _finish(whole: _Partial) -> Matches:
    durations = np.concatenate([np.empty(0, np.int64), *whole.durations])
    quantiles = np.quantile(durations, QUANTILES) if len(durations) else np.full(len(QUANTILES), np.nan)
    return Matches(
        whole.count,
        whole.journeys,
        whole.people,
        whole.journey_count,
        quantiles,
        whole.places,
        _earliest(whole.examples, whole.most),
    )


def _earliest(found: Sequence[Examples], most: int) -> Examples:
    empty = np.empty(0, np.int64)
    at, customer, subject, length = (
        np.concatenate([empty, *(getattr(one, name) for one in found)]) for name in ("at", "customer", "subject", "length")
    )
    codes = np.concatenate([np.empty((0, MOST_SHOWN), np.uint32), *(one.codes for one in found)])
    best = np.lexsort((subject, customer, at))[:most]
    return Examples(at[best], customer[best], subject[best], length[best], codes[best])


matches = Kernel(_over, _merge, _finish)
"""`run(matches, parts, pattern, skip, overlap, examples)` -> Matches, with the `examples` earliest of them."""


def having(parts: Sequence[Part], pattern: Pattern, skip: int = NOTHING_SKIPPED) -> list[Mask]:
    """Per part [j]: the journeys kept that have a match."""
    return each(lambda part: plain(journeys_with(part, pattern, skip), np.bool_), parts)
