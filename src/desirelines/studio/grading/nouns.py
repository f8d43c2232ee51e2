"""A cell with its grade, and a thing to find out with what it would settle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from desirelines.measure import Grade

Way = Literal["publish", "bind", "count", "ask", "rate", "judge", "source"]
"""How a cell becomes better known.

publish: it is drawn and could be measured. bind: name the events that happen there. count: of what leaves no events, bring in
counts or what somebody saw. ask: customers, how they feel. rate: customers, how important an outcome is and how satisfied they
are. judge: say by what a promise is kept. source: say where a thing was learned.
"""
KNOWN: Mapping[Grade, float] = {"guessed": 0.0, "observed": 1 / 3, "asked": 2 / 3, "measured": 1.0}
"""How much of a cell is known at each grade: as the disc on the map fills."""


@dataclass(frozen=True)
class MapCell:
    """One cell of a map. `element`: `touchpoint:van`, or a lane's part of a stage such as `stage:wait/emotion`.

    `more` says what would raise the grade, empty where nothing can. `published`: what is drawn but not published cannot be
    measured yet. `reach`: the share of journeys that come by, measured or, where `reach_known` is false, as drawn.
    `weight`: how much it matters to know it (see docs/studio.md).
    """

    element: str
    name: str
    stage: str | None
    grade: Grade
    why: str
    more: str
    published: bool
    reach: float
    reach_known: bool
    weight: float


@dataclass(frozen=True)
class FindOut:
    """Something to find out. `score`: over the cells it settles, reach × weight × how much better they would be known."""

    element: str
    name: str
    way: Way
    words: str
    settles: tuple[str, ...]
    score: float


@dataclass(frozen=True)
class GradedMap:
    """A map's cells, how many have which grade, and what to find out next, the most settling first.

    `rests_on`: what there was to go by (`insights`, `answers`, `figures`, `events`); empty: ranked by how the map is drawn.
    """

    journey: str
    plan_version: int
    cells: tuple[MapCell, ...]
    counts: dict[Grade, int]
    next: tuple[FindOut, ...]
    rests_on: tuple[str, ...]
