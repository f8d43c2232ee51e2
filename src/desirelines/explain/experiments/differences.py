"""Differences of means, of shares and of ratios between two independent groups, B less A.

Means: Welch. Shares: Newcombe's hybrid score interval, with the pooled z test. Ratios of two sums: the delta method over
customers, so that many visits of one customer count as one draw.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from desirelines.explain.experiments.moments import Difference, Float, Moments
from desirelines.measure import newcombe

LEVEL = 0.95


@dataclass(frozen=True)
class Ratio:
    """A ratio of two sums over `n` customers, with the standard error of the delta method."""

    value: float | None
    error: float | None
    n: int


def welch(a: Moments, b: Moments, level: float = LEVEL) -> Difference:
    """Difference of means with unequal variances (Welch and Satterthwaite). Both sides constant: no p, for nothing varies."""
    if not a.n or not b.n:
        return Difference(None, None, None, None, None, a.n, b.n, "welch")
    value = b.mean - a.mean
    squared = a.squared_error + b.squared_error
    if min(a.n, b.n) < 2 or squared <= 0:
        return Difference(value, None, None, None, None, a.n, b.n, "welch")
    error = sqrt(squared)
    share = a.squared_error / squared
    freedom = 1 / (share * share / (a.n - 1) + (1 - share) * (1 - share) / (b.n - 1))
    half = float(stdtrit(freedom, 0.5 + level / 2)) * error
    p = 2 * float(stdtr(freedom, -abs(value) / error))
    return Difference(value, error, value - half, value + half, p, a.n, b.n, "welch", freedom)


def shares(hits_a: int, n_a: int, hits_b: int, n_b: int, level: float = LEVEL) -> Difference:
    """Difference of two shares; p of the pooled z test (None where everybody did the same)."""
    if n_a <= 0 or n_b <= 0:
        return Difference(None, None, None, None, None, max(n_a, 0), max(n_b, 0), "newcombe")
    rate_a, rate_b = hits_a / n_a, hits_b / n_b
    low, high = newcombe(hits_b, n_b, hits_a, n_a, level) or (None, None)
    error = sqrt(rate_a * (1 - rate_a) / n_a + rate_b * (1 - rate_b) / n_b)
    pooled = (hits_a + hits_b) / (n_a + n_b)
    under = sqrt(pooled * (1 - pooled) * (1 / n_a + 1 / n_b))
    p = 2 * float(ndtr(-abs(rate_b - rate_a) / under)) if under > 0 else None
    return Difference(rate_b - rate_a, error, low, high, p, n_a, n_b, "newcombe")


def ratio(over: Float, under: Float) -> Ratio:
    """sum(over) / sum(under) over customers [n]: error² = n/(n-1) · Σ(over - r·under)² / (Σ under)²."""
    kept = np.isfinite(over) & np.isfinite(under)
    top, bottom = np.asarray(over, np.float64)[kept], np.asarray(under, np.float64)[kept]
    n, whole = len(top), float(bottom.sum())
    if n == 0 or whole <= 0:
        return Ratio(None, None, n)
    value = float(top.sum()) / whole
    if n == 1:
        return Ratio(value, None, n)
    off = top - value * bottom
    return Ratio(value, sqrt(n / (n - 1) * float(np.einsum("i,i->", off, off))) / whole, n)


def by_customer(customer: NDArray[np.int64], values: Float, customers: int) -> Float:
    """[customers] sums of what many rows of one customer hold; customer -1 is nobody and left out."""
    known = customer >= 0
    return np.bincount(customer[known], np.asarray(values, np.float64)[known], customers).astype(np.float64)


def ratios(a: Ratio, b: Ratio, level: float = LEVEL) -> Difference:
    """Difference of two ratios by the normal distribution."""
    if a.value is None or b.value is None:
        return Difference(None, None, None, None, None, a.n, b.n, "delta")
    return normal(b.value - a.value, _joint(a.error, b.error), a.n, b.n, "delta", level)


def normal(
    value: float, error: float | None, n_a: int, n_b: int, method: str, level: float = LEVEL, freedom: float | None = None
) -> Difference:
    """A difference whose standard error is known; with `freedom` by Student's t."""
    if error is None or error <= 0:
        return Difference(value, None, None, None, None, n_a, n_b, method)
    half = float(ndtri(0.5 + level / 2) if freedom is None else stdtrit(freedom, 0.5 + level / 2)) * error
    z = -abs(value) / error
    p = 2 * float(ndtr(z) if freedom is None else stdtr(freedom, z))
    return Difference(value, error, value - half, value + half, p, n_a, n_b, method, freedom)


def _joint(a: float | None, b: float | None) -> float | None:
    return None if a is None or b is None else sqrt(a * a + b * b)
