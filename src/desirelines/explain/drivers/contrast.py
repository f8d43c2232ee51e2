"""Penalty and reward (Brandt 1988): whether a low score costs more than a high one earns, and what that makes of a driver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desirelines.explain.estimating.estimate import Estimate
from desirelines.explain.estimating.looking import benjamini_hochberg
from desirelines.explain.estimating.regression import Fit, least_squares, with_ones

Float = NDArray[np.float64]
Int = NDArray[np.int64]
Kind = Literal["basic", "performance", "excitement", "not told apart"]
Q = 0.05
LOW_UP_TO, HIGH_FROM = 0.25 + 1e-9, 0.875 - 1e-9
"""Of a scale from 0 to 1: 1 and 2 of five are low, 5 is high; 0 to 2 and 9 to 10 of ten."""


@dataclass(frozen=True)
class Contrast:
    """Of one driver, the others held: how far the outcome lies below and above where the driver is in the middle."""

    penalty: Estimate | None
    """The outcome lost with a low score; above 0 is a loss. None where nobody scored low."""
    reward: Estimate | None
    asymmetry: float | None
    """(RI - PI) / (RI + PI) (Mikulić and Prebežac): -1 only punishes, 1 only rewards; None unless one of them is above 0."""
    difference: Estimate | None
    """RI - PI"""
    q: float | None
    """Of RI = PI, corrected for all drivers asked about."""
    kind: Kind


def contrasts(
    y: Float,
    low: NDArray[np.bool_],
    high: NDArray[np.bool_],
    groups: Int | None = None,
    weight: Float | None = None,
    beside: Float | None = None,
) -> tuple[float | None, list[Contrast]]:
    """y [n] on a dummy for low and one for high of each driver, bool[n, p]; errors by group. The middle's mean, and each.

    `beside` [n, k]: columns that are held too.
    """
    p = low.shape[1]
    columns = np.empty((len(y), 2 * p))
    columns[:, 0::2], columns[:, 1::2] = low, high
    every = with_ones(columns) if beside is None else with_ones(columns, beside)
    fitted = least_squares(y, every, weight, groups) if len(y) else None
    if fitted is None:
        return None, [Contrast(None, None, None, None, None, "not told apart")] * p
    found = [_one(fitted, 1 + 2 * one, fitted.coefficient.size) for one in range(p)]
    q = benjamini_hochberg(np.array([_p(one[2]) for one in found]))
    base = float(fitted.coefficient[0])
    return None if np.isnan(base) else base, [_contrast(*one, at) for one, at in zip(found, q.tolist(), strict=True)]


def asymmetry(penalty: float, reward: float) -> float | None:
    """IA of two sizes; what helps where it should punish (or the other way round) counts as nothing."""
    pi, ri = max(penalty, 0.0), max(reward, 0.0)
    return (ri - pi) / (ri + pi) if ri + pi > 0 else None


def _one(fitted: Fit, at: int, k: int) -> tuple[Estimate | None, Estimate | None, Estimate | None]:
    lower, upper, gap = np.zeros(k), np.zeros(k), np.zeros(k)
    lower[at], upper[at + 1] = -1.0, 1.0
    gap[at], gap[at + 1] = 1.0, 1.0
    return fitted.sum_of(lower), fitted.sum_of(upper), fitted.sum_of(gap)


def _p(estimate: Estimate | None) -> float:
    found = estimate.p if estimate else None
    return np.nan if found is None else found


def _contrast(penalty: Estimate | None, reward: Estimate | None, gap: Estimate | None, q: float) -> Contrast:
    if penalty is None or reward is None or gap is None:
        return Contrast(penalty, reward, None, gap, None, "not told apart")
    kind: Kind = "not told apart"
    larger = penalty if penalty.value > reward.value else reward
    if q <= Q and _above(larger):
        kind = "basic" if larger is penalty else "excitement"
    elif _above(penalty) and _above(reward):
        kind = "performance"
    return Contrast(penalty, reward, asymmetry(penalty.value, reward.value), gap, None if np.isnan(q) else q, kind)


def _above(estimate: Estimate) -> bool:
    interval = estimate.interval()
    return interval is not None and interval[0] > 0


def ends(values: Sequence[float] | Float, low: float, high: float) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """bool[n] twice, low scores and high ones, of a scale from `low` to `high`; a missing score is neither.

    Low is the lowest quarter (1 and 2 of five; 0 to 2 of ten), high the highest eighth (5 of five; 9 and 10 of ten).
    """
    place = (np.asarray(values, dtype=np.float64) - low) / (high - low)
    with np.errstate(invalid="ignore"):
        return place <= LOW_UP_TO, place >= HIGH_FROM
