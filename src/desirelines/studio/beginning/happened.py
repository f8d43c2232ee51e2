"""What really happened around a challenge: which touchpoints and events, to how many, when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from desirelines.measure import wilson
from desirelines.model.automaton import CONTESTED
from desirelines.model.result import Result
from desirelines.studio.beginning.concerned import Around
from desirelines.studio.beginning.lived import Int, Lived

FEWEST = 0.05
"""What fewer than this share of the people met does not stand on the map."""
MOST = 18
LOOKED_AT = 200_000
"""So many people are enough to see what happens around a challenge."""


@dataclass(frozen=True)
class SeenStep:
    """One touchpoint (or an event that none claims) around a challenge."""

    touchpoint: str | None
    event: str
    """Its most frequent event."""
    people: int
    reach: Result[float]
    """Share of the people concerned."""
    often: float
    """Times a person, of those who met it."""
    before: float
    """Share of its events before the challenge's moment (the first order, the call)."""
    lag_seconds: float
    """Median time from that moment on."""
    last: int
    """People whose last trace in the window it is."""


@dataclass(frozen=True)
class Happened:
    steps: tuple[SeenStep, ...]
    people: int
    """Whose days were looked at."""
    events: int
    bought_before: dict[str, float]
    """By step (touchpoint or event): the share of its events up to the first order of the person."""


def happened(around: Around, lived: Lived) -> Happened:
    """Every step that enough people met, the most met first."""
    who = np.flatnonzero(around.who)
    if len(who) > LOOKED_AT:
        who = who[:: -(-len(who) // LOOKED_AT)]
    chosen = np.zeros(lived.customers + 1, np.bool_)
    chosen[who] = True
    customer, at, step, event = _events(around, lived, chosen)
    first_order = np.append(lived.first(lived.of_role("order")), 0)
    order = np.lexsort((at, customer))
    ends = order[np.flatnonzero(np.diff(customer[order], append=-1) != 0)]
    last = np.bincount(step[ends], minlength=1) if len(ends) else np.zeros(1, np.int64)
    rows, early = [], {}
    for one in np.unique(step).tolist():
        mine = np.flatnonzero(step == one)
        people = len(np.unique(customer[mine]))
        if people < max(1, FEWEST * len(who)):
            continue
        lag = (at[mine] - around.anchor[customer[mine]]) / 1e6
        names = np.bincount(event[mine])
        touchpoint = lived.touchpoints[one] if one < len(lived.touchpoints) else None
        name = lived.facts.trace.events[int(names.argmax())]
        rows.append(
            SeenStep(
                touchpoint, name, people, _share(people, len(who), lived), len(mine) / people, float((lag < 0).mean()),
                float(np.median(lag)), int(last[one]) if one < len(last) else 0,
            )
        )  # fmt: skip
        early[touchpoint or name] = float((at[mine] <= first_order[customer[mine]]).mean())
    rows.sort(key=lambda row: (-row.people, row.event))
    return Happened(tuple(rows[:MOST]), len(who), len(step), early)


def _events(around: Around, lived: Lived, chosen: np.ndarray) -> tuple[Int, Int, Int, Int]:
    """(customer, at, step, event) of the events in each one's window; a step is a touchpoint's code, or beyond an event's."""
    found: dict[str, list[Int]] = defaultdict(lambda: [np.empty(0, np.int64)])
    facts, places = lived.facts, len(lived.touchpoints)
    low, high = np.append(around.low, 1), np.append(around.high, 0)
    for index, bucket in enumerate(facts.trace.buckets):
        group = facts.who.group[facts.who.group_start[index] : facts.who.group_start[index + 1]]
        customer = np.repeat(group.astype(np.int64), np.diff(bucket.offsets))
        at = np.asarray(bucket.at)
        mine = np.flatnonzero(
            chosen[customer] & (at >= low[customer]) & (at < high[customer]) & (np.asarray(facts.bound.codes[index]) != CONTESTED)
        )
        code = np.asarray(facts.bound.codes[index])[mine].astype(np.int64)
        event = np.asarray(bucket.event)[mine].astype(np.int64)
        found["customer"].append(customer[mine])
        found["at"].append(at[mine])
        found["event"].append(event)
        found["step"].append(np.where(code < CONTESTED, code, places + event))
    columns = [np.concatenate(found[name]) for name in ("customer", "at", "step", "event")]
    return columns[0], columns[1], columns[2], columns[3]


def _share(hits: int, n: int, lived: Lived) -> Result[float]:
    low, high = wilson(hits, n) or (None, None)
    return Result(
        hits / n if n else None, "share", n, "people", low, high, method="wilson", plan_version=lived.number,
        data_version=lived.facts.trace.data_version,
    )  # fmt: skip
