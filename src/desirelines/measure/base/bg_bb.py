"""BG/BB: at each of n occasions somebody may come or not, and may be gone for good before the next.

Fader, Hardie and Shang (2010), "Customer-base analysis in a discrete-time noncontractual setting", Marketing Science 29(6).
alpha, beta: the beta distribution of the chance to come; gamma, delta: that of the chance to leave.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, logsumexp

from desirelines.measure.base.buyers import total
from desirelines.measure.base.fitting import Fit, maximise, sloped

Float = NDArray[np.float64]
NAMES = ("alpha", "beta", "gamma", "delta")


def fit(x: Float, t_x: Float, n: Float, weight: Float) -> Fit | None:
    """Of `weight` customers each [k]: came x times, last at occasion t_x, of n occasions. None where nobody ever came."""
    rows = [np.asarray(one, np.float64) for one in (x, t_x, n, weight)]
    fine = np.isfinite(rows).all(axis=0) & (rows[0] >= 0) & (rows[0] <= rows[1]) & (rows[1] <= rows[2]) & (rows[3] > 0)
    x, t_x, n, weight = (one[fine] for one in rows)
    if not len(x) or not float((x * weight).sum()) > 0:
        return None

    def height(at: Float) -> float:
        return total(weight, log_each(at, x, t_x, n))

    starts = [(1.0, 1.0, 1.0, 1.0), (1.0, 1.0, 0.5, 3.0), (0.5, 2.0, 1.0, 5.0)]
    return maximise("BG/BB", NAMES, sloped(height), starts, round(float(weight.sum())))


def log_each(logs: Float, x: Float, t_x: Float, n: Float) -> Float:
    """The log-likelihood of each history [k]."""
    alpha, beta, gamma, delta = np.exp(logs)
    base = betaln(alpha, beta) + betaln(gamma, delta)
    terms = [betaln(alpha + x, beta + n - x) + betaln(gamma, delta + n)]
    for i in range(int((n - t_x).max(initial=0))):
        there = i <= n - t_x - 1
        term = betaln(alpha + x, beta + t_x - x + i) + betaln(gamma + 1, delta + t_x + i)
        terms.append(np.where(there, term, -np.inf))
    return np.asarray(logsumexp(terms, axis=0) - base)


def p_alive(logs: Float, x: Float, t_x: Float, n: Float) -> Float:
    """The chance that somebody may come to occasion n + 1 [k]."""
    alpha, beta, gamma, delta = np.exp(logs)
    base = betaln(alpha, beta) + betaln(gamma, delta)
    stay = betaln(alpha + x, beta + n - x) + betaln(gamma, delta + n + 1)
    return np.asarray(np.exp(stay - base - log_each(logs, x, t_x, n)))


def conditional(logs: Float, x: Float, t_x: Float, n: Float, ahead: int) -> Float:
    """How often somebody comes in the next `ahead` occasions [k]."""
    alpha, beta, gamma, delta = np.exp(logs)
    base = betaln(alpha, beta) + betaln(gamma, delta)
    come = betaln(alpha + x + 1, beta + n - x)
    steps = [np.exp(come + betaln(gamma, delta + n + j) - base) for j in range(1, ahead + 1)]
    return np.asarray(np.sum(steps, axis=0) * np.exp(-log_each(logs, x, t_x, n)))
