"""How many came how far, and after how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Int, Mask, Part
from desirelines.trace.compiled import compiled, plain
from desirelines.trace.funnel.chains import Chains, Count, Held, chains
from desirelines.trace.funnel.steps import Steps
from desirelines.trace.run import Kernel

QUANTILES = (0.25, 0.5, 0.75, 0.9)


@dataclass(frozen=True)
class Funnel:
    """Per step [k]."""

    count: Int
    """Chains in which it is served."""
    dropped: Int
    """Chains that got no further; 0 where the step is optional, and at the last one."""
    spent_us: NDArray[np.float64]
    """[k, 4] QUANTILES of the time since the step that was served before it; NaN at the first step, and where none is served"""
    since_first_us: NDArray[np.float64]
    """[k] median, NaN there too"""


@dataclass(frozen=True)
class _Partial:
    count: Int
    dropped: Int
    times: list[list[Int]]
    """[2 (k - 1)] of the second step and those after it, since the step before, then since the first: several arrays each"""


@compiled
def _spans(place: Int, at: Int, reached: Int, chosen: Mask, steps: int) -> tuple[Int, Int, Int, Int]:
    """count, dropped [k]; and per step, from k * u on, the times since the step before and since the first.

    `place`, `at` [u * k]; `chosen` too, or empty: all.
    """
    count, dropped = np.zeros(steps, np.int64), np.zeros(steps, np.int64)
    spent, since_first = np.empty(place.size, np.int64), np.empty(place.size, np.int64)
    for row in range(reached.size):
        first = before = at[row * steps]
        for step in range(steps):
            cell = row * steps + step
            if place[cell] < 0:
                continue
            if chosen.size == 0 or chosen[cell]:
                if step > 0:
                    to = step * reached.size + count[step]
                    spent[to], since_first[to] = at[cell] - before, at[cell] - first
                count[step] += 1
                dropped[step] += 1 if reached[row] == step + 1 and step + 1 < steps else 0
            before = at[cell]
    return count, dropped, spent, since_first


def tally_part(found: Chains, chosen: Mask | None = None) -> _Partial:
    """`chosen` [u, k]: the steps of the chains that count; all when None."""
    rows, steps = found.place.shape
    marks = np.empty(0, np.bool_) if chosen is None else plain(chosen, np.bool_).reshape(-1)
    place, at = plain(found.place, np.int64).reshape(-1), plain(found.at, np.int64).reshape(-1)
    count, dropped, *times = _spans(place, at, found.reached, marks, steps)
    laid = [[one[step * rows : step * rows + count[step]]] for one in times for step in range(1, steps)]
    return _Partial(count, dropped, laid)


def _merge(found: Sequence[_Partial]) -> _Partial:
    return _Partial(
        np.sum([one.count for one in found], axis=0, dtype=np.int64),
        np.sum([one.dropped for one in found], axis=0, dtype=np.int64),
        [[times for several in kind for times in several] for kind in zip(*(one.times for one in found), strict=True)],
    )


def _finish(whole: _Partial) -> Funnel:
    none = np.full((1, len(QUANTILES)), np.nan)
    found = np.vstack([none, *(quantiles(np.concatenate(several)) for several in whole.times)])
    steps = len(whole.count)
    return Funnel(whole.count, whole.dropped, found[:steps], np.append(np.nan, found[steps:, QUANTILES.index(0.5)]))


def quantiles(values: Int) -> NDArray[np.float64]:
    """[4] QUANTILES, exact; between two values on the straight line from one to the other; NaN without any."""
    if not len(values):
        return np.full(len(QUANTILES), np.nan)
    rank = (len(values) - 1) * np.array(QUANTILES)
    below = np.floor(rank).astype(np.int64)
    above = np.minimum(below + 1, len(values) - 1)
    ordered = np.partition(values, np.unique(np.concatenate([below, above])))
    found: NDArray[np.float64] = ordered[below] + (ordered[above] - ordered[below]) * (rank - below)
    return found


def tally(found: Sequence[Chains], chosen: Sequence[Mask] | None = None) -> Funnel:
    """The figures of chains that were found before. `chosen`: of each, the steps [u, k] that count."""
    return _finish(_merge([tally_part(one, chosen[index] if chosen else None) for index, one in enumerate(found)]))


def _over(asked: Part | Held, steps: Steps, count: Count = "journeys") -> _Partial:
    (found,) = chains.over(asked, steps, count)
    return tally_part(found)


funnel = Kernel(_over, _merge, _finish)
"""`run(funnel, parts, steps, count)` -> Funnel. A part may be a `Held`."""
