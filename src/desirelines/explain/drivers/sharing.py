"""How much of R² each driver has: LMG (Shapley) exactly, and Johnson's relative weights."""

from __future__ import annotations

from math import factorial

import numpy as np
from numpy.typing import NDArray

from desirelines.map import kernel

Float = NDArray[np.float64]
MOST_EXACT = 15
"""Drivers up to which every subset is looked at; above it Johnson's weights."""
ALONE = 1e-10
"""A driver with less than this of its variance left, given the others, adds nothing to them."""


def lmg(correlation: Float) -> Float:
    """float[p]: each driver's part of R², averaged over all orders (Lindeman, Merenda, Gold 1980; Shapley).

    `correlation` [p + 1, p + 1], the outcome last; p at most MOST_EXACT. The parts add up to R².
    """
    p = len(correlation) - 1
    explained = np.zeros(1 << p)
    _explain_subsets(np.ascontiguousarray(correlation, dtype=np.float64), ALONE, explained)
    return shapley(explained)


def shapley(value: Float) -> Float:
    """float[p]: Shapley's shares of a game; `value` [2^p] by the bits of who takes part."""
    p = len(value).bit_length() - 1
    weight = np.array([factorial(size) * factorial(p - 1 - size) / factorial(p) for size in range(p)])
    share = np.zeros(p)
    if p:
        _share(np.ascontiguousarray(value, dtype=np.float64), weight, share)
    return share


@kernel
def _explain_subsets(correlation: Float, alone: float, explained: Float) -> None:
    """R² of every subset: depth first, each step takes one more driver out of what is left of the later ones."""
    p = len(correlation) - 1
    left = np.empty((p + 1, p + 1, p + 1))
    left[0] = correlation
    following = np.zeros(p + 1, np.int64)
    taken = np.zeros(p + 1, np.int64)
    depth = 0
    while depth >= 0:
        one = following[depth]
        if one >= p:
            depth -= 1
            continue
        following[depth] = one + 1
        old, new = left[depth], left[depth + 1]
        subset = taken[depth] | (1 << one)
        pivot = old[one, one]
        if pivot > alone:
            explained[subset] = explained[taken[depth]] + old[one, p] * old[one, p] / pivot
            for row in range(one + 1, p + 1):
                scale = old[one, row] / pivot
                for column in range(row, p + 1):
                    new[row, column] = old[row, column] - scale * old[one, column]
        else:
            explained[subset] = explained[taken[depth]]
            for row in range(one + 1, p + 1):
                for column in range(row, p + 1):
                    new[row, column] = old[row, column]
        depth += 1
        taken[depth] = subset
        following[depth] = one + 1


@kernel
def _share(value: Float, weight: Float, share: Float) -> None:
    """Every subset once: what it is worth counts for those in it, and against those who could join."""
    p = len(share)
    for subset in range(len(value)):
        size = 0
        for one in range(p):
            size += (subset >> one) & 1
        joined = weight[size - 1] * value[subset] if size else 0.0
        missed = weight[size] * value[subset] if size < p else 0.0
        for one in range(p):
            if (subset >> one) & 1:
                share[one] += joined
            else:
                share[one] -= missed


def johnson(correlation: Float) -> Float:
    """float[p]: Johnson's (2000) relative weights, by the closest orthogonal drivers; they add up to R²."""
    p = len(correlation) - 1
    values, vectors = np.linalg.eigh(correlation[:p, :p])
    kept = values > ALONE
    root = np.sqrt(np.where(kept, values, 0.0))
    link = (vectors * root) @ vectors.T
    back = np.divide(1.0, root, out=np.zeros(p), where=kept)
    beta = (vectors * back) @ vectors.T @ correlation[:p, p]
    return np.asarray((link**2) @ (beta**2))


def shares(correlation: Float) -> Float:
    """LMG up to MOST_EXACT drivers, Johnson's weights above."""
    return lmg(correlation) if len(correlation) - 1 <= MOST_EXACT else johnson(correlation)
