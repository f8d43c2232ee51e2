"""Whether the brand keeps its word, what it does when it does not, and whether a buyer's journey goes on as a customer's."""

from __future__ import annotations

import numpy as np

from desirelines.measure.gathering.pairs import BROKEN, KEPT
from desirelines.measure.metrics.ground import DAY_US, PROMISES, Ground, Missing, between
from desirelines.measure.metrics.sample import Float, Mask, Sample, sample
from desirelines.plan import in_order

REMEDY_US = 30 * DAY_US
RESTART_US = 7 * DAY_US
AGAIN_US = 14 * DAY_US
PARTS = (
    ("identity", "Known on the other side, too"),
    ("asked", "Nothing asked again"),
    ("message", "The same message"),
    ("gap", "Within a week"),
)


def promise_kept(ground: Ground) -> Sample | Missing:
    """One row a judgement, by events or by answers; what is not yet due is not judged."""
    judged = ground.facts.judgements
    if not judged.promises:
        return Missing("the plan makes no promise that can be measured yet", PROMISES)
    part = _promise_of(ground)
    mine = np.flatnonzero((judged.state == KEPT) | (judged.state == BROKEN))
    promises = in_order(ground.matched.plan.promises)
    places = {name: code for code, name in enumerate(ground.matched.touchpoints)}
    codes = np.array([places.get(one.touchpoint, -1) for one in promises], np.int32)
    waiting = len(judged.state) - len(mine)
    notes = (f"{waiting} are not yet due, so not judged",) if waiting else ()
    return sample(
        "judgements", judged.at[mine], judged.customer[mine], (judged.state[mine] == KEPT).astype(np.float64), part=part[mine],
        touchpoint=codes[part[mine]], parts=tuple((one.id, one.name) for one in promises), caveats=notes,
    )  # fmt: skip


def promise_remedied(ground: Ground) -> Sample | Missing:
    """One row a broken promise to a known customer whose 30 days are over: 1 where something was given back or settled."""
    judged = ground.facts.judgements
    if not judged.promises:
        return Missing("the plan makes no promise that can be measured yet", PROMISES)
    given = [one for name in ("refund", "resolved") if (one := ground.role(name)) is not None]
    if not given:
        return ground.lacking("refund", why="or `resolved`") or Missing("", "")
    part = _promise_of(ground)
    mine = np.flatnonzero((judged.state == BROKEN) & (judged.customer >= 0) & (judged.at + REMEDY_US <= ground.as_of))
    at, customer = judged.at[mine], judged.customer[mine]
    times = sum((between(one, customer, at, at + REMEDY_US) for one in given), np.zeros(len(mine), np.int64))
    promises = in_order(ground.matched.plan.promises)
    return sample(
        "broken promises", at, customer, (times > 0).astype(np.float64), part=part[mine],
        parts=tuple((one.id, one.name) for one in promises),
        caveats=("by customer: nothing says that it was given for this promise",),
    )  # fmt: skip


def seam_index(ground: Ground) -> Sample | Missing:
    """Rows of crossings from the buyer's to the customer's side and parts of being carried over, each 0 to 1."""
    crossings = _crossings(ground)
    if isinstance(crossings, Missing):
        return crossings
    journey, gap_us, at = crossings
    customer = ground.journey_customer[journey]
    columns: dict[str, Float] = {"gap": (gap_us <= RESTART_US).astype(np.float64)}
    if (asked := _asked_again(ground, journey, at)) is not None:
        columns["asked"] = (~asked).astype(np.float64)
    known = _identity(ground)
    if known is not None:
        columns["identity"] = np.full(len(journey), known)
    message = _message(ground)
    if message is not None:
        columns["message"] = np.full(len(journey), message)
    there = [(name, words) for name, words in PARTS if name in columns]
    absent = [words.lower() for name, words in PARTS if name not in columns]
    notes = (f"not known here, so not counted: {', '.join(absent)}",) if absent else ()
    return sample(
        "crossings and parts", np.tile(at, len(there)), np.tile(customer, len(there)),
        np.concatenate([columns[name] for name, _ in there]),
        part=np.repeat(np.arange(len(there), dtype=np.int32), len(journey)), parts=tuple(there), caveats=notes,
    )  # fmt: skip


def restart_share(ground: Ground) -> Sample | Missing:
    """One row a crossing: 1 where the customer had to begin again: a week's silence, or data asked for again."""
    crossings = _crossings(ground)
    if isinstance(crossings, Missing):
        return crossings
    journey, gap_us, at = crossings
    restarted = gap_us > RESTART_US
    asked = _asked_again(ground, journey, at)
    notes = ("no event is `asked-again`, so only silence is seen",) if asked is None else ()
    if asked is not None:
        restarted = restarted | asked
    return sample("crossings", at, ground.journey_customer[journey], restarted.astype(np.float64), caveats=notes)


def _promise_of(ground: Ground) -> np.ndarray:
    sizes = np.diff(ground.facts.judgements.offsets)
    return np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)


def _crossings(ground: Ground) -> tuple[np.ndarray, np.ndarray, np.ndarray] | Missing:
    """(journey, silence between the sides, when the other side was reached), one a journey that reaches both."""
    if {stage.side for stage in ground.matched.stages} != {"buyer", "customer"}:
        return Missing("this journey has one side only, so no seam", "plan/journeys")
    times = ground.matched.seam_time
    journey = np.asarray(times.journey, np.int64)
    return journey, np.asarray(times.value), ground.matched.journeys.began_at[journey]


def _asked_again(ground: Ground, journey: np.ndarray, at: np.ndarray) -> Mask | None:
    again = ground.role("asked-again")
    if again is None:
        return None
    until = ground.matched.journeys.ended_at[journey] + 1
    return np.asarray(between(again, ground.journey_customer[journey], at, np.maximum(until, at + AGAIN_US)) > 0)


def _identity(ground: Ground) -> float | None:
    """Of the events at the customer's side that somebody known could have caused, the share whose customer is known."""
    mine = [index for index, stage in enumerate(ground.matched.stages) if stage.side == "customer"]
    codes = np.flatnonzero(ground.matched.in_stage[:, mine].any(axis=1))
    daily = ground.facts.daily
    there = np.isin(daily.code, codes)
    known, unknown = int(daily.known[there].sum()), int(daily.unknown[there].sum())
    return known / (known + unknown) if known + unknown else None


def _message(ground: Ground) -> float | None:
    """1 where the last buyer's stage and the first customer's carry the same message."""
    sides = {side: [stage for stage in ground.matched.stages if stage.side == side] for side in ("buyer", "customer")}
    before, after = sides["buyer"][-1].message, sides["customer"][0].message
    return None if before is None and after is None else float(before == after)
