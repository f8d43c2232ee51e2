"""Exact quantiles and means of many groups of durations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Int
from desirelines.trace.compiled import compiled
from desirelines.trace.counting.brackets import ranked
from desirelines.trace.counting.gaps import bounds_of, by_cell, joined, selected

Floats = NDArray[np.float64]
DECILES = (0.1, 0.25, 0.5, 0.75, 0.9)
"""The quantiles that are told."""


class Timed(NamedTuple):
    """Durations by key: key[i] has the next `size[i]` of `values`."""

    key: Int
    size: Int
    values: Int


def timed(key: Int, value: Int, count: int, size: int) -> Timed:
    """The first `count` durations and their keys, which are smaller than `size`, laid together."""
    counts = np.bincount(key[:count], minlength=size).astype(np.int64)
    there = np.flatnonzero(counts)
    return Timed(there, counts[there], by_cell(key, value, count, bounds_of(counts)))


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
    """[k, q] at DECILES"""
    excess_us: Floats
    """[k] time beyond the median, summed; 0 where there is none"""


@compiled
def _means(values: Int, bounds: Int, median: Floats) -> tuple[Floats, Floats]:
    """[k] the mean of each group, and how much its values lie above its median, summed.

    The mean is summed in two halves, for a sum of long times does not fit into 64 bits.
    """
    mean, beyond = np.zeros(median.size), np.zeros(median.size)
    for group in range(median.size):
        upper, lower, over = np.int64(0), np.int64(0), 0.0
        for place in range(bounds[group], bounds[group + 1]):
            upper += values[place] >> 32
            lower += values[place] & 0xFFFFFFFF
            over += max(values[place] - median[group], 0.0)
        mean[group] = (upper * 4294967296.0 + lower) / max(bounds[group + 1] - bounds[group], 1)
        beyond[group] = over
    return mean, beyond


def spread(whole: Timed, size: int) -> Spread:
    """The spread of every key below `size`. A quantile lies linearly between the two values next to it, as a median does."""
    counts, mean, excess = np.zeros(size, np.int64), np.full(size, np.nan), np.zeros(size)
    found = np.full((size, len(DECILES)), np.nan)
    if not len(whole.key):
        return Spread(counts, mean, found, excess)
    bounds = bounds_of(whole.size)
    below, share = ranked(whole.size, DECILES)
    ends = np.stack([below, np.minimum(below + 1, whole.size[:, None] - 1)], axis=2)  # [k, q, 2]
    group = np.repeat(np.arange(len(ends)), ends.shape[1] * 2)
    values = selected(whole.values, bounds, group, (ends + bounds[:-1, None, None]).ravel()).reshape(ends.shape)
    found[whole.key] = values[..., 0] + (values[..., 1] - values[..., 0]) * share
    counts[whole.key] = whole.size
    mean[whole.key], excess[whole.key] = _means(whole.values, bounds, found[whole.key, DECILES.index(0.5)])
    return Spread(counts, mean, found, excess)
