"""Kernels over pairs of consecutive kept events: how often, after how long, in how many journeys, of how many people.

An edge's key is origin << 32 | target. Indices are unsigned on purpose: a signed one is tested for being negative each time,
which costs as much as the work.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Codes, Int, Mask
from desirelines.trace.compiled import compiled

DENSE = 300
"""Alphabets up to this size are counted in a square table, larger ones in a hash table."""
CARRY = 2**62
NOWHERE = -1


@compiled
def size_of(codes: Codes, limit: int) -> int:
    """One more than the largest code that is not left out."""
    largest = np.int64(-1)
    for event in range(codes.size):
        code = np.int64(codes[event])
        largest = max(largest, code if code < limit else np.int64(-1))
    return int(largest + 1)


@compiled
def carry(sums: Int, halves: Int) -> None:
    """Move sums [c] into their halves [2 * c], upper and lower 32 bits: added up they do not overflow."""
    for cell in range(sums.size):
        halves[2 * cell] += sums[cell] >> 32
        halves[2 * cell + 1] += sums[cell] & 0xFFFFFFFF
        sums[cell] = 0


@compiled
def plain_edges(
    start: Int, end: Int, at: Int, codes: Codes, keep: Mask, limit: int, size: int, near: bool
) -> tuple[Int, Int, Int, Int]:
    """keys [k], figures [k, 3] (count, upper and lower half of the sum of gaps), first and last kept codes [size].

    `near`: all journeys together last less than CARRY, so that no sum overflows.
    """
    counts, sums = np.zeros(size * size, np.int32), np.zeros(size * size, np.int64)
    halves = np.zeros(2 * size * size, np.int64)
    starts, ends = np.zeros(size, np.int64), np.zeros(size, np.int64)
    if near and size_of(codes, 2**32) == size:
        _side_by_side(start, end, at, codes, keep, np.uint64(size), counts, sums, starts, ends)
    else:
        _one_by_one(start, end, at, codes, keep, limit, np.uint64(size), counts, sums, halves, starts, ends)
    carry(sums, halves)
    found = 0
    for cell in range(counts.size):
        found += 1 if counts[cell] > 0 else 0
    keys, figures = np.empty(found, np.int64), np.empty((found, 3), np.int64)
    found = 0
    for cell in range(counts.size):
        if counts[cell] > 0:
            keys[found] = cell // size << 32 | cell % size
            figures[found, 0], figures[found, 1], figures[found, 2] = counts[cell], halves[2 * cell], halves[2 * cell + 1]
            found += 1
    return keys, figures, starts, ends


@compiled
def _side_by_side(
    start: Int,
    end: Int,
    at: Int,
    codes: Codes,
    keep: Mask,
    wide: Any,
    counts: NDArray[np.int32],
    sums: Int,
    starts: Int,
    ends: Int,
) -> None:
    """No code is left out: journeys that lie side by side are walked as one, and what led from one to the next is taken away
    again. A loop that ends every few events costs more than that."""
    journey = 0
    while journey < start.size:
        first = journey
        journey += 1
        if not keep[first]:
            continue
        while journey < start.size and keep[journey] and start[journey] == end[journey - 1]:
            journey += 1
        low, high = np.uint64(start[first]), np.uint64(end[journey - 1])
        row, before = np.uint64(codes[low]) * wide, at[low]
        for event in range(low + np.uint64(1), high):
            code, now = np.uint64(codes[event]), at[event]
            counts[row + code] += np.int32(1)
            sums[row + code] += now - before
            row, before = code * wide, now
        starts[codes[low]] += 1
        ends[codes[high - np.uint64(1)]] += 1
        for other in range(first + 1, journey):
            here = np.uint64(start[other])
            last, code = np.uint64(codes[here - np.uint64(1)]), np.uint64(codes[here])
            counts[last * wide + code] -= np.int32(1)
            sums[last * wide + code] -= at[here] - at[here - np.uint64(1)]
            ends[last] += 1
            starts[code] += 1


@compiled
def _one_by_one(
    start: Int,
    end: Int,
    at: Int,
    codes: Codes,
    keep: Mask,
    limit: int,
    wide: Any,
    counts: NDArray[np.int32],
    sums: Int,
    halves: Int,
    starts: Int,
    ends: Int,
) -> None:
    spent = np.int64(0)
    for journey in range(start.size):
        if not keep[journey]:
            continue
        event, stop = np.uint64(start[journey]), np.uint64(end[journey])
        while event < stop and np.int64(codes[event]) >= limit:
            event = event + np.uint64(1)
        if event == stop:
            continue
        row, before, first = np.uint64(codes[event]) * wide, at[event], at[event]
        starts[codes[event]] += 1
        for later in range(event + np.uint64(1), stop):
            code = np.uint64(codes[later])
            if np.int64(code) < limit:
                counts[row + code] += np.int32(1)
                sums[row + code] += at[later] - before
                row, before = code * wide, at[later]
        ends[row // wide] += 1
        spent += before - first  # no sum is larger than all journeys together
        if spent > CARRY:
            carry(sums, halves)
            spent = np.int64(0)


@compiled
def cells_of(keys: Int, size: int) -> Int:
    """[k] origin * size + target."""
    cells = np.empty(keys.size, np.int64)
    for index in range(keys.size):
        cells[index] = (keys[index] >> 32) * size + (keys[index] & 0xFFFFFFFF)
    return cells


@compiled
def edge_keys(start: Int, end: Int, codes: Codes, keep: Mask, limit: int) -> Int:
    """[n] the key of the edge that leads to each event, NOWHERE where none does."""
    keys = np.full(codes.size, NOWHERE, np.int64)
    for journey in range(start.size):
        if not keep[journey]:
            continue
        origin = np.int64(-1)
        for event in range(np.uint64(start[journey]), np.uint64(end[journey])):
            code = np.int64(codes[event])
            if code < limit:
                if origin >= 0:
                    keys[event] = origin << 32 | code
                origin = code
    return keys
