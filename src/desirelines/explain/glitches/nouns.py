"""What may be asked of glitches, and what the answer holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from desirelines.explain.glitches.baseline import Kind
from desirelines.model.period import Period
from desirelines.model.result import Result


class GlitchesAsk(BaseModel):
    """Its marks are `promise:our-day:2026-03-16:2026-04-30`: a series and the days from and to which people met it."""

    model_config = ConfigDict(frozen=True)

    touchpoint: Annotated[str, Field(max_length=64, description="this one only; empty: every touchpoint")] = ""
    unit: Annotated[
        Literal["day", "hour"],
        Field(description="hour: volume by the hour of the week over the last ten weeks, where at least ten come in an hour"),
    ] = "day"


@dataclass(frozen=True)
class WatchedSeries:
    """A series day by day (hour by hour). `low` and `high`: where a single unit should lie; None while the usual is learned."""

    id: str
    kind: Kind
    touchpoint: str
    name: str
    unit: str
    starts: tuple[datetime, ...]
    level: tuple[float | None, ...]
    usual: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    alarms: tuple[int, ...]
    """Places at which the live watch rang"""


@dataclass(frozen=True)
class GlitchRow:
    series: str
    kind: Kind
    touchpoint: str
    name: str
    owner: str | None
    words: str
    began_on: date
    began_at: datetime
    ended_on: date | None
    """The first day as usual again; None: still going on"""
    seen_on: date | None
    """The day on which the live watch rang; None: it shows in hindsight only"""
    higher: bool
    worse: bool | None
    """None: more or fewer of them is neither"""
    level: Result[float]
    usual: Result[float]
    change: Result[float]
    reached: Result[float]
    """Known people who met it"""
    q: float
    lasting: int | None
    """How many units the present state has lasted, as a probability has it (online change points)"""
    fault: str
    """What to follow in `ripples`; empty: nothing that can be followed customer by customer"""
    season: bool
    """Most touchpoints' volumes moved alike at that time"""


@dataclass(frozen=True)
class Glitches:
    glitches: tuple[GlitchRow, ...]
    """Worse and still going on first"""
    series: tuple[WatchedSeries, ...]
    """Of the glitches listed, or of the touchpoint asked for"""
    watched: int
    """Series"""
    units: int
    rang: int
    """Alarms of the live watch over all of them"""
    by_chance: float
    """So many it would ring over all of them if nothing ever happened"""
    words: str
    period: Period
    plan_version: int
    data_version: int
    caveats: tuple[str, ...]
