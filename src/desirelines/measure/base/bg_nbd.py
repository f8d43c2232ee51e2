"""BG/NBD: customers buy at random, each at a rate of their own, and after any purchase may be gone for good.

Fader, Hardie and Lee (2005), "Counting your customers the easy way", Marketing Science 24(2). r, alpha: the rates' gamma
distribution; a, b: the beta distribution of the chance to leave after a purchase.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, expit, gammaln, hyp2f1

from desirelines.measure.base.buyers import MANY, Buyers, thinned, too_few, total
from desirelines.measure.base.fitting import Fit, Slope, maximise

Float = NDArray[np.float64]
NAMES = ("r", "alpha", "a", "b")
APART = 1e-7
"""a = 1 and a + b + x = 1 are removable holes of the formulas: so far they are kept away from."""


def fit(found: Buyers) -> Fit | None:
    """None where nobody came again."""
    if too_few(found):
        return None
    rate = total(found.weight, found.x) / total(found.weight, found.T)
    starts = [(r, r / rate, a, b) for r, a, b in ((0.3, 0.5, 2.0), (1.0, 1.0, 1.0), (2.0, 0.8, 6.0))]
    coarse = likelihood(thinned(found)) if len(found.x) > MANY else None
    return maximise("BG/NBD", NAMES, likelihood(found), starts, found.n, coarse)


def likelihood(found: Buyers) -> Slope:
    """The log-likelihood, and its gradient by the parameters' logs."""
    some = found.x > 0
    counts, place = np.unique(found.x, return_inverse=True)
    heads = np.bincount(place, found.weight).astype(np.float64)  # the gammas depend on the number of purchases alone
    x, t_x, T, weight = (one[some] for one in (found.x, found.t_x, found.T, found.weight))
    T0, weight0 = found.T[~some], found.weight[~some]
    n = float(found.weight.sum())

    def slope(at: Float) -> tuple[float, Float]:
        r, alpha, a, b = np.exp(at)
        log_T, log_t, log_T0 = np.log(alpha + T), np.log(alpha + t_x), np.log(alpha + T0)
        stay, leave = -(r + x) * log_T, np.log(a) - np.log(b + x - 1) - (r + x) * log_t
        gone = expit(leave - stay)  # how much of each likelihood is that they left with their last purchase
        both = np.logaddexp(stay, leave)
        gammas = gammaln(r + counts) - gammaln(r) + gammaln(a + b) + gammaln(b + counts) - gammaln(b) - gammaln(a + b + counts)
        height = total(heads, gammas) + n * r * at[1] + total(weight, both) - r * total(weight0, log_T0)
        by_r = total(heads, digamma(r + counts) - digamma(r)) + n * at[1] - total(weight0, log_T0)
        by_r -= total(weight, (1 - gone) * log_T + gone * log_t)
        by_alpha = n * r / alpha - r * total(weight0, 1 / (alpha + T0))
        by_alpha -= total(weight * (r + x), (1 - gone) / (alpha + T) + gone / (alpha + t_x))
        left = total(weight, gone)
        whole = digamma(a + b) - digamma(a + b + counts)
        by_a = total(heads, whole) + left / a
        by_b = total(heads, whole + digamma(b + counts) - digamma(b)) - total(weight, gone / (b + x - 1))
        return height, np.array([by_r * r, by_alpha * alpha, by_a * a, by_b * b])

    return slope


def p_alive(logs: Float, x: Float, t_x: Float, T: Float) -> Float:
    """The chance that a customer with this history may buy again [n]; 1 without a purchase after the first."""
    r, alpha, a, b = np.exp(logs)
    some = x > 0
    odds = np.log(a) - np.log(b + np.maximum(x, 1) - 1) + (r + x) * (np.log(alpha + T) - np.log(alpha + t_x))
    return np.where(some, expit(-odds), 1.0)


def expected(logs: Float, t: Float | float) -> Float:
    """Purchases of somebody new within `t` after the first one (E[X(t)])."""
    r, alpha, a, b = np.exp(logs)
    a = _off_one(a)
    return _bought(r, alpha, a, a + b - 1, np.asarray(t, np.float64))


def conditional(logs: Float, x: Float, t_x: Float, T: Float, t: Float | float) -> Float:
    """Purchases within the next `t` of a customer with this history (E[Y(t) | x, t_x, T]) [n]."""
    r, alpha, a, b = np.exp(logs)
    a = _off_one(a)
    return _bought(r + x, alpha + T, a, a + b + x - 1, np.asarray(t, np.float64)) * p_alive(logs, x, t_x, T)


def _bought(shape: Float | float, wait: Float | float, a: float, top: Float | float, t: Float) -> Float:
    """top / (a - 1) * (1 - (wait / (wait + t))^shape * 2F1(shape, top + 1 - a; top; t / (wait + t))).

    By Euler's transformation the power and the series become ones that stay small for every number of purchases.
    """
    top = np.where(np.abs(top) < APART, APART, top)
    z = t / (wait + t)
    rest = np.exp((a - 1) * np.log1p(-z)) * hyp2f1(top - shape, a - 1, top, z)
    return np.asarray(top / (a - 1) * (1 - rest))


def _off_one(a: float) -> float:
    return 1 + APART if abs(a - 1) < APART else a


def simulated(logs: Float, x: Float, t_x: Float, T: Float, t: float, rng: np.random.Generator) -> Float:
    """One possible number of purchases of each customer within the next `t` [n]."""
    r, alpha, a, b = np.exp(logs)
    alive = rng.random(len(x)) < p_alive(logs, x, t_x, T)
    wanted = rng.poisson(rng.gamma(r + x) / (alpha + T) * t)
    leaving = np.clip(rng.beta(a, b + x), 1e-12, 1.0)
    return np.where(alive, np.minimum(wanted, rng.geometric(leaving)), 0).astype(np.float64)
