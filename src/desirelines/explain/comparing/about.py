"""What a contrast is about, and one side's figure of it as a Result and in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desirelines.explain.comparing.joint import LEVEL, Draws, apart
from desirelines.explain.comparing.nouns import Kind
from desirelines.explain.comparing.rows import Rows
from desirelines.measure import Frame, lasting, percent
from desirelines.model.result import Result


@dataclass(frozen=True)
class About:
    """What a contrast is about, and how it is said."""

    kind: Kind
    id: str
    name: str
    unit: str
    of: str
    mark: str = ""
    stage: str | None = None
    touchpoint: str | None = None
    up_is_good: bool | None = None
    counted: bool = True
    """A share of rows, not of what they hold."""


def led(one: Result[float], behind: str) -> Result[float]:
    return Result(**{**vars(one), "behind": behind})


def walked(frame: Frame) -> dict[tuple[str, str], tuple[int, int]]:
    """(origin, target) → (feature, journeys)."""
    features, names = frame.matched.features, frame.matched.touchpoints
    counts = frame.counts.journeys
    pairs = zip(features.origin.tolist(), features.target.tolist(), strict=True)
    return {(names[o], names[t]): (features.way(way), int(counts[features.way(way)])) for way, (o, t) in enumerate(pairs)}


def held_by(side: Rows, way: tuple[int, int] | None) -> Draws:
    if way:
        return side.having(way[0])
    return Draws(np.zeros(len(side.who)), np.ones(len(side.who)), side.who)


def valued(frame: Frame, one: Draws, about: About) -> Result[float]:
    if about.unit == "share" and about.counted:
        return frame.share(round(float(one.over.sum())), one.n, about.of)
    if one.value is None:
        return frame.result(None, about.unit, 0, about.of, method="delta")
    held = apart(one, Draws(np.zeros(1), np.ones(1), np.full(1, -1, np.int64)), False)  # against nothing at all
    return frame.result(one.value, about.unit, one.n, about.of, low=held.low, high=held.high, level=LEVEL, method="delta")


def said(one: Result[float]) -> str:
    if one.value is None:
        return "unknown"
    if one.unit in ("share", "fitness"):
        return percent(one.value)
    return lasting(one.value) if one.unit == "seconds" else f"{one.value:.2f}"
