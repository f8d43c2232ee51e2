"""CUPED (Deng and others 2013): take away of an outcome what the customer's own past foretells.

Y - θ(X - mean X), θ = cov(X, Y) / var(X). The variance left is 1 - ρ² of what it was. X must be measured before exposure: what
the treatment itself may have moved would take the effect away with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.explain.experiments.moments import Float


@dataclass(frozen=True)
class Adjusted:
    """`values` [n]: the outcome after adjustment; `kept`: the share of the variance that is left, 1 - ρ²."""

    values: Float
    theta: float
    kept: float


def adjust(
    outcome: Float,
    before: Float,
    measured_until: NDArray[np.int64] | int | None = None,
    exposed_at: NDArray[np.int64] | int | None = None,
) -> Adjusted | None:
    """None where the past foretells nothing (it never varies, fewer than 3 customers, or a value is no number).

    `measured_until`, `exposed_at`: when the covariate's window ended and when the customer was exposed, in one unit of time.
    Raises BadInput when any covariate reaches beyond its exposure.
    """
    if measured_until is not None and exposed_at is not None and np.any(np.asarray(measured_until) > np.asarray(exposed_at)):
        raise BadInput(
            "a covariate was measured after exposure",
            hint="what the treatment may have moved cannot explain it away; end it earlier",
        )
    y, x = np.asarray(outcome, np.float64), np.asarray(before, np.float64)
    if len(y) < 3 or not (np.isfinite(y).all() and np.isfinite(x).all()):
        return None
    off_x, off_y = x - x.mean(), y - y.mean()
    spread, common, own = (float(np.einsum("i,i->", *pair)) for pair in ((off_x, off_x), (off_x, off_y), (off_y, off_y)))
    if spread <= 1e-12 * float(np.einsum("i,i->", x, x)) or own <= 0:
        return None
    theta = common / spread
    return Adjusted(y - theta * off_x, theta, max(0.0, 1 - common * common / (spread * own)))
