"""What makes drivers lie: suppressors, drivers that say the same, a halo, scores that hardly vary, who is missing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.explain.drivers.fitting import Fit
from desirelines.explain.estimating.estimate import difference, mean_of

Float = NDArray[np.float64]
COLLINEAR = 5.0
"""Variance inflation from which a beta is hardly the driver's own."""
HALO = 0.6
"""Part of all drivers' variance that one common factor holds."""
SLIGHT = 0.05
RESTRICTED = 0.8
"""Part of the answers that are one and the same."""
MISSING = 0.2


@dataclass(frozen=True)
class Warned:
    """`driver`: its place, None: all of them together."""

    kind: str
    words: str
    driver: int | None = None


def suppressors(fit: Fit, correlation: Float) -> list[Warned]:
    """Drivers that move with the outcome one way by themselves, and the other way beside the others."""
    p = len(fit.beta)
    outer = correlation[:p, p]
    flips = (np.sign(fit.beta) * np.sign(outer) < 0) & (np.abs(fit.beta) >= SLIGHT) & (np.abs(outer) >= SLIGHT)
    words = "a suppressor: by itself it moves with the outcome {}, beside the others {}; do not read its share as a lever"
    ways = {True: ("up", "down"), False: ("down", "up")}
    return [Warned("suppressor", words.format(*ways[bool(outer[one] > 0)]), int(one)) for one in np.flatnonzero(flips)]


def collinear(fit: Fit) -> list[Warned]:
    """Drivers that the others nearly say already."""
    words = "says nearly what other drivers say together: its share is fair among them, its own effect is hardly known"
    return [Warned("collinear", words, int(one)) for one in np.flatnonzero((fit.vif >= COLLINEAR) & (fit.first > 0))]


def halo(correlation: Float) -> list[Warned]:
    """One factor behind all drivers: happy people tick everything high."""
    p = len(correlation) - 1
    inner = correlation[:p, :p][np.ix_(np.diag(correlation)[:p] > 0, np.diag(correlation)[:p] > 0)]
    if len(inner) < 3:
        return []
    largest, mean = (
        float(np.linalg.eigvalsh(inner)[-1]) / len(inner),
        float((inner.sum() - len(inner)) / len(inner) / (len(inner) - 1)),
    )
    if largest < HALO or mean < 0.5:
        return []
    return [
        Warned("halo", "one common mood lies over all drivers (a halo): all shares are drawn alike and look larger than they are")
    ]


def restricted(columns: Float) -> list[Warned]:
    """Drivers [n, p] that nearly everybody scores alike: what does not vary cannot show its weight."""
    found = []
    for place, column in enumerate(columns.T):
        there = column[np.isfinite(column)]
        if not len(there):
            continue
        _, counts = np.unique(there, return_counts=True)
        if len(counts) == 1:
            found.append(Warned("constant", "everybody is alike here, so nothing can be said of it", place))
        elif counts.max() / len(there) >= RESTRICTED and len(counts) > 2:
            words = "nearly everybody gives the same score: its weight would show only if it varied"
            found.append(Warned("range", words, place))
    return found


def missing(columns: Float, outcome: Float) -> list[Warned]:
    """Drivers [n, p] whose missing rows have another outcome than those with a value: not missing by chance."""
    found = []
    p = columns.shape[1]
    for place, column in enumerate(columns.T):
        here = np.isfinite(column)
        if here.mean() > 1 - MISSING if len(column) else True:
            continue
        with_it, without = mean_of(outcome[here]), mean_of(outcome[~here])
        gap = difference(with_it, without) if with_it and without else None
        if gap and gap.p is not None and gap.p < 0.05 / p:
            way = "higher" if gap.value > 0 else "lower"
            words = f"those with a value here have a {way} outcome than those without: what is missing is not missing by chance"
            found.append(Warned("missing", words, place))
    return found
