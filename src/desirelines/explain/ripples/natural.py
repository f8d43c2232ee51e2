"""Where the fault began at one place and not at others: a natural comparison, found by itself and checked before it speaks."""

from __future__ import annotations

from datetime import date

import numpy as np

from desirelines.explain.estimating.estimate import Estimate, Float, Int, Mask
from desirelines.explain.glitches.partition import one_break
from desirelines.explain.ripples.bounded import before_and_after, leads, per_exposed
from desirelines.explain.ripples.edges import LAGS, Outcome
from desirelines.explain.ripples.gathered import Gathered, Told
from desirelines.explain.ripples.nouns import Fault, NaturalComparison
from desirelines.explain.ripples.passing import DAY_US, Passages
from desirelines.explain.rungs import MOVES_TOGETHER, NATURAL_COMPARISON
from desirelines.model.result import Result

SURE = 1e-6
"""A boundary must be so clear before anything is compared across it: it was looked for."""
WEEK_US = 7 * DAY_US
FEWEST_WEEKS, FEWEST = 4, 200
TREND = 0.05


def natural_comparisons(gathered: Gathered, fault: Fault, told: dict[str, Told]) -> tuple[NaturalComparison, ...]:
    """At the trait's value (or the opposite of it) where the share of faults jumped most against everybody else, if it did."""
    own = gathered.passages(fault)
    names, traits = gathered.traits
    if len(own.at) < FEWEST or not names:
        return ()
    week = (own.at - own.at.min()) // WEEK_US
    best: tuple[float, str, Mask, int] | None = None
    for place, name in enumerate(names):
        here = traits[own.customer, place] > 0
        boundary = _boundary(own, here, week)
        if boundary is None:
            continue
        jump = before_and_after(own.exposed.astype(np.float64), here, week, boundary, own.customer)
        if jump and jump.p is not None and jump.p < SURE and jump.value > 0 and (best is None or jump.p < best[0]):
            best = jump.p, name, here, boundary
    if best is None:
        return ()
    _, name, here, boundary = best
    found = [_compare(gathered, own, one, name, here, week, boundary) for one in told.values() if _wanted(one)]
    return tuple(one for one in found if one is not None)


def _wanted(one: Told) -> bool:
    return one.target != "touchpoint" and one.outcome.kind in ("any", "score", "again")


def _boundary(own: Passages, here: Mask, week: Int) -> int | None:
    """The week in which the fault's share here, less elsewhere, changed most."""
    count = int(week.max()) + 1
    shares = []
    for side in (here, ~here):
        n = np.bincount(week[side], minlength=count)
        hits = np.bincount(week[side], own.exposed[side].astype(np.float64), minlength=count)
        shares.append(np.where(n > 0, hits / np.maximum(n, 1), np.nan))
    apart = shares[0] - shares[1]
    told = np.flatnonzero(np.isfinite(apart))
    found = one_break(apart[told], FEWEST_WEEKS)
    return None if found is None else int(told[found.at])


def _compare(
    gathered: Gathered, own: Passages, told: Told, name: str, here: Mask, week: Int, boundary: int
) -> NaturalComparison | None:
    y, whole = _outcome(gathered, own, told.outcome)
    keep = np.isfinite(y) & whole
    side, time, who = here[keep], week[keep], own.customer[keep]
    effect = before_and_after(y[keep], side, time, boundary, who)
    more = before_and_after(own.exposed[keep].astype(np.float64), side, time, boundary, who)
    if effect is None or more is None or effect.error is None:
        return None
    each = per_exposed(effect, more)
    if each is None:
        return None
    before = leads(y[keep], side, time // 4, boundary // 4, who)
    p = before.p if before else None
    sound = p is not None and p >= TREND
    rung = NATURAL_COMPARISON if sound else MOVES_TOGETHER
    began = gathered.ground.day_of(int(own.at.min()) + boundary * WEEK_US)
    n = int(side.sum())
    faults, effects = _result(gathered, more, "share", n), _result(gathered, each, _unit(told), n)
    words = _words(told, name, began, each, sound)
    return NaturalComparison(name, began, faults, told.name, effects, p, sound, rung.name, words)


def _outcome(gathered: Gathered, own: Passages, outcome: Outcome) -> tuple[Float, Mask]:
    """What followed within a week (of a score and of ordering again, within sixty days); and whether that time is in the data."""
    days = 7 if outcome.kind == "any" else LAGS[-1][1]
    stop = own.at + days * DAY_US
    whole = stop <= gathered.span[1]
    if outcome.kind == "score":
        since = own.at if own.since is None else np.minimum(own.since, own.at)
        return outcome.happened.first(own.customer, since + 1, stop), whole
    return (outcome.happened.count(own.customer, own.at + 1, stop) > 0).astype(np.float64), whole


def _unit(told: Told) -> str:
    return "score" if told.outcome.kind == "score" else "share"


def _result(gathered: Gathered, one: Estimate, unit: str, n: int) -> Result[float]:
    low, high = one.interval() or (None, None)
    return gathered.ground.result(one.value, unit, n, "passages there", low=low, high=high, method="difference in differences")


def _words(told: Told, name: str, began: date, each: Estimate, sound: bool) -> str:
    size = f"{each.value:+.2f}" if told.outcome.kind == "score" else f"{100 * each.value:+.1f} points"
    said = f"From {began.isoformat()} on the fault became more frequent at {name} only. {told.name}: {size} for each who met it"
    if not sound:
        return f"{said}, but both sides drifted apart before"
    return f"{said}, consistent with the fault" if each.p is not None and each.p < TREND else f"{said}, which could be chance"
