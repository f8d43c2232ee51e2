"""Kernels that bring many short groups of times into order."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Int
from desirelines.trace.compiled import compiled

SHORT = 8
"""Up to so many times are sorted by insertion."""
RUN = 32
"""Up to so many by counting how many are smaller, which has no branches; more of them are merged from such runs."""


@compiled
def grouped(number: NDArray[np.int32], count: int, times: Int, to: Int) -> Int:
    """Lay times [n] behind one another, group by group; where each of `count` groups begins [count + 1]."""
    offsets, place = np.zeros(count + 1, np.int64), np.empty(count, np.int64)
    for index in range(number.size):
        offsets[np.uint64(number[index]) + np.uint64(1)] += 1
    for group in range(count):
        place[group] = offsets[group]
        offsets[group + 1] += offsets[group]
    for index in range(number.size):
        mine = np.uint64(number[index])
        to[np.uint64(place[mine])] = times[index]
        place[mine] += 1
    return offsets


@compiled
def order_groups(offsets: Int, times: Int, spare: Int) -> None:
    """Sort each group in place; `spare` is as long as `times`."""
    run = np.uint64(RUN)
    for group in range(offsets.size - 1):
        low, high = np.uint64(offsets[group]), np.uint64(offsets[group + 1])
        begin = low
        while begin < high:
            end = min(begin + run, high)
            if end - begin <= np.uint64(SHORT):
                _insert(times, begin, end)
            else:
                _rank(times, spare, begin, end)
            begin = end
        width = run
        while width < high - low:
            begin = low
            while begin + width < high:
                end = min(begin + width + width, high)
                if times[begin + width] < times[begin + width - np.uint64(1)]:
                    _merge(times, spare, begin, begin + width, end)
                begin = end
            width = width + width


@compiled
def _insert(times: Int, low: Any, high: Any) -> None:
    one = np.uint64(1)
    for place in range(low + one, high):
        value, to = times[place], np.uint64(place)
        while to > low and times[to - one] > value:
            times[to] = times[to - one]
            to -= one
        times[to] = value


@compiled
def _rank(times: Int, spare: Int, low: Any, high: Any) -> None:
    for place in range(low, high):
        value, rank = times[place], np.int64(0)
        for other in range(low, place):
            rank += np.int64(times[other] <= value)
        for other in range(place + np.uint64(1), high):
            rank += np.int64(times[other] < value)
        spare[low + np.uint64(rank)] = value
    for place in range(low, high):
        times[place] = spare[place]


@compiled
def _merge(times: Int, spare: Int, low: Any, middle: Any, high: Any) -> None:
    one = np.uint64(1)
    for place in range(low, middle):
        spare[place] = times[place]
    left, right, to = low, middle, low
    while left < middle and right < high:
        mine, its = spare[left], times[right]
        later = np.uint64(its < mine)
        times[to] = its if later else mine
        right += later
        left += one - later
        to += one
    while left < middle:
        times[to] = spare[left]
        left += one
        to += one
