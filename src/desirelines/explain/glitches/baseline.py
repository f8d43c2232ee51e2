"""What is usual: the median by weekday (or hour of the week) times a trend, from the past alone; and how far each unit is off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from desirelines.explain.estimating.estimate import Float, Int, Mask

Kind = Literal["volume", "failure", "time", "score"]
LEARN, FEWEST = 56, 14
"""Days that the usual is learned from: so many before, at least so few."""
FAR = 4.0
"""A single unit counts as at most so many standard deviations: one wild day is no glitch."""
WILD = 3.0
"""From units further off than this nothing usual is learned."""
SEASONS = 3
"""A season is told from at least so many of its units."""


@dataclass(frozen=True)
class Series:
    """Units (days or hours) [n] of one touchpoint. `value` / `size` is the level: events per day (size 1), the share broken of
    those judged, the mean of an answer, the mean log of a time. `squares`: of values within, for `time` and `score`.

    `season` [n]: code of the weekday or the hour of the week. `whole` [n]: the unit's data are complete.
    """

    kind: Kind
    value: Float
    size: Float
    season: Int
    whole: Mask
    squares: Float | None = None
    learn: int = LEARN
    fewest: int = FEWEST

    @property
    def level(self) -> Float:
        """[n]; nan where nothing was counted or the unit is incomplete."""
        with np.errstate(divide="ignore", invalid="ignore"):
            found = self.value / self.size
        return np.where((self.size > 0) & self.whole, found, np.nan)


def season_factors(series: Series) -> Float:
    """[n]: what the weekday multiplies a volume by (adds, for a time); 1 (0) for shares, scores, and where few are known."""
    level, plain = series.level, 1.0 if series.kind != "time" else 0.0
    found = np.full(len(level), plain)
    if series.kind in ("failure", "score") or not len(level):
        return found
    codes = series.season
    period = len(np.unique(codes))
    trend = running_median(level, 2 * (max(period, 7) // 2) + 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        off = level / trend if series.kind == "volume" else level - trend
    off = np.where(np.isfinite(off), off, np.nan)
    for code in np.unique(codes):
        mine = codes == code
        known = off[mine & np.isfinite(off)]
        if len(known) >= SEASONS:
            found[mine] = float(np.median(known)) if series.kind == "time" else max(0.0, float(np.median(known)))
    if series.kind == "volume":
        mean = float(found.mean())
        return np.asarray(np.maximum(found / mean, 0.05)) if mean > 0 else np.ones(len(level))
    return np.asarray(found - found.mean())


def running_median(values: Float, width: int) -> Float:
    """Centred, of finite values; nan where there is none."""
    half = width // 2
    padded = np.concatenate([np.full(half, np.nan), values, np.full(half, np.nan)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * half + 1)
    found = np.full(len(values), np.nan)
    some = np.isfinite(windows).any(axis=1)
    found[some] = np.nanmedian(windows[some], axis=1)
    return found


def deviance(kind: Kind, value: Float, size: Float, usual: Float, spread: float) -> Float:
    """Signed deviance residual of each unit against `usual` (a level [n]): Poisson, binomial for shares, normal else."""
    found = np.full(len(value), np.nan)
    fine = (size > 0) & np.isfinite(usual) & np.isfinite(value)
    y, m, u = value[fine], size[fine], usual[fine]
    if kind == "volume":
        expected = np.maximum(u * m, 1e-9)
        loss = 2 * (_xlog(y, expected) - (y - expected))
        found[fine] = np.sign(y - expected) * np.sqrt(np.maximum(loss, 0))
    elif kind == "failure":
        u = np.clip(u, 0.5 / (m + 1), 1 - 0.5 / (m + 1))
        loss = 2 * (_xlog(y, m * u) + _xlog(m - y, m * (1 - u)))
        found[fine] = np.sign(y - m * u) * np.sqrt(np.maximum(loss, 0))
    elif spread > 0:
        found[fine] = (y / m - u) * np.sqrt(m) / spread
    return found


def _xlog(a: Float, b: Float) -> Float:
    return np.where(a > 0, a * np.log(np.maximum(a, 1e-300) / np.maximum(b, 1e-300)), 0.0)


def within(series: Series) -> float:
    """Standard deviation of single cases around their unit's mean, pooled; 0 where it is not told."""
    if series.squares is None:
        return 0.0
    fine = (series.size > 1) & series.whole
    left = series.squares[fine] - series.value[fine] ** 2 / series.size[fine]
    freedom = float((series.size[fine] - 1).sum())
    return float(np.sqrt(max(0.0, float(left.sum())) / freedom)) if freedom > 0 else 0.0
