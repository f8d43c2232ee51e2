"""Every metric is a sample and an estimator: the units it rests on, and what makes a value with an interval of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import exp, sqrt
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from desirelines.measure.estimating.estimate import Estimate, Gap, nothing, square_and_add, waves, welch
from desirelines.measure.estimating.rates import poisson_rate
from desirelines.measure.estimating.ratios import by_cluster, ratio_of_sums
from desirelines.measure.estimating.resampling import bootstrap_median, bootstrap_sums
from desirelines.measure.estimating.survival import median_wait, share_by
from desirelines.measure.intervals import LEVEL, SMALL, mean, recommend, wilson, z_value

Int = NDArray[np.int64]
Float = NDArray[np.float64]
Mask = NDArray[np.bool_]
Codes = NDArray[np.int32]
Rows = NDArray[Any] | slice

Kind = Literal["share", "mean", "nps", "ratio", "rate", "wait", "share by", "median", "bootstrap mean", "quick ratio"]
HEAVY = 0.5
"""From this share of the units on, one customer is the figure."""


@dataclass(frozen=True)
class Sample:
    """Units [n] sorted by time. The rows that a period, a segment or a group chooses are what an estimate is made of.

    `value`: 0 or 1 for shares; counts, amounts, scores or waits (days) else. `exposure`: below the line of a ratio or rate.
    """

    of: str
    """What n counts: answers, contacts, orders, journeys, customers."""
    at: Int
    customer: Codes
    """Index among the facts' customers; -1: nobody known."""
    value: Float
    exposure: Float | None = None
    ended: Mask | None = None
    """Of waits: False is one that was only seen so long (censored)."""
    touchpoint: Codes | None = None
    """Index among the plan's touchpoints in order; -1: none. None: the units have no place."""
    channel: Codes | None = None
    channels: tuple[str, ...] = ()
    part: Codes | None = None
    """Which promise, question or outcome each unit is of; index in `parts`."""
    parts: tuple[tuple[str, str], ...] = ()
    """(id, name) of each part."""
    scale: float = 1.0
    """`share by`: the days by which; else unused."""
    shared: bool = False
    """Rows that are nobody's (days) stay below the line of every group of customers."""
    undivided: bool = False
    """Of everybody together: nothing says which customer a part of it belongs to (spend)."""
    caveats: tuple[str, ...] = field(default=())

    def __len__(self) -> int:
        return len(self.at)

    def between(self, low_us: int, high_us: int) -> slice:
        """The rows in the half-open time."""
        low, high = np.searchsorted(self.at, [low_us, high_us])
        return slice(int(low), int(high))

    def take(self, rows: Rows) -> Sample:
        """Only these rows."""
        changed = {
            name: column[rows]
            for name in ("at", "customer", "value", "exposure", "ended", "touchpoint", "channel", "part")
            if (column := getattr(self, name)) is not None
        }
        return replace(self, **changed)


def sample(of: str, at: Int, customer: NDArray[Any], value: NDArray[Any], **rest: Any) -> Sample:
    """A sample from columns in any order: sorted by time, without rows whose value is no number."""
    value = np.asarray(value, dtype=np.float64)
    good = np.isfinite(value)
    if rest.get("exposure") is not None:
        rest["exposure"] = np.asarray(rest["exposure"], dtype=np.float64)
        good &= np.isfinite(rest["exposure"])
    order = np.flatnonzero(good)
    if len(order) and (np.diff(at[order]) < 0).any():
        order = order[np.argsort(at[order], kind="stable")]
    columns = {name: column[order] for name, column in rest.items() if isinstance(column, np.ndarray)}
    left_out = int(len(value) - len(order))
    caveats = tuple(rest.get("caveats", ())) + ((f"{left_out} without a number are left out",) if left_out else ())
    rest = {**rest, **columns, "caveats": caveats}
    return Sample(of, np.asarray(at[order], np.int64), np.asarray(customer[order], np.int32), value[order], **rest)


def whose(units: Sample, people: int) -> Mask:
    """bool[people]: the known customers of these units."""
    found = np.zeros(people, np.bool_)
    found[units.customer[units.customer >= 0]] = True
    return found


def estimate(kind: Kind, units: Sample, level: float = LEVEL) -> Estimate:
    """The value of all rows of `units` with the interval that its kind carries, and what to know about it."""
    found = ESTIMATORS[kind](units, level) if len(units) else nothing(METHODS[kind])
    heavy = _heaviest(units)
    caveats = found.caveats
    if heavy > HEAVY and len(units) > 1:
        caveats += (f"{heavy:.0%} of the {units.of} are one customer's",)
    if 0 < len(units) < SMALL:
        caveats += (f"rests on {len(units)} {units.of} only",)
    return replace(found, caveats=tuple(dict.fromkeys((*caveats, *units.caveats))))


