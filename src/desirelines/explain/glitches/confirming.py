"""In hindsight: segments whose level lies off the usual before them, made into glitches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from math import sqrt

import numpy as np

from desirelines.explain.estimating.estimate import Estimate, Float, Mask, p_value
from desirelines.explain.glitches.baseline import Series, within
from desirelines.explain.glitches.partition import partition

WORTH = {"volume": 0.2, "failure": 0.02, "time": 0.1, "score": 0.2}
"""Smaller changes are not listed: of the usual volume, of all cases, of the log of a time, in standard deviations of a score."""

STEADY = 4
"""Shares and scores have no season: in hindsight so many times more units tell what was usual."""
FEW = 20
"""A change that rests on fewer cases is not listed."""


@dataclass(frozen=True)
class Glitch:
    """Places are units of the series. `ended`: the first unit that is as usual again, None: still going on. `seen`: the unit
    on which the live watch rang, None: it shows in hindsight only. `p` allows for having looked for the place."""

    began: int
    ended: int | None
    seen: int | None
    side: int
    level: Estimate
    usual: Estimate
    p: float


@dataclass(frozen=True)
class Even:
    """A series on a scale where a case's noise is 1: `y` / `weight` [n], and the spread that days have beyond that."""

    y: Float
    weight: Float
    spread: float


def hindsight(series: Series, flat: Series, even: Even, alarms: tuple[int, ...]) -> tuple[Glitch, ...]:
    """Segments whose level is off from the usual units before them."""
    n = len(even.y)
    breaks = partition(even.y / even.spread, even.weight, shortest=3)
    edges = [0, *breaks, n]
    usual = np.isfinite(even.y) & (even.weight > 0)
    found: list[Glitch] = []
    base: Mask | None = None
    for start, stop in pairwise(edges[1:]):
        mine = np.zeros(n, np.bool_)
        mine[start:stop] = np.isfinite(even.y[start:stop]) & (even.weight[start:stop] > 0)
        open_one = found[-1] if found and found[-1].ended is None else None
        before = base if open_one and base is not None else _before(usual, start, series)
        if before is None or not mine.any():
            continue
        p, side, worth = _compare(series, flat, even, mine, before)
        away = p * n < 0.05 and worth
        if open_one and (not away or side != open_one.side):
            found[-1] = replace(open_one, ended=start)
            open_one = None
        if not away:
            continue
        if open_one:
            mine[open_one.began : start] = usual[open_one.began : start] | (np.isfinite(even.y[open_one.began : start]))
            start, p = open_one.began, min(p, open_one.p)
            found.pop()
        base = before
        usual[start : min(stop, start + series.learn)] = False
        rang = next((place for place in alarms if start - 3 <= place < stop), None)
        found.append(Glitch(start, None, rang, side, pooled(flat, mine), pooled(flat, before), min(1.0, p * n)))
    return tuple(found)


def _before(usual: Mask, start: int, series: Series) -> Mask | None:
    longest = series.learn * (STEADY if series.kind in ("failure", "score") else 1)
    places = np.flatnonzero(usual[:start])[-longest:]
    if len(places) < series.fewest:
        return None
    found = np.zeros(len(usual), np.bool_)
    found[places] = True
    return found


def _compare(series: Series, flat: Series, even: Even, mine: Mask, before: Mask) -> tuple[float, int, bool]:
    """The chance of so large a difference, its side, and whether it is worth listing."""
    wa, wb = float(even.weight[mine].sum()), float(even.weight[before].sum())
    a, b = (float(np.average(even.y[one], weights=even.weight[one])) for one in (mine, before))
    z = (a - b) / (even.spread * sqrt(1 / wa + 1 / wb))
    now, usual = pooled(flat, mine).value, pooled(flat, before).value
    gap = abs(now - usual)
    if series.kind == "volume":
        gap = gap / usual if usual > 0 else np.inf
    elif series.kind == "score":
        gap = gap / (within(flat) or 1.0)
    cases = max(pooled(flat, mine).n, usual * float(flat.size[mine].sum()) if series.kind == "volume" else 0)
    return p_value(z), 1 if z > 0 else -1, gap >= WORTH[series.kind] and cases >= FEW


def pooled(series: Series, units: Mask) -> Estimate:
    """The level of several units together, with an error by units: days of one stretch differ by more than chance."""
    value, size = series.value[units], series.size[units]
    mass = float(size.sum())
    level = float(value.sum()) / mass
    off = value - level * size
    count = len(value)
    error = sqrt(count / (count - 1) * float(off @ off)) / mass if count > 1 else None
    n = round(float(value.sum() if series.kind == "volume" else mass))
    return Estimate(level, error, n, count - 1 if count > 1 else None)
