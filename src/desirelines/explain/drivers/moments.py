"""Moments that matter: how many meet one, how far it falls short, and what that goes with in the outcome."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.explain.drivers.answering import (
    NOTHING,
    caveats,
    customers_of,
    low,
    product_and_experience,
    rung_of,
)
from desirelines.explain.drivers.design import Design, design
from desirelines.explain.drivers.known import is_product
from desirelines.explain.drivers.listing import drawn, of_what, owner_of, touchpoint_name
from desirelines.explain.drivers.nouns import MomentRow, Moments, MomentsAsk
from desirelines.explain.drivers.outcomes import outcomes
from desirelines.explain.drivers.weighed import Weighed, between
from desirelines.explain.ground import Ground, Mask
from desirelines.explain.rungs import MOVES_TOGETHER
from desirelines.model.hint import nearest
from desirelines.plan import in_order

Float = NDArray[np.float64]
RANK = {"score": 0, "promise": 1, "wait": 2}
"""The customers' own rating comes before every other (the customer is the arbiter), a promise before a wait."""


@dataclass(frozen=True)
class Parts:
    """What a moment's weight is made of, as it is and in each sample [draws]."""

    reach: float
    gap: float
    effect: float
    n: int
    reaches: Float
    gaps: Float
    effects: Float


def moments(ground: Ground, ask: MomentsAsk) -> Moments:
    """The touchpoints that cost the outcome most first; those of which nothing is known are named, not guessed."""
    found = design(ground, ask, met=False)
    weighed = Weighed(found) if found else None
    rows = _rows(ground, ask, weighed) if weighed else []
    rows.sort(key=lambda row: -(row.matters.value if row.matters.value is not None else -np.inf))
    product, experience = product_and_experience(ground, weighed, ask.product) if weighed else (None, None)
    rung = rung_of(found) if found else MOVES_TOGETHER
    asked = found.rows.question if found else None
    seen = {asked.touchpoint if asked else "", *(row.touchpoint for row in rows)}
    unknown = tuple(one.name for one in in_order(ground.plan.touchpoints) if one.id not in seen)
    return Moments(
        outcome=found.rows.outcome if found else "", outcome_name=found.rows.name if found else "",
        unit=found.rows.unit if found else "score", rows=tuple(rows), rung=rung.id, rung_name=rung.name, weigh=ask.weigh,
        product=product, experience=experience, headline=_headline(rows, found), unknown=unknown,
        caveats=caveats(weighed) if weighed else (NOTHING,), outcomes=outcomes(ground), period=ground.period,
        plan_version=ground.plan_version, data_version=ground.facts.trace.data_version,
    )  # fmt: skip


def _headline(rows: list[MomentRow], found: Design | None) -> str:
    sure = [row for row in rows if row.surely]
    if not found or not rows:
        return "Which moments matter cannot be said yet"
    if not sure:
        return f"No moment surely goes with a loss of “{found.rows.name}”"
    return f"“{found.rows.name}” loses most where “{sure[0].name}” falls short"


def by_touchpoint(found: Design) -> dict[str, int]:
    """Touchpoint → the place of the driver that rates it: the customers' own score wherever there is one."""
    rated: dict[str, int] = {}
    for place, one in enumerate(found.drivers):
        if one.kind in RANK and (key := one.touchpoint or one.id):
            best = rated.get(key)
            if best is None or RANK[one.kind] < RANK[found.drivers[best].kind]:
                rated[key] = place
    return rated


def _rows(ground: Ground, ask: MomentsAsk, weighed: Weighed) -> list[MomentRow]:
    found = weighed.design
    if not weighed.fit:
        return []
    return [_row(ground, ask, weighed, key, place) for key, place in by_touchpoint(found).items()]


def _parts(weighed: Weighed, at: int, meetings: bool) -> Parts | None:
    """None where nobody who met it can be weighed."""
    found, fitted, drawn_again = weighed.design, weighed.fit, weighed.drawn
    value = found.value[:, at]
    rated = np.isfinite(value)
    met = np.maximum(found.met[:, at], rated) if meetings else ((found.met[:, at] > 0) | rated).astype(np.float64)
    if not rated.any() or fitted is None:
        return None
    short = np.where(rated, 1 - value, 0.0)
    reach, gap = float(met.mean()), float(short[rated].mean())
    if drawn_again is None:
        none = np.empty(0)
        return Parts(reach, gap, float(fitted.slope[at]), int(rated.sum()), none, none, none)
    times = found.times[drawn_again.used]
    weight, there = times.sum(axis=1, dtype=np.float64), times @ rated.astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        gaps = (times @ short) / there
    return Parts(
        reach, gap, float(fitted.slope[at]), int(rated.sum()), (times @ met) / weight, gaps, drawn_again.slope[:, at]
    )  # fmt: skip


def _row(ground: Ground, ask: MomentsAsk, weighed: Weighed, key: str, at: int) -> MomentRow:
    found, one = weighed.design, weighed.design.drivers[at]
    parts = _parts(weighed, at, ask.weigh == "meetings")
    of, n, unit = of_what(found), len(found.y), found.rows.unit
    met, failed = (ground.behind("moments", ask, f"{kind}:{key}") for kind in ("met", "low"))
    none = drawn(ground, None, unit, 0, of)
    told = tuple(warned.words for warned in weighed.warned if warned.driver == at)
    reach = gap = effect = matters = none
    if parts:
        size = parts.reach * parts.gap * parts.effect
        often = "meetings per customer" if ask.weigh == "meetings" else "share"
        reach = drawn(ground, parts.reach, often, n, of, between(parts.reaches), met)
        gap = drawn(ground, parts.gap, "share", parts.n, of, between(parts.gaps), failed)
        effect = drawn(ground, parts.effect, unit, weighed.n, of, between(parts.effects))
        matters = drawn(ground, size, unit, weighed.n, of, between(parts.reaches * parts.gaps * parts.effects), failed)
    name = touchpoint_name(ground, one) if one.kind == "score" else one.name
    return MomentRow(
        touchpoint=key, name=name, words=_words(ground, key), owner=owner_of(ground, one.touchpoint),
        evidence="asked" if one.kind == "score" else "measured", rated_by="customers" if one.kind == "score" else "events",
        driver=one.name, reach=reach, gap=gap, effect=effect, matters=matters, surely=(matters.low or 0.0) > 0, warnings=told,
        product=is_product(one, ask.product), met=met, low=failed,
    )  # fmt: skip


def _words(ground: Ground, touchpoint: str) -> str:
    """The moment's words, in which this touchpoint meets the customer."""
    return next((one.words for one in in_order(ground.plan.moments) if touchpoint in one.touchpoints), "")


def of_moments(ground: Ground, ask: MomentsAsk, mark: str) -> Mask:
    """bool[customers]: those who met a moment, or whom it failed. Raises BadInput for another mark."""
    kind, _, key = mark.partition(":")
    found = design(ground, ask, met=False)
    rated = by_touchpoint(found) if found else {}
    if found is None or kind not in ("met", "low") or key not in rated:
        known = [f"{kind}:{one}" for one in rated for kind in ("met", "low")]
        raise BadInput(f"`{mark[:80]}` is no mark of these moments", hint=nearest(mark, known))
    at = rated[key]
    met = (found.met[:, at] > 0) | np.isfinite(found.value[:, at])
    return customers_of(ground, found, low(found, at) if kind == "low" else met)
