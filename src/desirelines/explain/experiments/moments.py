"""What a comparison of means needs to know of each side: count, mean and variance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]


@dataclass(frozen=True)
class Moments:
    """Of one side: `variance` is the sample's (n - 1)."""

    n: int
    mean: float
    variance: float

    @property
    def squared_error(self) -> float:
        """The variance of the mean."""
        return self.variance / self.n if self.n else 0.0


@dataclass(frozen=True)
class Difference:
    """B less A. Whatever cannot be said is None: no interval and no p without two values on each side."""

    value: float | None
    error: float | None
    low: float | None
    high: float | None
    p: float | None
    n_a: int
    n_b: int
    method: str
    freedom: float | None = None


def finite(values: Float) -> Float:
    """The values that are numbers."""
    found = np.asarray(values, dtype=np.float64)
    return found[np.isfinite(found)]


def moments(values: Float) -> Moments:
    """Of the finite values. Summed around their mean, so that large values with small differences stay exact."""
    mine = finite(values)
    n = len(mine)
    if n == 0:
        return Moments(0, 0.0, 0.0)
    scale = float(np.abs(mine).max()) or 1.0
    centre = float((mine / scale).mean()) * scale
    off = (mine - centre) / scale
    variance = float(np.einsum("i,i->", off, off)) / (n - 1) * scale * scale if n > 1 else 0.0
    return Moments(n, centre, variance if np.isfinite(variance) else 0.0)
