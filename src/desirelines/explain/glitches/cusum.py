"""Watching day by day: the two-sided tabular CUSUM, and how long it stays quiet (Page 1954; k = 0.5, h = 5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from desirelines.explain.estimating.estimate import Float

SLACK, LIMIT = 0.5, 5.0
NODES = 96


@dataclass(frozen=True)
class Alarm:
    """`at`: the place where it rings; `began`: the first since the sum last was 0; `side`: 1 above, -1 below the usual."""

    at: int
    began: int
    side: int


@dataclass(frozen=True)
class Watched:
    """The two sums [n] as they stood, and where they rang; both begin anew after an alarm."""

    high: Float
    low: Float
    alarms: tuple[Alarm, ...]


def cusum(residuals: Float, slack: float = SLACK, limit: float = LIMIT) -> Watched:
    """Residuals in standard deviations [n]; one that is not finite is passed over."""
    high, low = np.zeros(len(residuals)), np.zeros(len(residuals))
    alarms: list[Alarm] = []
    above = below = 0.0
    above_from = below_from = 0
    for place, value in enumerate(residuals.tolist()):
        if np.isfinite(value):
            above_from = place if above == 0 else above_from
            below_from = place if below == 0 else below_from
            above, below = max(0.0, above + value - slack), max(0.0, below - value - slack)
        high[place], low[place] = above, below
        if above > limit or below > limit:
            side = 1 if above > limit else -1
            alarms.append(Alarm(place, above_from if side > 0 else below_from, side))
            above = below = 0.0
    return Watched(high, low, tuple(alarms))


def run_length(shift: float = 0.0, slack: float = SLACK, limit: float = LIMIT, sides: int = 2) -> float:
    """Mean number of observations until an alarm, where the mean is off by `shift` standard deviations (0: a false alarm).

    Exact by the integral equation L(u) = 1 + L(0)·Φ(k-u-δ) + ∫ L(y)·φ(y+k-u-δ) dy over 0 to h, by Gauss and Legendre.
    Two sides: 1/ARL = 1/ARL⁺ + 1/ARL⁻.
    """
    if sides == 1:
        return _one_sided(shift, slack, limit)
    return 1 / (1 / _one_sided(shift, slack, limit) + 1 / _one_sided(-shift, slack, limit))


def _one_sided(shift: float, slack: float, limit: float) -> float:
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    at = np.concatenate([[0.0], (nodes + 1) * limit / 2])
    mass = weights * limit / 2
    off = at[1:][None, :] + slack - at[:, None] - shift
    kernel = np.exp(-0.5 * off * off) / np.sqrt(2 * np.pi) * mass[None, :]
    atom = ndtr(slack - at - shift)
    matrix = np.eye(len(at)) - np.column_stack([atom, kernel])
    return float(np.linalg.solve(matrix, np.ones(len(at)))[0])
