"""Differences of two sides whose customers may be the same: A less B.

A ratio of sums (a share, a mean) is spread over customers by its influence; a customer on both sides has one influence, the
difference of two, so that overlap is counted exactly. Medians come with their order-statistic intervals, joined as Newcombe
joins Wilson's (Zou and Donner 2008).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from desirelines.explain.experiments.differences import normal, shares
from desirelines.explain.experiments.moments import Difference, Float

Int = NDArray[np.int64]
LEVEL = 0.95
SMALL_NUMBERS = 1 << 20
"""Customers that are counted without being sorted first."""
LEAST = 5
"""Customers on a side, under which no difference is called one."""


@dataclass(frozen=True)
class Draws:
    """One side's rows [n]: sum(over) / sum(under) is the figure; `who` names each row's customer (unknown ones singly)."""

    over: Float
    under: Float
    who: Int

    @property
    def value(self) -> float | None:
        whole = float(self.under.sum())
        return float(self.over.sum()) / whole if whole > 0 else None

    @property
    def n(self) -> int:
        return int(np.count_nonzero(self.under))


def influence(side: Draws) -> Float:
    """[n] by how much each row moves the figure."""
    whole = float(side.under.sum())
    moved: Float = (side.over - (side.value or 0.0) * side.under) / whole
    return moved


def apart(a: Draws, b: Draws, is_share: bool, level: float = LEVEL) -> Difference:
    """A less B. Shares of rows that are all of different customers by Newcombe; else the joint delta method.

    p is not said of a side with fewer than LEAST customers.
    """
    value_a, value_b = a.value, b.value
    if value_a is None or value_b is None:
        return Difference(None, None, None, None, None, a.n, b.n, "delta")
    error, customers, single = joint_error(a, b)
    enough = min(int(np.count_nonzero(numbered(one.who[one.under > 0])[1])) for one in (a, b)) >= LEAST
    if is_share and (single or not error):
        found = shares(round(float(b.over.sum())), b.n, round(float(a.over.sum())), a.n, level)
        p = found.p if single and enough else None
        return Difference(found.value, found.error, found.low, found.high, p, a.n, b.n, "newcombe")
    found = normal(value_a - value_b, error, a.n, b.n, "delta", level, max(1, customers - 2))
    return found if enough else replace(found, p=None)


def joint_error(a: Draws, b: Draws) -> tuple[float | None, int, bool]:
    """(standard error over customers, how many there are, whether each row is of another); no error of fewer than two."""
    rows_a, rows_b = ((one.under != 0) | (one.over != 0) for one in (a, b))
    who = np.concatenate([a.who[rows_a], b.who[rows_b]])
    moved = np.concatenate([influence(a)[rows_a], -influence(b)[rows_b]])
    place, times = numbered(who)
    total = np.bincount(place, moved)
    count = int(np.count_nonzero(times))
    if count < 2:
        return None, count, False
    return sqrt(count / (count - 1) * float(np.einsum("i,i->", total, total))), count, count == len(who)


def numbered(who: Int) -> tuple[Int, Int]:
    """(a small number for each row's customer, how many rows each number has); numbers that are small already stay."""
    if len(who) and int(who.min()) >= 0 and int(who.max()) < max(SMALL_NUMBERS, 4 * len(who)):
        return who, np.bincount(who)
    _, place, times = np.unique(who, return_inverse=True, return_counts=True)
    return place, times


def spread(side: Draws) -> float:
    """Standard deviation of one row's value, to measure a difference of means by."""
    value = side.over[side.under > 0] / side.under[side.under > 0]
    return float(value.std()) if len(value) > 1 else 0.0


def medians(a: tuple[float, float, float], b: tuple[float, float, float], n_a: int, n_b: int, level: float = LEVEL) -> Difference:
    """From (low, median, high) of each side, A less B."""
    gap = a[1] - b[1]
    down = sqrt((a[1] - a[0]) ** 2 + (b[2] - b[1]) ** 2)
    up = sqrt((a[2] - a[1]) ** 2 + (b[1] - b[0]) ** 2)
    z = float(ndtri(0.5 + level / 2))
    towards = down if gap > 0 else up
    p = 2 * float(ndtr(-abs(gap) / (towards / z))) if towards > 0 else None
    return Difference(gap, (down + up) / 2 / z, gap - down, gap + up, p, n_a, n_b, "order statistics")


def parted(a: float, b: float) -> float:
    """How far two shares lie apart, in standard deviations of one row: what means are measured by too."""
    middle = (a + b) / 2
    wide = sqrt(middle * (1 - middle)) if 0 < middle < 1 else 0.0
    return abs(a - b) / wide if wide else 0.0


def folded(a: float, b: float) -> float:
    """|log(a / b)| of two times or rates, at most 3; 1 where one of them is none."""
    if a <= 0 or b <= 0:
        return 1.0 if a != b else 0.0
    return min(3.0, abs(float(np.log(a / b))))
