"""One series watched: live by CUSUM against the past alone, in hindsight by partition; and both made into a list of glitches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from math import sqrt

import numpy as np

from desirelines.explain.estimating.estimate import Estimate, Float, Int, Mask, p_value
from desirelines.explain.glitches.baseline import FAR, FEWEST, LEARN, WILD, Series, deviance, season_factors, within
from desirelines.explain.glitches.cusum import LIMIT, SLACK
from desirelines.explain.glitches.partition import partition, spread_of

WORTH = {"volume": 0.2, "failure": 0.02, "time": 0.1, "score": 0.2}
"""Smaller changes are not listed: of the usual volume, of all cases, of the log of a time, in standard deviations of a score."""


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
class Looked:
    """What one series showed. `usual`, `low`, `high` [n]: baseline and where single units should lie, nan while it learns."""

    level: Float
    usual: Float
    low: Float
    high: Float
    sums: Float
    """[n]: the larger of the two CUSUM sums, with its side as sign"""
    alarms: tuple[int, ...]
    glitches: tuple[Glitch, ...]
    watched: int
    """Units that the live watch could judge"""


@dataclass(frozen=True)
class Even:
    """A series on a scale where a case's noise is 1: `y` / `weight` [n], and the spread that days have beyond that."""

    y: Float
    weight: Float
    spread: float


def look(series: Series) -> Looked:
    """Everything one series shows; nothing where it is too short, too rare or constant."""
    series = cleaned(series)
    factors = season_factors(series)
    flat = flattened(series, factors)
    even = evened(series, flat)
    usual, sums, alarms = live(series, flat, factors, even)
    glitches = () if even.spread <= 0 else hindsight(series, flat, even, alarms)
    half = 3 * even.spread * unit_spread(series, usual)
    low = np.maximum(usual - half, 0.0) if series.kind in ("volume", "failure") else usual - half
    high = np.minimum(usual + half, 1.0) if series.kind == "failure" else usual + half
    return Looked(series.level, usual, low, high, sums, alarms, glitches, int(np.isfinite(usual).sum()))


def cleaned(series: Series) -> Series:
    """Units with anything not finite count as not whole."""
    squares = np.zeros(len(series.value)) if series.squares is None else series.squares
    fine = np.isfinite(series.value) & np.isfinite(series.size) & np.isfinite(squares)
    kept = None if series.squares is None else np.where(fine, squares, 0.0)
    value, size = np.where(fine, series.value, 0.0), np.where(fine, series.size, 0.0)
    return replace(series, value=value, size=size, whole=series.whole & fine, squares=kept)


def flattened(series: Series, factors: Float) -> Series:
    """The series without its season."""
    if series.kind == "volume":
        return replace(series, size=series.size * factors)
    if series.kind == "time":
        squares = series.squares
        if squares is not None:  # around the shifted values
            squares = squares - 2 * factors * series.value + factors**2 * series.size
        return replace(series, value=series.value - factors * series.size, squares=squares)
    return series


def evened(series: Series, flat: Series) -> Even:
    """Counts by 2√(x + 3/8), shares by 2·asin√p (Anscombe), means in standard deviations of single cases."""
    level, size = flat.level, np.where(series.whole, flat.size, 0.0)
    if series.kind == "volume":
        y, weight, least = 2 * np.sqrt((np.maximum(level, 0) * size + 0.375) / np.maximum(size, 1e-9)), size, 1.0
    elif series.kind == "failure":
        y, weight, least = 2 * np.arcsin(np.sqrt(np.clip((level * size + 0.375) / (size + 0.75), 0, 1))), size, 1.0
    else:
        inner = within(flat) or 1.0
        y, weight, least = level / inner, size, 0.0 if within(flat) == 0 else 1.0
    fine = np.isfinite(y) & (weight > 0)
    if fine.sum() < 2:
        return Even(y, weight, 0.0)
    return Even(y, weight, max(least, *(_block_spread(y[fine], weight[fine], width) for width in (1, 7))))


