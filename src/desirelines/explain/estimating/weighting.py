"""Like with like: the chance of being exposed from what was known before, weights from it, and whether they balance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from desirelines.explain.estimating.estimate import Float, Mask
from desirelines.explain.estimating.logistic import logistic
from desirelines.explain.estimating.regression import with_ones
from desirelines.explain.estimating.sensitivity import standardised

Target = Literal["all", "exposed", "overlap"]
BALANCED = 0.1
"""A standardised difference below this counts as balanced."""
EDGE = 1e-6


@dataclass(frozen=True)
class Propensity:
    share: Float
    """[n]: chance of being exposed; nan for rows left out"""
    separated: bool


@dataclass(frozen=True)
class Balance:
    """Standardised differences of one covariate, exposed less others, as they are and weighted."""

    before: float
    after: float

    @property
    def fine(self) -> bool:
        return abs(self.after) < BALANCED


def propensity(exposed: Mask, covariates: Float) -> Propensity | None:
    """covariates [n, k] known before the exposure (standardised within). None where everybody or nobody is exposed."""
    n = len(exposed)
    if n == 0 or exposed.all() or not exposed.any():
        return None
    if covariates.shape[1] == 0:
        return Propensity(np.full(n, float(exposed.mean())), False)
    found = logistic(exposed.astype(np.float64), with_ones(even(covariates)))
    return None if found is None else Propensity(np.clip(found.fitted, EDGE, 1 - EDGE), found.separated)


def even(columns: Float) -> Float:
    """Columns around 0 with a spread of 1; a constant one becomes 0."""
    with np.errstate(invalid="ignore"):
        fine = np.where(np.isfinite(columns), columns, np.nan)
    if not len(fine):
        return fine
    centre = np.array([np.nanmean(one) if np.isfinite(one).any() else 0.0 for one in fine.T])
    spread = np.array([np.nanstd(one) if np.isfinite(one).any() else 0.0 for one in fine.T])
    return np.asarray((fine - centre) / np.where(spread > 0, spread, 1.0))


def weigh(exposed: Mask, share: Float, target: Target = "overlap") -> Float:
    """[n] weights: `overlap` speaks for those who could have been either, `exposed` for the exposed, `all` for everybody.

    Overlap weights (Li, Morgan and Zaslavsky 2018): 1 - e for the exposed, e for the others. They cannot explode.
    """
    if target == "overlap":
        return np.asarray(np.where(exposed, 1 - share, share))
    if target == "exposed":
        return np.asarray(np.where(exposed, 1.0, share / (1 - share)))
    return np.asarray(np.where(exposed, 1 / share, 1 / (1 - share)))


def balance(exposed: Mask, covariates: Float, weights: Float) -> list[Balance]:
    """One per covariate [n, k]. Both are measured in the spread as it is without weights, so that they can be compared."""
    fine = np.isfinite(weights) & (weights > 0)
    a, b = exposed & fine, ~exposed & fine
    if not a.any() or not b.any():
        return []
    found = []
    for column in covariates.T:
        va, vb = float(column[a].var()), float(column[b].var())
        before = standardised(float(column[a].mean()), float(column[b].mean()), va, vb)
        wa, wb = float(np.average(column[a], weights=weights[a])), float(np.average(column[b], weights=weights[b]))
        found.append(Balance(before, standardised(wa, wb, va, vb)))
    return found


def effective(weights: Float) -> float:
    """How many equal rows the weights are worth: (Σw)² / Σw²."""
    fine = weights[np.isfinite(weights)]
    below = float(fine @ fine)
    return float(fine.sum()) ** 2 / below if below > 0 else 0.0
