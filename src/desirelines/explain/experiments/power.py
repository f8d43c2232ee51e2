"""How small an effect an experiment of this size would have found, and how large it must be for a wanted one."""

from __future__ import annotations

from math import ceil, isfinite, sqrt

from scipy.special import ndtr, ndtri

POWER = 0.8


def detectable(error: float | None, alpha: float = 0.05, power: float = POWER) -> float | None:
    """The least true difference that is found with this power, from the difference's standard error."""
    if error is None or error <= 0 or not isfinite(error):
        return None
    return float((ndtri(1 - alpha / 2) + ndtri(power)) * error)


def power_of(effect: float, error: float, alpha: float = 0.05) -> float:
    """The chance to find a true `effect`, on the right side."""
    return float(ndtr(abs(effect) / error - ndtri(1 - alpha / 2)))


def needed(effect: float, variance: float, alpha: float = 0.05, power: float = POWER) -> int | None:
    """Customers in each of two equal arms to find `effect` where one customer's variance is `variance`; None for no effect."""
    if not effect or not isfinite(effect) or variance < 0:
        return None
    return ceil(2 * variance * float((ndtri(1 - alpha / 2) + ndtri(power)) / effect) ** 2)


def share_variance(rate: float) -> float:
    """Of one customer who does it or not."""
    return max(0.0, rate * (1 - rate))


def error_of(variance_a: float, n_a: int, variance_b: float, n_b: int) -> float:
    """Of a difference of two means."""
    return sqrt(variance_a / n_a + variance_b / n_b)
