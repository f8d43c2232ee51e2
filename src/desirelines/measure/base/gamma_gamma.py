"""Gamma-gamma: what a purchase is worth, each customer around a mean of their own.

Fader and Hardie (2013), "The gamma-gamma model of monetary value". Purchases of a customer are gamma (shape p), and so are the
rates of the customers (q, gamma). It takes how often somebody buys and for how much as unrelated: see `related`.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, gammaln

from desirelines.measure.base.buyers import MANY, total
from desirelines.measure.base.fitting import Fit, Slope, maximise

Float = NDArray[np.float64]
NAMES = ("p", "q", "gamma")
LEAST = 2
"""Customers whose mean is known."""


def usable(x: Float, mean: Float) -> NDArray[np.bool_]:
    """bool[n]: bought again, for a mean above nothing."""
    with np.errstate(invalid="ignore"):
        return np.isfinite(x) & np.isfinite(mean) & (x > 0) & (mean > 0)


def fit(x: Float, mean: Float) -> Fit | None:
    """Of each customer's number of purchases and their mean value [n]; those that cannot tell are left out.

    None where fewer than two can, or all spend the same.
    """
    fine = usable(x, mean)
    x, mean = x[fine], mean[fine]
    if len(x) < LEAST or not float(np.ptp(mean)) > 0:
        return None
    unit = float(mean.mean())  # fitted in units of the mean, whatever the currency
    mean = mean / unit
    coarse = likelihood(x[:: len(x) // 1000], mean[:: len(x) // 1000]) if len(x) > MANY else None
    starts = [(p, q, (q - 1) / p) for p, q in ((1.0, 2.0), (6.0, 4.0), (2.0, 10.0))]
    found = maximise("gamma-gamma", NAMES, likelihood(x, mean), starts, len(x), coarse)
    return None if found is None else _in_money(found, unit)


def likelihood(x: Float, mean: Float) -> Slope:
    """The log-likelihood, and its gradient by the parameters' logs. The gammas depend on the number of purchases alone."""
    counts, place = np.unique(x, return_inverse=True)
    heads = np.bincount(place).astype(np.float64)
    spent, n, log_mean = x * mean, float(len(x)), np.log(mean)
    logs, weighted, plain = np.log(counts), total(x, log_mean), float(log_mean.sum())

    def slope(at: Float) -> tuple[float, Float]:
        p, q, gamma = np.exp(at)
        shape = p * counts
        far, share = np.log(gamma + spent), 1 / (gamma + spent)
        gammas = gammaln(shape + q) - gammaln(shape) + shape * logs
        height = total(heads, gammas) + n * (q * at[2] - gammaln(q)) + p * weighted - plain
        height -= p * total(x, far) + q * float(far.sum())
        both = digamma(shape + q)
        by_p = total(heads * counts, both - digamma(shape) + logs) + weighted - total(x, far)
        by_q = total(heads, both) + n * (at[2] - digamma(q)) - float(far.sum())
        by_gamma = n * q / gamma - p * total(x, share) - q * float(share.sum())
        return height, np.array([p * by_p, q * by_q, gamma * by_gamma])

    return slope


def _in_money(found: Fit, unit: float) -> Fit:
    """The log of gamma moves by that of the unit, and its errors by nothing; the density of each mean by as much."""
    values = (*found.values[:2], found.values[2] * unit)
    error = found.errors[2]
    errors = (*found.errors[:2], None if error is None else error * unit)
    return replace(found, values=values, errors=errors, log_likelihood=found.log_likelihood - found.n * float(np.log(unit)))


def population(logs: Float) -> float | None:
    """E(Z): what a purchase of anybody is worth; None where the model says that it has no mean (q at most 1)."""
    p, q, gamma = np.exp(logs)
    return float(p * gamma / (q - 1)) if q > 1 else None


def conditional(logs: Float, x: Float, mean: Float) -> Float:
    """E(Z | x, mean): what a purchase of each customer is worth [n]: their own mean, drawn to everybody's.

    nan where nothing is known of somebody (x = 0) and everybody's has no mean.
    """
    p, q, gamma = np.exp(logs)
    bottom = p * x + q - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(bottom > 0, p * (gamma + x * np.where(x > 0, mean, 0.0)) / bottom, np.nan)


def related(x: Float, mean: Float) -> float | None:
    """The correlation of number and mean value, which the model takes to be 0; None where it cannot be told."""
    fine = usable(x, mean)
    x, mean = x[fine], mean[fine]
    if len(x) < 3 or not float(np.ptp(x)) > 0 or not float(np.ptp(mean)) > 0:
        return None
    off_x, off_mean = x - x.mean(), mean - mean.mean()
    return total(off_x, off_mean) / float(np.sqrt(total(off_x, off_x) * total(off_mean, off_mean)))
