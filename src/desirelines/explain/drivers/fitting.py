"""The one regression beside the shares: betas, variance inflation, R² and F, from correlations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.explain.drivers.crossed import Crossed

Float = NDArray[np.float64]
ALONE = 1e-10


@dataclass(frozen=True)
class Fit:
    """Of p drivers: what a driver adds while the others stay as they are."""

    beta: Float
    """[p] standardised: deviations of the outcome per deviation of the driver"""
    slope: Float
    """[p] the outcome's units per unit of the driver"""
    first: Float
    """[p] squared correlation: R² of the driver by itself"""
    vif: Float
    """[p] variance inflation: 1 with drivers that have nothing in common, inf where the others say it all"""
    r2: float
    f: float | None
    """F of the whole model with p and n - p - 1 degrees; None where there are none."""
    freedom: int
    n: int


def fit(crossed: Crossed) -> Fit | None:
    """Least squares in standard deviations. None where the outcome does not vary or no driver is given."""
    p = len(crossed.correlation) - 1
    if not p or crossed.correlation[p, p] <= 0:
        return None
    inner, outer = crossed.correlation[:p, :p], crossed.correlation[:p, p]
    values, vectors = np.linalg.eigh(inner)
    back = np.divide(1.0, values, out=np.zeros(p), where=values > ALONE)
    beta = (vectors * back) @ (vectors.T @ outer)
    r2 = float(np.clip(beta @ outer, 0.0, 1.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = np.where(crossed.deviation[:p] > 0, beta * crossed.deviation[p] / crossed.deviation[:p], 0.0)
    freedom = crossed.n - p - 1
    f = r2 / p / ((1 - r2) / freedom) if freedom > 0 and r2 < 1 else None
    return Fit(beta, slope, outer**2, _inflation(inner), r2, f, freedom, crossed.n)


def _inflation(inner: Float) -> Float:
    """[p]: the diagonal of the inverse; inf for a driver that the others, or its own sameness, leave nothing of."""
    p = len(inner)
    values, vectors = np.linalg.eigh(inner)
    small = values <= ALONE
    if not small.any():
        return np.asarray((vectors**2) @ (1 / values))
    lost = (vectors[:, small] ** 2).sum(axis=1) > 1e-6
    back = np.divide(1.0, values, out=np.zeros(p), where=~small)
    return np.where(lost, np.inf, (vectors**2) @ back)
