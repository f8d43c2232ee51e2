"""How drivers and an outcome vary together: one matrix of correlations, from whole rows or from pairs of values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]
Int = NDArray[np.int64]
Missing = Literal["listwise", "pairwise"]
SAME = 1e-12
"""Of the largest square in a column: under it, all its values are the same."""
LEAST = 0.01
AT_ONCE = 4096


@dataclass(frozen=True)
class Crossed:
    """Of p drivers and, last, the outcome. A column that does not vary correlates with nothing, not even itself."""

    correlation: Float
    """[p + 1, p + 1]"""
    mean: Float
    deviation: Float
    """[p + 1] standard deviations with n in the denominator"""
    n: int
    """Rows that count: whole ones, or those of the pair that has fewest."""
    mended: bool = False
    """Pairs contradicted one another, so all were drawn towards none until they agreed."""


class Crossing:
    """Of float[n, q], nan where a value is missing: sums of products, weighted many ways at once.

    listwise: rows with every value. pairwise: each correlation from the rows that have both, as R's
    ``cor(use = "pairwise.complete.obs")``.
    """

    def __init__(self, columns: Float, missing: Missing = "listwise") -> None:
        there = np.isfinite(columns)
        self.rows = np.flatnonzero(there.all(axis=1) if missing == "listwise" else there.any(axis=1))
        """Those of the rows given that count."""
        self.there = there[self.rows]
        self.pairwise = missing == "pairwise"
        self.size = columns.shape[1]
        found = np.where(self.there, columns[self.rows], 0.0)
        self.centre = found.sum(axis=0) / np.maximum(self.there.sum(axis=0), 1)
        self.off = np.where(self.there, found - self.centre, 0.0)  # around 0, where sums of squares are safe
        self.upper = np.triu_indices(self.size)

    @cached_property
    def n(self) -> int:
        """Rows of the pair that has fewest."""
        present = self.there.astype(np.float64)
        return int((present.T @ present).min()) if len(self.rows) else 0

    def over(self, weight: Float, times: NDArray[np.uint8]) -> Iterator[Crossed | None]:
        """`weight` [rows that count]; one answer for each row of `times` [ways, rows that count], None without weight."""
        totals = np.zeros((len(times), self._terms(slice(0, 0)).shape[1]))
        for start in range(0, len(self.rows), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            totals += (times[:, part] * weight[part]) @ self._terms(part)
        for total in totals:
            yield self._crossed(total)

    def _terms(self, part: slice) -> Float:
        """float[rows, terms]: what each row adds to the sums."""
        off, (a, b) = self.off[part], self.upper
        product = off[:, a] * off[:, b]
        if not self.pairwise:
            return np.column_stack([np.ones(len(off)), off, product])
        there = self.there[part].astype(np.float64)
        by_pair = [(one[:, :, None] * there[:, None, :]).reshape(len(off), self.size**2) for one in (off, off * off)]
        return np.column_stack([there[:, a] * there[:, b], *by_pair, product])

    def _crossed(self, total: Float) -> Crossed | None:
        q, pairs = self.size, len(self.upper[0])
        if self.pairwise:
            ends = np.cumsum([pairs, q * q, q * q])
            count, sums, squares, products = np.split(total, ends)
            counts, first, second = self._square(count), sums.reshape(q, q), squares.reshape(q, q)
            if not (np.diag(counts) > 0).all():
                return None
            safe = np.where(counts > 0, counts, np.nan)
            mean = first / safe
            square = second / safe - mean**2
            product = self._square(products) / safe - mean * mean.T
        else:
            if total[0] <= 0:
                return None
            mean = np.repeat((total[1 : q + 1] / total[0])[:, None], q, axis=1)
            product = self._square(total[q + 1 :]) / total[0] - mean * mean.T
            square = np.repeat(np.diag(product)[:, None], q, axis=1)
        return self._scaled(mean, square, product)

    def _square(self, upper: Float) -> Float:
        found = np.empty((self.size, self.size))
        found[self.upper] = upper
        found.T[self.upper] = upper
        return found

    def _scaled(self, mean: Float, square: Float, product: Float) -> Crossed:
        own = np.diag(square)
        largest = (self.off * self.off).max(axis=0, initial=0.0)
        varies = own > SAME * np.maximum(largest, np.finfo(float).tiny)
        with np.errstate(invalid="ignore", divide="ignore"):
            correlation = product / np.sqrt(square * square.T)
        correlation = np.where(np.isfinite(correlation) & np.outer(varies, varies), correlation, 0.0)
        np.fill_diagonal(correlation, varies.astype(np.float64))
        mended = _mend(correlation) if self.pairwise else None
        deviation = np.sqrt(np.where(varies, own, 0.0))
        mean_of_all = self.centre + np.diag(mean)
        return Crossed(correlation if mended is None else mended, mean_of_all, deviation, self.n, mended is not None)


def cross(columns: Float, weight: Float, missing: Missing = "listwise") -> Crossed | None:
    """Of float[n, p + 1], the outcome last, each row with its weight. None where no row counts."""
    found = Crossing(np.where((weight > 0)[:, None], columns, np.nan), missing)
    return next(found.over(weight[found.rows], np.ones((1, len(found.rows)), np.uint8)))


def _mend(correlation: Float) -> Float | None:
    """The correlations drawn towards none until they can be (no eigenvalue under LEAST); None where they can be as they are."""
    values = np.linalg.eigvalsh(correlation)
    if values[0] > -1e-9:
        return None
    towards = (LEAST - values[0]) / (1 - values[0])
    mended = correlation * (1 - towards)
    np.fill_diagonal(mended, np.diag(correlation))
    return np.asarray(mended)
