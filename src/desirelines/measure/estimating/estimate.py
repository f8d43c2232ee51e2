"""What every estimator answers with, and how two such answers are held against each other."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, stdtr

from desirelines.measure.intervals import LEVEL, t_value, z_value

Float = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A value with its interval; None where nothing can be said. `n` units, `low`, `high` at `level`."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    method: str
    level: float = LEVEL
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gap:
    """a - b with its interval, and the probability of so large a gap by chance alone (two-sided)."""

    value: float | None
    low: float | None
    high: float | None
    p: float | None
    method: str

    @property
    def more_than_chance(self) -> bool | None:
        """Whether the interval leaves out no difference at all; None where nothing can be said."""
        if self.value is None or self.low is None or self.high is None or self.low == self.high:
            return None  # without any spread chance has nothing to say
        return not self.low <= 0 <= self.high


NOTHING = Gap(None, None, None, None, "exact")


def nothing(method: str, *caveats: str) -> Estimate:
    """No case, so no value."""
    return Estimate(None, None, None, 0, method, LEVEL, caveats)


def square_and_add(a: Estimate, b: Estimate) -> Gap:
    """The gap of two independent estimates from their own intervals: Newcombe's hybrid, for shares and for all that has limits.

    Zou & Donner 2008: low = d - √((a - a.low)² + (b.high - b)²), high the other way round.
    """
    if a.value is None or b.value is None:
        return NOTHING
    value = a.value - b.value
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return Gap(value, None, None, None, "newcombe")
    low = value - sqrt((a.value - a.low) ** 2 + (b.high - b.value) ** 2)
    high = value + sqrt((a.high - a.value) ** 2 + (b.value - b.low) ** 2)
    return Gap(value, low, high, _chance(value, low, high, a.level), "newcombe")


def waves(a: Estimate, b: Estimate) -> Gap:
    """Two waves of net recommendation: √(SE₁² + SE₂²), the errors being those of their intervals."""
    if a.value is None or b.value is None:
        return NOTHING
    value = a.value - b.value
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return Gap(value, None, None, None, "two waves")
    z = z_value(a.level)
    error = sqrt(((a.high - a.low) / 2 / z) ** 2 + ((b.high - b.low) / 2 / z) ** 2)
    p = 2 * float(ndtr(-abs(value) / error)) if error > 0 else None
    return Gap(value, value - z * error, value + z * error, p, "two waves")


def welch(a: Float, b: Float, level: float = LEVEL) -> Gap:
    """The gap of two means whose spreads may differ, by Student's t with Satterthwaite's degrees of freedom."""
    a, b = a[np.isfinite(a)], b[np.isfinite(b)]
    if not len(a) or not len(b):
        return NOTHING
    value = float(a.mean() - b.mean())
    if len(a) < 2 or len(b) < 2:
        return Gap(value, None, None, None, "welch")
    one, other = float(a.var(ddof=1)) / len(a), float(b.var(ddof=1)) / len(b)
    if one + other <= 0:
        return Gap(value, value, value, None, "welch")
    freedom = (one + other) ** 2 / (one**2 / (len(a) - 1) + other**2 / (len(b) - 1))
    error = sqrt(one + other)
    half = t_value(max(1, int(freedom)), level) * error
    return Gap(value, value - half, value + half, 2 * float(stdtr(freedom, -abs(value) / error)), "welch")


def _chance(value: float, low: float, high: float, level: float) -> float | None:
    """From an interval: the half that reaches towards no difference is z errors wide."""
    half = value - low if value > 0 else high - value
    if not isfinite(half) or half <= 0:
        return None
    return 2 * float(ndtr(-abs(value) / (half / z_value(level))))
