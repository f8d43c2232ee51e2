"""Exact quantiles and means of many groups of durations."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Int
from desirelines.trace.compiled import compiled
from desirelines.trace.counting.brackets import ranked
from desirelines.trace.counting.gaps import _select, bounds_of, by_cell, joined
from desirelines.trace.run import each, threads

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
def _spread(values: Int, bounds: Int, below: Int, share: Floats) -> tuple[Floats, Floats, Floats]:
    """mean [k], quantiles [k, q] and the excess over the middle one [k] of groups of at least one value; reorders them.

    `below` [k, q] is the rank before each quantile, `share` how far it is on to the next one. The middle one is selected
    first, for it parts the others' ranges; the next rank's value is then the least of those up to the next quantile's.
    The mean is summed in two halves, for a sum of long times does not fit into 64 bits.
    """
    groups, count = below.shape
    middle = count // 2
    mean, excess, found = np.zeros(groups), np.zeros(groups), np.zeros((groups, count))
    for group in range(groups):
        low, high = bounds[group], bounds[group + 1]
        _select(values, low, high, low + below[group, middle])
        for place in range(middle - 1, -1, -1):
            _select(values, low, low + below[group, place + 1] + 1, low + below[group, place])
        for place in range(middle + 1, count):
            _select(values, low + below[group, place - 1], high, low + below[group, place])
        for place in range(count):
            at = low + below[group, place]
            after = place + 1
            while after < count and below[group, after] == below[group, place]:
                after += 1
            stop = low + below[group, after] + 1 if after < count else high
            above = values[min(at + 1, high - 1)]
            for index in range(at + 1, stop):
                above = min(above, values[index])
            found[group, place] = values[at] + (above - values[at]) * share[group, place]
        upper, lower, over, usual = np.int64(0), np.int64(0), 0.0, found[group, middle]
        for index in range(low, high):
            upper += values[index] >> 32
            lower += values[index] & 0xFFFFFFFF
            over += max(values[index] - usual, 0.0)
        mean[group], excess[group] = (upper * 4294967296.0 + lower) / (high - low), over
    return mean, found, excess


def spread(whole: Timed, size: int) -> Spread:
    """The spread of every key below `size`. A quantile lies linearly between the two values next to it, as a median does."""
    counts, mean, excess = np.zeros(size, np.int64), np.full(size, np.nan), np.zeros(size)
    quantile = np.full((size, len(DECILES)), np.nan)
    bounds = bounds_of(whole.size)
    below, share = ranked(whole.size, DECILES)
    cuts = np.unique(np.searchsorted(bounds[1:], np.linspace(0, bounds[-1], 4 * threads() + 1), side="right"))
    pairs = list(pairwise(np.unique([0, *cuts.clip(0, len(whole.size)), len(whole.size)]).tolist()))
    told = each(lambda cut: _spread(whole.values, bounds[cut[0] : cut[1] + 1], below[slice(*cut)], share[slice(*cut)]), pairs)
    counts[whole.key] = whole.size
    for table, index in ((mean, 0), (quantile, 1), (excess, 2)):
        if told:
            table[whole.key] = np.concatenate([one[index] for one in told])
    return Spread(counts, mean, quantile, excess)
