"""Pareto/NBD: customers buy at random, each at a rate of their own, for a lifetime of their own that nobody sees end.

Schmittlein, Morrison and Colombo (1987); in the form of Fader and Hardie's note of 2005. r, alpha: the gamma distribution of
the rates of buying; s, beta: that of the rates of leaving.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, expit, gammaln, hyp2f1, logsumexp

from desirelines.measure.base.buyers import MANY, Buyers, thinned, too_few, total
from desirelines.measure.base.fitting import Fit, Slope, maximise

Float = NDArray[np.float64]
NAMES = ("r", "alpha", "s", "beta")
NODES, WEIGHTS = ((1 + one) / 2 if index == 0 else one / 2 for index, one in enumerate(np.polynomial.legendre.leggauss(48)))
"""Of an integral from 0 to 1."""
TERMS = 400
"""Of the continued fraction: enough for 1e-9 at z = 0.999."""


def fit(found: Buyers) -> Fit | None:
    """None where nobody came again."""
    if too_few(found):
        return None
    rate = total(found.weight, found.x) / total(found.weight, found.T)
    starts = [(r, r / rate, s, r / rate) for r, s in ((0.5, 0.5), (1.0, 1.0), (2.0, 0.3))]
    coarse = likelihood(thinned(found, 300)) if len(found.x) > MANY else None
    return maximise("Pareto/NBD", NAMES, likelihood(found), starts, found.n, coarse)


def likelihood(found: Buyers) -> Slope:
    """The log-likelihood, and its gradient by the parameters' logs: when they may have left is summed over 48 instants."""
    x, t_x, T, weight = found.x, found.t_x, found.T, found.weight

    def slope(at: Float) -> tuple[float, Float]:
        r, alpha, s, beta = np.exp(at)
        terms, tau = _instants(at, x, t_x, T)
        gone = logsumexp(terms, axis=1)
        stay = -(r + x) * np.log(alpha + T) - s * np.log(beta + T)
        left = expit(gone - stay)
        parts = np.exp(terms - np.where(np.isfinite(gone), gone, 0.0)[:, None])

        def mean(values: Float) -> Float:
            return np.asarray(np.einsum("ij,ij->i", parts, values))

        height = gammaln(r + x) - gammaln(r) + r * at[1] + s * at[3] + np.logaddexp(stay, gone)
        by = (
            digamma(r + x) - digamma(r) + at[1] - (1 - left) * np.log(alpha + T) - left * mean(np.log(alpha + tau)),
            r / alpha - (r + x) * ((1 - left) / (alpha + T) + left * mean(1 / (alpha + tau))),
            at[3] - (1 - left) * np.log(beta + T) + left * (1 / s - mean(np.log(beta + tau))),
            s / beta - (1 - left) * s / (beta + T) - left * (s + 1) * mean(1 / (beta + tau)),
        )
        return total(weight, height), np.array([total(weight, one) for one in by]) * np.exp(at)

    return slope


def _instants(logs: Float, x: Float, t_x: Float, T: Float) -> tuple[Float, Float]:
    """Gauss's nodes tau between the last purchase and now [n, 48], close together after the purchase, and the log of what
    leaving at each adds to the likelihood: s * (alpha + tau)^-(r + x) * (beta + tau)^-(s + 1) * d tau."""
    r, alpha, s, beta = np.exp(logs)
    least = min(alpha, beta)
    start, width = np.log(least + t_x), np.log(least + T) - np.log(least + t_x)
    far = np.exp(start[:, None] + width[:, None] * NODES**3)
    tau = far - least
    power = -(r + x)[:, None] * np.log(alpha + tau) - (s + 1) * np.log(np.maximum(beta + tau, 1e-300))
    with np.errstate(divide="ignore"):
        step = np.log(width)[:, None] + np.log(3 * NODES**2 * WEIGHTS)
    return np.log(s) + power + np.log(far) + step, tau


def log_likelihood(found: Buyers, logs: Float) -> float:
    """In the closed form."""
    r, alpha, _, beta = np.exp(logs)
    counts, place = np.unique(found.x, return_inverse=True)
    heads = np.bincount(place, found.weight).astype(np.float64)
    stay = -(r + found.x) * np.log(alpha + found.T) - np.exp(logs[2]) * np.log(beta + found.T)
    gone = log_gone_closed(logs, found.x, found.t_x, found.T)
    each = np.logaddexp(stay, gone)
    constant = r * logs[1] + np.exp(logs[2]) * logs[3]
    return total(heads, gammaln(r + counts) - gammaln(r) + constant) + total(found.weight, each)


def _log_gone(logs: Float, x: Float, t_x: Float, T: Float) -> Float:
    """log of the chance, as it stands in the likelihood, that they left between the last purchase and now [n]."""
    return np.asarray(logsumexp(_instants(logs, x, t_x, T)[0], axis=1))


def log_gone_closed(logs: Float, x: Float, t_x: Float, T: Float) -> Float:
    """The same as published, s / (r + s + x) * A0, slower where alpha and beta lie far apart [n]."""
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
