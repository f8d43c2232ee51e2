"""Kernels over many short sequences of codes: which are equal, and in what order they stand."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Codes, Int, Mask
from desirelines.trace.compiled import compiled, longer


@compiled
def _hash(codes: Codes, low: int, high: int) -> Any:
    mixed = np.uint64(high - low) + np.uint64(0x9E3779B97F4A7C15)
    for place in range(low, high):
        mixed = (mixed ^ np.uint64(codes[place])) * np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(29)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0x94D049BB133111EB)
    return np.int64((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(1))


@compiled
def _equal(offsets: Int, codes: Codes, one: int, other: int) -> bool:
    length = offsets[one + 1] - offsets[one]
    if length != offsets[other + 1] - offsets[other]:
        return False
    step = 0
    while step < length and codes[offsets[one] + step] == codes[offsets[other] + step]:
        step += 1
    return bool(step == length)


@compiled
def distinct(offsets: Int, codes: Codes, keep: Mask) -> tuple[NDArray[np.int32], Int]:
    """A number [q] for each sequence, equal for equal ones (-1 where not kept), and the first sequence of each number."""
    count, capacity = 0, 1 << 10
    table = np.full(capacity, -1, np.int32)
    number = np.full(keep.size, -1, np.int32)
    first, hashes = np.empty(capacity // 2, np.int64), np.empty(capacity // 2, np.int64)
    for one in range(keep.size):
        if not keep[one]:
            continue
        code = _hash(codes, offsets[one], offsets[one + 1])
        slot = code & (capacity - 1)
        while table[slot] >= 0 and not (hashes[table[slot]] == code and _equal(offsets, codes, first[table[slot]], one)):
            slot = (slot + 1) & (capacity - 1)
        if table[slot] < 0:
            if count == first.size:
                capacity *= 2
                table, first, hashes = _grown(first, hashes, capacity)
                slot = code & (capacity - 1)
                while table[slot] >= 0:
                    slot = (slot + 1) & (capacity - 1)
            table[slot] = count
            first[count], hashes[count] = one, code
            count += 1
        number[one] = table[slot]
    return number, longer(first, count, count)


@compiled
def _grown(first: Int, hashes: Int, capacity: int) -> tuple[NDArray[np.int32], Int, Int]:
    """A table of `capacity` with the same entries in it, and longer arrays."""
    table = np.full(capacity, -1, np.int32)
    wider, wider_hashes = longer(first, first.size, capacity // 2), longer(hashes, first.size, capacity // 2)
    for index in range(first.size):
        slot = hashes[index] & (capacity - 1)
        while table[slot] >= 0:
            slot = (slot + 1) & (capacity - 1)
        table[slot] = index
    return table, wider, wider_hashes


@compiled
def _before(offsets: Int, codes: Codes, one: int, other: int) -> bool:
    """Whether one is shorter than the other, or as long and smaller at the first difference."""
    length, length_other = offsets[one + 1] - offsets[one], offsets[other + 1] - offsets[other]
    if length != length_other:
        return bool(length < length_other)
    for step in range(length):
        left, right = codes[offsets[one] + step], codes[offsets[other] + step]
        if left != right:
            return bool(left < right)
    return False


@compiled
def lexicographic(offsets: Int, codes: Codes) -> Int:
    """The order [q] of sequences: the shortest first, then by their codes. A bottom-up merge sort."""
    order = np.arange(offsets.size - 1)
    spare = np.empty(order.size, np.int64)
    width = 1
    while width < order.size:
        for low in range(0, order.size, 2 * width):
            middle, high = min(low + width, order.size), min(low + 2 * width, order.size)
            left, right = low, middle
            for to in range(low, high):
                if right < high and (left >= middle or _before(offsets, codes, order[right], order[left])):
                    spare[to] = order[right]
                    right += 1
                else:
                    spare[to] = order[left]
                    left += 1
        order, spare = spare, order
        width *= 2
    return order
