"""Exposed against others, adjusted twice: by weights and by regression. Right where either of the two is."""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from desirelines.explain.estimating.estimate import Estimate, Float, Int, Mask, group_sums
from desirelines.explain.estimating.logistic import logistic
from desirelines.explain.estimating.regression import least_squares, with_ones
from desirelines.explain.estimating.weighting import Target, even, propensity, weigh


def weighted_difference(y: Float, exposed: Mask, weights: Float, groups: Int | None = None) -> Estimate | None:
    """Mean of the exposed less mean of the others, each with `weights` [n]."""
    fit = least_squares(y, with_ones(exposed.astype(np.float64)), weights, groups)
    return None if fit is None else fit.of(1)


def doubly_robust(
    y: Float, exposed: Mask, covariates: Float, target: Target = "overlap", groups: Int | None = None, share: Float | None = None
) -> Estimate | None:
    """The augmented inverse probability estimate of what exposure goes with, for the `target`'s people.

    `y` [n], `covariates` [n, k] of before; `share` [n]: chances of exposure where they are known. Rows with anything not finite
    are left out. `groups`: rows of one customer that hang together. None where one side is empty.
    """
    fine = np.isfinite(y) & np.isfinite(covariates).all(axis=1)
    y, exposed, covariates = y[fine], exposed[fine], covariates[fine]
    groups = None if groups is None else groups[fine]
    if share is None:
        found = propensity(exposed, covariates)
        if found is None:
            return None
        share = found.share
    else:
        share = share[fine]
    if not exposed.any() or exposed.all():
        return None
    weights = weigh(exposed, share, target)
    columns = with_ones(even(covariates)) if covariates.shape[1] else np.ones((len(y), 1))
    with_it = expected(y, columns, exposed, weights)
    without = expected(y, columns, ~exposed, weights)
    tilt = {"overlap": share * (1 - share), "exposed": exposed.astype(np.float64), "all": np.ones(len(y))}[target]
    spare = np.where(exposed, weights * (y - with_it), -weights * (y - without))
    if target == "exposed":  # of the exposed their own outcome is known
        with_it, spare = y, np.where(exposed, 0.0, spare)
    mass = float(tilt.sum())
    if mass <= 0:
        return None
    value = float((tilt * (with_it - without) + spare).sum()) / mass
    influence = tilt * (with_it - without - value) + spare
    sums = influence if groups is None else group_sums(influence[:, None], groups)[:, 0]
    count = len(sums)
    if count < 2:
        return Estimate(value, None, len(y), groups=0 if groups is None else count)
    error = float(np.sqrt(count / (count - 1) * (sums @ sums))) / mass
    return Estimate(value, error, len(y), None, 0 if groups is None else count)


def expected(y: Float, columns: Float, of: Mask, weights: Float) -> Float:
    """[n]: what regression on the rows `of` expects for every row; their weighted mean where they are too few or all alike."""
    mine, mass = y[of], weights[of]
    flat = np.full(len(y), float(np.average(mine, weights=mass)))
    if len(mine) < 5 * columns.shape[1] or mine.min() == mine.max():
        return flat
    if np.isin(mine, (0.0, 1.0)).all():
        model = logistic(mine, columns[of], mass)
        if model is None or model.separated:
            return flat
        return np.asarray(expit(columns @ np.nan_to_num(model.coefficient)))
    fit = least_squares(mine, columns[of], mass)
    return flat if fit is None else np.asarray(columns @ np.nan_to_num(fit.coefficient))
