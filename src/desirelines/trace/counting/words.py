"""The distinct words of one bucket: journeys, or what silence cuts from them, as sequences of codes.

A word's key is exact where it holds the word itself: up to SHORT codes below NARROW. Any other key is a hash with HASHED set,
and words of equal hash are compared code by code. Small loops stand one after the other: one that did it all was four times
slower.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Codes, Int, Mask
from desirelines.trace.compiled import compiled, longer

Numbers = NDArray[np.int32]

SHORT = 7
NARROW = 256
HASHED = 2**62
MULTIPLIER = np.uint64(0x9FB21C651E98DF25)
"""of the hash, odd; a test gives 0: then all hashes are equal"""


@compiled
def kept_journeys(start: Int, end: Int, keep: Mask, low: Int, high: Int) -> int:
    """Write low and high [w] of the journeys that are kept; how many they are."""
    count = 0
    for journey in range(start.size):
        if keep[journey]:
            low[count], high[count] = start[journey], end[journey]
            count += 1
    return count


@compiled
def cut_by_silence(start: Int, end: Int, keep: Mask, at: Int, gap_us: int, low: Int, high: Int) -> int:
    """The same of what is left when journeys end before an event that comes more than `gap_us` after the one before it.

    `low` and `high` have room for one word more than there are events.
    """
    count = np.uint64(0)
    for journey in range(start.size):
        if not keep[journey]:
            continue
        begin, stop = np.uint64(start[journey]), np.uint64(end[journey])
        low[count], before = begin, at[begin]
        for event in range(begin + np.uint64(1), stop):  # written at every event, kept at a cut: no branch
            high[count] = event
            low[count + np.uint64(1)] = event
            count += np.uint64(at[event] - before > gap_us)
            before = at[event]
        high[count] = stop
        count += np.uint64(1)
    return int(count)


@compiled
def keys_of(low: Int, high: Int, codes: Codes, limit: int, size: int, multiplier: Any, keys: Int) -> None:
    """Write the key [w] of each word. All codes are below `size`."""
    if size > limit or size > NARROW:
        for word in range(low.size):
            keys[word] = _any_key(codes, np.uint64(low[word]), np.uint64(high[word]), limit, multiplier)
        return
    for word in range(low.size):
        begin, end = np.uint64(low[word]), np.uint64(high[word])
        length, key = end - begin, np.uint64(0)
        if length <= np.uint64(SHORT):
            for event in range(begin, end):
                key = key << np.uint64(8) | np.uint64(codes[event])
            keys[word] = np.int64(length << np.uint64(56) | key)
        else:
            for event in range(begin, end):
                key = (key ^ np.uint64(codes[event])) * multiplier
            keys[word] = _hashed(key, length, multiplier)


@compiled
def _hashed(key: Any, length: Any, multiplier: Any) -> Any:
    mixed = (key ^ length) * multiplier
    mixed = (mixed ^ mixed >> np.uint64(32)) * multiplier
    return np.int64(mixed >> np.uint64(2)) | HASHED


@compiled
def _any_key(codes: Codes, begin: Any, end: Any, limit: int, multiplier: Any) -> Any:
    length, packed, wide, key = np.uint64(0), np.uint64(0), np.uint64(0), np.uint64(0)
    for event in range(begin, end):
        code = np.uint64(codes[event])
        if np.int64(code) < limit:
            packed = packed << np.uint64(8) | code
            wide |= code
            key = (key ^ code) * multiplier
            length += np.uint64(1)
    if length <= np.uint64(SHORT) and wide < np.uint64(NARROW):
        return np.int64(length << np.uint64(56) | packed)
    return _hashed(key, length, multiplier)


@compiled
def distinct_words(keys: Int, low: Int, high: Int, codes: Codes, limit: int, number: Numbers) -> tuple[Int, Int]:
    """Write a number [w] for each word, equal for equal ones; the first word [v] of each number, and how many there are."""
    bits, word, found = np.uint64(12), 0, 0
    first, count = np.empty(1 << 11, np.int64), np.zeros(1 << 11, np.int64)
    while True:
        table, key_at = _laid(keys, first, found, bits)
        word, found = _meet(keys, low, high, codes, limit, word, number, first, count, found, table, key_at, bits)
        if word == keys.size:
            return longer(first, found, found), longer(count, found, found)
        bits += np.uint64(2)
        first, count = longer(first, found, 4 * found), longer(count, found, 4 * found)


@compiled
def _meet(
    keys: Int, low: Int, high: Int, codes: Codes, limit: int, word: int,
    number: Numbers, first: Int, count: Int, found: int, table: Numbers, key_at: Int, bits: Any,
) -> tuple[int, int]:  # fmt: skip
    """Number words from `word` on, until none is left or the table is full: where it stopped, and how many numbers there are.

    The arrays stay the same in this loop: one that may grow them is five times slower.
    """
    last = np.uint64(table.size - 1)
    while word < keys.size:
        key = keys[word]
        slot = _slot(key, bits)
        while key_at[slot] >= 0:
            if key_at[slot] == key:
                if key < HASHED:
                    break
                one = first[table[slot]]
                if _same(codes, low[one], high[one], low[word], high[word], limit):
                    break
            slot = (slot + np.uint64(1)) & last
        if key_at[slot] < 0:
            if found == first.size:
                return word, found
            table[slot], key_at[slot] = found, key
            first[found], count[found] = word, 0
            found += 1
        number[word] = table[slot]
        count[table[slot]] += 1
        word += 1
    return word, found


@compiled
def _slot(key: int, bits: Any) -> Any:
    return np.uint64(key) * np.uint64(0x9E3779B97F4A7C15) >> (np.uint64(64) - bits)


@compiled
def _laid(keys: Int, first: Int, count: int, bits: Any) -> tuple[Numbers, Int]:
    """A table of 2 ** bits places with the words found so far."""
    size = 1 << np.int64(bits)
    table, key_at = np.full(size, -1, np.int32), np.full(size, -1, np.int64)
    for index in range(count):
        slot = _slot(keys[first[index]], bits)
        while key_at[slot] >= 0:
            slot = (slot + np.uint64(1)) & np.uint64(size - 1)
        table[slot], key_at[slot] = index, keys[first[index]]
    return table, key_at


@compiled
def _same(codes: Codes, one: int, one_end: int, other: int, other_end: int, limit: int) -> bool:
    """Whether two stretches of events are the same word."""
    left, left_end, right, right_end = np.uint64(one), np.uint64(one_end), np.uint64(other), np.uint64(other_end)
    while True:
        while left < left_end and np.int64(codes[left]) >= limit:
            left += np.uint64(1)
        while right < right_end and np.int64(codes[right]) >= limit:
            right += np.uint64(1)
        if left == left_end or right == right_end:
            return bool(left == left_end and right == right_end)
        if codes[left] != codes[right]:
            return False
        left += np.uint64(1)
        right += np.uint64(1)


@compiled
def gathered(codes: Codes, low: Int, high: Int, words: Int, limit: int) -> tuple[Int, Codes]:
    """offsets [v + 1] and codes of some words, without what is left out: codes are as many as the last offset says."""
    offsets, size = np.empty(words.size + 1, np.int64), 0
    for word in words:
        size += high[word] - low[word]
    found, place = np.empty(size, np.uint32), np.uint64(0)
    for index in range(words.size):
        offsets[index] = place
        for event in range(np.uint64(low[words[index]]), np.uint64(high[words[index]])):
            found[place] = codes[event]
            place += np.uint64(np.int64(codes[event]) < limit)
    offsets[words.size] = place
    return offsets, found


@compiled
def durations(at: Int, codes: Codes, low: Int, high: Int, limit: int) -> Int:
    """[w] from the first to the last event that is not left out, 0 with none."""
    found = np.zeros(low.size, np.int64)
    for word in range(low.size):
        first, last = np.uint64(low[word]), np.uint64(high[word])
        while first < last and np.int64(codes[first]) >= limit:
            first += np.uint64(1)
        while last > first and np.int64(codes[last - np.uint64(1)]) >= limit:
            last -= np.uint64(1)
        if last > first:
            found[word] = at[last - np.uint64(1)] - at[first]
    return found
