"""Simulated events: a Markov chain of touches, customers with a heavy tail, one year; the same for the same size.

Written once per size as .npy files in a folder: `event` and `at` lie customer by customer, the customers as the trace store lays
them into buckets, so that every side may use the order; `loose_customer` and `loose_at` are the same rows shuffled.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.trace import Bucket, Part, cut, map_array, part
from desirelines.trace.building.build import _bits
from desirelines.trace.building.sort import bucket_of
from desirelines.trace.compiled import compiled

Int = NDArray[np.int64]
Array = NDArray[Any]

TYPES = 40
MEAN = 18
YEAR_US = 365 * 86_400_000_000
BEGIN_US = 1_735_689_600_000_000
"""2025 begins"""
TAIL = 1.8
"""The number of a customer's events falls off with this power (Lomax)."""
FILES = ("customer", "offsets", "event", "at", "loose_customer", "loose_at")


@dataclass(frozen=True)
class Columns:
    """The events [n] of customers [c], mapped from the folder."""

    folder: Path
    customer: Int
    """[c] ids, spread over 63 bits"""
    offsets: Int
    """[c + 1]"""
    event: NDArray[np.uint8]
    at: Int
    loose_customer: Int
    loose_at: Int


def columns(folder: Path, events: int) -> Columns:
    """The columns of about so many events, simulated if they are not in `folder` yet."""
    place = folder / f"events-{events}"
    if not (place / "done").exists():
        place.mkdir(parents=True, exist_ok=True)
        for name, array in zip(FILES, _simulated(events), strict=True):
            np.save(place / f"{name}.npy", array)
        (place / "done").touch()
    return Columns(place, *(map_array(place / f"{name}.npy") for name in FILES))


def parts(of: Columns) -> list[Part]:
    """The buckets as the trace store would hold them, a customer's events one journey."""
    bits = _bits(len(of.at))
    bounds = np.searchsorted(_bucket_each(of.customer, bits), np.arange((1 << bits) + 1))
    codes = of.event.astype(np.uint32)
    found = []
    for low, high in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        first, last = int(of.offsets[low]), int(of.offsets[high])
        here = np.empty(0, np.uint16)
        one = Bucket(
            of.offsets[low : high + 1] - first, of.customer[low:high], of.customer[low:high],
            of.at[first:last], codes[first:last], here, here, np.empty(0, np.int64),
        )  # fmt: skip
        found.append(part(one, cut(one), one.event))
    return found


@compiled
def _bucket_each(customer: Int, bits: int) -> Int:
    found = np.empty(customer.size, np.int64)
    for index in range(customer.size):
        found[index] = bucket_of(customer[index], bits)
    return found


def _simulated(events: int) -> tuple[Array, ...]:
    random = np.random.default_rng(events)
    count = max(2, events // MEAN)
    steps = random.dirichlet(np.full(TYPES, 0.25), TYPES)
    following = np.minimum(np.cumsum(steps, axis=1), 1.0)
    following[:, -1] = 1.0
    first = np.cumsum(random.dirichlet(np.full(TYPES, 0.5)))
    first[-1] = 1.0
    lengths = 1 + np.rint(random.pareto(TAIL, count) * (MEAN - 1) * (TAIL - 1)).astype(np.int64)
    customer = np.unique(random.integers(1, 2**62, count, dtype=np.int64))
    customer = customer[np.argsort(_bucket_each(customer, _bits(events)), kind="stable")]
    offsets = np.zeros(len(customer) + 1, np.int64)
    np.cumsum(lengths[: len(customer)], out=offsets[1:])
    event, at = _walk(offsets, first, following, events)
    order = random.permutation(len(at))
    whose = np.repeat(customer, np.diff(offsets))
    return customer, offsets, event, at, whose[order], at[order]


@compiled
def _walk(offsets: Int, first: NDArray[np.float64], following: NDArray[np.float64], seed: int) -> tuple[Array, Array]:
    """Three in five gaps are short (four minutes in the mean), the others days; what would leave the year is drawn together."""
    np.random.seed(seed)
    event, at = np.empty(offsets[-1], np.uint8), np.empty(offsets[-1], np.int64)
    for one in range(offsets.size - 1):
        low, high = offsets[one], offsets[one + 1]
        begun = np.random.random() * YEAR_US / 2
        since = 0.0
        state = np.searchsorted(first, np.random.random())
        for place in range(low, high):
            event[place], at[place] = state, np.int64(since)
            state = np.searchsorted(following[state], np.random.random())
            mean = 240e6 if np.random.random() < 0.6 else 6 * 86400e6
            since -= mean * math.log(1.0 - np.random.random())
        stretch = min(1.0, (YEAR_US - begun) / max(at[high - 1], 1))
        for place in range(low, high):
            at[place] = BEGIN_US + np.int64(begun + at[place] * stretch) // 1000 * 1000
    return event, at
