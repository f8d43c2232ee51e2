"""Many outcomes of the same people compared at once: overlap weights with regression (augmented), regression alone, naive."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desirelines.explain.estimating.estimate import Estimate, Float, Int, Mask, group_sums
from desirelines.explain.estimating.regression import inverse, least_squares, told_apart, with_ones
from desirelines.explain.estimating.weighting import Balance, balance, even, propensity, weigh


@dataclass(frozen=True)
class Alike:
    """Everybody compared [m] with their chance of the fault from what was known before."""

    exposed: Mask
    share: Float
    columns: Float
    """[m, 1 + k]: ones, calendar windows, what was known before"""
    customer: Int
    balances: list[Balance]
    separated: bool
    names: tuple[str, ...] = ()

    def only(self, keep: Mask) -> Alike:
        return Alike(
            self.exposed[keep],
            self.share[keep],
            self.columns[keep],
            self.customer[keep],
            self.balances,
            self.separated,
            self.names,
        )


def alike(exposed: Mask, window: Int, known: Float, customer: Int, names: tuple[str, ...] = ()) -> Alike | None:
    """None where one side is empty. `known` [m, k]; columns that say nothing new are dropped."""
    if not exposed.any() or exposed.all():
        return None
    weeks = window[:, None] == np.unique(window)[None, 1:]
    made = np.column_stack([weeks.astype(np.float64), even(known)])
    told = told_apart(with_ones(made))[1:]
    found = propensity(exposed, made[:, told])
    if found is None:
        return None
    balances = balance(exposed, known, weigh(exposed, found.share))
    return Alike(exposed, found.share, with_ones(made[:, told]), customer, balances, found.separated, names)


def overlap_effects(compared: Alike, outcomes: Float) -> list[Estimate | None]:
    """One per outcome [m, q]: exposed less others, for people who could have been either (augmented, errors by customer).

    None where a side has fewer than two rows. Outcomes must be finite.
    """
    a, b = compared.exposed, ~compared.exposed
    if a.sum() < 2 or b.sum() < 2:
        return [None] * outcomes.shape[1]
    weights = weigh(a, compared.share)
    x = compared.columns
    with_it, without = (_expected(x, outcomes, side, weights) for side in (a, b))
    tilt = compared.share * (1 - compared.share)
    mass = float(tilt.sum())
    spare = np.where(a[:, None], weights[:, None] * (outcomes - with_it), -weights[:, None] * (outcomes - without))
    gain = tilt[:, None] * (with_it - without)
    value = (gain + spare).sum(axis=0) / mass
    influence = gain - tilt[:, None] * value[None, :] + spare
    sums = group_sums(influence, compared.customer)
    count, n = len(sums), len(outcomes)
    if count < 3:
        return [Estimate(float(one), None, n, None, count) for one in value]
    lost = n / max(n - 2 * x.shape[1], n / 4)  # what fitting two regressions took from the spread
    error = np.sqrt(count / (count - 1) * lost * (sums**2).sum(axis=0)) / mass
    return [
        Estimate(float(one), float(wide) if wide > 0 else None, n, None, count) for one, wide in zip(value, error, strict=True)
    ]


def _expected(x: Float, outcomes: Float, side: Mask, weights: Float) -> Float:
    """[m, q] by weighted regression on one side; its weighted mean where it has too few for that."""
    w, y = weights[side], outcomes[side]
    mass = float(w.sum())
    inner = x[side]
    told = told_apart(inner * np.sqrt(w)[:, None])
    if mass <= 0 or side.sum() < 5 * told.sum():
        mean = (w @ y) / mass if mass > 0 else y.mean(axis=0)
        return np.broadcast_to(mean, outcomes.shape)
    inner = inner[:, told]
    beta = inverse(inner.T @ (inner * w[:, None])) @ (inner.T @ (w[:, None] * y))
    return np.asarray(x[:, told] @ beta)


def naive(compared: Alike, y: Float) -> Estimate | None:
    """Exposed less others as they are."""
    fit = least_squares(y, with_ones(compared.exposed.astype(np.float64)), None, compared.customer)
    return None if fit is None else fit.of(1)


def adjusted(compared: Alike, y: Float) -> Estimate | None:
    """By one regression on everything known before, calendar windows included."""
    fit = least_squares(y, np.column_stack([compared.exposed.astype(np.float64), compared.columns]), None, compared.customer)
    return None if fit is None else fit.of(0)


def means(compared: Alike, y: Float) -> tuple[float, float]:
    """Of the exposed and of the others, weighted to those who could have been either."""
    w = weigh(compared.exposed, compared.share)
    a, b = compared.exposed, ~compared.exposed
    return float(np.average(y[a], weights=w[a])), float(np.average(y[b], weights=w[b]))
