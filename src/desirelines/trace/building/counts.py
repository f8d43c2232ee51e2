"""Events of known and of unknown people per quarter of an hour and source."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from desirelines.trace.bucket import Int
from desirelines.trace.building.sort import count_known

QUARTER_US = 15 * 60 * 1_000_000
SPARSE = 100_000

Counted = tuple[Int, Int, Int, Int]
"""Quarter (number since 1970), source number, known and unknown events [k], where there are any."""


def counted(at: Int, source: Int, customer: Int) -> Counted:
    """Events [n] by their time, source and customer (0: unknown)."""
    if not len(at):
        return at, at, at, at
    sources = int(source.max()) + 1
    first, last = int(at.min()) // QUARTER_US, int(at.max()) // QUARTER_US
    if (last - first + 1) * sources > SPARSE + 2 * len(at):  # a table would be mostly empty: sort instead
        known = (customer != 0).astype(np.int64)
        return merged([(at // QUARTER_US, source, known, 1 - known)])
    counts = count_known(at, source, customer, first, last - first + 1, sources, QUARTER_US)
    there = np.flatnonzero(counts.any(axis=0))
    return there // sources + first, there % sources, counts[1, there], counts[0, there]


def merged(parts: Sequence[Counted], final: Int | None = None) -> Counted:
    """The sums of several, ordered by quarter, then source. `final`: the code of each source number."""
    quarter, source, known, unknown = (np.concatenate([np.empty(0, np.int64), *column]) for column in zip(*parts, strict=True))
    if not len(quarter):
        return quarter, source, known, unknown
    source = source if final is None else final[source]
    first, sources = int(quarter.min()), int(source.max()) + 1
    cell = (quarter - first) * sources + source
    cells = (int(quarter.max()) - first + 1) * sources
    if cells <= SPARSE + 4 * len(cell):
        there, place, size = np.arange(cells), cell, cells
    else:
        there, place = np.unique(cell, return_inverse=True)
        size = len(there)
    sums = [np.bincount(place, numbers, size).astype(np.int64) for numbers in (known, unknown)]
    some = np.flatnonzero((sums[0] != 0) | (sums[1] != 0))
    there = there[some]
    return there // sources + first, there % sources, sums[0][some], sums[1][some]
