"""Counts per something: Poisson's interval, the ratio of two rates, and what to do when counts come in bunches."""

from __future__ import annotations

from math import exp, isfinite, log, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv, ndtr

from desirelines.measure.estimating.estimate import Estimate, Gap, nothing
from desirelines.measure.intervals import LEVEL, t_value, z_value

Float = NDArray[np.float64]
Int = NDArray[np.int64]


def poisson_rate(count: int, exposure: float, level: float = LEVEL) -> Estimate:
    """`count` per unit of `exposure` with the exact interval (Garwood 1936)."""
    if exposure <= 0 or not isfinite(exposure):
        return nothing("poisson")
    tail = (1 - level) / 2
    low = float(gammaincinv(count, tail)) if count else 0.0
    high = float(gammaincinv(count + 1, 1 - tail))
    return Estimate(count / exposure, low / exposure, high / exposure, count, "poisson", level)


def bunching(count: Float, exposure: Float) -> float:
    """How much more counts spread than Poisson's would: Pearson's χ² per degree of freedom, at least 1."""
    good = np.isfinite(count) & np.isfinite(exposure) & (exposure > 0)
    count, exposure = count[good], exposure[good]
    if len(count) < 2 or count.sum() <= 0:
        return 1.0
    expected = exposure * (count.sum() / exposure.sum())
    return max(1.0, float(((count - expected) ** 2 / expected).sum()) / (len(count) - 1))


def quasi_poisson(count: Float, exposure: Float, level: float = LEVEL) -> Estimate:
    """The rate of counts [units] over exposures [units], on the log scale, with the spread that the units show."""
    good = np.isfinite(count) & np.isfinite(exposure) & (exposure > 0)
    count, exposure = count[good], exposure[good]
    total, over = float(count.sum()), float(exposure.sum())
    if over <= 0:
        return nothing("quasi-poisson")
    if total <= 0:
        return Estimate(0.0, 0.0, poisson_rate(0, over, level).high, 0, "poisson", level)
    half = t_value(max(1, len(count) - 1), level) * sqrt(bunching(count, exposure) / total)
    rate = total / over
    return Estimate(rate, rate * exp(-min(half, 50)), rate * exp(min(half, 50)), round(total), "quasi-poisson", level)


def rate_ratio(
    count_a: float, over_a: float, count_b: float, over_b: float, bunched: float = 1.0, level: float = LEVEL
) -> tuple[float, float, float, float] | None:
    """(ratio, low, high, p) of rate a to rate b on the log scale; None where one of them has no case."""
    if count_a <= 0 or count_b <= 0 or over_a <= 0 or over_b <= 0:
        return None
    ratio = (count_a / over_a) / (count_b / over_b)
    error = sqrt(max(1.0, bunched) * (1 / count_a + 1 / count_b))
    half = z_value(level) * error
    return ratio, ratio * exp(-half), ratio * exp(half), 2 * float(ndtr(-abs(log(ratio)) / error))


def ratio_of_rates(a: Estimate, b: Estimate) -> Gap | None:
    """a / b of two independent rates from their own limits on the log scale; None where one of them is nought."""
    if not a.value or not b.value or not a.low or not a.high or not b.low or not b.high:
        return None
    off = log(a.value / b.value)
    low = off - sqrt(log(a.value / a.low) ** 2 + log(b.high / b.value) ** 2)
    high = off + sqrt(log(a.high / a.value) ** 2 + log(b.value / b.low) ** 2)
    half = off - low if off > 0 else high - off
    p = 2 * float(ndtr(-abs(off) / (half / z_value(a.level)))) if half > 0 else None
    return Gap(exp(off), exp(low), exp(high), p, "newcombe")
