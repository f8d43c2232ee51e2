"""Moving together: how one daily series follows another at each lag. A screen only, the lowest rung."""

from __future__ import annotations

import numpy as np

from desirelines.explain.estimating.estimate import Float


def follows_at(x: Float, y: Float, lags: int) -> Float:
    """[lags + 1]: correlation of x with y so many places later; nan where either is constant or fewer than three pairs."""
    found = np.full(lags + 1, np.nan)
    for lag in range(min(lags + 1, len(x) - 2)):
        a, b = x[: len(x) - lag], y[lag:]
        fine = np.isfinite(a) & np.isfinite(b)
        a, b = a[fine], b[fine]
        if len(a) < 3:
            continue
        a, b = a - a.mean(), b - b.mean()
        size = float(np.sqrt((a @ a) * (b @ b)))
        if size > 0:
            found[lag] = float(a @ b) / size
    return found
