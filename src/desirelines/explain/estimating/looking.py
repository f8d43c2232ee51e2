"""Looking many times: p-values corrected for how many there are."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from desirelines.explain.estimating.estimate import Float


def benjamini_hochberg(p: Float) -> Float:
    """q-values: what share of all that are called at least so clear would be false. A nan stays nan and is not counted."""
    return _adjusted(p, lambda ranked: np.minimum.accumulate((ranked * len(ranked) / np.arange(1, len(ranked) + 1))[::-1])[::-1])


def holm(p: Float) -> Float:
    """Adjusted p-values: the chance that any at all is false. A nan stays nan and is not counted."""
    return _adjusted(p, lambda ranked: np.maximum.accumulate(ranked * (len(ranked) - np.arange(len(ranked)))))


def _adjusted(p: Float, step: Callable[[Float], Float]) -> Float:
    p = np.asarray(p, dtype=np.float64)
    found = np.full(len(p), np.nan)
    there = np.flatnonzero(np.isfinite(p))
    if len(there):
        order = there[np.argsort(p[there], kind="stable")]
        found[order] = np.minimum(step(p[order]), 1.0)
    return found
