"""One step of all walkers, over every bucket: what comes next, and who arrives where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Int
from desirelines.trace.counting.gaps import bounds_of, joined, medians
from desirelines.trace.counting.transitions import summed
from desirelines.trace.run import Kernel
from desirelines.trace.ways.walkers import Walkers, arrive, look, onward


@dataclass(frozen=True)
class Looked:
    """Walkers [w] of one part and what each has before it."""

    walkers: Walkers
    ahead: Int
    """[w] the event, or NOWHERE"""
    crossing: NDArray[np.int32]
    """[w] index in `keys`"""
    keys: Int


@dataclass(frozen=True)
class Crossings:
    """Every node and what comes next there [c], in order of the keys (node * WIDE + code, or END)."""

    key: Int
    count: Int
    looked: tuple[Looked, ...]


@dataclass(frozen=True)
class Arrivals:
    """Per node [n] of the next level: who took the step to it, and how long it took them."""

    count: Int
    journeys: Int
    people: Int
    median_us: NDArray[np.float64]
    """NaN where no step has a time"""
    walkers: tuple[Walkers, ...]
    """Those that go on"""


@dataclass(frozen=True)
class _Arrived:
    tables: tuple[Int, Int, Int]
    gap_count: Int
    gaps: Int
    walkers: tuple[Walkers, ...]


def _look(walkers: Walkers, limit: int, forward: bool, collapse: bool) -> Crossings:
    part = walkers.part
    journeys = part.journeys
    ahead, crossing, keys, counts = look(
        journeys.start, journeys.end, part.codes, limit, forward, collapse, walkers.place, walkers.journey, walkers.node
    )
    return Crossings(keys, counts, (Looked(walkers, ahead, crossing, keys),))


def _merge_looked(found: Sequence[Crossings]) -> Crossings:
    keys = np.unique(np.concatenate([np.empty(0, np.int64), *(one.key for one in found)]))
    counts = np.zeros(len(keys), np.int64)
    for one in found:
        counts[np.searchsorted(keys, one.key)] += one.count
    return Crossings(keys, counts, tuple(looked for one in found for looked in one.looked))


def _same(found: Crossings) -> Crossings:
    return found


crossings = Kernel(_look, _merge_looked, _same)
"""`run(crossings, walkers, limit, forward, collapse)` -> Crossings; `walkers`: one `Walkers` per part."""


def _arrive(looked: Looked, key: Int, child: Int, opened: Int, timed: bool) -> _Arrived:
    walkers, journeys = looked.walkers, looked.walkers.part.journeys
    bucket, size = walkers.part.bucket, len(opened)
    mine = child[np.searchsorted(key, looked.keys)]
    person = bucket.customer[journeys.group]
    counts, distinct, people, times, taken = arrive(
        looked.crossing, mine, bucket.at, walkers.place, looked.ahead, walkers.journey, person, size, timed
    )
    going = onward(looked.crossing, mine, opened, looked.ahead, walkers.journey)
    return _Arrived((counts, distinct, people), times, taken, (Walkers(walkers.part, *going),))


def _merge_arrived(found: Sequence[_Arrived]) -> _Arrived:
    size = max((len(one.gap_count) for one in found), default=0)
    every = np.arange(size)
    _, bounds, gaps, _ = joined((every, one.gap_count, one.gaps) for one in found)
    count, journeys, people = (summed([one.tables[index] for one in found]) for index in range(3))
    walkers = tuple(walkers for one in found for walkers in one.walkers)
    return _Arrived((count, journeys, people), np.diff(bounds), gaps, walkers)


def _finish_arrived(whole: _Arrived) -> Arrivals:
    median, _ = medians(whole.gaps, bounds_of(whole.gap_count))
    return Arrivals(*whole.tables, median, whole.walkers)


arrivals = Kernel(_arrive, _merge_arrived, _finish_arrived)
"""`run(arrivals, looked, key, child, opened, timed)` -> Arrivals: crossing key[c] leads to node child[c] (-1: to none), and
who comes to a node that is opened goes on as standing at opened[node] (-1: not opened)."""
