"""Intervals that hold at every look: one may peek each day and stop when one likes.

`sequence`: asymptotic confidence sequence (Waudby-Smith and others 2021). `mixture`: the mixture sequential probability ratio
test of two normal samples (Johari and others 2015).
"""

from __future__ import annotations

from math import log, sqrt
from typing import Any

import numpy as np

from desirelines.explain.experiments.moments import Difference, Float, Moments

PLANNED = 1000
"""Customers for which the sequence is tightest, unless said otherwise beforehand."""
ALPHA = 0.05


def tuned(planned: float, alpha: float = ALPHA) -> float:
    """ρ that makes the sequence tightest at `planned` observations: ρ² = (-2 log α + log(-2 log α) + 1) / n*."""
    return sqrt((-2 * log(alpha) + log(-2 * log(alpha)) + 1) / planned)


def radius(n: Any, sigma: Any, rho: float, alpha: float = ALPHA) -> Any:
    """Half the width after `n` observations of standard deviation `sigma` (numbers or arrays)."""
    grown = n * rho * rho + 1
    return sigma * np.sqrt(2 * grown / (n * n * rho * rho) * np.log(np.sqrt(grown) / alpha))


def sequence(a: Moments, b: Moments, planned: float = PLANNED, alpha: float = ALPHA) -> Difference:
    """B less A, with the interval that holds at all looks together. p is not said: the interval is the verdict."""
    if not a.n or not b.n:
        return Difference(None, None, None, None, None, a.n, b.n, "confidence sequence")
    value, n = b.mean - a.mean, a.n + b.n
    squared = a.squared_error + b.squared_error
    if min(a.n, b.n) < 2 or squared <= 0:
        return Difference(value, None, None, None, None, a.n, b.n, "confidence sequence")
    half = float(radius(n, sqrt(squared * n), tuned(planned, alpha), alpha))
    return Difference(value, sqrt(squared), value - half, value + half, None, a.n, b.n, "confidence sequence")


def mixture(n: Any, gap: Any, variance: Any, tau2: float) -> Any:
    """Λ after `n` in each arm with difference of means `gap`: √(2σ²/(2σ²+nτ²)) · exp(n²τ²Δ² / (4σ²(2σ²+nτ²)))."""
    whole = 2 * variance + n * tau2
    with np.errstate(over="ignore"):
        return np.sqrt(2 * variance / whole) * np.exp(n * n * tau2 * gap * gap / (4 * variance * whole))


def always_p(ratios: Float) -> Float:
    """The always-valid p at each look: the least 1/Λ so far, at most 1."""
    with np.errstate(divide="ignore"):
        return np.minimum(1.0, np.minimum.accumulate(1 / np.asarray(ratios, np.float64)))
