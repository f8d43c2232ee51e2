"""Maximum likelihood of positive parameters: from several starts, polished by Newton's steps, with errors from the Hessian."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Float = NDArray[np.float64]
Slope = Callable[[Float], tuple[float, Float]]
"""Logs of the parameters [k] → the log-likelihood and its gradient [k] by them."""

FARTHEST = 9.0
"""No parameter leaves exp(-9) … exp(9): beyond, data no longer tell. Fit in units in which this is far."""
FLAT = 1e-6
"""A direction is flat whose curvature is under this share of the steepest one's."""
STEP = 1e-4
NEAR = 1e-7
"""A step in the logs that is small enough to be the last."""
SETTLED = 1e-4
"""A fit has settled where no slope is steeper than this share of its log-likelihood's size (at least 1)."""


@dataclass(frozen=True)
class Fit:
    """Parameters [k] of one model with what they rest on."""

    model: str
    names: tuple[str, ...]
    values: tuple[float, ...]
    errors: tuple[float | None, ...]
    """Standard errors; None where the data do not fix a parameter."""
    log_likelihood: float
    n: int
    """Customers."""
    covariance: Float | None
    """[k, k] of the parameters' logs."""
    caveats: tuple[str, ...] = ()

    def value(self, name: str) -> float:
        return self.values[self.names.index(name)]

    @property
    def logs(self) -> Float:
        """[k]"""
        return np.log(np.array(self.values, np.float64))


def maximise(
    model: str, names: tuple[str, ...], slope: Slope, starts: Sequence[Sequence[float]], n: int, coarse: Slope | None = None
) -> Fit | None:
    """The best of what each of the `starts` (parameters, not logs) leads to; None where the likelihood is nowhere finite.

    `coarse`: the likelihood of some of the customers. It tells which start leads highest, so that all are asked only once more.
    """
    logs = [np.clip(np.log(np.array(start, np.float64)), -FARTHEST, FARTHEST) for start in starts]
    with np.errstate(all="ignore"):
        if coarse is not None:
            logs = [max((_climbed(coarse, start) for start in logs), key=lambda found: found[1])[0]]
        at, height = max((_climbed(slope, start) for start in logs), key=lambda found: found[1])
        if not np.isfinite(height):
            return None
        height, at, steepest, bend = _polished(slope, height, at)
        covariance, fixed = _covariance(bend, at)
    values = np.exp(at)
    loose = [name for name, sure in zip(names, fixed.tolist(), strict=True) if not sure]
    caveats = []
    if steepest > SETTLED * max(1.0, abs(height)):
        caveats.append("the fit has not settled: its parameters are not to be relied on")
    if loose:
        caveats.append(f"the data do not say how large {' and '.join(loose)} {'is' if len(loose) == 1 else 'are'}")
    errors: list[float | None] = [None] * len(names)
    if covariance is not None:
        wide = values * np.sqrt(np.diag(covariance))
        errors = [float(error) if sure else None for error, sure in zip(wide, fixed, strict=True)]
    return Fit(model, names, tuple(values.tolist()), tuple(errors), height, n, covariance, tuple(caveats))


def _climbed(slope: Slope, start: Float) -> tuple[Float, float]:
    """Beyond FARTHEST the ground falls off, so that nothing runs away along a flat direction."""

    def down(at: Float) -> tuple[float, Float]:
        inside = np.clip(at, -FARTHEST, FARTHEST)
        height, gradient = slope(inside)
        if not np.isfinite(height):
            return 1e300, np.zeros(len(at))
        over = at - inside
        return -height + float(np.einsum("i,i->", over, over)), np.where(over != 0, 2 * over, -np.nan_to_num(gradient))

    # In this thread: L-BFGS-B would wake a linear algebra library's threads for four numbers. The last steps are Newton's.
    found = minimize(down, start, jac=True, method="BFGS", options={"maxiter": 200, "gtol": 1e-2})
    return np.clip(np.asarray(found.x), -FARTHEST, FARTHEST), -float(found.fun) if found.fun < 1e299 else -np.inf


def _polished(slope: Slope, height: float, at: Float) -> tuple[float, Float, float, Float]:
    """Newton's steps by one curvature, each only if it leads up; the steepest slope left away from a bound; the curvature."""
    gradient, bend = slope(at)[1], curvature(slope, at)
    for _ in range(4):
        try:
            there = np.clip(at - np.linalg.solve(bend, gradient), -FARTHEST, FARTHEST)
        except np.linalg.LinAlgError:
            break
        if not np.all(np.isfinite(there)) or np.max(np.abs(there - at)) > 1:
            break
        then, after = slope(there)
        if not np.isfinite(then) or then < height:
            break
        near = np.max(np.abs(there - at)) < NEAR
        height, at, gradient = then, there, after
        if near:
            break
    free = np.abs(at) < FARTHEST - 1e-6
    return height, at, float(np.max(np.abs(gradient[free]), initial=0.0)), bend


def curvature(slope: Slope, at: Float) -> Float:
    """[k, k] second derivatives of the log-likelihood by the logs, from differences of its gradient."""
    size = len(at)
    found = np.empty((size, size))
    for place in range(size):
        step = np.zeros(size)
        step[place] = STEP
        found[place] = (slope(at + step)[1] - slope(at - step)[1]) / (2 * STEP)
    return (found + found.T) / 2


def _covariance(bend: Float, at: Float) -> tuple[Float | None, NDArray[np.bool_]]:
    """Of the directions in which the likelihood bends, and bool[k]: the parameters that no flat one moves.

    What a flat direction moves the data do not show, so no prediction within their span rests on it either.
    """
    fixed = np.abs(at) < FARTHEST - 0.5
    bend = -bend
    if not np.all(np.isfinite(bend)):
        return None, fixed
    width, axes = np.linalg.eigh(bend)
    steep = width > FLAT * max(1.0, float(width.max(initial=0.0)))
    if not steep.any():
        return None, np.zeros(len(at), np.bool_)
    fixed &= (axes[:, ~steep] ** 2).sum(axis=1) < 0.01
    return np.asarray((axes[:, steep] / width[steep]) @ axes[:, steep].T), fixed


def sloped(height: Callable[[Float], float], step: float = 1e-5) -> Slope:
    """A log-likelihood with a gradient by central differences, for models whose own is not written down."""

    def slope(at: Float) -> tuple[float, Float]:
        return height(at), differences(height, at, step)

    return slope


def differences(of: Callable[[Float], float], at: Float, step: float = 1e-5) -> Float:
    """[k] the gradient of a function of logs by central differences."""
    moves = np.eye(len(at)) * step
    return np.array([(of(at + move) - of(at - move)) / (2 * step) for move in moves])


def error_of(fit: Fit, of: Callable[[Float], float]) -> float | None:
    """The standard error of a function of the parameters' logs (delta method); None where the fit has no covariance."""
    if fit.covariance is None:
        return None
    with np.errstate(all="ignore"):
        gradient = differences(of, fit.logs, STEP)
    spread = float(gradient @ fit.covariance @ gradient)
    return sqrt(spread) if np.isfinite(spread) and spread >= 0 else None
