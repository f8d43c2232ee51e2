"""sBG: members of a cohort who leave for good at a time that is seen, each with a chance of their own at every renewal.

Fader and Hardie (2007), "How to project customer retention", Journal of Interactive Marketing 21(1). alpha, beta: the beta
distribution of the chance to leave.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, hyp2f1

from desirelines.measure.base.buyers import total
from desirelines.measure.base.fitting import Fit, maximise, sloped

Float = NDArray[np.float64]
NAMES = ("alpha", "beta")


def fit(members: NDArray[np.number]) -> Fit | None:
    """Of the members left after 0, 1, 2 … renewals [t + 1]. None where nobody left, or they cannot be (more than before)."""
    left = np.asarray(members, np.float64)
    if len(left) < 2 or not np.isfinite(left).all() or left[-1] < 0 or np.any(np.diff(left) > 0) or not left[0] > left[-1]:
        return None
    gone, renewals = -np.diff(left), np.arange(1.0, len(left))

    def height(at: Float) -> float:
        return total(gone, log_leaves(at, renewals)) + float(left[-1] * log_stays(at, renewals[-1:])[0])

    return maximise("sBG", NAMES, sloped(height), [(1.0, 1.0), (0.5, 3.0), (3.0, 10.0)], round(float(left[0])))


def log_leaves(logs: Float, t: Float) -> Float:
    """log of the chance to leave at renewal t, 1 and up [n]."""
    alpha, beta = np.exp(logs)
    return np.asarray(betaln(alpha + 1, beta + t - 1) - betaln(alpha, beta))


def log_stays(logs: Float, t: Float) -> Float:
    """log of the chance to be there after renewal t [n]."""
    alpha, beta = np.exp(logs)
    return np.asarray(betaln(alpha, beta + t) - betaln(alpha, beta))


def stays(logs: Float, t: Float) -> Float:
    """The share of a cohort that is left after renewal t [n]."""
    return np.exp(log_stays(logs, np.asarray(t, np.float64)))


def lifetime(logs: Float, discount: float) -> float:
    """DEL: expected payments of a new member, the first at once, each later one discounted; `discount` per period above 0."""
    alpha, beta = np.exp(logs)
    return float(hyp2f1(1.0, beta, alpha + beta, 1 / (1 + discount)))


def residual_lifetime(logs: Float, renewals: int, discount: float) -> float:
    """DERL: the same of a member just before the renewal number `renewals`, 1 and up, that payment included."""
    alpha, beta = np.exp(logs)
    stayed = (beta + renewals - 1) / (alpha + beta + renewals - 1)
    return float(stayed * hyp2f1(1.0, beta + renewals, alpha + beta + renewals, 1 / (1 + discount)))
