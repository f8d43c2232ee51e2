"""A natural comparison: something began at one place and not at others. Before and after, here and there, errors by customer."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import chdtrc

from desirelines.explain.estimating.estimate import Estimate, Float, Int, Mask
from desirelines.explain.estimating.regression import Fit, least_squares


@dataclass(frozen=True)
class Leads:
    """The same difference by calendar window before the boundary, against the one just before it; the test that all are 0."""

    estimates: tuple[Estimate | None, ...]
    p: float | None


def before_and_after(y: Float, here: Mask, window: Int, boundary: int, groups: Int) -> Estimate | None:
    """Difference in differences: y [m] of those `here` against elsewhere, windows from `boundary` on against those before.

    Each window has its own level (a common calendar), each side its own. None where one of the four cells is empty.
    """
    after = window >= boundary
    if any(not (side & time).any() for side in (here, ~here) for time in (after, ~after)):
        return None
    codes = np.unique(window)
    columns = np.column_stack([here & after, here, window[:, None] == codes[None, :]]).astype(np.float64)
    fit = least_squares(y, columns, None, groups)
    return None if fit is None else fit.of(0)


def leads(y: Float, here: Mask, window: Int, boundary: int, groups: Int) -> Leads | None:
    """Did both sides move alike before? None with fewer than two windows before on both sides."""
    early = window < boundary
    codes = [code for code in np.unique(window[early]) if (here & (window == code)).any() and (~here & (window == code)).any()]
    if len(codes) < 2:
        return None
    mine = np.isin(window, codes)
    marks = (window[mine][:, None] == np.array(codes)[None, :]).astype(np.float64)
    columns = np.column_stack([marks[:, :-1] * here[mine][:, None], here[mine], marks])
    fit = least_squares(y[mine], columns, None, groups[mine])
    if fit is None:
        return None
    count = len(codes) - 1
    return Leads(tuple(fit.of(place) for place in range(count)), together(fit, np.arange(count)))


def together(fit: Fit, places: Int) -> float | None:
    """Wald's test that several coefficients are all 0."""
    told = places[np.isfinite(fit.coefficient[places])]
    inner = fit.covariance[np.ix_(told, told)]
    if not len(told) or np.linalg.matrix_rank(inner) < len(told):
        return None
    value = fit.coefficient[told]
    return float(chdtrc(len(told), float(value @ np.linalg.solve(inner, value))))


def per_exposed(outcome: Estimate, exposure: Estimate) -> Estimate | None:
    """What follows for each who met the fault: the outcome's difference over the fault's (Wald). None where F < 10."""
    if not exposure.error or outcome.error is None or (exposure.value / exposure.error) ** 2 < 10:
        return None
    value = outcome.value / exposure.value
    error = sqrt(outcome.error**2 + value**2 * exposure.error**2) / abs(exposure.value)
    return Estimate(value, error, outcome.n, None, outcome.groups)