def _block_spread(y: Float, weight: Float, width: int) -> float:
    """What neighbouring blocks of units differ by, against what single cases would make them."""
    blocks = len(y) // width
    if blocks < 6:
        return 0.0
    w = weight[: blocks * width].reshape(blocks, width)
    mean = (y[: blocks * width].reshape(blocks, width) * w).sum(axis=1) / w.sum(axis=1)
    noise = 1 / w.sum(axis=1)
    steps = np.diff(mean) / np.sqrt(noise[1:] + noise[:-1])
    return spread_of(np.cumsum(np.concatenate([[0.0], steps]))) * sqrt(2)


def live(series: Series, flat: Series, factors: Float, even: Even) -> tuple[Float, Float, tuple[int, ...]]:
    """The usual level of each unit from the units before it, the CUSUM's sum with its side, and where it rang.

    What was learned is kept still for `LEARN` units after an alarm; then what is new becomes the usual.
    """
    n = len(flat.value)
    level, usual, sums = flat.level, np.full(n, np.nan), np.zeros(n)
    inner = within(flat) or even.spread
    known: list[int] = []
    alarms: list[int] = []
    above = below = 0.0
    still = 0
    for place in range(n):
        if len(known) >= FEWEST:
            usual[place] = _learned(flat, np.array(known[-LEARN:]), even.spread)
        if not np.isfinite(level[place]):
            continue
        off = 0.0
        if np.isfinite(usual[place]):
            one = slice(place, place + 1)
            off = float(deviance(series.kind, flat.value[one], flat.size[one], usual[one], inner)[0]) / (even.spread or 1.0)
            above, below = max(0.0, above + min(off, FAR) - SLACK), max(0.0, below - max(off, -FAR) - SLACK)
            sums[place] = above if above >= below else -below
            if max(above, below) > LIMIT:
                alarms.append(place)
                above = below = 0.0
                still = still or LEARN
        if still:
            still -= 1
            known = [] if still == 0 else known
        elif abs(off) < WILD:
            known.append(place)
    seasoned = usual * factors if series.kind == "volume" else usual + factors if series.kind == "time" else usual
    return seasoned, sums, tuple(alarms)


def _learned(flat: Series, known: Int, spread: float) -> float:
    """The level of the units learned from (wild ones were left out), moved on by the trend, the more the surer it is."""
    value, size = flat.value[known], flat.size[known]
    middle = float(value.sum() / size.sum())
    if flat.kind in ("failure", "score") or len(known) < LEARN or spread <= 0:
        return middle
    half = LEARN // 2
    early, late = (float(value[part].sum() / size[part].sum()) for part in (slice(half), slice(half, None)))
    chance = spread * float(unit_spread(flat, np.full(len(flat.value), middle))[known].mean()) * sqrt(2 / half)
    sure = max(0.0, 1 - 3 * (chance / (late - early)) ** 2) if late != early else 0.0
    return max(0.0, middle + sure * (late - early))


def unit_spread(series: Series, usual: Float) -> Float:
    """[n]: what chance alone lets a unit's level stray by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        if series.kind == "volume":
            return np.sqrt(np.maximum(usual, 0.25) / np.maximum(series.size, 1e-9))
        if series.kind == "failure":
            return np.sqrt(np.maximum(usual * (1 - usual), 0.25 / np.maximum(series.size, 1)) / np.maximum(series.size, 1))
        return np.asarray(np.where(series.size > 0, (within(series) or 1.0) / np.sqrt(series.size), np.nan))


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
        before = base if open_one and base is not None else _before(usual, start)
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
        usual[start : min(stop, start + LEARN)] = False
        rang = next((place for place in alarms if start - 3 <= place < stop), None)
        found.append(Glitch(start, None, rang, side, pooled(flat, mine), pooled(flat, before), min(1.0, p * n)))
    return tuple(found)


def _before(usual: Mask, start: int) -> Mask | None:
    places = np.flatnonzero(usual[:start])[-LEARN:]
    if len(places) < FEWEST:
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
    return p_value(z), 1 if z > 0 else -1, gap >= WORTH[series.kind]


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
