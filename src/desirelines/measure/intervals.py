"""Intervals: how far a figure could be off by chance alone.

Shares of a whole: Wilson. Differences of two shares: Newcombe's hybrid score. Recommendation: adjusted Wald. Means: Student's t.
Medians: order statistics. All at `LEVEL`.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil, exp, floor, inf, isfinite, lgamma, log, log1p, sqrt
from statistics import NormalDist

LEVEL = 0.95
SMALL = 30
"""Under so many a figure says that it rests on few."""

Interval = tuple[float, float]


@lru_cache(maxsize=16)
def z_value(level: float = LEVEL) -> float:
    """The two-sided quantile of the normal distribution: 1.96 at 0.95."""
    return NormalDist().inv_cdf(0.5 + level / 2)


def wilson(hits: int, n: int, level: float = LEVEL) -> Interval | None:
    """Wilson's score interval of a share, `hits` of `n`; None without a case."""
    if n <= 0:
        return None
    z = z_value(level)
    rate, slack = hits / n, z * z / n
    centre = (rate + slack / 2) / (1 + slack)
    half = z * sqrt(rate * (1 - rate) / n + slack / (4 * n)) / (1 + slack)
    return (0.0 if hits == 0 else max(0.0, centre - half), 1.0 if hits == n else min(1.0, centre + half))


def newcombe(hits_a: int, n_a: int, hits_b: int, n_b: int, level: float = LEVEL) -> Interval | None:
    """Newcombe's hybrid score interval of the difference of two independent shares, a - b."""
    a, b = wilson(hits_a, n_a, level), wilson(hits_b, n_b, level)
    if a is None or b is None:
        return None
    rate_a, rate_b = hits_a / n_a, hits_b / n_b
    gap = rate_a - rate_b
    return (
        gap - sqrt((rate_a - a[0]) ** 2 + (b[1] - rate_b) ** 2),
        gap + sqrt((a[1] - rate_a) ** 2 + (rate_b - b[0]) ** 2),
    )


def recommend(promoters: int, detractors: int, n: int, level: float = LEVEL) -> tuple[float, Interval] | None:
    """Net recommendation, -100 to 100, and its adjusted Wald interval (n + 3, each end + 3/4)."""
    if n <= 0:
        return None
    size = n + 3
    p, d = (promoters + 0.75) / size, (detractors + 0.75) / size
    half = z_value(level) * sqrt((p + d - (p - d) ** 2) / size)
    centre = p - d
    return 100 * (promoters - detractors) / n, (max(-100.0, 100 * (centre - half)), min(100.0, 100 * (centre + half)))


def mean(total: float, squares: float, n: int, level: float = LEVEL) -> tuple[float, Interval | None] | None:
    """Mean and t interval from the sum, the sum of squares and the count; no interval for a single value."""
    if n <= 0:
        return None
    centre = total / n
    if n == 1:
        return centre, None
    variance = max(0.0, (squares - n * centre * centre) / (n - 1))
    half = t_value(n - 1, level) * sqrt(variance / n)
    return centre, (centre - half, centre + half)


def median_ranks(n: int, level: float = LEVEL) -> tuple[int, int] | None:
    """Ranks (from 0) of the sorted values that bound the median at `level`: exact binomial up to 1000, normal above.

    None for fewer than 6 values: not even smallest and largest hold the median so surely.
    """
    if n > 1000:
        slack = z_value(level) * sqrt(n)
        return max(0, floor((n - slack) / 2) - 1), min(n - 1, ceil((n + slack) / 2))
    tail, below, rank = (1 - level) / 2, 0.0, -1
    for hits in range(n):
        below += exp(lgamma(n + 1) - lgamma(hits + 1) - lgamma(n - hits + 1) - n * log(2))
        if below > tail:
            break
        rank = hits
    return (rank, n - 1 - rank) if 0 <= rank < n - 1 - rank else None


@lru_cache(maxsize=4096)
def t_value(freedom: int, level: float = LEVEL) -> float:
    """The two-sided quantile of Student's t with `freedom` degrees: bisection of its distribution to 1e-12.

    The distribution is the regularised incomplete beta function I_x(freedom/2, 1/2) at x = freedom/(freedom + t²),
    by its continued fraction (Lentz). From a million degrees on it is the normal's.
    """
    if freedom < 1:
        return inf
    if freedom >= 1_000_000:
        return z_value(level)
    outside, low, high = 1 - level, 0.0, 1.0
    while _outside(high, freedom) > outside:
        low, high = high, high * 2
    while high - low > 1e-12 * high:
        middle = (low + high) / 2
        if _outside(middle, freedom) > outside:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _outside(t: float, freedom: int) -> float:
    """Probability that a t value lies outside ±t."""
    return incomplete_beta(freedom / (freedom + t * t), freedom / 2, 0.5)


def incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    tiny = 1e-300
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > tiny else tiny)
    value = d
    for m in range(1, 500):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for part in (even, odd):
            d = 1 + part * d
            d = 1 / (d if abs(d) > tiny else tiny)
            c = 1 + part / c
            c = c if abs(c) > tiny else tiny
            value *= c * d
        if abs(c * d - 1) < 1e-15 or not isfinite(value):
            break
    return value
