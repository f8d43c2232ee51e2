"""Pareto/NBD: customers buy at random, each at a rate of their own, for a lifetime of their own that nobody sees end.

Schmittlein, Morrison and Colombo (1987); in the form of Fader and Hardie's note of 2005. r, alpha: the gamma distribution of
the rates of buying; s, beta: that of the rates of leaving.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, gammaln, hyp2f1

from desirelines.measure.base.buyers import Buyers, too_few, total
from desirelines.measure.base.fitting import Fit, maximise, sloped

Float = NDArray[np.float64]
NAMES = ("r", "alpha", "s", "beta")
TERMS = 400
"""Of the continued fraction: enough for 1e-9 at z = 0.999."""


def fit(found: Buyers) -> Fit | None:
    """None where nobody came again."""
    if too_few(found):
        return None
    rate = total(found.weight, found.x) / total(found.weight, found.T)
    starts = [(r, r / rate, s, r / rate) for r, s in ((0.5, 0.5), (1.0, 1.0), (2.0, 0.3))]
    return maximise("Pareto/NBD", NAMES, sloped(lambda at: log_likelihood(found, at)), starts, found.n)


def log_likelihood(found: Buyers, logs: Float) -> float:
    r, alpha, _, beta = np.exp(logs)
    counts, place = np.unique(found.x, return_inverse=True)
    heads = np.bincount(place, found.weight).astype(np.float64)
    stay = -(r + found.x) * np.log(alpha + found.T) - np.exp(logs[2]) * np.log(beta + found.T)
    gone = _log_gone(logs, found.x, found.t_x, found.T)
    each = np.logaddexp(stay, gone)
    constant = r * logs[1] + np.exp(logs[2]) * logs[3]
    return total(heads, gammaln(r + counts) - gammaln(r) + constant) + total(found.weight, each)


def _log_gone(logs: Float, x: Float, t_x: Float, T: Float) -> Float:
    """log of s / (r + s + x) * A0: that they left between the last purchase and now [n]."""
    r, alpha, s, beta = np.exp(logs)
    power = r + s + x
    early = _log_series(alpha, beta, s, r + x, power, t_x)
    late = _log_series(alpha, beta, s, r + x, power, T)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(s) - np.log(power) + early + np.log(-np.expm1(np.minimum(late - early, 0.0))))


def _log_series(alpha: float, beta: float, s: float, shape: Float, power: Float, t: Float) -> Float:
    """log of 2F1(power, p; power + 1; |alpha - beta| / (max + t)) / (max + t)^power, with p = s + 1 or shape [n].

    By Euler's transformation (1 - z)^(1 - p) * 2F1(1, power + 1 - p; power + 1; z): all terms positive and none large.
    """
    p = np.full_like(shape, s + 1) if alpha >= beta else shape
    top = max(alpha, beta) + t
    z = abs(alpha - beta) / top
    return np.asarray((1 - p) * np.log1p(-z) + np.log(_series(power + 1 - p, power + 1, z)) - power * np.log(top))


def _series(b: Float, c: Float, z: Float) -> Float:
    """2F1(1, b; c; z) for 0 <= z < 1, b < c [n]; where scipy's overflows (many purchases), Gauss's continued fraction."""
    b, c, z = np.broadcast_arrays(b, c, z)
    found = np.array(hyp2f1(1.0, b, c, z))
    lost = ~np.isfinite(found)
    if lost.any():
        b, c, z = b[lost], c[lost], z[lost]
        value = np.ones(len(b))
        for term in range(TERMS, 0, -1):
            half = term // 2
            if term % 2:
                share = (b + half) * (c - 1 + half) / ((c - 1 + 2 * half) * (c + 2 * half))
            else:
                share = half * (c - 1 - b + half) / ((c - 2 + 2 * half) * (c - 1 + 2 * half))
            value = 1 - share * z / value
        found[lost] = 1 / value
    return found


def p_alive(logs: Float, x: Float, t_x: Float, T: Float) -> Float:
    """The chance that a customer with this history may buy again [n]."""
    r, alpha, s, beta = np.exp(logs)
    stay = -(r + x) * np.log(alpha + T) - s * np.log(beta + T)
    return np.asarray(expit(stay - _log_gone(logs, x, t_x, T)))


def expected(logs: Float, t: Float | float) -> Float:
    """Purchases of somebody new within `t` after the first one (E[X(t)])."""
    r, alpha, s, beta = np.exp(logs)
    return np.asarray(r / alpha * _active(s, beta, np.asarray(t, np.float64)))


def conditional(logs: Float, x: Float, t_x: Float, T: Float, t: Float | float) -> Float:
    """Purchases within the next `t` of a customer with this history (E[Y(t) | x, t_x, T]) [n]."""
    r, alpha, s, beta = np.exp(logs)
    return np.asarray((r + x) / (alpha + T) * _active(s, beta + T, np.asarray(t, np.float64)) * p_alive(logs, x, t_x, T))


def _active(s: float, beta: Float | float, t: Float) -> Float:
    """Time within `t` before somebody leaves: beta / (s - 1) * (1 - (beta / (beta + t))^(s - 1)), also at s = 1."""
    past = np.log1p(t / beta)
    if abs(s - 1) < 1e-9:
        return np.asarray(beta * past)
    return np.asarray(-beta * np.expm1(-(s - 1) * past) / (s - 1))


def simulated(logs: Float, x: Float, t_x: Float, T: Float, t: float, rng: np.random.Generator) -> Float:
    """One possible number of purchases of each customer within the next `t` [n]."""
    r, alpha, s, beta = np.exp(logs)
    alive = rng.random(len(x)) < p_alive(logs, x, t_x, T)
    leaves = rng.exponential(1.0, len(x)) / np.maximum(rng.gamma(s, size=len(x)) / (beta + T), 1e-300)
    return np.where(alive, rng.poisson(rng.gamma(r + x) / (alpha + T) * np.minimum(leaves, t)), 0).astype(np.float64)
