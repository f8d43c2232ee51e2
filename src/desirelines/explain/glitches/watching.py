"""One series watched: live by CUSUM against the past alone, in hindsight by partition; and both made into a list of glitches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from desirelines.explain.estimating.estimate import Float, Int
from desirelines.explain.glitches.baseline import FAR, WILD, Series, deviance, season_factors, within
from desirelines.explain.glitches.confirming import Even, Glitch, hindsight
from desirelines.explain.glitches.cusum import LIMIT, SLACK
from desirelines.explain.glitches.partition import spread_of


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

    What was learned is kept still for `series.learn` units after an alarm; then what is new becomes the usual.
    """
    n = len(flat.value)
    level, usual, sums = flat.level, np.full(n, np.nan), np.zeros(n)
    inner = within(flat) or even.spread
    known: list[int] = []
    alarms: list[int] = []
    above = below = 0.0
    still = 0
    for place in range(n):
        if len(known) >= flat.fewest:
            usual[place] = _learned(flat, np.array(known[-flat.learn :]), even.spread, inner)
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
                still = still or flat.learn
        if still:
            still -= 1
            known = [] if still == 0 else known
        elif abs(off) < WILD:
            known.append(place)
    seasoned = usual * factors if series.kind == "volume" else usual + factors if series.kind == "time" else usual
    return seasoned, sums, tuple(alarms)


def _learned(flat: Series, known: Int, spread: float, inner: float) -> float:
    """The level of the units learned from (wild ones were left out), moved on by the trend, the more the surer it is."""
    value, size = flat.value[known], flat.size[known]
    middle = float(value.sum() / size.sum())
    if flat.kind in ("failure", "score") or len(known) < flat.learn or spread <= 0:
        return middle
    half = flat.learn // 2
    early, late = (float(value[part].sum() / size[part].sum()) for part in (slice(half), slice(half, None)))
    noise = np.sqrt(max(middle, 0.25) / size) if flat.kind == "volume" else inner / np.sqrt(size)
    chance = spread * float(noise.mean()) * sqrt(2 / half)
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
