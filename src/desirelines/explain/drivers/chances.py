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
CLOSE = 1e-9
WORK = 1e7
"""Cases times regressions that all samples together may take: a few seconds."""
LEAST_DRAWS = 40


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
    """Rows that are alike, counted: x [m, a + p] with what is held alike first, how many [m], to how many it happened [m]."""

    x: Float
    count: Float
    hits: Float
    place: NDArray[np.int64]
    """[rows given]: which case each is; -1: left out"""
    y: Float
    held: int = 0
    """Columns at the front that every regression has"""

    def drawn(self, times: Float) -> Cases:
        """The same cases, with every row so many times."""
        mine = self.place >= 0
        place, weight, m = self.place[mine], times[mine].astype(np.float64), len(self.x)
        count, hits = (np.bincount(place, one, minlength=m).astype(np.float64) for one in (weight, weight * self.y[mine]))
        return Cases(self.x, count, hits, self.place, self.y, self.held)


def cases(y: Float, x: Float, weight: Float, held: Float | None = None) -> Cases:
    """Whole rows of y in {0, 1}, alike ones together; `held` [n, a] are columns that every regression has."""
    every = x if held is None else np.column_stack([held, x])
    used = np.isfinite(every).all(axis=1) & ((y == 0) | (y == 1)) & (weight > 0)
    rows, inverse = np.unique(every[used], axis=0, return_inverse=True)
    place = np.full(len(y), -1, np.int64)
    place[used] = inverse.reshape(-1)
    none = np.zeros(len(rows))
    return Cases(rows, none, none, place, y, 0 if held is None else held.shape[1]).drawn(weight)


class Regressions:
    """The logistic regressions of every subset of drivers; `start`: coefficients of a like sample to begin with."""

    def __init__(self, found: Cases, start: Float | None = None) -> None:
        self.p = found.x.shape[1] - found.held
        self.possible = 0 < self.p <= MOST_LOGISTIC and 0 < found.hits.sum() < found.count.sum()
        if not self.possible:
            return
        total = float(found.count.sum())
        centre = (found.count @ found.x) / total
        spread = np.sqrt(found.count @ (found.x - centre) ** 2 / total)
        self.even = np.divide(found.x - centre, spread, out=np.zeros_like(found.x), where=spread > 1e-9)
        self.likelihood = np.zeros(1 << self.p)
        self.beta = np.zeros((1 << self.p, found.x.shape[1] + 1)) if start is None else start.copy()
        _fit_subsets(
            self.even, found.count, found.hits, found.held, RIDGE, ROUNDS if start is None else 3, start is None,
            self.likelihood, self.beta,
        )  # fmt: skip

    @property
    def share(self) -> Float:
        """[p] of 1 - log likelihood / that of what is held alone"""
        return shapley(np.maximum(1 - self.likelihood / self.likelihood[0], 0.0))


def chances(found: Cases) -> Chances | None:
    """Shares of at most MOST_LOGISTIC drivers. None where it happened to all or to none, or no driver is given."""
    made = Regressions(found)
    if not made.possible:
        return None
    total, hits = float(found.count.sum()), float(found.hits.sum())
    log_odds = made.beta[-1, 0] + made.even @ made.beta[-1, 1:]
    fitted = 1 / (1 + np.exp(-np.clip(log_odds, -500, 500)))
    tjur = float(fitted @ found.hits / hits - fitted @ (found.count - found.hits) / (total - hits))
    mcfadden = float(max(0.0, 1 - made.likelihood[-1] / made.likelihood[0]))
    return Chances(made.share, mcfadden, tjur, made.beta[-1, 1 + found.held :].copy(), round(total))


def drawn_shares(found: Cases, times: NDArray[np.uint8]) -> Float | None:
    """[draws, p] shares of samples drawn again, each begun where the whole sample ended; as many as there is time for.

    None where there are not LEAST_DRAWS.
    """
    whole = Regressions(found)
    if not whole.possible:
        return None
    most = min(len(times), int(WORK / (len(found.x) << whole.p)))
    shares = []
    for row in times[:most]:
        made = Regressions(found.drawn(row.astype(np.float64)), whole.beta)
        if made.possible:
            shares.append(made.share)
    return np.array(shares) if len(shares) >= LEAST_DRAWS else None


@kernel
def _fit_subsets(
    x: Float, count: Float, hits: Float, held: int, ridge: float, rounds: int, fresh: bool, likelihood: Float, beta: Float
) -> None:
    """Log likelihood and coefficients of every subset; a fresh one begins where the subset without its last driver ended."""
    every = x.shape[1]
    columns = np.zeros(every + 1, np.int64)
    slope, step = np.empty(every + 1), np.empty(every + 1)
    curve = np.empty((every + 1, every + 1))
    for one in range(held):
        columns[1 + one] = one
    for subset in range(1 << (every - held)):
        k, last = 1 + held, -1
        for one in range(every - held):
            if (subset >> one) & 1:
                columns[k] = held + one
                k += 1
                last = one
        if fresh and last >= 0:
            beta[subset] = beta[subset ^ (1 << last)]
        elif fresh:
            share = hits.sum() / count.sum()
            beta[0, 0] = np.log(share / (1 - share))
        for _ in range(rounds):
            likelihood[subset] = _slopes(x, count, hits, columns, k, ridge, beta[subset], slope, curve)
            step[:k] = np.linalg.solve(curve[:k, :k].copy(), slope[:k])
            gain, largest = 0.0, 0.0
            for a in range(k):
                gain += step[a] * slope[a]
                largest = max(largest, abs(step[a]))
            if gain < CLOSE:
                break
            damp = min(1.0, 4.0 / largest)
            beta[subset, 0] += damp * step[0]
            for a in range(1, k):
                beta[subset, columns[a] + 1] += damp * step[a]


@kernel
def _slopes(
    x: Float, count: Float, hits: Float, columns: NDArray[np.int64], k: int, ridge: float, beta: Float, slope: Float, curve: Float
) -> float:
    """The log likelihood; its slope and curvature at `beta` are put into `slope` and `curve`."""
    value = 0.0
    slope[:k] = 0.0
    curve[:k, :k] = 0.0
    for row in range(len(x)):
        odds = beta[0]
        for a in range(1, k):
            odds += beta[columns[a] + 1] * x[row, columns[a]]
        far = np.exp(-abs(odds))
        fitted = 1 / (1 + far) if odds >= 0 else far / (1 + far)
        value += hits[row] * odds - count[row] * (max(odds, 0.0) + np.log1p(far))
        off = hits[row] - count[row] * fitted
        bend = count[row] * fitted * (1 - fitted)
        slope[0] += off
        curve[0, 0] += bend
        for a in range(1, k):
            xa = x[row, columns[a]]
            slope[a] += off * xa
            curve[0, a] += bend * xa
            for b in range(a, k):
                curve[a, b] += bend * xa * x[row, columns[b]]
    for a in range(k):
        if a:
            slope[a] -= ridge * beta[columns[a] + 1]
            curve[a, a] += ridge
        curve[a, a] += 1e-12
        for b in range(a):
            curve[a, b] = curve[b, a]
    return value
