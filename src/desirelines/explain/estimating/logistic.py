"""Logistic regression by reweighted least squares; where groups part without overlap it says so and holds on by a ridge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from desirelines.explain.estimating.estimate import Estimate, Float, Int, Mask
from desirelines.explain.estimating.regression import inverse, sandwich, told_apart, usable

ROUNDS = 60
CLOSE = 1e-10
SURE = 1e-8
"""A fitted share so near 0 or 1 means that a column tells the outcome by itself."""
RIDGE = 1.0
"""On standardised columns, as if one case more spoke for no effect."""


@dataclass(frozen=True)
class Logit:
    coefficient: Float
    """[k] log odds; nan for a column that the ones before it already say"""
    covariance: Float
    n: int
    groups: int
    fitted: Float
    """[rows given]: share expected, nan for rows left out"""
    used: Mask
    log_likelihood: float
    separated: bool
    """Some column tells the outcome (almost) by itself: coefficients were held by a ridge and are a lower bound of size."""

    def of(self, column: int) -> Estimate | None:
        """One coefficient in log odds, with a normal interval; None where it cannot be told."""
        value, variance = float(self.coefficient[column]), float(self.covariance[column, column])
        if np.isnan(value):
            return None
        return Estimate(value, variance**0.5 if variance > 0 else None, self.n, None, self.groups)


def logistic(y: Float, x: Float, weights: Float | None = None, groups: Int | None = None, robust: bool = False) -> Logit | None:
    """y [n] of 0 and 1 on x [n, k] with its column of ones. None where y is all alike or there are fewer rows than columns.

    Errors are the model's own; with `robust` or `groups` those of a sandwich.
    """
    used = usable(y, x, weights) & ((y == 0) | (y == 1))
    inner_y, inner = y[used], x[used]
    w = np.ones(len(inner_y)) if weights is None else weights[used]
    told = told_apart(inner)
    n, k = len(inner_y), int(told.sum())
    if n == 0 or n < k or k == 0 or inner_y.min() == inner_y.max():
        return None
    inner = inner[:, told]
    beta, fine = climb(inner_y, inner, w, np.zeros(k))
    if not fine:
        spread = inner.std(axis=0)
        beta, _ = climb(inner_y, inner, w, np.where(spread > 0, RIDGE * spread**2, 0.0))
    share = expit(inner @ beta)
    curve = w * share * (1 - share)
    penalty = 0.0 if fine else RIDGE * inner.var(axis=0)
    bread = inverse(inner.T @ (inner * curve[:, None]) + np.diag(np.broadcast_to(penalty, k)))
    cov, count = bread, 0
    if robust or groups is not None:
        scores = inner * (w * (inner_y - share))[:, None]
        cov, count = sandwich(bread, scores, None if groups is None else groups[used], k)
    coefficient, covariance, fitted = np.full(x.shape[1], np.nan), np.zeros((x.shape[1],) * 2), np.full(len(y), np.nan)
    coefficient[told], covariance[np.ix_(told, told)], fitted[used] = beta, cov, share
    return Logit(coefficient, covariance, n, count, fitted, used, likelihood(inner_y, inner @ beta, w), not fine)


def climb(y: Float, x: Float, w: Float, ridge: Float) -> tuple[Float, bool]:
    """Newton's steps, halved while they lead down; False where a share runs to 0 or 1 or the steps do not end."""
    beta = np.zeros(x.shape[1])
    at = likelihood(y, x @ beta, w)
    for _ in range(ROUNDS):
        share = expit(x @ beta)
        curve = w * share * (1 - share)
        slope = x.T @ (w * (y - share)) - ridge * beta
        step = inverse(x.T @ (x * np.maximum(curve, 1e-14)[:, None]) + np.diag(ridge)) @ slope
        for _ in range(30):
            new = likelihood(y, x @ (beta + step), w) - 0.5 * float(ridge @ (beta + step) ** 2)
            if new >= at - 1e-12 * (1 + abs(at)):
                break
            step = step / 2
        beta, gain, at = beta + step, new - at, new
        if abs(gain) < CLOSE * (1 + abs(at)):
            break
    else:
        return beta, False
    share = expit(x @ beta)
    alone = bool(np.minimum(share, 1 - share).min() < SURE) and float(np.abs(y - share).max()) < 0.5
    runaway = bool(np.abs(x @ beta).max() > 25)
    return beta, not (alone or runaway)


def likelihood(y: Float, log_odds: Float, w: Float) -> float:
    """The log likelihood."""
    return float(w @ (y * log_odds - np.logaddexp(0.0, log_odds)))
