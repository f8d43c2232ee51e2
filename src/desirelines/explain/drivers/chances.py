"""Drivers of what happens or does not: Shapley's shares of the log likelihood (McFadden's R²), by logistic regression."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.explain.drivers.sharing import shapley
from desirelines.map import kernel

Float = NDArray[np.float64]
MOST_LOGISTIC = 10
"""Drivers up to which every subset has a logistic regression of its own."""
ROUNDS = 30
RIDGE = 1e-3
"""On standardised drivers: holds what would run away where a driver tells the outcome by itself."""


@dataclass(frozen=True)
class Chances:
    share: Float
    """[p] parts of `mcfadden`"""
    mcfadden: float
    """1 - log likelihood / log likelihood without drivers"""
    tjur: float
    """Mean fitted share of those it happened to less that of the others"""
    coefficient: Float
    """[p] log odds per standard deviation"""
    n: int


@dataclass(frozen=True)
class Cases:
    """Rows that are alike, counted: x [m, p], how many [m], to how many of them it happened [m]."""

    x: Float
    count: Float
    hits: Float


def cases(y: Float, x: Float, weight: Float) -> Cases:
    """Whole rows of y in {0, 1}, alike ones together."""
    used = np.isfinite(x).all(axis=1) & ((y == 0) | (y == 1)) & (weight > 0)
    rows, place = np.unique(x[used], axis=0, return_inverse=True)
    place = place.reshape(-1)
    count, hits = (np.bincount(place, one, minlength=len(rows)).astype(np.float64) for one in (weight[used], (weight * y)[used]))
    return Cases(rows, count, hits)


def chances(found: Cases) -> Chances | None:
    """Shares of at most MOST_LOGISTIC drivers. None where it happened to all or to none, or no driver is given."""
    total, hits = float(found.count.sum()), float(found.hits.sum())
    p = found.x.shape[1]
    if not p or p > MOST_LOGISTIC or hits <= 0 or hits >= total:
        return None
    centre = (found.count @ found.x) / total
    spread = np.sqrt(found.count @ (found.x - centre) ** 2 / total)
    even = np.divide(found.x - centre, spread, out=np.zeros_like(found.x), where=spread > 1e-9)
    likelihood, beta = np.zeros(1 << p), np.zeros((1 << p, p + 1))
    _fit_subsets(np.ascontiguousarray(even), found.count, found.hits, RIDGE, ROUNDS, likelihood, beta)
    none = likelihood[0]
    rising = np.maximum(1 - likelihood / none, 0.0)
    log_odds = beta[-1, 0] + even @ beta[-1, 1:]
    fitted = 1 / (1 + np.exp(-np.clip(log_odds, -500, 500)))
    tjur = float(fitted @ found.hits / hits - fitted @ (found.count - found.hits) / (total - hits))
    return Chances(shapley(rising), float(rising[-1]), tjur, beta[-1, 1:].copy(), round(total))


@kernel
def _fit_subsets(x: Float, count: Float, hits: Float, ridge: float, rounds: int, likelihood: Float, beta: Float) -> None:
    """Log likelihood and coefficients of every subset, each begun where the subset without its last driver ended."""
    rows, p = x.shape
    columns = np.empty(p + 1, np.int64)
    slope, step = np.empty(p + 1), np.empty(p + 1)
    curve = np.empty((p + 1, p + 1))
    for subset in range(1 << p):
        k, last = 1, -1
        columns[0] = -1
        for one in range(p):
            if (subset >> one) & 1:
                columns[k] = one
                k += 1
                last = one
        if last >= 0:
            beta[subset] = beta[subset ^ (1 << last)]
        else:
            share = hits.sum() / count.sum()
            beta[0, 0] = np.log(share / (1 - share))
        for _ in range(rounds):
            value = 0.0
            slope[:k] = 0.0
            curve[:k, :k] = 0.0
            for row in range(rows):
                odds = beta[subset, 0]
                for a in range(1, k):
                    odds += beta[subset, columns[a] + 1] * x[row, columns[a]]
                far = np.exp(-abs(odds))
                fitted = 1 / (1 + far) if odds >= 0 else far / (1 + far)
                value += hits[row] * odds - count[row] * (max(odds, 0.0) + np.log1p(far))
                off = hits[row] - count[row] * fitted
                bend = count[row] * fitted * (1 - fitted)
                for a in range(k):
                    xa = x[row, columns[a]] if a else 1.0
                    slope[a] += off * xa
                    for b in range(a, k):
                        curve[a, b] += bend * xa * (x[row, columns[b]] if b else 1.0)
            likelihood[subset] = value
            for a in range(1, k):
                slope[a] -= ridge * beta[subset, columns[a] + 1]
                curve[a, a] += ridge
            for a in range(k):
                for b in range(a):
                    curve[a, b] = curve[b, a]
                curve[a, a] += 1e-12
            step[:k] = np.linalg.solve(curve[:k, :k].copy(), slope[:k])
            gain = 0.0
            for a in range(k):
                gain += step[a] * slope[a]
            if gain < 1e-9:
                break
            largest = 0.0
            for a in range(k):
                largest = max(largest, abs(step[a]))
            damp = min(1.0, 4.0 / largest)
            for a in range(k):
                beta[subset, columns[a] + 1] += damp * step[a]
