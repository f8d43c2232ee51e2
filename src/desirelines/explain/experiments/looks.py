"""Looking several times at fixed bounds, by exact recursive integration (Armitage, McPherson and Rowe 1969).

The sum after each look is a walk with normal steps that goes on while it stays inside the bounds; its density is carried from
look to look on Gauss-Legendre points.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import inf, pi, sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from desirelines.explain.experiments.moments import Float

POINTS = 96
"""Of the integration between two bounds; the sixth decimal does not change with more."""


def crossed(bounds: Sequence[float], information: Sequence[float] | None = None) -> Float:
    """[looks] probability that |z| has passed its bound at this look or an earlier one, when there is no effect.

    `information`: rising shares of the whole sample at each look; None: equal steps.
    """
    looks = len(bounds)
    times = np.arange(1, looks + 1) / looks if information is None else np.asarray(information, np.float64)
    edges = np.asarray(bounds, np.float64) * np.sqrt(times)
    steps = np.sqrt(np.diff(times, prepend=0.0))
    places, weights = np.polynomial.legendre.leggauss(POINTS)
    left, found = 0.0, np.empty(looks)
    inside, density = np.zeros(1), np.ones(1)  # before the first look all is at 0
    for look, (edge, step) in enumerate(zip(edges.tolist(), steps.tolist(), strict=True)):
        left += float(np.sum(density * (ndtr((inside - edge) / step) + ndtr((-edge - inside) / step))))
        found[look] = left
        if look + 1 < looks:
            reach = min(edge, 12.0 * sqrt(float(times[look])))
            here = reach * places
            gap = (here[:, None] - inside[None, :]) / step
            carried = np.einsum("ij,j->i", np.exp(-gap * gap / 2), density) / (step * sqrt(2 * pi))
            inside, density = here, carried * weights * reach
    return found


@lru_cache(maxsize=64)
def peeking(looks: int, z: float = 1.96) -> float:
    """The chance of a false alarm when one stops at the first of `looks` equal looks with |z| above a fixed bound."""
    return float(crossed([z] * looks)[-1])


@lru_cache(maxsize=64)
def pocock(looks: int, alpha: float = 0.05) -> tuple[float, ...]:
    """The same bound at every look, so that all together err with probability `alpha`."""
    return _solved(looks, alpha, lambda constant: [constant] * looks)


@lru_cache(maxsize=64)
def obrien_fleming(looks: int, alpha: float = 0.05) -> tuple[float, ...]:
    """Bounds that fall as C·√(K/k): hard early, almost the usual one at the end."""
    return _solved(looks, alpha, lambda constant: [constant * sqrt(looks / look) for look in range(1, looks + 1)])


def _solved(looks: int, alpha: float, bounds: Callable[[float], list[float]]) -> tuple[float, ...]:
    constant = brentq(lambda one: float(crossed(bounds(one))[-1]) - alpha, 0.5, 8.0, xtol=1e-10)
    return tuple(bounds(float(constant)))


def spent(information: Sequence[float], alpha: float = 0.05) -> tuple[float, ...]:
    """Bounds by O'Brien and Fleming's spending (Lan and DeMets): looks need not be equally spaced, only planned."""
    found: list[float] = []
    for look, share in enumerate(information):
        budget = 4 * float(ndtr(ndtri(alpha / 4) / sqrt(share)))  # each side spends half
        before = float(crossed(found, information[:look])[-1]) if found else 0.0
        if budget - before < 1e-15:
            found.append(inf)
            continue
        found.append(_next(found, information[: look + 1], budget))
    return tuple(found)


def _next(before: list[float], information: Sequence[float], budget: float) -> float:
    """The bound at the last of these looks that spends all of the budget."""
    return float(brentq(lambda bound: float(crossed([*before, bound], information)[-1]) - budget, 0.5, 12.0))
