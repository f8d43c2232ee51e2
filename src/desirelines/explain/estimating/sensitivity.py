"""What it would take to overturn a finding, and how small an effect could have been seen."""

from __future__ import annotations

from math import exp, isfinite, sqrt

import numpy as np

from desirelines.explain.estimating.estimate import quantile


def e_value(ratio: float) -> float | None:
    """How strongly something unseen would have to go with both, as a risk ratio, to explain `ratio` away: RR + √(RR(RR-1)).

    VanderWeele and Ding 2017. None for a ratio that is none.
    """
    if not isfinite(ratio) or ratio <= 0:
        return None
    above = ratio if ratio >= 1 else 1 / ratio
    return above + sqrt(above * (above - 1))


def e_value_of_interval(low: float, high: float) -> float | None:
    """The same for the end of the interval that is nearer to 1; 1 where the interval holds 1."""
    if not (isfinite(low) and isfinite(high)) or high <= 0:
        return None
    if low <= 1 <= high:
        return 1.0
    return e_value(low if low > 1 else high)


def ratio_of_means(difference: float, spread: float) -> float | None:
    """A difference of means as a risk ratio, exp(0.91·d), d in standard deviations: what an E-value takes."""
    return exp(0.91 * difference / spread) if spread > 0 and isfinite(difference / spread) else None


def smallest_effect(error: float, level: float = 0.95, power: float = 0.8) -> float:
    """The effect that would have been seen with `power`, at a standard error of `error`."""
    return (quantile(level) + quantile(2 * power - 1)) * error


def standardised(a: float, b: float, variance_a: float, variance_b: float) -> float:
    """The difference of two means in pooled standard deviations; 0 where both are constant and alike, nan where not."""
    pooled = sqrt((variance_a + variance_b) / 2)
    if pooled > 0:
        return (a - b) / pooled
    return 0.0 if np.isclose(a, b) else float("nan")
