"""Journeys that are the same sequence of codes, counted as one variant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import NOTHING_SKIPPED, Codes, Int, Mask, Part
from desirelines.trace.compiled import compiled
from desirelines.trace.counting.across import Words, met, spell
from desirelines.trace.counting.edges import size_of
from desirelines.trace.counting.gaps import bounds_of, medians
from desirelines.trace.counting.scratch import scratch
from desirelines.trace.counting.sequences import lexicographic
from desirelines.trace.counting.transitions import limit_of
from desirelines.trace.counting.words import MULTIPLIER, cut_by_silence, distinct_words, durations, kept_journeys, keys_of
from desirelines.trace.run import Kernel, each


@dataclass(frozen=True)
class VariantIndex:
    """All variants [v] of some journeys, the shortest first, then by their codes; and which one each journey is."""

    variant: tuple[NDArray[np.int32], ...]
    """per part [j]: index of the journey's variant, -1 where `keep` was False"""
    duration_us: tuple[Int, ...]
    """per part [j]: from the first to the last event that is not left out, 0 with none"""
    offsets: Int
    """[v + 1]"""
    codes: Codes
    """variant i is codes[offsets[i]:offsets[i + 1]]"""


@dataclass(frozen=True)
class VariantCounts:
    """How many journeys are each variant [v], in no order."""

    count: Int
    first: Int
    """[v] the variant's word among the `words` of all parts"""
    words: tuple[Words, ...]

    def codes(self, variant: int) -> Codes:
        """The codes of one variant."""
        return spell(self.words, self.first[variant : variant + 1])[1]


@dataclass(frozen=True)
class Variants:
    """The most frequent variants [n], the most frequent first; of equal ones the shorter, then by codes."""

    variant: Int
    """[n] index in the VariantIndex"""
    count: Int
    people: Int
    """[n] distinct customers"""
    median_us: NDArray[np.float64]
    """[n] median duration"""
    part: Int
    """[n] the part in which the first such journey lies …"""
    journey: Int
    """[n] … and its index there: a representative"""
    variant_count: int
    journey_count: int
    person_count: int
    """Distinct customers of the journeys counted."""


def _words(part: Part, skip: int, gap_us: int | None, multiplier: Any) -> tuple[Words, NDArray[np.int32], Int, Int]:
    """A bucket's distinct words; which of them each kept journey is, and where it lies, in this thread's scratch."""
    journeys, limit = part.journeys, limit_of(skip)
    room = len(journeys.start) if gap_us is None else len(part.codes) + 1
    low, high = scratch("words low", room, np.int64), scratch("words high", room, np.int64)
    if gap_us is None:
        words = kept_journeys(journeys.start, journeys.end, part.keep, low, high)
    else:
        words = cut_by_silence(journeys.start, journeys.end, part.keep, part.bucket.at, gap_us, low, high)
    low, high = low[:words], high[:words]
    keys, number = scratch("words keys", words, np.int64), scratch("words number", words, np.int32)
    keys_of(low, high, part.codes, limit, size_of(part.codes, 2**32), multiplier, keys)
    first, count = distinct_words(keys, low, high, part.codes, limit, number)
    return Words(keys[first], count, low[first], high[first], part.codes, limit), number, low, high


def _over(part: Part, skip: int = NOTHING_SKIPPED, gap_us: int | None = None, multiplier: Any = MULTIPLIER) -> tuple[Words, ...]:
    return (_words(part, skip, gap_us, multiplier)[0],)


def _counted(words: tuple[Words, ...]) -> VariantCounts:
    number, first = met(words)
    count = np.zeros(len(first), np.int64)
    _add(np.concatenate([np.empty(0, np.int64), *(one.count for one in words)]), number, count)
    return VariantCounts(count, first, words)


@compiled
def _add(counts: Int, number: Int, total: Int) -> None:
    for word in range(number.size):
        total[np.uint64(number[word])] += counts[word]


variant_counts: Kernel[tuple[Words, ...], VariantCounts] = Kernel(_over, lambda parts: sum(parts, ()), _counted)
"""`run(variant_counts, parts, skip, gap_us)` -> VariantCounts. With a gap journeys end before an event that comes more than so
long after the one before it. Equality is verified code by code: two variants never become one by an equal hash."""


