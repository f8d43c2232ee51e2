"""What comes sooner or later after what: in how many journeys, for how many people, and after how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import NOTHING_SKIPPED, Int, Part
from desirelines.trace.counting.gaps import bounds_of, by_cell
from desirelines.trace.counting.transitions import limit_of
from desirelines.trace.run import Kernel, run
from desirelines.trace.ways.later import BINS, COUNT, FINE, JOURNEYS, LOWER, PEOPLE, UPPER, Table, pairs, times

SYMBOLS = 200
"""So many codes at most are paired, the most frequent ones: what a journey costs is its events times these."""
QUANTILES = (0.1, 0.5, 0.9)
AT_ONCE = 8
"""Buckets whose tables are held side by side before they are added up."""


@dataclass(frozen=True)
class Follows:
    """Pairs [k], the one in most journeys first; of equal ones the most frequent, then by origin and target.

    An event of the origin counts if an event of the target comes later in its journey; its time is that to the next one.
    """

    origin: Int
    target: Int
    count: Int
    journeys: Int
    people: Int
    origin_journeys: Int
    """[k] journeys that hold the origin, whether the target comes after it or not"""
    mean_us: NDArray[np.float64]
    quantile_us: NDArray[np.float64]
    """[k, 3] exact: a tenth, the median, nine tenths; between two times they are interpolated"""
    pair_count: int
    """Pairs there are, listed or not."""
    left_out: int
    """Codes too rare to be paired."""


@dataclass(frozen=True)
class _Pairs:
    tally: Int
    there: Int


def follows(
    parts: Sequence[Part], top: int, least: int = 1, origin: int | None = None, target: int | None = None,
    skip: int = NOTHING_SKIPPED,
) -> Follows:  # fmt: skip
    """The `top` pairs in at least `least` journeys; with `origin`, `target` only those from or to it."""
    codes, left_out = _codes(parts, limit_of(skip), [one for one in (origin, target) if one is not None])
    size = len(codes)
    symbol = np.full(int(codes.max(initial=-1)) + 1, -1, np.int32)
    symbol[codes] = np.arange(size)
    whole = _in_turn(_pairs, parts, symbol, size)
    journeys = whole.tally[:, JOURNEYS]
    cell = np.flatnonzero(journeys)
    if origin is not None:
        cell = cell[codes[cell // size] == origin]
    if target is not None:
        cell = cell[codes[cell % size] == target]
    pair_count = len(cell)
    cell = cell[journeys[cell] >= least]
    cell = cell[np.lexsort((cell, -whole.tally[cell, COUNT], -journeys[cell]))][:top]
    found = whole.tally[cell]
    mean = (found[:, UPPER] * 2.0**32 + found[:, LOWER]) / found[:, COUNT]
    return Follows(
        codes[cell // size], codes[cell % size], found[:, COUNT], found[:, JOURNEYS], found[:, PEOPLE],
        whole.there[cell // size], mean, _quantiles(parts, symbol, size, cell, found[:, COUNT]), pair_count, left_out,
    )  # fmt: skip


def _in_turn(kernel: Kernel[Any, Any], parts: Sequence[Part], *parameters: Any) -> Any:
    """As `run`, some buckets at a time."""
    whole = kernel.merge([])
    for first in range(0, len(parts), AT_ONCE):
        whole = kernel.merge([whole, run(kernel, parts[first : first + AT_ONCE], *parameters)])
    return whole


def _codes(parts: Sequence[Part], limit: int, always: list[int]) -> tuple[Int, int]:
    """The most frequent codes, in order, with those of `always` among them; and how many there are beside them."""
    counts = run(_counts, parts, limit)
    ranked = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
    kept = np.unique(np.concatenate([ranked[:SYMBOLS], np.array(always, np.int64)]))
    return kept, len(np.setdiff1d(ranked, kept))


def _count(part: Part, limit: int) -> Int:
    journeys = part.journeys
    inside = np.zeros(len(part.codes) + 1, np.int64)  # a journey's events count if it is kept
    np.add.at(inside, journeys.start[part.keep], 1)
    np.add.at(inside, journeys.end[part.keep], -1)
    codes = part.codes[(np.cumsum(inside[:-1]) > 0) & (part.codes < limit)]
    return np.bincount(codes)


def _added(found: Sequence[Int]) -> Int:
    total = np.zeros(max((one.shape for one in found), default=(0,)), np.int64)
    for one in found:
        total[: len(one)] += one
    return total


def _same(found: Int) -> Int:
    return found


_counts = Kernel(_count, _added, _same)


def _pair(part: Part, symbol: Table, size: int) -> _Pairs:
    journeys = part.journeys
    person = part.bucket.customer[journeys.group]
    return _Pairs(*pairs(journeys.start, journeys.end, person, part.bucket.at, part.codes, part.keep, symbol, size))


def _merge_pairs(found: Sequence[_Pairs]) -> _Pairs:
    """None of them is no pair at all."""
    tally = _added([one.tally for one in found if len(one.tally)])
    return _Pairs(tally.reshape(-1, 5), _added([one.there for one in found]))


def _same_pairs(found: _Pairs) -> _Pairs:
    return found


_pairs = Kernel(_pair, _merge_pairs, _same_pairs)


def _time(part: Part, symbol: Table, first: Int, target: Int, wanted: Table) -> tuple[Int, Int, Int]:
    journeys = part.journeys
    return times(journeys.start, journeys.end, part.bucket.at, part.codes, part.keep, symbol, first, target, wanted)


def _merge_times(found: Sequence[tuple[Int, Int, Int]]) -> tuple[Int, Int, Int]:
    none = np.empty(0, np.int64)
    number, value = (np.concatenate([none, *(one[column] for one in found)]) for column in (1, 2))
    return _added([one[0] for one in found]), number, value


def _same_times(found: tuple[Int, Int, Int]) -> tuple[Int, Int, Int]:
    return found


_times = Kernel(_time, _merge_times, _same_times)


def _quantiles(parts: Sequence[Part], symbol: Table, size: int, cell: Int, counts: Int) -> NDArray[np.float64]:
    """[k, 3] First how many times fall in which bin, then only the times of the bins where a quantile lies: never all."""
    found = np.empty((len(cell), len(QUANTILES)))
    if not len(cell):
        return found
    order = np.argsort(cell)
    first = np.searchsorted(cell[order], np.arange(size + 1) * size)
    chosen = (symbol, first, cell[order] % size)
    bins = _in_turn(_times, parts, *chosen, np.empty(0, np.int32))[0].reshape(len(cell), BINS)
    place = (counts[order, None] - 1) * np.asarray(QUANTILES)
    rank = np.stack([np.floor(place), np.ceil(place)], axis=2).astype(np.int64).reshape(len(cell), -1)
    low, high = _ranked(parts, chosen, bins, rank).reshape(len(cell), -1, 2).transpose(2, 0, 1)
    found[order] = low + (high - low) * (place - np.floor(place))
    return found


def _ranked(parts: Sequence[Part], chosen: tuple[Table, Int, Int], bins: Int, rank: Int) -> Int:
    """[k, r] the times that stand at `rank` in the order of their pair's."""
    upto = np.cumsum(bins, axis=1)
    there = np.stack([np.searchsorted(row, ranks, side="right") for row, ranks in zip(upto, rank, strict=True)])
    values = there.copy()  # a narrow bin is its only time
    wide = there >= 2 << FINE
    if wide.any():
        where = np.arange(len(bins))[:, None] * BINS + there
        needed = np.unique(where[wide])
        wanted = np.full(bins.size, -1, np.int32)
        wanted[needed] = np.arange(len(needed))
        _, number, value = _in_turn(_times, parts, *chosen, wanted)
        bounds = bounds_of(bins.ravel()[needed])
        ordered = by_cell(number, value, len(number), bounds.copy())
        for low, high in pairwise(bounds.tolist()):
            ordered[low:high].sort()
        before = np.take_along_axis(upto, np.maximum(there - 1, 0), axis=1)  # a wide bin is never the first
        values[wide] = ordered[bounds[wanted[where[wide]]] + (rank - before)[wide]]
    return values
