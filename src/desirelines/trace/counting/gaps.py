"""Exact order statistics and means of many small groups of time gaps, without sorting them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Int
from desirelines.trace.compiled import compiled
from desirelines.trace.run import threads


@compiled
def _select(values: Int, low: Any, high: Any, wanted: Any) -> int:
    """The value that stands at `wanted` once values[low:high] are in order; reorders them. Expected linear time."""
    seed = np.uint64(88172645463325252)
    high -= 1
    while low < high:
        seed ^= seed << np.uint64(13)
        seed ^= seed >> np.uint64(7)
        seed ^= seed << np.uint64(17)
        pivot = values[low + np.int64(seed % np.uint64(high - low + 1))]
        left, right = low, high
        while left <= right:
            while values[left] < pivot:
                left += 1
            while values[right] > pivot:
                right -= 1
            if left <= right:
                values[left], values[right] = values[right], values[left]
                left += 1
                right -= 1
        if wanted <= right:
            high = right
        elif wanted >= left:
            low = left
        else:
            break
    return int(values[wanted])


def selected(values: Int, begin: Int, group: Int, place: Int) -> Int:
    """[w] what stands at each wanted `place` once the groups values[begin[i]:begin[i + 1]] are in order; reorders them.

    `group` [w] says in which group each place lies, and ascends.
    """
    cuts = np.searchsorted(group, _cuts(begin))
    with ThreadPoolExecutor(threads()) as pool:
        shares = zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True)
        found = list(pool.map(lambda cut: _selected(values, begin, group[cut[0] : cut[1]], place[cut[0] : cut[1]]), shares))
    return np.concatenate([np.empty(0, np.int64), *found])


def _cuts(begin: Int) -> Int:
    """Groups [t + 1] at which the values part into equal shares, a few for each thread."""
    wanted = np.linspace(0, begin[-1], 2 * threads() + 1)[1:-1]
    return np.array([0, *np.unique(np.searchsorted(begin, wanted)).tolist(), len(begin) - 1])


@compiled
def _selected(values: Int, begin: Int, group: Int, place: Int) -> Int:
    found = np.empty(place.size, np.int64)
    last, reached = np.int64(-1), np.int64(0)
    for want in range(place.size):
        one, there = group[want], place[want]
        low = reached if one == last and there >= reached else begin[one]  # what lies before is smaller already
        found[want] = _select(values, low, begin[one + 1], there)
        last, reached = one, there
    return found


def medians(values: Int, bounds: Int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Median and mean [k] of values[bounds[i]:bounds[i + 1]], NaN where empty. Reorders `values`."""
    cuts = _cuts(bounds).tolist()
    with ThreadPoolExecutor(threads()) as pool:
        found = list(pool.map(lambda low, high: _medians(values, bounds[low : high + 1]), cuts[:-1], cuts[1:]))
    return np.concatenate([one[0] for one in found]), np.concatenate([one[1] for one in found])


@compiled
def _medians(values: Int, bounds: Int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The mean is summed in two halves, for a sum of long gaps does not fit into 64 bits."""
    median = np.full(bounds.size - 1, np.nan)
    mean = np.full(bounds.size - 1, np.nan)
    for index in range(bounds.size - 1):
        low, high = bounds[index], bounds[index + 1]
        count = high - low
        if count == 0:
            continue
        upper, lower = np.int64(0), np.int64(0)
        for place in range(low, high):
            upper += values[place] >> 32
            lower += values[place] & 0xFFFFFFFF
        mean[index] = (upper * 4294967296.0 + lower) / count
        middle = low + count // 2
        above = _select(values, low, high, middle)
        if count % 2:
            median[index] = above
        else:
            below = values[low]
            for place in range(low + 1, middle):
                below = max(below, values[place])
            median[index] = (below + above) / 2
    return median, mean


@compiled
def by_cell(cell_of: Int, gap: Int, count: int, bounds: Int) -> Int:
    """The first `count` gaps, cell by cell. `bounds` [cells + 1] says where each cell begins, and is used up."""
    ordered = np.empty(count, np.int64)
    for index in range(count):
        ordered[bounds[cell_of[index]]] = gap[index]
        bounds[cell_of[index]] += 1
    return ordered


def bounds_of(counts: Int) -> Int:
    """[k + 1] where each of consecutive groups of `counts` begins."""
    bounds = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=bounds[1:])
    return bounds


def joined(parts: Any) -> tuple[Int, Int, Int, list[Int]]:
    """Groups of gaps from several parts, laid together by key.

    `parts`: (keys [k] in order, gap counts [k], gaps [sum]) each. Returns the keys of all, their bounds in the gaps, the
    gaps, and for each part the places of its keys among all keys.
    """
    given = list(parts)
    keys = np.unique(np.concatenate([np.empty(0, np.int64), *(part[0] for part in given)]))
    places = [np.searchsorted(keys, part[0]) for part in given]
    counts = np.zeros(len(keys), np.int64)
    for part, place in zip(given, places, strict=True):
        counts[place] += part[1]
    bounds = bounds_of(counts)
    gaps = np.empty(int(bounds[-1]), np.int64)
    filled = bounds[:-1].copy()
    for part, place in zip(given, places, strict=True):
        lay(gaps, filled, place, part[1], part[2])
    return keys, bounds, gaps, places


@compiled
def lay(gaps: Int, filled: Int, place: Int, counts: Int, values: Int) -> None:
    """Copy each key's values to where that key's gaps are filled up to."""
    read = 0
    for index in range(place.size):
        write = filled[place[index]]
        for step in range(counts[index]):
            gaps[write + step] = values[read + step]
        filled[place[index]] = write + counts[index]
        read += counts[index]
