"""Times until something happens, when some have not seen it yet: Kaplan-Meier, Greenwood, log-rank."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from desirelines.measure.estimating.estimate import Estimate, nothing
from desirelines.measure.intervals import LEVEL, z_value

Float = NDArray[np.float64]
Int = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Survival:
    """The share still waiting after each time [k] at which somebody's wait ended."""

    time: Float
    at_risk: Int
    ended: Int
    share: Float
    error: Float
    """Greenwood's standard error."""
    n: int

    def at(self, time: float) -> tuple[float, float]:
        """(share still waiting, its error) after `time`."""
        place = int(np.searchsorted(self.time, time, side="right")) - 1
        return (1.0, 0.0) if place < 0 else (float(self.share[place]), float(self.error[place]))


@dataclass(frozen=True)
class LogRank:
    """Two groups' waits compared. `observed`, `expected`: ends of the first group."""

    statistic: float
    p: float
    observed: int
    expected: float


def kaplan_meier(time: Float, ended: Mask) -> Survival | None:
    """From waits [n] and whether each ended (else it was only seen so long); None without a wait."""
    good = np.isfinite(time) & (time >= 0)
    time, ended = time[good], ended[good]
    if not len(time):
        return None
    order = np.argsort(time, kind="stable")
    time, ended = time[order], ended[order]
    distinct, first = np.unique(time[ended], return_index=True)
    ends = np.diff(np.append(first, int(ended.sum())))
    at_risk = len(time) - np.searchsorted(time, distinct, side="left")
    share = np.asarray(np.cumprod(1 - ends / at_risk), dtype=np.float64)
    left = np.asarray(at_risk - ends, dtype=np.float64)
    steps = np.divide(ends, at_risk * left, out=np.zeros(len(left)), where=left > 0)
    error = np.asarray(share * np.sqrt(np.cumsum(steps)), dtype=np.float64)
    return Survival(distinct, at_risk.astype(np.int64), ends.astype(np.int64), share, error, len(time))


def log_log(share: float, error: float, level: float = LEVEL) -> tuple[float, float] | None:
    """The interval of a share still waiting that stays inside 0 and 1; None where all or nobody waits."""
    if not 0 < share < 1:
        return None
    half = z_value(level) * error / (share * abs(log(share)))
    return share ** exp(half), share ** exp(-half)


def median_wait(time: Float, ended: Mask, level: float = LEVEL) -> Estimate:
    """The time by which half have it, with the interval of Brookmeyer and Crowley (log-log); None if fewer than half do."""
    curve = kaplan_meier(time, ended)
    if curve is None:
        return nothing("kaplan-meier")
    bounds = [log_log(float(s), float(e), level) for s, e in zip(curve.share, curve.error, strict=True)]
    value = _first(curve.time, curve.share <= 0.5)
    if value is None:
        reached = 1 - float(curve.share[-1]) if len(curve.share) else 0.0
        return Estimate(
            None, None, None, curve.n, "kaplan-meier", level, (f"fewer than half have it yet ({reached:.0%}), so no middle",)
        )
    low = _first(curve.time, np.array([limit is None or limit[0] <= 0.5 for limit in bounds]) & (curve.share < 1))
    high = _first(curve.time, np.array([limit is not None and limit[1] <= 0.5 for limit in bounds]) | (curve.share <= 0))
    if high is None:
        return Estimate(value, None, None, curve.n, "kaplan-meier", level, ("the interval has no upper end yet",))
    return Estimate(value, value if low is None else min(low, value), max(high, value), curve.n, "kaplan-meier", level)


def share_by(time: Float, ended: Mask, by: float, level: float = LEVEL) -> Estimate:
    """The share that has it `by` a time, those not seen so long counted as far as they were seen."""
    curve = kaplan_meier(time, ended)
    if curve is None:
        return nothing("kaplan-meier")
    share, error = curve.at(by)
    limits = log_log(share, error, level)
    low, high = (None, None) if limits is None else (1 - limits[1], 1 - limits[0])
    few = () if float(np.max(time[np.isfinite(time)])) >= by else ("nobody was watched so long",)
    return Estimate(1 - share, low, high, curve.n, "kaplan-meier", level, few)


def log_rank(time_a: Float, ended_a: Mask, time_b: Float, ended_b: Mask) -> LogRank | None:
    """Whether two groups wait equally long (Mantel's test, hypergeometric variance); None where nothing can differ."""
    distinct = np.unique(np.concatenate([time_a[ended_a], time_b[ended_b]]))
    if not len(distinct) or not len(time_a) or not len(time_b):
        return None
    risk = [len(times) - np.searchsorted(np.sort(times), distinct, side="left") for times in (time_a, time_b)]
    ends = [
        np.bincount(np.searchsorted(distinct, times[over]), minlength=len(distinct))
        for times, over in ((time_a, ended_a), (time_b, ended_b))
    ]
    all_risk, all_ends = risk[0] + risk[1], ends[0] + ends[1]
    expected = all_ends * risk[0] / all_risk
    spread = all_ends * (risk[0] / all_risk) * (risk[1] / all_risk) * (all_risk - all_ends) / np.maximum(all_risk - 1, 1)
    total = float(spread.sum())
    if total <= 0:
        return None
    off = float(ends[0].sum() - expected.sum())
    statistic = off * off / total
    return LogRank(statistic, float(chdtrc(1, statistic)), int(ends[0].sum()), float(expected.sum()))


def _first(time: Float, holds: NDArray[np.bool_]) -> float | None:
    places = np.flatnonzero(holds)
    return float(time[places[0]]) if len(places) else None
