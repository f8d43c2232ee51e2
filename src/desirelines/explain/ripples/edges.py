"""Edges: from a fault to what followed, by lag, each with its checks. The product's question and made-up worlds use the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from desirelines.explain.estimating.estimate import Estimate, Float, Mask
from desirelines.explain.estimating.looking import benjamini_hochberg
from desirelines.explain.ripples.effects import Alike, adjusted, alike, means, naive, overlap_effects
from desirelines.explain.ripples.passing import BEFORE, DAY_US, LONGEST, Fair, Happenings, Passages, columns_before, fair

Kind = Literal["any", "again", "none", "amount", "score"]
LAGS = ((0, 1), (1, 3), (3, 7), (7, 14), (14, 30), (30, 60))
"""Days after the fault, fixed in advance."""
WHOLE_LAG = (0, LONGEST)
AWAY = 21
"""Whoever shows nothing after so many days has left; sooner, a late parcel alone makes the rest of a journey later."""
FALSE_SHARE = 0.1
"""Of the edges shown at most this share may be false (Benjamini and Hochberg)."""
SMALL_PART = 0.25
PLACEBO_LEVEL, TREND_LEVEL = 0.05, 0.01
FEW = 20
"""Exposed people under which no edge is estimated."""


@dataclass(frozen=True)
class Outcome:
    """Something that may follow. `any`: does it happen at all, by lag. Over the `LONGEST` days in one: `again`: does it happen;
    `none`: does nothing happen after the first `AWAY` days; `amount`: the sum of its values; `score`: the first value."""

    id: str
    kind: Kind
    happened: Happenings


@dataclass(frozen=True)
class Edge:
    """What follows in days `low` to `high`. `exposed`, `others`: the two levels, of people who could have been either."""

    outcome: str
    kind: Kind
    low: int
    high: int
    effect: Estimate
    exposed: float
    others: float
    n_exposed: int
    q: float
    placebo: Estimate | None
    """The same comparison in the `BEFORE` days before the fault, where nothing can have followed yet"""
    trend: Estimate | None
    """Whether the difference was growing already: the last week before less the week before it"""
    others_say: tuple[tuple[str, Estimate], ...] = ()
    """The effect by other methods: how far they lie apart"""

    @property
    def shows(self) -> bool:
        return self.q <= FALSE_SHARE

    @property
    def sound(self) -> bool:
        """Neither placebo nor trend could explain it."""
        return self.unlike(self.placebo, PLACEBO_LEVEL, BEFORE) and self.unlike(self.trend, TREND_LEVEL, BEFORE // 2)

    def unlike(self, before: Estimate | None, level: float, days: int) -> bool:
        """No difference before beyond chance; or one whose far end, over as many days as the edge, is a `SMALL_PART` of it."""
        if passes(before, level) or before is None:
            return True
        low, high = before.interval() or (0.0, 0.0)
        scale = min(1.0, (self.high - self.low) / days) if self.kind != "amount" else 1.0
        return max(abs(low), abs(high)) * scale <= SMALL_PART * abs(self.effect.value)


def passes(found: Estimate | None, level: float) -> bool:
    """Nothing speaks against it: no estimate, or one that chance explains."""
    return found is None or found.p is None or found.p >= level


@dataclass(frozen=True)
class Compared:
    """One fault's people, ready for every outcome."""

    fair: Fair
    alike: Alike
    end_us: int

    @property
    def reach(self) -> int:
        return int(self.alike.exposed.sum())

    def whole_days(self, days: int) -> Mask:
        """bool[m]: so many days after the passage lie in the data."""
        return self.fair.passages.at + days * DAY_US <= self.end_us


def prepare(
    passages: Passages,
    happened: list[Happenings],
    first_seen: np.ndarray,
    begin_us: int,
    end_us: int,
    names: tuple[str, ...] = (),
) -> Compared | None:
    """None where fewer than `FEW` met the fault or nobody else passed in the same weeks.

    `happened`: what is counted before as being alike; `names`: of each, and of the passages' own columns.
    """
    found = fair(passages, first_seen, begin_us, end_us)
    own = found.passages
    if own.exposed.sum() < FEW or (~own.exposed).sum() < FEW:
        return None
    known = columns_before(found, happened)
    same = alike(own.exposed, found.window, known, own.customer, (*names[: len(happened)], "passages before", "days known",
                                                                  *names[len(happened) :]))  # fmt: skip
    return None if same is None else Compared(found, same, end_us)


def edges_of(compared: Compared, outcomes: list[Outcome]) -> list[Edge]:
    """Every outcome at every lag; q over all of them together. Outcomes without variation have no edge."""
    found: list[Edge] = []
    binary = [one for one in outcomes if one.kind == "any"]
    before = placebos(compared, binary)
    for low, high in LAGS:
        found += _at_lag(compared, binary, low, high, before)
    for one in outcomes:
        if one.kind != "any":
            found += _at_lag(compared, [one], *WHOLE_LAG, placebos(compared, [one]))
    return corrected(found)


