"""Kernels of the build: rows are scattered into buckets, then each bucket is sorted on its own.

A row is five numbers side by side (six where the subject is an object), so that scattering it touches one place in memory.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from desirelines.trace.bucket import Int
from desirelines.trace.compiled import compiled, longer

SUBJECT, AT, SEQUENCE, RANK_ROW, NAMES, OWNER = range(6)
"""Rank << 32 | row in the file; event << 32 | channel << 16 | source; the customer of an object's event."""
WIDTH = 5
SHORT = 24
"""Up to so many events are sorted by insertion."""


@compiled
def bucket_of(key: Any, bits: int) -> Any:
    """The bucket of a key among 2 ** bits: the top bits of a mixed key (the finaliser of splitmix64)."""
    mixed = np.uint64(key)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed = mixed ^ (mixed >> np.uint64(31))
    return np.int64((mixed >> np.uint64(1)) >> np.uint64(63 - bits))


@compiled
def buckets_of(owner: Int, subject: Int, bits: int) -> Int:
    """[g] the bucket of each owner's key; of the subject's own where nobody is known to own it."""
    bucket = np.empty(owner.size, np.int64)
    for group in range(owner.size):
        bucket[group] = bucket_of(owner[group] if owner[group] != 0 else subject[group], bits)
    return bucket


@compiled
def scatter(
    subject: Int, owner: Int, at: Int, rank: Int, sequence: Int, event: Int, source: Int, channel: Int, width: int, bits: int
) -> tuple[Int, Int]:
    """Rows [m, width] of the events whose subject is not 0, bucket by bucket, and where each bucket begins [b + 1]."""
    bounds = np.zeros((1 << bits) + 1, np.int64)
    for row in range(subject.size):
        if subject[row] != 0:
            bounds[bucket_of(subject[row], bits) + 1] += 1
    for bucket in range(1 << bits):
        bounds[bucket + 1] += bounds[bucket]
    rows = np.empty((bounds[-1], width), np.int64)
    place = longer(bounds, bounds.size, bounds.size)
    for row in range(subject.size):
        if subject[row] == 0:
            continue
        bucket = bucket_of(subject[row], bits)
        to = place[bucket]
        place[bucket] += 1
        rows[to, SUBJECT] = subject[row]
        rows[to, AT] = at[row]
        rows[to, SEQUENCE] = sequence[row]
        rows[to, RANK_ROW] = rank[row] << 32 | row
        rows[to, NAMES] = event[row] << 32 | channel[row] << 16 | source[row]
        if width > OWNER:
            rows[to, OWNER] = owner[row]
    return rows, bounds


@compiled
def _after(rows: Int, one: int, other: int) -> bool:
    """Whether row `one` stands after row `other`, which has the same time, by rank and sequence."""
    if rows[one, RANK_ROW] >> 32 != rows[other, RANK_ROW] >> 32:
        return bool(rows[one, RANK_ROW] >> 32 > rows[other, RANK_ROW] >> 32)
    return bool(rows[one, SEQUENCE] > rows[other, SEQUENCE])


@compiled
def _insert(rows: Int, at: Int, order: Int, low: int, high: int) -> None:
    for place in range(low + 1, high):
        time, row = at[place], order[place]
        left = place - 1
        while left >= low and (at[left] > time or (at[left] == time and _after(rows, order[left], row))):
            at[left + 1], order[left + 1] = at[left], order[left]
            left -= 1
        at[left + 1], order[left + 1] = time, row


