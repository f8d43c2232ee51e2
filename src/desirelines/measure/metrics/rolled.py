"""The brand's scores rolled up from every touchpoint with its volume: experience, use and promises, each by itself.

A score is Σ volume × mean / Σ volume, so that every touchpoint's part of it is a sum's term: take one away and the score
changes by exactly its part. The three are never added: how it felt, how hard it was and whether a word was kept are three things.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desirelines.measure.intervals import LEVEL, z_value
from desirelines.measure.mapping.frame import Frame
from desirelines.measure.metrics.nouns import MetricAsk
from desirelines.measure.metrics.register import metric_of
from desirelines.measure.metrics.sample import Sample
from desirelines.measure.metrics.told import Told
from desirelines.model.period import Period
from desirelines.model.result import Result
from desirelines.plan import in_order

ScoreKind = Literal["experience", "usability", "promise"]
OF: dict[ScoreKind, tuple[str, str]] = {
    "experience": ("feeling", "How it felt, from -1 to 1"),
    "usability": ("ease", "Found it easy"),
    "promise": ("promise-kept", "Promises kept"),
}
"""Which figure each score rolls up."""


@dataclass(frozen=True)
class ScorePart:
    """One touchpoint in a score. `part`: what it adds; the parts of all sum up to the score."""

    id: str
    name: str
    stages: tuple[str, ...]
    owner: str | None
    volume: int
    """Events there in the period."""
    result: Result[float]
    """The figure at this touchpoint alone."""
    part: Result[float]


@dataclass(frozen=True)
class BrandScore:
    kind: ScoreKind
    metric: str
    name: str
    result: Result[float]
    parts: tuple[ScorePart, ...]
    """The largest volume first; touchpoints of which nobody said anything are not in the score."""
    covered: Result[float]
    """The share of all touchpoints' events that the score speaks of."""
    missing: str


@dataclass(frozen=True)
class Scores:
    """Three scores side by side, never one."""

    scores: tuple[BrandScore, ...]
    period: Period
    plan_version: int
    data_version: int


def scores(frame: Frame) -> Scores:
    """Each score over the touchpoints that the plan knows, in the frame's period and segment."""
    found = tuple(_score(frame, kind) for kind in OF)
    return Scores(found, frame.period, frame.plan_version, frame.matched.data_version)


def volumes(frame: Frame) -> NDArray[np.int64]:
    """int64[touchpoints]: events of anybody at each, in the period."""
    daily, count = frame.facts.daily, len(frame.matched.touchpoints)
    mine = daily.inside(frame.period) & (daily.code < count)
    weights = (daily.known + daily.unknown)[mine]
    return np.bincount(daily.code[mine], weights, count).astype(np.int64)


def _score(frame: Frame, kind: ScoreKind) -> BrandScore:
    name, words = OF[kind]
    told = Told(frame, metric_of(name), MetricAsk(id=name, by="touchpoint"))
    events, units = volumes(frame), told.inside
    whole = int(events.sum())
    if units is None:
        nothing = told.result(told.estimate(None), "")
        missing = told.missing.words if told.missing else ""
        return BrandScore(kind, name, words, nothing, (), frame.share(0, whole, "events"), missing)
    asked = [] if units.touchpoint is None else [code for code in np.unique(units.touchpoint).tolist() if code >= 0]
    weight = {code: max(int(events[code]), 1) for code in asked}
    total = sum(weight.values())
    parts = [_part(frame, told, units, code, weight[code], total) for code in asked]
    error = sqrt(sum((weight[code] / total * _error(part.result)) ** 2 for code, part in zip(asked, parts, strict=True)))
    value = sum(part.part.value or 0.0 for part in parts) if parts else None
    half = z_value() * error
    result = Result(
        value, told.unit, sum(part.result.n for part in parts), told.of, None if value is None else value - half,
        None if value is None else value + half, LEVEL, "rolled up", frame.period, frame.plan_version, frame.matched.data_version,
        ("weighted by the events at each touchpoint, which are taken as they are",), told.address("now") if parts else "",
    )  # fmt: skip
    covered = frame.share(int(sum(events[code] for code in asked)), whole, "events")
    return BrandScore(kind, name, words, result, tuple(sorted(parts, key=lambda part: -part.volume)), covered, "")


def _part(frame: Frame, told: Told, units: Sample, code: int, weight: int, total: int) -> ScorePart:
    touchpoint = in_order(frame.plan.touchpoints)[code]
    found = told.estimate(units.take(np.flatnonzero(units.touchpoint == code)))
    result = told.result(found, f"group:{touchpoint.id}")
    share = weight / total
    part = Result(
        None if result.value is None else share * result.value, told.unit, result.n, result.of,
        None if result.low is None else share * result.low, None if result.high is None else share * result.high, LEVEL,
        result.method, frame.period, frame.plan_version, frame.matched.data_version, (), result.behind,
    )  # fmt: skip
    stages = [stage.id for index, stage in enumerate(frame.matched.stages) if frame.matched.in_stage[code, index]]
    return ScorePart(touchpoint.id, touchpoint.name, tuple(stages), touchpoint.owner, weight, result, part)


def _error(result: Result[float]) -> float:
    return 0.0 if result.low is None or result.high is None else (result.high - result.low) / 2 / z_value(result.level)
