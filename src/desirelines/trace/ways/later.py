"""Kernels over what comes some time after what: journeys are walked backwards with the next occurrence of every symbol."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Codes, Int, Mask
from desirelines.trace.compiled import compiled, longer

Table = NDArray[np.int32]
FINE = 6
"""Of a time's leading bits so many, after the first, say in which bin it falls: bins are at most 1.6 % wide."""
BINS = (64 - FINE) << FINE
COUNT, UPPER, LOWER, JOURNEYS, PEOPLE = range(5)
"""Columns of a pair's tally. The sum of times is kept in two halves, for a sum of long ones does not fit into 64 bits."""


@compiled
def bin_of(time: int) -> int:
    """Which of BINS a time falls in; bins ascend with the time. Below 128 microseconds each has its own."""
    high, left = 0, time
    for step in (32, 16, 8, 4, 2, 1):
        if left >= 1 << step:
            left >>= step
            high += step
    if high <= FINE:
        return int(time)
    return int(((high - FINE) << FINE) + (time >> (high - FINE)))


@compiled
def pairs(start: Int, end: Int, person: Int, at: Int, codes: Codes, keep: Mask, symbol: Table, size: int) -> tuple[Int, Int]:
    """[size * size, 5] the tally of every pair (origin * size + target), and [size] journeys that hold a symbol.

    `symbol` [largest code + 1] numbers codes; -1: left out. Each event is paired with the next of every symbol after it.
    """
    tally, there = np.zeros((size * size, 5), np.int64), np.zeros(size, np.int64)
    last_journey, last_person = np.full(size * size, -1, np.int64), np.zeros(size * size, np.int64)
    present, next_at, held = np.empty(size, np.int64), np.empty(size, np.int64), np.full(size, -1, np.int64)
    for journey in range(start.size):
        if not keep[journey]:
            continue
        count, whose = 0, person[journey]
        for event in range(end[journey] - 1, start[journey] - 1, -1):
            origin = np.int64(symbol[codes[event]]) if codes[event] < symbol.size else np.int64(-1)
            if origin < 0:
                continue
            for index in range(count):
                target = present[index]
                cell, time = origin * size + target, next_at[target] - at[event]
                tally[cell, COUNT] += 1
                tally[cell, UPPER] += time >> 32
                tally[cell, LOWER] += time & 0xFFFFFFFF
                if last_journey[cell] != journey:
                    last_journey[cell] = journey
                    tally[cell, JOURNEYS] += 1
                    if whose != 0 and last_person[cell] != whose:
                        last_person[cell] = whose
                        tally[cell, PEOPLE] += 1
            if held[origin] != journey:
                held[origin] = journey
                there[origin] += 1
                present[count] = origin
                count += 1
            next_at[origin] = at[event]
    return tally, there


@compiled
def times(
    start: Int, end: Int, at: Int, codes: Codes, keep: Mask, symbol: Table, first: Int, target: Int, wanted: Table
) -> tuple[Int, Int, Int]:
    """[k * BINS] the times of chosen pairs by bin: those of origin o are the pairs first[o]:first[o + 1], with `target` [k].

    With `wanted` [k * BINS] instead of that the times in the bins that it numbers (-1: not wanted), each with its number.
    """
    bins = np.zeros(target.size * BINS if wanted.size == 0 else 0, np.int64)
    number, value, found = np.empty(1024, np.int64), np.empty(1024, np.int64), 0
    next_at, held = np.empty(first.size - 1, np.int64), np.full(first.size - 1, -1, np.int64)
    for journey in range(start.size):
        for event in range(end[journey] - 1, start[journey] - 1, -1) if keep[journey] else range(0, 0, -1):
            origin = np.int64(symbol[codes[event]]) if codes[event] < symbol.size else np.int64(-1)
            if origin < 0:
                continue
            for pair in range(first[origin], first[origin + 1]):
                if held[target[pair]] != journey:
                    continue
                time = next_at[target[pair]] - at[event]
                place = pair * BINS + bin_of(time)
                if wanted.size == 0:
                    bins[place] += 1
                elif wanted[place] >= 0:
                    if found == number.size:
                        number, value = longer(number, found, 2 * found), longer(value, found, 2 * found)
                    number[found], value[found] = wanted[place], time
                    found += 1
            next_at[origin], held[origin] = at[event], journey
    return bins, longer(number, found, found), longer(value, found, found)