def value_of(kind: Kind, units: Sample) -> float | None:
    """The value alone, where no interval is drawn beside it: of what is drawn again and again, without the draws."""
    if not len(units):
        return None
    if kind == "median":
        return float(np.median(units.value))
    if kind in ("bootstrap mean", "quick ratio"):
        below = float(_below(units).sum())
        return float(units.value.sum()) / below if below > 0 else None
    return ESTIMATORS[kind](units, LEVEL).value


def gap(kind: Kind, units_a: Sample, units_b: Sample, a: Estimate, b: Estimate) -> Gap:
    """a - b: of means Welch's, of net recommendation the two waves', of all else by the intervals themselves (Newcombe)."""
    if kind == "mean":
        return welch(units_a.value, units_b.value)
    return waves(a, b) if kind == "nps" else square_and_add(a, b)


def _share(units: Sample, level: float) -> Estimate:
    hits, n = int((units.value > 0).sum()), len(units)
    low, high = wilson(hits, n, level) or (None, None)
    return Estimate(hits / n, low, high, n, "wilson", level)


def _mean(units: Sample, level: float) -> Estimate:
    centre = float(units.value.mean())
    off = units.value - centre
    found = mean(float(off.sum()), float((off * off).sum()), len(units), level)
    low, high = (None, None) if found is None or found[1] is None else (found[1][0] + centre, found[1][1] + centre)
    return Estimate(centre, low, high, len(units), "t", level)


def _nps(units: Sample, level: float) -> Estimate:
    """Of answers from 0 to 10."""
    found = recommend(int((units.value >= 9).sum()), int((units.value <= 6).sum()), len(units), level)
    value, (low, high) = found or (None, (None, None))
    return Estimate(value, low, high, len(units), "adjusted wald", level)


def _below(units: Sample) -> Float:
    return np.ones(len(units)) if units.exposure is None else units.exposure


def _ratio(units: Sample, level: float) -> Estimate:
    found = ratio_of_sums(units.value, _below(units), units.customer, level)
    return found if units.exposure is None else replace(found, n=int((units.exposure > 0).sum()) if found.n else 0)


def _rate(units: Sample, level: float) -> Estimate:
    """Counts per exposure on the log scale; how far they bunch is seen between customers, and is never less than Poisson's."""
    below = _below(units)
    count, over = by_cluster(units.customer, units.value, below)
    total, whole = float(count.sum()), float(over.sum())
    if whole <= 0:
        return nothing("quasi-poisson")
    if total <= 0:
        return replace(poisson_rate(0, whole, level), n=round(whole))
    off = count - total / whole * over
    half = z_value(level) * sqrt(max(float((off * off).sum()), total)) / total
    rate = total / whole
    return Estimate(rate, rate * exp(-min(half, 50)), rate * exp(min(half, 50)), round(whole), "quasi-poisson", level)


def _wait(units: Sample, level: float) -> Estimate:
    return median_wait(units.value, _ended(units), level)


def _share_by(units: Sample, level: float) -> Estimate:
    return share_by(units.value, _ended(units), units.scale, level)


def _ended(units: Sample) -> Mask:
    return np.ones(len(units), np.bool_) if units.ended is None else units.ended


def _median(units: Sample, level: float) -> Estimate:
    return bootstrap_median(units.value, units.customer, level)


def _bootstrap_mean(units: Sample, level: float) -> Estimate:
    return bootstrap_sums((units.value, _below(units)), units.customer, lambda top, bottom: top / bottom, level)


def _quick(units: Sample, level: float) -> Estimate:
    """Gained over lost; where nothing is lost it is not defined."""
    lost = float(_below(units).sum())
    if lost <= 0:
        return nothing("bootstrap", "nothing was lost, so the ratio is not defined")
    return bootstrap_sums((units.value, _below(units)), units.customer, lambda top, bottom: top / bottom, level)


def _heaviest(units: Sample) -> float:
    """The largest share of the units that one known customer has."""
    known = units.customer[units.customer >= 0]
    return float(np.bincount(known).max()) / len(units) if len(known) else 0.0


ESTIMATORS: dict[Kind, Callable[[Sample, float], Estimate]] = {
    "share": _share,
    "mean": _mean,
    "nps": _nps,
    "ratio": _ratio,
    "rate": _rate,
    "wait": _wait,
    "share by": _share_by,
    "median": _median,
    "bootstrap mean": _bootstrap_mean,
    "quick ratio": _quick,
}
METHODS: dict[Kind, str] = {
    "share": "wilson",
    "mean": "t",
    "nps": "adjusted wald",
    "ratio": "linearised",
    "rate": "quasi-poisson",
    "wait": "kaplan-meier",
    "share by": "kaplan-meier",
    "median": "bootstrap",
    "bootstrap mean": "bootstrap",
    "quick ratio": "bootstrap",
}
