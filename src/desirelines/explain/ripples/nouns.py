"""What may be asked of ripples, and what the answer holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from desirelines.model.period import Period
from desirelines.model.result import Result

FaultKind = Literal["promise", "failure"]
Target = Literal["touchpoint", "role", "question"]


class RipplesAsk(BaseModel):
    """Its marks are `reached` (who met the fault) and `after:service-call:1-3` (of them, those with that outcome at that lag)."""

    model_config = ConfigDict(frozen=True)

    fault: Annotated[
        str, Field(max_length=200, description="promise:ID (broken) or failure:TOUCHPOINT; empty: the one met by most people")
    ] = ""
    control: Annotated[
        str, Field(max_length=64, description="a touchpoint that the fault cannot move, as a check; empty: the journey's first")
    ] = ""


@dataclass(frozen=True)
class Fault:
    """Something that went wrong and can be followed."""

    id: str
    kind: FaultKind
    name: str
    touchpoint: str
    owner: str | None
    people: int
    """Known customers who met it in the period"""


@dataclass(frozen=True)
class Check:
    """`passed` None: it could not be made."""

    name: str
    passed: bool | None
    words: str


@dataclass(frozen=True)
class Said:
    """The effect by another method."""

    method: str
    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class RippleEdge:
    """What followed in days `low` to `high`. `effect`: those who met the fault less those who did not, like with like."""

    id: str
    target: Target
    name: str
    touchpoint: str
    """Where it lies on the map; empty: nowhere"""
    low: int
    high: int
    words: str
    effect: Result[float]
    exposed: Result[float]
    others: Result[float]
    ratio: float | None
    q: float
    shown: bool
    """q at most 0.10: of all the edges shown at most one in ten may be chance"""
    worse: bool
    """More calls, lower scores, fewer orders"""
    later: bool
    """It comes at another time rather than more or less often: earlier lags and later ones make up for each other"""
    rung: str
    rung_id: str
    checks: tuple[Check, ...]
    detectable: float | None
    """The smallest effect that would have been seen four times in five"""
    overturned_by: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class RippleStep:
    """A hop further: among those who met the fault, those who did `through` against those who did not."""

    through: str
    target: str
    effect: Result[float]
    tested: bool
    words: str


@dataclass(frozen=True)
class NaturalComparison:
    """Where a fault began at one place and not at others: before and after, here and there."""

    place: str
    began_on: date
    more_faults: Result[float]
    outcome: str
    effect: Result[float]
    """For each who met the fault"""
    trend_p: float | None
    sound: bool
    rung: str
    words: str


@dataclass(frozen=True)
class Ripples:
    faults: tuple[Fault, ...]
    fault: Fault | None
    words: str
    reached: Result[float]
    """Share of passages that met the fault, and how many people"""
    compared: int
    """Passages with the fault that are compared: each customer's first, in weeks when others passed without it"""
    others: int
    edges: tuple[RippleEdge, ...]
    """All that were looked at, clearest first"""
    lags: tuple[tuple[int, int], ...]
    steps: tuple[RippleStep, ...]
    natural: tuple[NaturalComparison, ...]
    money: Result[float] | None
    """What the fault's people bought less in 60 days, in the brand's currency"""
    alike: tuple[tuple[str, float, float], ...]
    """What was known before, and how far apart both sides were: as they are, and as compared (in standard deviations)"""
    period: Period
    plan_version: int
    data_version: int
    caveats: tuple[str, ...]
