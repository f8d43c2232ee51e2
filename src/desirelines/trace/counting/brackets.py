"""Where in an edge's gaps a quantile must lie, judged from a sample; so that only the gaps near it are laid out and selected.

The sample decides how much is laid out and never what the answer is: ranks are counted over all gaps, and an edge whose
bracket missed is looked at again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Int, JourneyBucket, Mask, Part
from desirelines.trace.compiled import compiled, longer
from desirelines.trace.counting.gaps import bounds_of, selected

LOWEST, HIGHEST = -(2**63), 2**63 - 1
EVERY, STRETCH = 2048, 64
"""One stretch of so many events in every so many makes the sample."""
SURE = 4.5
"""Standard deviations of a rank in a sample that a bracket reaches to either side."""


@dataclass(frozen=True)
class Brackets:
    """`bounds` [k, 2 q] of edges `keys` [k], sorted: the gaps wanted lie in [b0, b1), [b2, b3) …; `other` [2 q] of all others."""

    keys: Int
    bounds: Int
    other: Int
    _squares: dict[int, Int] = field(default_factory=dict, repr=False)

    @property
    def width(self) -> int:
        return len(self.other) + 1

    def square(self, size: int) -> Int:
        """[size * size * 2 q] the bounds of cell origin * size + target."""
        if size not in self._squares:
            origin, target = self.keys >> 32, self.keys & 0xFFFFFFFF
            inside = (origin < size) & (target < size)
            table = np.tile(self.other, (size * size, 1))
            table[(origin * size + target)[inside]] = self.bounds[inside]
            self._squares[size] = table.ravel()
        return self._squares[size]

    def listed(self, keys: Int) -> Int:
        """[k * 2 q] the bounds of these edges."""
        place = np.searchsorted(self.keys, keys)
        known = np.append(self.keys, -1)[place] == keys
        return np.where(known[:, None], np.vstack([self.bounds, self.other])[place], self.other).ravel()


def everything(ranges: int) -> Brackets:
    """All gaps lie in the first of so many ranges."""
    none = np.empty(0, np.int64)
    return Brackets(none, np.empty((0, 2 * ranges), np.int64), _row(ranges, LOWEST))


def only(keys: Int, ranges: int) -> Brackets:
    """All gaps of these edges, none of others."""
    return Brackets(keys, np.tile(_row(ranges, LOWEST), (len(keys), 1)), _row(ranges, HIGHEST))


def _row(ranges: int, first: int) -> Int:
    row = np.full(2 * ranges, HIGHEST, np.int64)
    row[0] = first
    return row


def around(keys: Int, gaps: Int, counts: Int, quantiles: Sequence[float]) -> Brackets:
    """The brackets that a sample suggests: `gaps` of edge i, counts[i] of them, stand one edge behind the other."""
    wanted = np.asarray(quantiles)
    share = wanted * (counts[:, None] - 1)
    reach = SURE * np.sqrt(counts[:, None] * wanted * (1 - wanted)) + 2
    low, high = np.floor(share - reach).astype(np.int64), np.ceil(share + reach).astype(np.int64)
    inside = np.clip(np.stack([low, high], axis=2), 0, counts[:, None, None] - 1)
    begin, group = bounds_of(counts), np.repeat(np.arange(len(keys)), 2 * len(wanted))
    values = selected(gaps, begin, group, (begin[:-1, None, None] + inside).ravel()).reshape(inside.shape)
    lower, upper = np.where(low < 0, LOWEST, values[:, :, 0]), np.where(high >= counts[:, None], HIGHEST, values[:, :, 1] + 1)
    bounds = np.stack([lower, upper], axis=2).reshape(len(keys), 2 * len(wanted))
    return Brackets(keys, np.maximum.accumulate(bounds, axis=1), _row(len(wanted), LOWEST))


def thinned(part: Part) -> Part:
    """The same bucket with a sample of stretches as its journeys."""
    journeys = part.journeys
    start, end, group = _stretches(journeys.start, journeys.end, journeys.group, part.keep, len(part.codes))
    return Part(part.bucket, JourneyBucket(start, end, group, start), part.codes, np.ones(len(start), np.bool_))


@compiled
def _stretches(start: Int, end: Int, group: Int, keep: Mask, events: int) -> tuple[Int, Int, Int]:
    size = start.size + events // EVERY + 1
    low, high, whose = np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64)
    journey, count = 0, 0
    for first in range(0, events, EVERY):
        while journey < start.size and end[journey] <= first:
            journey += 1
        other = journey
        while other < start.size and start[other] < first + STRETCH:
            if keep[other]:
                low[count], high[count] = max(start[other], first), min(end[other], first + STRETCH)
                whose[count] = group[other]
                count += 1
            other += 1
    return longer(low, count, count), longer(high, count, count), longer(whose, count, count)


def ranked(counts: Int, quantiles: Sequence[float]) -> tuple[Int, NDArray[np.float64]]:
    """[k, q] the rank below each quantile of so many values, and how far the quantile is on to the next rank."""
    at = np.asarray(quantiles) * (counts[:, None] - 1)
    below: Int = np.floor(at).astype(np.int64)
    return below, np.asarray(at - below, np.float64)