def corrected(edges: list[Edge]) -> list[Edge]:
    """q over all the edges given."""
    q = benjamini_hochberg(np.array([1.0 if one.effect.p is None else one.effect.p for one in edges]))
    return [replace(one, q=float(value)) for one, value in zip(edges, q, strict=True)]


def level(one: Outcome, compared: Compared, low: int, high: int) -> Float:
    """[m] what followed in the days `low` to `high` (negative: before); nan for a score that was not given."""
    own = compared.fair.passages
    start, stop = own.at + low * DAY_US, own.at + high * DAY_US
    if one.kind == "score":
        since = own.at if own.since is None else np.minimum(own.since, own.at)
        return one.happened.first(own.customer, since + 1, stop)
    if one.kind == "amount":
        return one.happened.total(own.customer, start + 1, stop)
    if one.kind == "none":
        quiet = one.happened.count(own.customer, start + AWAY * DAY_US, stop) == 0
        return np.asarray(quiet, dtype=np.float64)
    happens = one.happened.count(own.customer, start + (1 if low == 0 else 0), stop) > 0
    return np.asarray(happens, dtype=np.float64)


def _at_lag(
    compared: Compared, outcomes: list[Outcome], low: int, high: int, before: dict[str, tuple[Estimate | None, Estimate | None]]
) -> list[Edge]:
    if not outcomes:
        return []
    y = np.column_stack([level(one, compared, low, high) for one in outcomes])
    keep = compared.whole_days(high) & np.isfinite(y).all(axis=1)
    same, y = compared.alike.only(keep), y[keep]
    if same.exposed.sum() < FEW or (~same.exposed).sum() < FEW:
        return []
    found = []
    for place, effect in enumerate(overlap_effects(same, y)):
        if effect is None or not effect.error:
            continue
        one, values = outcomes[place], y[:, place]
        if one.kind in ("any", "again", "none"):
            effect = replace(effect, error=max(effect.error, by_chance(same, values)))
        others = means(same, values)[1]
        placebo, trend = before.get(one.id, (None, None))
        reach = int(same.exposed.sum())
        found.append(Edge(one.id, one.kind, low, high, effect, others + effect.value, others, reach, 1.0, placebo, trend))
    return found


def by_chance(same: Alike, y: Float) -> float:
    """The standard error of a difference of shares if there were none: where hardly anybody did it, a sandwich is too thin."""
    n = min(int(same.exposed.sum()), int((~same.exposed).sum()))
    a, b = means(same, y)
    pooled = (a + b) / 2
    return float(np.sqrt(pooled * (1 - pooled) / n))


def only_later(compared: Compared, outcomes: list[Outcome], edges: list[Edge]) -> set[str]:
    """Outcomes that come at another time rather than more often: edges of both signs, and little difference over all days."""
    found: set[str] = set()
    keep = compared.whole_days(LONGEST)
    same = compared.alike.only(keep)
    asked = [one for one in outcomes if one.kind == "any"]
    if not asked or same.exposed.sum() < FEW or (~same.exposed).sum() < FEW:
        return found
    ever = np.column_stack([level(one, compared, 0, LONGEST) for one in asked])[keep]
    for one, total in zip(asked, overlap_effects(same, ever), strict=True):
        sizes = [edge.effect.value for edge in edges if edge.outcome == one.id and edge.shows]
        if total is not None and sizes and min(sizes) < 0 < max(sizes) and abs(total.value) < max(map(abs, sizes)) / 2:
            found.add(one.id)
    return found


def placebos(compared: Compared, outcomes: list[Outcome]) -> dict[str, tuple[Estimate | None, Estimate | None]]:
    """Per outcome the difference before the fault, and whether it was growing; None where nothing can be told."""
    told = [one for one in outcomes if one.kind in ("any", "again", "amount")]
    if not told:
        return {}
    near = np.column_stack([level(one, compared, -7, 0) for one in told])
    far = np.column_stack([level(one, compared, -BEFORE, -7) for one in told])
    both = np.column_stack([level(one, compared, -BEFORE, 0) for one in told])
    found = {}
    for one, placebo, trend in zip(
        told, overlap_effects(compared.alike, both), overlap_effects(compared.alike, near - far), strict=True
    ):
        found[one.id] = placebo, trend
    return found


def spread(compared: Compared, one: Outcome, edge: Edge) -> Edge:
    """The edge with what other methods say: as they are, regression alone, less what was so before already."""
    y = level(one, compared, edge.low, edge.high)
    keep = compared.whole_days(edge.high) & np.isfinite(y)
    same, y = compared.alike.only(keep), y[keep]
    said: list[tuple[str, Estimate | None]] = [("as they are", naive(same, y)), ("regression", adjusted(same, y))]
    if one.kind in ("any", "amount") and edge.high - edge.low <= BEFORE:
        wide = edge.high - edge.low
        change = y - level(one, compared, -wide, 0)[keep]
        said.append(("less before", overlap_effects(same, change[:, None])[0]))
    return replace(edge, others_say=tuple((name, value) for name, value in said if value is not None))
