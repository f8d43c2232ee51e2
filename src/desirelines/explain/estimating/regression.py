"""Least squares with errors that hold under unequal spread (HC1) or rows that hang together by customer (cluster robust, CR1)."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy import linalg

from desirelines.explain.estimating.estimate import Estimate, Float, Int, Mask, group_sums

TINY = 1e-10


@dataclass(frozen=True)
class Fit:
    """`coefficient` [k] is nan for a column that the ones before it already say; `covariance` [k, k] is 0 there."""

    coefficient: Float
    covariance: Float
    n: int
    freedom: int
    groups: int
    fitted: Float
    """[n] of the rows used"""
    used: Mask
    """bool[rows given]: those with finite values and a weight above 0"""
    r_squared: float | None

    def of(self, column: int) -> Estimate | None:
        """One coefficient; None where it cannot be told from the others."""
        vector = np.zeros(len(self.coefficient))
        vector[column] = 1.0
        return self.sum_of(vector)

    def sum_of(self, vector: Float) -> Estimate | None:
        """The sum of coefficients times `vector` [k]; None where it needs one that cannot be told."""
        needed = vector != 0
        if self.freedom < 1 or np.isnan(self.coefficient[needed]).any():
            return None
        value = float(vector[needed] @ self.coefficient[needed])
        variance = float(vector @ self.covariance @ vector)
        freedom = self.groups - 1 if self.groups else self.freedom
        error = sqrt(variance) if variance > 0 and freedom > 0 else None
        return Estimate(value, error, self.n, freedom if freedom > 0 else None, self.groups)


def least_squares(y: Float, x: Float, weights: Float | None = None, groups: Int | None = None) -> Fit | None:
    """y [n] on x [n, k] (with the column of ones, if one is wanted). None without as many rows as columns.

    Rows with anything not finite, or a weight of 0, are left out. `groups` [n] are codes: errors then allow for rows
    of one group that hang together, G/(G-1)·(n-1)/(n-k); without them HC1, n/(n-k).
    """
    used = usable(y, x, weights)
    y, x = y[used], x[used]
    w = np.ones(len(y)) if weights is None else weights[used]
    told = told_apart(x * np.sqrt(w)[:, None])
    k, n = int(told.sum()), len(y)
    if n == 0 or k == 0 or n < k:
        return None
    inner = x[:, told]
    bread = inverse(inner.T @ (inner * w[:, None]))
    beta = bread @ (inner.T @ (w * y))
    fitted = inner @ beta
    scores = inner * (w * (y - fitted))[:, None]
    cov, count = sandwich(bread, scores, None if groups is None else groups[used], k)
    coefficient = np.full(x.shape[1], np.nan)
    coefficient[told] = beta
    covariance = np.zeros((x.shape[1], x.shape[1]))
    covariance[np.ix_(told, told)] = cov
    around = y - float((w * y).sum() / w.sum())
    total, left = float(w @ (around * around)), float(w @ (y - fitted) ** 2)
    r2 = 1 - left / total if total > 0 else None
    return Fit(coefficient, covariance, n, n - k, count, fitted, used, r2)


def usable(y: Float, x: Float, weights: Float | None) -> Mask:
    """bool[n]: rows with finite values throughout, and a weight above 0."""
    fine = np.isfinite(y) & np.isfinite(x).all(axis=1)
    return fine if weights is None else fine & np.isfinite(weights) & (weights > 0)


def told_apart(x: Float) -> Mask:
    """bool[k]: columns that are no combination of those before them (to 1 - 1e-10 of their squares), by Cholesky's steps."""
    k = x.shape[1]
    told = np.zeros(k, np.bool_)
    if not len(x):
        return told
    size = np.sqrt(np.einsum("ij,ij->j", x, x))
    scaled = x / np.where(size > 0, size, 1.0)
    left = scaled.T @ scaled
    for column in range(k):
        if left[column, column] > TINY:
            told[column] = True
            row = left[column] / np.sqrt(left[column, column])
            left -= row[:, None] * row[None, :]
    return told


def inverse(matrix: Float) -> Float:
    """Of a symmetric positive matrix, after scaling its columns alike."""
    scale = 1 / np.sqrt(np.diag(matrix))
    inner: Float = linalg.pinvh(matrix * scale[:, None] * scale[None, :])
    return inner * scale[:, None] * scale[None, :]


def sandwich(bread: Float, scores: Float, groups: Int | None, k: int) -> tuple[Float, int]:
    """Covariance from the inverse [k, k] and the scores [n, k]; and how many groups."""
    n = len(scores)
    if groups is None:
        meat, factor, count = scores.T @ scores, n / (n - k) if n > k else 0.0, 0
    else:
        sums = group_sums(scores, groups)
        count = len(sums)
        meat = sums.T @ sums
        factor = count / (count - 1) * (n - 1) / (n - k) if count > 1 and n > k else 0.0
    return factor * bread @ meat @ bread, count


def with_ones(*columns: Float) -> Float:
    """[n, 1 + k]: a column of ones before the given ones (each [n] or [n, k])."""
    parts = [one if one.ndim == 2 else one[:, None] for one in columns]
    return np.column_stack([np.ones(len(parts[0])), *parts])
