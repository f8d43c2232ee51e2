"""What a funnel may be asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from desirelines.measure.asking.walk import Level
from desirelines.model.period import Period
from desirelines.model.result import Result

GroupKind = Literal["value", "other", "none"]
Property = Annotated[str, Field(max_length=100)]


class FunnelAsk(BaseModel):
    """Its marks are `reached:2` and `dropped:2`, of a group `reached:2:=web`, `reached:2:other`, `reached:2:none`."""

    model_config = ConfigDict(frozen=True)

    steps: Annotated[str, Field(max_length=2_000, description="such as Look > Basket|Wish > Pay? > !Return > Order")]
    order: Annotated[
        Literal["ordered", "strict", "any"], Field(description="in order; with nothing else between; in any order")
    ] = "ordered"
    within: Annotated[str, Field(max_length=30, description="from the first to the last step at most 7d, or 3 journeys")] = ""
    exclude: Annotated[str, Field(max_length=500, description="may happen nowhere between the steps; names parted by |")] = ""
    hold: Annotated[Property, Field(description="all steps have the same value of it: object:order, text:device, channel")] = ""
    count: Annotated[
        Literal["people", "journeys", "entries"], Field(description="each person once, each journey once, or every attempt")
    ] = "people"
    by: Annotated[Property, Field(description="a funnel for each value of it: channel, text:device, trait:state")] = ""
    attribution: Annotated[
        Literal["first", "last", "step"],
        Field(description="whose value counts: the first step's, the last one's, each step's own"),
    ] = "first"


@dataclass(frozen=True)
class FunnelNext:
    """What those who dropped do next."""

    name: str
    kind: Literal["step", "more", "end"]
    """`more`: the rarer ones together; `end`: nothing, the journey is over."""
    count: int
    rate: float
    """Of those who dropped."""


@dataclass(frozen=True)
class FunnelStep:
    """In any order step 2 is any two of the steps, and `names` are those of all of them."""

    names: tuple[str, ...]
    """One of them is enough."""
    optional: bool
    excluded: tuple[str, ...]
    """What may not happen between it and the next step."""
    count: int
    """Chains in which it is served."""
    rate_of_first: Result[float]
    rate_of_previous: Result[float]
    """Of those who reached the last step before it that is not optional; of the first step: of all people, or journeys, asked."""
    p25_seconds: float | None
    """Since the step that was served before it."""
    median_seconds: float | None
    p75_seconds: float | None
    p90_seconds: float | None
    median_seconds_since_first: float | None
    dropped: int
    """Those who got no further; 0 where it is optional, and at the last step."""
    next: tuple[FunnelNext, ...]
    """The most frequent first. Not told for groups."""
    behind_reached: str
    behind_dropped: str
    """Empty where nobody can drop."""


@dataclass(frozen=True)
class FunnelGroup:
    """Those with one value; `other`: the rarer values together; `none`: without one."""

    value: str
    kind: GroupKind
    count: int
    """At the first step."""
    rate: Result[float]
    """Of those the share that reached the last one; with each step's own value: of all at the first step."""
    steps: tuple[FunnelStep, ...]


@dataclass(frozen=True)
class Funnel:
    level: Level
    subject: str
    journeys: int
    people: int
    period: Period
    plan_version: int
    data_version: int
    caveats: tuple[str, ...]
    order: str
    counts: str
    """people, journeys or entries: what every count here is of"""
    rate: Result[float]
    """Of those at the first step the share that reached the last one."""
    steps: tuple[FunnelStep, ...]
    groups: tuple[FunnelGroup, ...]
    """With most at the first step first, then `other`, then `none`."""