def index_variants(parts: Sequence[Part], skip: int = NOTHING_SKIPPED, multiplier: Any = MULTIPLIER) -> VariantIndex:
    """Every kept journey's variant. The same whichever way the journeys lie in parts."""

    def over(part: Part) -> tuple[Words, NDArray[np.int32], Int]:
        words, number, low, high = _words(part, skip, None, multiplier)
        return words, number.copy(), durations(part.bucket.at, part.codes, low, high, limit_of(skip))

    found = each(over, parts)
    several = [one[0] for one in found]
    number, first = met(several)
    order = np.argsort(first)  # as they occur: words of one bucket are read together
    offsets, codes = spell(several, first[order])
    ranked = lexicographic(offsets, codes)
    rank = np.empty(len(order), np.int32)
    rank[order[ranked]] = np.arange(len(order))
    bounds = bounds_of(np.array([len(words.keys) for words in several], np.int64))
    variant, duration = [], []
    for index, (part, (_, local, times)) in enumerate(zip(parts, found, strict=True)):
        mine, took = np.full(len(part.keep), -1, np.int32), np.zeros(len(part.keep), np.int64)
        mine[part.keep] = rank[number[bounds[index] : bounds[index + 1]]][local]
        took[part.keep] = times
        variant.append(mine)
        duration.append(took)
    return VariantIndex(tuple(variant), tuple(duration), *_taken(offsets, codes, ranked))


def _taken(offsets: Int, codes: Codes, wanted: Int) -> tuple[Int, Codes]:
    """The wanted sequences, one behind the other."""
    lengths = offsets[wanted + 1] - offsets[wanted]
    to = bounds_of(lengths)
    place = np.arange(int(to[-1])) + np.repeat(offsets[wanted] - to[:-1], lengths)
    return to, codes[place]


@compiled
def _count(variant: NDArray[np.int32], person: Int, keep: Mask, count: Int, people: Int, stamp: Int, first: Int) -> int:
    """Add one part's journeys; returns its distinct customers. A customer's journeys stand together, in one part."""
    persons, last = 0, np.int64(0)
    for journey in range(variant.size):
        one = variant[journey]
        if one < 0 or not keep[journey]:
            continue
        if count[one] == 0 or first[one] < 0:
            first[one] = journey
        count[one] += 1
        whose = person[journey]
        if whose != 0 and stamp[one] != whose:
            stamp[one] = whose
            people[one] += 1
        if whose not in (0, last):
            last = whose
            persons += 1
    return persons


@compiled
def _durations(variant: NDArray[np.int32], keep: Mask, duration: Int, slot: Int, filled: Int, values: Int) -> None:
    for journey in range(variant.size):
        one = variant[journey]
        if one >= 0 and keep[journey] and slot[one] >= 0:
            values[filled[slot[one]]] = duration[journey]
            filled[slot[one]] += 1


def variants(parts: Sequence[Part], index: VariantIndex, top: int) -> Variants:
    """The `top` most frequent variants among the journeys that `keep` keeps, with figures."""
    size = len(index.offsets) - 1
    count, people, stamp = (np.zeros(size, np.int64) for _ in range(3))
    where, journey = np.full(size, -1, np.int64), np.full(size, -1, np.int64)
    persons = 0
    for number, (part, variant) in enumerate(zip(parts, index.variant, strict=True)):
        person = part.bucket.customer[part.journeys.group]
        persons += _count(variant, person, part.keep, count, people, stamp, journey)
        where[(where < 0) & (journey >= 0)] = number
    there = np.flatnonzero(count)
    best = there[np.argsort(-count[there], kind="stable")][:top]
    slot = np.full(size, -1, np.int64)
    slot[best] = np.arange(len(best))
    bounds = bounds_of(count[best])
    values, filled = np.empty(int(bounds[-1]), np.int64), bounds[:-1].copy()
    for part, variant, duration in zip(parts, index.variant, index.duration_us, strict=True):
        _durations(variant, part.keep, duration, slot, filled, values)
    median, _ = medians(values, bounds)
    return Variants(best, count[best], people[best], median, where[best], journey[best], len(there), int(count.sum()), persons)