@compiled
def _merge(rows: Int, at: Int, order: Int, spare_at: Int, spare: Int, low: int, high: int) -> None:
    """Bottom-up merge sort of order[low:high], whose times are at[low:high]; runs of SHORT are sorted by insertion first."""
    for start in range(low, high, SHORT):
        _insert(rows, at, order, start, min(start + SHORT, high))
    width = SHORT
    while width < high - low:
        for start in range(low, high, 2 * width):
            middle, end = min(start + width, high), min(start + 2 * width, high)
            if middle >= end or at[middle] > at[middle - 1]:
                continue
            for place in range(start, middle):
                spare_at[place], spare[place] = at[place], order[place]
            left, right, to = start, middle, start
            while left < middle:
                if right < end and (
                    at[right] < spare_at[left] or (at[right] == spare_at[left] and _after(rows, spare[left], order[right]))
                ):
                    at[to], order[to] = at[right], order[right]
                    right += 1
                else:
                    at[to], order[to] = spare_at[left], spare[left]
                    left += 1
                to += 1
        width *= 2


@compiled
def _numbered(rows: Int) -> tuple[Int, Int]:
    """A number for each row's subject [m], and the subjects in the order of their numbers."""
    capacity = 1 << 10
    table = np.full(capacity, -1, np.int64)
    found = np.empty(capacity // 2, np.int64)
    number = np.empty(len(rows), np.int64)
    count = 0
    for row in range(len(rows)):
        key = rows[row, SUBJECT]
        slot = bucket_of(key, 40) & (capacity - 1)
        while table[slot] >= 0 and found[table[slot]] != key:
            slot = (slot + 1) & (capacity - 1)
        if table[slot] < 0:
            if count == found.size:
                capacity *= 2
                table = np.full(capacity, -1, np.int64)
                found = longer(found, count, capacity // 2)
                for index in range(count):
                    slot = bucket_of(found[index], 40) & (capacity - 1)
                    while table[slot] >= 0:
                        slot = (slot + 1) & (capacity - 1)
                    table[slot] = index
                slot = bucket_of(key, 40) & (capacity - 1)
                while table[slot] >= 0:
                    slot = (slot + 1) & (capacity - 1)
            table[slot] = count
            found[count] = key
            count += 1
        number[row] = table[slot]
    return number, longer(found, count, count)


@compiled
def sort_bucket(rows: Int) -> tuple[Int, Int, Int, Int, Int]:
    """The order [m] of a bucket's rows by subject, time, rank, sequence; their times in that order; offsets [g + 1];
    subjects [g]; and the places that are equal to the place before them, for the event id to decide."""
    number, found = _numbered(rows)
    by_key = np.argsort(found)
    place_of = np.empty(found.size, np.int64)
    place_of[by_key] = np.arange(found.size)
    offsets = np.zeros(found.size + 1, np.int64)
    for row in range(number.size):
        offsets[place_of[number[row]] + 1] += 1
    for group in range(found.size):
        offsets[group + 1] += offsets[group]
    place = longer(offsets, found.size, found.size)
    at, order = np.empty(number.size, np.int64), np.empty(number.size, np.int64)
    for row in range(number.size):
        group = place_of[number[row]]
        at[place[group]], order[place[group]] = rows[row, AT], row
        place[group] += 1
    spare_at, spare = np.empty(number.size, np.int64), np.empty(number.size, np.int64)
    ties = np.empty(number.size, np.int64)
    tied = 0
    for group in range(found.size):
        _merge(rows, at, order, spare_at, spare, offsets[group], offsets[group + 1])
        for index in range(offsets[group] + 1, offsets[group + 1]):
            if at[index] == at[index - 1] and not _after(rows, order[index], order[index - 1]):
                ties[tied] = index
                tied += 1
    return order, at, offsets, found[by_key], longer(ties, tied, tied)


@compiled
def count_known(at: Int, source: Int, customer: Int, first: int, slots: int, sources: int, width: int) -> Int:
    """counts [2, slots * sources] of events without (0) and with (1) a customer, by stretch of `width` and source."""
    counts = np.zeros((2, slots * sources), np.int64)
    for row in range(at.size):
        counts[1 if customer[row] != 0 else 0, (at[row] // width - first) * sources + source[row]] += 1
    return counts
