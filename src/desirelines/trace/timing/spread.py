"""Exact quantiles and means of many groups of durations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

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


def spread(whole: Timed, size: int, quantiles: Sequence[float]) -> Spread:
    """The spread of every key below `size`. A quantile lies linearly between the two values next to it, as a median does."""
    counts, mean, found = np.zeros(size, np.int64), np.full(size, np.nan), np.full((size, len(quantiles)), np.nan)
    bounds = bounds_of(whole.size)
    counts[whole.key], mean[whole.key] = whole.size, medians(whole.values, bounds)[1]
    if len(whole.key) and len(quantiles):
        place = (whole.size[:, None] - 1) * np.asarray(quantiles, np.float64)
        low, high = np.floor(place).astype(np.int64), np.ceil(place).astype(np.int64)
        wanted = np.sort(np.stack([low, high], axis=2).reshape(len(low), -1), axis=1)
        group = np.repeat(np.arange(len(low)), wanted.shape[1])
        values = selected(whole.values, bounds, group, (wanted + bounds[:-1, None]).ravel()).reshape(wanted.shape)
        found[whole.key] = _between(values, wanted, low, high, (place - low).astype(np.float64))
    return Spread(counts, mean, found)


def _between(values: Int, wanted: Int, low: Int, high: Int, share: Floats) -> Floats:
    """Values at `wanted` places (rising in each row), read at `low` and `high` and mixed."""
    row = np.arange(len(wanted))[:, None]

    def at(places: Int) -> Any:
        index = np.array([np.searchsorted(line, want) for line, want in zip(wanted, places, strict=True)], np.int64)
        return values[row, index.reshape(places.shape)]

    below, above = at(low), at(high)
    mixed: Floats = below + (above - below) * share
    return mixed
