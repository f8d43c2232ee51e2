"""Which event follows which, how often, for how many, and after how long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.trace.bucket import NOTHING_SKIPPED, Int, Part
from desirelines.trace.compiled import compiled
from desirelines.trace.counting.brackets import EVERY, STRETCH, Brackets, around, everything, only, ranked, thinned
from desirelines.trace.counting.edges import CARRY, DENSE, cells_of, edge_keys, plain_edges
from desirelines.trace.counting.edges import size_of as size_of
from desirelines.trace.counting.gaps import bounds_of, lay, selected
from desirelines.trace.counting.gaps import by_cell as by_cell
from desirelines.trace.counting.numbering import numbered
from desirelines.trace.counting.ranges import full_edges
from desirelines.trace.counting.scratch import scratch
from desirelines.trace.run import Kernel, Rounds

SAMPLED = 2_000_000
"""From so many events on a sample says where quantiles lie; below, all gaps are laid out."""
NO_SLOTS, NOBODY = np.empty(0, np.int32), np.empty(0, np.int64)


@dataclass(frozen=True)
class Figures:
    """What is told of an edge beside its count and its mean gap. Each costs time of its own."""

    quantiles: tuple[float, ...] = ()
    """of the gap, exact, in 0 to 1"""
    distinct: bool = False
    """journeys and people, each counted once"""


MEDIAN = Figures((0.5,))
ALL = Figures((0.5,), distinct=True)


@dataclass(frozen=True)
class Transitions:
    """Consecutive kept events of the same journey, edges [k] ordered by origin, then target."""

    origin: Int
    target: Int
    count: Int
    journeys: Int
    """[k] distinct journeys that walk it; empty unless asked for"""
    people: Int
    """[k] distinct customers; journeys of nobody known add none; empty unless asked for"""
    quantiles: tuple[float, ...]
    quantile_us: NDArray[np.float64]
    """[k, q] of the gap, a column for each of `quantiles`; between two gaps they are interpolated"""
    mean_us: NDArray[np.float64]
    nodes: Int
    """[a] kept events per code"""
    starts: Int
    """[a] journeys whose first kept event has this code"""
    ends: Int
    journey_count: int
    """Journeys kept, those without any kept event included."""
    event_count: int

    @property
    def median_us(self) -> NDArray[np.float64]:
        """[k] of the gap; raises ValueError unless 0.5 is among the quantiles."""
        return self.quantile_us[:, self.quantiles.index(0.5)]


@dataclass(frozen=True)
class _Partial:
    keys: Int
    """[k] sorted"""
    figures: Int
    """[k, r + 4] counts of ranges, upper and lower half of the sum, journeys, people; or [k, 3] of the plain question"""
    gaps: Int
    """of every second range, key by key, range by range"""
    starts: Int
    ends: Int
    journey_count: int


def _over(part: Part, skip: int, brackets: Brackets | None, distinct: bool) -> _Partial:
    journeys, limit = part.journeys, limit_of(skip)
    size = size_of(part.codes, limit)
    walked = (journeys.start, journeys.end, part.bucket.at, part.codes, part.keep, limit, size)
    kept = int(np.count_nonzero(part.keep))
    if brackets is None and not distinct and size <= DENSE:
        earliest, latest = part.bucket.span_us
        keys, figures, starts, ends = plain_edges(*walked, (latest - earliest) * len(journeys.start) < CARRY)
        return _Partial(keys, figures, NOBODY, starts, ends, kept)
    width = brackets.width if brackets else 1
    person = part.bucket.customer[journeys.group] if distinct else NOBODY
    room = len(part.codes) + 1 if width > 1 else 0
    laid = scratch("edges place", room, np.int32), scratch("edges gap", room, np.int64)
    if size <= DENSE:
        bounds = brackets.square(size) if brackets else NOBODY
        cells, figures, gaps, starts, ends = full_edges(*walked, NO_SLOTS, size * size, bounds, width, person, laid)
        return _Partial(cells // size << 32 | cells % size, figures, gaps, starts, ends, kept)
    key = edge_keys(journeys.start, journeys.end, part.codes, part.keep, limit)
    known = np.unique(numbered(key, False)[1])
    slot = np.searchsorted(known, key).astype(np.int32)
    bounds = brackets.listed(known) if brackets else NOBODY
    cells, figures, gaps, starts, ends = full_edges(*walked, slot, len(known), bounds, width, person, laid)
    return _Partial(known, figures, gaps, starts, ends, kept)


def _merge(parts: Sequence[_Partial]) -> _Partial:
    size = max((len(part.starts) for part in parts), default=0)
    columns = max((part.figures.shape[1] for part in parts), default=3)
    if size <= DENSE:
        every = np.arange(size)
        keys = (every[:, None] << 32 | every).ravel()
        places = [cells_of(part.keys, size) for part in parts]
    else:
        keys = np.sort(numbered(np.concatenate([part.keys for part in parts]), False)[1])
        places = [np.searchsorted(keys, part.keys) for part in parts]
    figures = np.zeros((len(keys), columns), np.int64)
    for part, place in zip(parts, places, strict=True):
        add(place, part.figures, figures)
    ranges = slice(1, max(columns - 4, 1), 2)
    held = figures[:, ranges]
    begin = bounds_of(held.ravel())
    gaps, filled = np.empty(int(begin[-1]), np.int64), begin[:-1].copy()
    for part, place in zip(parts, places, strict=True):
        if len(part.gaps):
            several = held.shape[1]
            to = (place[:, None] * several + np.arange(several)).ravel()
            lay(gaps, filled, to, part.figures[:, ranges].ravel(), part.gaps)
    there = np.flatnonzero(figures[:, : max(columns - 4, 1)].any(axis=1))
    starts, ends = summed([part.starts for part in parts]), summed([part.ends for part in parts])
    return _Partial(keys[there], figures[there], gaps, starts, ends, sum(part.journey_count for part in parts))


@compiled
def add(place: Int, figures: Int, total: Int) -> None:
    """Add each row of `figures` to the row of `total` that `place` names."""
    for row in range(place.size):
        for column in range(figures.shape[1]):
            total[place[row], column] += figures[row, column]


def limit_of(skip: int) -> int:
    """Codes from here on are left out."""
    return 2**32 if skip == NOTHING_SKIPPED else skip


def summed(arrays: Sequence[Int]) -> Int:
    """The sum of tables per code, some of which may be shorter than others."""
    total = np.zeros(max((len(array) for array in arrays), default=0), np.int64)
    for array in arrays:
        total[: len(array)] += array
    return total


_edges = Kernel(_over, _merge, lambda whole: whole)

Look = Callable[..., _Partial]


def _ask(look: Look, skip: int = NOTHING_SKIPPED, figures: Figures = ALL, sampled: int = SAMPLED) -> Transitions:
    wanted = tuple(figures.quantiles)
    if any(not 0 <= one <= 1 for one in wanted) or list(wanted) != sorted(set(wanted)):
        raise BadInput(f"quantiles {wanted} are not ascending numbers in 0 to 1", hint="(0.1, 0.5, 0.9)")
    if not wanted:
        whole = look(_edges, None, skip, None, figures.distinct)
        return _told(whole, 1, (), np.empty((len(whole.keys), 0)), figures.distinct)
    brackets = everything(len(wanted))
    sample = look(_edges, thinned, skip, everything(1), False)
    if len(sample.gaps) * (EVERY // STRETCH) >= sampled:
        brackets = around(sample.keys, sample.gaps, sample.figures[:, 1], wanted)
    whole = look(_edges, None, skip, brackets, figures.distinct)
    values, missed = _quantiles(whole, wanted)
    if len(missed):
        again = look(_edges, None, skip, only(whole.keys[missed], len(wanted)), False)
        place = np.searchsorted(again.keys, whole.keys[missed])
        values[missed] = _quantiles(again, wanted)[0][place]
    return _told(whole, 2 * len(wanted) + 1, wanted, values, figures.distinct)


def _quantiles(whole: _Partial, wanted: Sequence[float]) -> tuple[NDArray[np.float64], Int]:
    """[k, q] quantiles of the gaps, and the edges of which a gap that was wanted is not among those laid out."""
    several, width = len(wanted), 2 * len(wanted) + 1
    counts = whole.figures[:, :width]
    total = np.cumsum(counts, axis=1)
    below, share = ranked(total[:, -1], wanted)
    ranks = np.stack([below, below + (share > 0)], axis=2)
    ranges = (total[:, None, None, :] <= ranks[..., None]).sum(axis=3)
    there = ranges % 2 == 1
    edge = np.broadcast_to(np.arange(len(counts))[:, None, None], ranks.shape)[there]
    ranges, ranks = ranges[there], ranks[there]
    begin = bounds_of(counts[:, 1::2].ravel())
    group = edge * several + ranges // 2
    values = np.zeros(there.shape, np.int64)
    values[there] = selected(whole.gaps, begin, group, begin[group] + ranks - total[edge, ranges - 1])
    low, high = values[:, :, 0], values[:, :, 1]
    found = np.where(share == 0.5, (low + high) / 2, low + (high - low) * share)  # halves of sums are exact
    return found, np.flatnonzero(~there.all(axis=(1, 2)))


def _told(whole: _Partial, width: int, wanted: tuple[float, ...], values: NDArray[np.float64], distinct: bool) -> Transitions:
    figures = whole.figures if len(whole.keys) else np.zeros((0, width + 4), np.int64)
    count = figures[:, :width].sum(axis=1)
    mean = (figures[:, width] * 2.0**32 + figures[:, width + 1]) / count
    journeys, people = (figures[:, column] if distinct else NOBODY for column in (width + 2, width + 3))
    origin, target = whole.keys >> 32, whole.keys & 0xFFFFFFFF
    nodes = whole.starts.copy()
    np.add.at(nodes, target, count)
    return Transitions(
        origin, target, count, journeys, people, wanted, values, mean,
        nodes, whole.starts, whole.ends, whole.journey_count, int(nodes.sum()),
    )  # fmt: skip


transitions = Rounds(_ask)
"""`run(transitions, parts, skip, figures)` -> Transitions. Codes from `skip` on are left out; NOTHING_SKIPPED: none."""
