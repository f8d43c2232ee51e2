"""A ratio of two sums over customers, and a mean of rows that customers share: errors that know who belongs together."""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from desirelines.measure.estimating.estimate import Estimate, nothing
from desirelines.measure.intervals import LEVEL, t_value

Float = NDArray[np.float64]
Ints = NDArray[np.int32] | NDArray[np.int64]


def by_cluster(customer: Ints, *columns: Float) -> tuple[Float, ...]:
    """Sums of the columns [n] per customer; each row of nobody known (-1) stands for itself."""
    known = customer >= 0
    mine = np.asarray(customer[known], dtype=np.int64)
    if not len(mine):
        return tuple(np.asarray(column, np.float64) for column in columns)
    sizes = np.bincount(mine)
    there = sizes > 0
    return tuple(
        np.concatenate([np.bincount(mine, column[known], len(sizes))[there], column[~known]]) for column in columns
    )  # fmt: skip


def ratio_of_sums(top: Float, bottom: Float, customer: Ints, level: float = LEVEL) -> Estimate:
    """Σ top / Σ bottom, by linearisation (delta method) over customers: t with customers - 1 degrees of freedom.

    `n` counts rows. A single customer has no interval; nothing below has no value.
    """
    good = np.isfinite(top) & np.isfinite(bottom)
    top, bottom, customer = top[good], bottom[good], customer[good]
    below = float(bottom.sum())
    if not len(top) or below <= 0:
        return nothing("linearised")
    value = float(top.sum()) / below
    above, under = by_cluster(customer, top, bottom)
    count = len(above)
    if count < 2:
        return Estimate(value, None, None, len(top), "linearised", level, ("all of it is one customer's",))
    off = (above - value * under) / below
    half = t_value(count - 1, level) * sqrt(count / (count - 1) * float((off * off).sum()))
    return Estimate(value, value - half, value + half, len(top), "linearised", level)
