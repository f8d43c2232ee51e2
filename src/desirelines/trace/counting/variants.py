"""Journeys that are the same sequence of codes, counted as one variant."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import NOTHING_SKIPPED, Codes, Int, Mask, Part
from desirelines.trace.compiled import compiled
from desirelines.trace.counting.gaps import bounds_of, medians
from desirelines.trace.counting.sequences import distinct, lexicographic
from desirelines.trace.counting.transitions import limit_of
from desirelines.trace.run import threads


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


@compiled
def _gather(start: Int, end: Int, at: Int, codes: Codes, keep: Mask, limit: int) -> tuple[Int, Codes, Int]:
    """offsets [j + 1], codes and durations [j] of the journeys without what is left out; a journey not kept is empty."""
    offsets = np.zeros(start.size + 1, np.int64)
    for journey in range(start.size):
        count = 0
        if keep[journey]:
            for event in range(start[journey], end[journey]):
                count += 1 if np.int64(codes[event]) < limit else 0
        offsets[journey + 1] = offsets[journey] + count
    gathered = np.empty(offsets[-1], np.uint32)
    duration = np.zeros(start.size, np.int64)
    for journey in range(start.size):
        place, first = offsets[journey], np.int64(0)
        if place == offsets[journey + 1]:
            continue
        for event in range(start[journey], end[journey]):
            if np.int64(codes[event]) < limit:
                if place == offsets[journey]:
                    first = at[event]
                gathered[place] = codes[event]
                place += 1
                duration[journey] = at[event] - first
    return offsets, gathered, duration


def index_variants(parts: Sequence[Part], skip: int = NOTHING_SKIPPED) -> VariantIndex:
    """Every kept journey's variant. The same whichever way the journeys lie in parts.

    Equality is verified code by code: two variants never become one by an equal hash.
    """

    def over(part: Part) -> tuple[NDArray[np.int32], Int, Codes, Int]:
        journeys = part.journeys
        offsets, codes, duration = _gather(journeys.start, journeys.end, part.bucket.at, part.codes, part.keep, limit_of(skip))
        number, first = distinct(offsets, codes, part.keep)
        return (number, *_taken(offsets, codes, first), duration)

    with ThreadPoolExecutor(threads()) as pool:
        found = list(pool.map(over, parts))
    bounds = bounds_of(np.array([len(one[1]) - 1 for one in found], dtype=np.int64))
    lengths = np.concatenate([np.empty(0, np.int64), *(np.diff(one[1]) for one in found)])
    offsets = bounds_of(lengths)
    codes = np.concatenate([np.empty(0, np.uint32), *(one[2] for one in found)])
    number, first = distinct(offsets, codes, np.ones(len(lengths), np.bool_))
    order = lexicographic(*_taken(offsets, codes, first))
    rank = np.empty(len(order) + 1, np.int32)
    rank[order] = np.arange(len(order))
    rank[-1] = -1
    variant = []
    for index, one in enumerate(found):
        local = np.append(rank[number[bounds[index] : bounds[index + 1]]], np.int32(-1))
        variant.append(local[one[0]])  # -1 takes the last entry: -1 again
    return VariantIndex(tuple(variant), tuple(one[3] for one in found), *_taken(offsets, codes, first[order]))


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
