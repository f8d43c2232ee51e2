"""One estimated number with its error: what a regression, a weighting or a difference comes to."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, stdtr, stdtrit

Float = NDArray[np.float64]
Int = NDArray[np.int64]
Mask = NDArray[np.bool_]
LEVEL = 0.95


@dataclass(frozen=True)
class Estimate:
    """`error`: standard error, None where there is none; `freedom`: degrees of t, None for the normal; n: what it rests on."""

    value: float
    error: float | None
    n: int
    freedom: float | None = None
    groups: int = 0
    """Clusters the error allows for; 0: rows are taken as independent."""

    def interval(self, level: float = LEVEL) -> tuple[float, float] | None:
        """None without an error."""
        if self.error is None:
            return None
        half = quantile(level, self.freedom) * self.error
        return self.value - half, self.value + half

    @property
    def p(self) -> float | None:
        """Two-sided probability of so large a value where there is nothing; None without an error above 0."""
        return None if not self.error else p_value(self.value / self.error, self.freedom)


def quantile(level: float = LEVEL, freedom: float | None = None) -> float:
    """How many standard errors an interval reaches to each side."""
    share = 0.5 + level / 2
    return float(ndtri(share) if freedom is None else stdtrit(freedom, share))


def p_value(statistic: float, freedom: float | None = None) -> float:
    """Two-sided, of a normal or t statistic."""
    low = -abs(statistic)
    return float(2 * (ndtr(low) if freedom is None else stdtr(freedom, low)))


def mean_of(values: Float, groups: Int | None = None) -> Estimate | None:
    """A mean of finite values; `groups` (codes) are values of one customer that hang together. None without a value."""
    fine = np.isfinite(values)
    found = values[fine]
    n = len(found)
    if not n:
        return None
    centre = float(found.mean())
    sums = found - centre if groups is None else group_sums((found - centre)[:, None], groups[fine])[:, 0]
    size = len(sums)
    if size < 2:
        return Estimate(centre, None, n, groups=0 if groups is None else size)
    error = sqrt(size / (size - 1) * float(sums @ sums)) / n
    return Estimate(centre, error, n, size - 1, 0 if groups is None else size)


def difference(a: Estimate, b: Estimate) -> Estimate:
    """a - b of independent estimates (Welch's degrees of freedom)."""
    value, n, groups = a.value - b.value, a.n + b.n, a.groups + b.groups
    if a.error is None or b.error is None:
        return Estimate(value, None, n, groups=groups)
    va, vb = a.error**2, b.error**2
    total = va + vb
    below = sum(v * v / one.freedom for v, one in ((va, a), (vb, b)) if one.freedom)
    freedom = total * total / below if below > 0 else None
    return Estimate(value, sqrt(total), n, freedom if freedom and isfinite(freedom) else None, groups)


def group_sums(rows: Float, groups: Int) -> Float:
    """[n, k] summed by group → [g, k]; groups in the order of their codes."""
    distinct, place = np.unique(groups, return_inverse=True)
    found = np.empty((len(distinct), rows.shape[1]))
    for column in range(rows.shape[1]):
        found[:, column] = np.bincount(place, rows[:, column], minlength=len(distinct))
    return found
