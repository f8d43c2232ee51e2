"""What each exposed customer did in a stretch of time after (or before) exposure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.explain.experiments.moments import Float

Int = NDArray[np.int64]


@dataclass(frozen=True)
class Rows:
    """Things that happened [n], sorted by customer, then time. `value`: how much; nan where unknown."""

    customer: NDArray[np.int32]
    at: Int
    value: Float


@dataclass(frozen=True)
class Sums:
    """[customers] over each one's stretch."""

    count: Int
    """Rows."""
    valued: Int
    """Rows whose value is a number."""
    total: Float
    """Sum of those."""


def rows_of(customer: NDArray[np.int32], at: Int, value: Float) -> Rows:
    """Known customers' rows, sorted."""
    known = customer >= 0
    order = np.lexsort((at[known], customer[known]))
    return Rows(customer[known][order], at[known][order], value[known][order])


def sums(rows: Rows, customer: NDArray[np.int32], low: Int, high: Int) -> Sums:
    """Of the rows in low <= at < high of each customer, each of whom stands once."""
    first, last = _places(rows, customer, low), _places(rows, customer, high)
    size = np.maximum(last - first, 0)
    whose = np.repeat(np.arange(len(customer)), size)
    inside = np.repeat(first - (np.cumsum(size) - size), size) + np.arange(int(size.sum()))
    value = rows.value[inside]
    known = np.isfinite(value)
    count = len(customer)
    return Sums(
        size.astype(np.int64), np.bincount(whose[known], minlength=count).astype(np.int64),
        np.bincount(whose[known], value[known], count).astype(np.float64),
    )  # fmt: skip


def _places(rows: Rows, customer: NDArray[np.int32], at: Int) -> Int:
    """How many rows lie before (customer, at)."""
    n = len(rows.at)
    who, when = np.concatenate([rows.customer, customer]), np.concatenate([rows.at, at])
    is_row = np.arange(len(who)) < n
    order = np.lexsort((is_row, when, who))
    before = np.cumsum(is_row[order])
    found = np.empty(len(who), np.int64)
    found[order] = before
    return found[n:]
