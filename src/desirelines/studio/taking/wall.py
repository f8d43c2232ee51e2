"""One map as columns and rows: what every form that is taken along shows, and nothing else does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from desirelines.model.result import Result

WallShow = Literal["both", "is", "should"]
"""The map as it is and as it should be on one sheet, or one of them alone."""

WALL_LANES: Mapping[str, str] = {
    "moments": "Moments",
    "touchpoints": "Touchpoints",
    "ways": "Ways taken",
    "emotion": "Emotion",
    "promises": "Promises",
    "messages": "Messages",
    "frontstage": "Frontstage",
    "backstage": "Backstage",
    "systems": "Systems",
    "owners": "Owners",
    "figures": "Figures",
    "insights": "Insights",
    "pains": "Pains",
    "opportunities": "Opportunities",
    "think": "Think",
    "feel": "Feel",
    "do": "Do",
    "notes": "Notes",
    "images": "Images",
}
"""The house's rows in the order in which the board has them."""


@dataclass(frozen=True)
class Take:
    """What of a map is taken along. `lanes`: these rows in this order; empty: the map's own. `persona`: only what is theirs."""

    lanes: tuple[str, ...] = ()
    persona: str | None = None
    show: WallShow = "both"
    figures: bool = True


@dataclass(frozen=True)
class WallFigure:
    """One measured number as the sheet says it."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    unit: str

    @classmethod
    def of(cls, name: str, result: Result[Any]) -> WallFigure:
        return cls(name, result.value, result.low, result.high, result.n, result.unit)


@dataclass(frozen=True)
class WallCell:
    """One thing in one row of one stage. `of`: the id it belongs to (an experience's moment, a touchpoint's step)."""

    kind: str
    id: str
    words: str
    more: tuple[str, ...] = ()
    owner: str = ""
    persona: str = ""
    grade: str = ""
    state: str = ""
    medium: str = ""
    of: str = ""
    source: str = ""
    picture: str = ""
    target: float | None = None
    quoted: bool = False
    figures: tuple[WallFigure, ...] = ()


@dataclass(frozen=True)
class Feeling:
    """Three lines of emotion in one stage, -1 to 1: what we intend, what customers said they want, what they felt."""

    desired: float | None = None
    wanted: float | None = None
    wanted_n: int | None = None
    felt: WallFigure | None = None

    @property
    def known(self) -> bool:
        return self.desired is not None or self.wanted is not None or (self.felt is not None and self.felt.value is not None)


@dataclass(frozen=True)
class WallColumn:
    """A stage."""

    id: str
    name: str
    side: Literal["buyer", "customer"]
    words: str = ""
    notes: tuple[str, ...] = ()
    """Its phase, its place in the story, what it opens into, whether it repeats."""
    grade: str = ""
    figures: tuple[WallFigure, ...] = ()
    feeling: Feeling = Feeling()


@dataclass(frozen=True)
class WallRow:
    """A lane: cells by stage id, in the order in which they are read."""

    id: str
    name: str
    cells: Mapping[str, tuple[WallCell, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class WallLine:
    """A way that people walk from one touchpoint to the next. `desire`: nobody drew it."""

    origin: str
    target: str
    origin_name: str
    target_name: str
    origin_stage: str
    target_stage: str
    people: int
    journeys: int
    rate: float
    median_seconds: float | None
    planned: bool
    desire: bool


@dataclass(frozen=True)
class WallNote:
    """What somebody said about the map or a thing on it."""

    element: str
    words: str
    author: str
    on: str
    resolved: bool = False


@dataclass(frozen=True)
class Wall:
    """A whole map. `data`: what its figures rest on, or why there are none."""

    brand: str
    simulated: bool
    journey: str
    name: str
    words: str
    personas: tuple[str, ...]
    version: str
    on: date
    data: str
    columns: tuple[WallColumn, ...]
    rows: tuple[WallRow, ...]
    lines: tuple[WallLine, ...] = ()
    notes: tuple[WallNote, ...] = ()
    seam: tuple[WallFigure, ...] = ()
    caveats: tuple[str, ...] = ()
