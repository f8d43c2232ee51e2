"""How far shares could be off by chance: customers drawn again, each with all their rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.explain.drivers.crossed import Crossing, Missing
from desirelines.explain.drivers.fitting import fit
from desirelines.explain.drivers.sharing import shares

Float = NDArray[np.float64]
Int = NDArray[np.int64]
DRAWS = 200
SEED = 2025
LEAST_DRAWS = 40
"""Fewer usable draws say nothing of a tail."""


@dataclass(frozen=True)
class Drawn:
    """One row a usable draw."""

    share: Float
    """[draws, p] parts of R²"""
    beta: Float
    slope: Float
    mean: Float
    """[draws, p + 1] of the drivers and, last, the outcome"""
    r2: Float
    used: Int
    """Which of the samples each draw is"""


def units_of(customer: NDArray[np.int32]) -> Int:
    """int64[n]: who is drawn together: a known customer's rows; each row of nobody known (-1) by itself."""
    unknown = customer < 0
    named = np.where(unknown, np.arange(len(customer), dtype=np.int64) + (int(customer.max(initial=-1)) + 1), customer)
    _, units = np.unique(named, return_inverse=True)
    return np.asarray(units, dtype=np.int64)


def drawn_times(units: Int, draws: int = DRAWS, seed: int = SEED) -> NDArray[np.uint8]:
    """uint8[draws, n]: how often each row stands in a draw of as many units as there are."""
    random = np.random.default_rng(seed)
    count = int(units.max(initial=-1)) + 1
    found = np.zeros((draws if count > 1 else 0, len(units)), np.uint8)
    for draw in range(len(found)):
        times = np.bincount(random.integers(count, size=count), minlength=count)
        found[draw] = np.minimum(times, 255)[units]
    return found


def bootstrap(columns: Float, weight: Float, times: NDArray[np.uint8], missing: Missing = "listwise") -> Drawn | None:
    """Shares, betas and means of the samples `times` [draws, n]. None where too few samples can be used."""
    crossing = Crossing(np.where((weight > 0)[:, None], columns, np.nan), missing)
    found, used = [], []
    for draw, crossed in enumerate(crossing.over(weight[crossing.rows], times[:, crossing.rows])):
        fitted = fit(crossed) if crossed else None
        if crossed and fitted:
            found.append((shares(crossed.correlation), fitted.beta, fitted.slope, crossed.mean, fitted.r2))
            used.append(draw)
    if len(found) < LEAST_DRAWS:
        return None
    share, beta, slope, mean, r2 = (np.array(part) for part in zip(*found, strict=True))
    return Drawn(share, beta, slope, mean, r2, np.array(used))
