"""Kernels over many short sequences of codes: which are equal, and in what order they stand."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Codes, Int, Mask
from desirelines.trace.compiled import compiled, longer

CHUNK = 32
"""Bits of a sequence that are sorted by at once; a group's number, below 2 ** 31, stands before them."""


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


def lexicographic(offsets: Int, codes: Codes) -> Int:
    """The order [q] of sequences: the shortest first, then by their codes. Equal ones stand in any order.

    Sorted by some codes at a time, and on only where sequences are still equal.
    """
    largest = int(codes.max()) if len(codes) else 0
    bits = 8 if largest < 1 << 8 else 16 if largest < 1 << 16 else 32
    lengths = np.diff(offsets)
    order = np.argsort(lengths, kind="stable")
    place, group = np.arange(len(order)), np.cumsum(np.diff(lengths[order], prepend=-1) > 0, dtype=np.int64)
    step, at_once = 0, CHUNK // bits
    while len(place):
        keys = _chunks(offsets, codes, order[place], group, step, at_once, bits)
        within = np.argsort(keys)
        keys = keys[within]
        order[place] = order[place][within]
        begins = np.ones(len(keys) + 1, np.bool_)
        np.not_equal(keys[1:], keys[:-1], out=begins[1:-1])
        step += at_once
        tied = ~(begins[1:] & begins[:-1]) & (lengths[order[place]] > step)
        place, group = place[tied], np.cumsum(begins[:-1], dtype=np.int64)[tied]
    return order


@compiled
def _chunks(offsets: Int, codes: Codes, wanted: Int, group: Int, step: int, count: int, bits: int) -> Int:
    """A number [w] for each wanted sequence that orders it by its group, then by `count` codes from `step` on."""
    keys = np.empty(wanted.size, np.int64)
    for index in range(wanted.size):
        low, high = offsets[wanted[index]] + step, offsets[wanted[index] + 1]
        key = group[index]
        for place in range(low, low + count):
            key = key << bits | (np.int64(codes[place]) if place < high else np.int64(0))
        keys[index] = key
    return keys
