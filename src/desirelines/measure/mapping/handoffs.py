"""Hand-offs: where one team passes the customer on to another, and how often that fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.measure.mapping.frame import Frame
from desirelines.model.period import Period
from desirelines.model.result import Result
from desirelines.plan import Touchpoint, in_order

Int = NDArray[np.int64]


@dataclass(frozen=True)
class Handoff:
    """A planned way between touchpoints of two owners. All shares are of the times customers were at the origin."""

    origin: str
    origin_name: str
    giver: str | None
    """The team that owns the origin; None: nobody."""
    target: str
    target_name: str
    taker: str | None
    systems: tuple[str, ...]
    """Systems that both sides name; none: the customer's data travel by hand, or nobody said."""
    passed: Result[float]
    """The next step is the target."""
    astray: Result[float]
    """The next step is one that no plan draws after the origin."""
    ended: Result[float]
    """Nothing came after it; journeys that are still open are among them."""
    time: Result[float]
    """Median seconds from origin to target."""


@dataclass(frozen=True)
class Handoffs:
    """The hand-offs of one journey, those that fail most people first. `loose`: planned ways with an end nobody owns."""

    journey: str
    journey_name: str
    period: Period
    handoffs: tuple[Handoff, ...]
    loose: int
    inside: int
    """Planned ways that were walked within one team."""


def handoffs(frame: Frame) -> Handoffs:
    """Every planned way between two owners that was walked, or could have been: its origin was reached."""
    walked = _Walked(frame)
    rows = [walked.row(origin, target) for origin, target in walked.between()]
    rows.sort(key=lambda row: (-_failed(row), row.origin, row.target))
    journey = frame.matched.journey
    return Handoffs(journey.id, journey.name, frame.period, tuple(rows), walked.loose, walked.inside)


def _failed(row: Handoff) -> float:
    return row.passed.n * ((row.astray.value or 0.0) + (row.ended.value or 0.0))


class _Walked:
    """Counts of steps from each touchpoint to each other, in the kept journeys."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        features = frame.matched.features
        mine = slice(features.way(0), features.way(features.ways))
        counts = frame.counts.times[mine].tolist()
        ends = list(zip(features.origin.tolist(), features.target.tolist(), strict=True))
        self.ways = {end: way for way, end in enumerate(ends)}
        self.counts = {end: int(count) for end, count in zip(ends, counts, strict=True)}
        self.at: Int = np.asarray(frame.counts.times[: features.touchpoints], dtype=np.int64)
        self.touchpoints: tuple[Touchpoint, ...] = in_order(frame.plan.touchpoints)
        self.loose = 0
        self.inside = 0

    def between(self) -> Iterator[tuple[int, int]]:
        """Pairs (origin, target) of two owners; counts the others on the way."""
        for origin, target in sorted(self.frame.matched.planned_ways):
            if origin == target or not self.at[origin]:
                continue
            giver, taker = self.touchpoints[origin].owner, self.touchpoints[target].owner
            if giver is None or taker is None:
                self.loose += 1
            elif giver == taker:
                self.inside += bool(self.counts.get((origin, target)))
            elif self.counts.get((origin, target)):
                yield origin, target

    def row(self, origin: int, target: int) -> Handoff:
        one, other = self.touchpoints[origin], self.touchpoints[target]
        n, passed = int(self.at[origin]), self.counts[origin, target]
        onward = {end: count for end, count in self.counts.items() if end[0] == origin}
        astray = sum(count for end, count in onward.items() if end not in self.frame.matched.planned_ways)
        share = self.frame.share
        behind = f"way={one.id}>{other.id}"
        return Handoff(
            one.id, one.name, one.owner, other.id, other.name, other.owner,
            tuple(name for name in one.systems if name in other.systems),
            share(passed, n, "times", behind), share(astray, n, "times"), share(n - sum(onward.values()), n, "times"),
            self._time(origin, target, passed),
        )  # fmt: skip

    def _time(self, origin: int, target: int, passed: int) -> Result[float]:
        sizes = np.zeros(self.frame.matched.features.ways, dtype=np.int64)
        sizes[self.ways[origin, target]] = passed
        return self.frame.medians(self.frame.matched.way_time, sizes, "transitions")[self.ways[origin, target]]
