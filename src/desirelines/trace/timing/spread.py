"""Exact quantiles and means of many groups of durations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Int
from desirelines.trace.compiled import compiled
from desirelines.trace.counting.gaps import bounds_of, joined, medians, selected

Floats = NDArray[np.float64]


class Timed(NamedTuple):
    """Durations by key: key[i] has the next `size[i]` of `values`."""

    key: Int
    size: Int
    values: Int


@compiled
def _by_key(key: Int, value: Int, count: int, size: int) -> tuple[Int, Int]:
    """How many of the first `count` values each key [size] has; and these values, key by key."""
    counts, place, ordered = np.zeros(size, np.int64), np.zeros(size, np.int64), np.empty(count, np.int64)
    for index in range(count):
        counts[key[index]] += 1
    for index in range(1, size):
        place[index] = place[index - 1] + counts[index - 1]
    for index in range(count):
        ordered[place[key[index]]] = value[index]
        place[key[index]] += 1
    return counts, ordered


def timed(key: Int, value: Int, count: int, size: int) -> Timed:
    """The first `count` durations and their keys, which are smaller than `size`, laid together."""
    counts, ordered = _by_key(key, value, count, size)
    there = np.flatnonzero(counts)
    return Timed(there, counts[there], ordered)


def together(parts: Sequence[Timed]) -> Timed:
    keys, bounds, values, _ = joined((part.key, part.size, part.values) for part in parts)
    return Timed(keys, np.diff(bounds), values)


def summed(tables: Sequence[Int]) -> Int:
    """The sum of tables of one length."""
    return np.asarray(sum(tables, np.zeros(1, np.int64)), dtype=np.int64)


class Spread(NamedTuple):
    """Durations of groups [k], microseconds; NaN where there are none."""

    size: Int
    mean_us: Floats
    quantile_us: Floats
    """[k, q]"""
    excess_us: Floats
    """[k] time beyond the median, summed; 0 where there is none"""


@compiled
def _beyond(values: Int, bounds: Int, median: Floats) -> Floats:
    """[k] how much the values of each group lie above its median, summed."""
    found = np.zeros(median.size)
    for group in range(median.size):
        for place in range(bounds[group], bounds[group + 1]):
            over = values[place] - median[group]
            if over > 0:
                found[group] += over
    return found


def spread(whole: Timed, size: int, quantiles: Sequence[float]) -> Spread:
    """The spread of every key below `size`. A quantile lies linearly between the two values next to it, as a median does."""
    counts, mean, excess = np.zeros(size, np.int64), np.full(size, np.nan), np.zeros(size)
    found = np.full((size, len(quantiles)), np.nan)
    bounds = bounds_of(whole.size)
    median, average = medians(whole.values, bounds)
    counts[whole.key], mean[whole.key], excess[whole.key] = whole.size, average, _beyond(whole.values, bounds, median)
    if len(whole.key) and len(quantiles):
        place = (whole.size[:, None] - 1) * np.asarray(quantiles, np.float64)
        ends = np.stack([np.floor(place), np.ceil(place)], axis=2).astype(np.int64)  # [k, q, 2]
        group = np.repeat(np.arange(len(ends)), ends.shape[1] * 2)
        values = selected(whole.values, bounds, group, (ends + bounds[:-1, None, None]).ravel()).reshape(ends.shape)
        found[whole.key] = values[..., 0] + (values[..., 1] - values[..., 0]) * (place - ends[..., 0])
    return Spread(counts, mean, found, excess)
