"""What may be asked about drivers, moments and the chain, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from desirelines.explain.drivers.contrast import Kind
from desirelines.explain.drivers.crossed import Missing
from desirelines.explain.drivers.grid import Field as Place
from desirelines.explain.rungs import RungId
from desirelines.model.period import Period
from desirelines.model.result import Result

OUTCOME = "what moves: a question's id, `recommend`, or `repeat` (an order again); empty: satisfaction"
DRIVERS = "what may move it, parted by |: question:ID, promise:ID, met:ID, quick:ID:2d, calm, property:NAME@1-5; empty: all known"
PRODUCT = "which of them (or of the touchpoints) are the product itself, parted by |"


class DriversAsk(BaseModel):
    """Its marks are `low:ID`: those who scored the driver low, or whose promise was broken."""

    model_config = ConfigDict(frozen=True)

    outcome: Annotated[str, Field(max_length=80, description=OUTCOME)] = ""
    drivers: Annotated[str, Field(max_length=4000, description=DRIVERS)] = ""
    product: Annotated[str, Field(max_length=2000, description=PRODUCT)] = ""
    missing: Annotated[
        Literal["", "listwise", "pairwise"],
        Field(
            description="rows without a value: listwise leaves them out, pairwise uses what is there; empty: whichever loses less"
        ),
    ] = ""
    back_days: Annotated[int, Field(ge=1, le=3650, description="days before an answer in which what was met counts")] = 90
    within_days: Annotated[int, Field(ge=1, le=3650, description="`repeat`: ordered again within so many days")] = 180
    settle_days: Annotated[int, Field(ge=0, le=365, description="`repeat`: days after the order that still belong to it")] = 14
    like: Annotated[bool, Field(description="compare customers alike in how long and how often they had been there before")] = (
        True
    )


class MomentsAsk(DriversAsk):
    """Its marks are `met:ID` and `low:ID`, a touchpoint's id."""

    weigh: Annotated[
        Literal["people", "meetings"], Field(description="reach: the share who meet it, or meetings per customer (how often)")
    ] = "people"


class ChainAsk(BaseModel):
    """The chain has no marks of its own."""

    model_config = ConfigDict(frozen=True)

    within_days: Annotated[
        int, Field(ge=7, le=1095, description="days after each customer's start in which the next link counts")
    ] = 180


@dataclass(frozen=True)
class Named:
    id: str
    name: str


@dataclass(frozen=True)
class DriverRow:
    """One driver. Every effect is of the outcome's units, beside the other drivers, for the whole way from worst to best."""

    id: str
    name: str
    kind: str
    touchpoint: str
    owner: str
    product: bool
    importance: Result[float]
    """Share of what all drivers explain, 0 to 1"""
    explains: Result[float]
    """Part of R²"""
    performance: Result[float]
    """Where it stands on its own scale, 0 to 1"""
    effect: Result[float]
    beta: Result[float]
    """Standardised"""
    correlation: float | None
    vif: float | None
    """None: the others say it entirely"""
    suppressor: bool
    warnings: tuple[str, ...]
    field: Place | None
    """None for what is neither good nor bad: a touchpoint met"""
    sure: bool
    """Its cross touches no boundary of the field"""
    penalty: Result[float] | None
    reward: Result[float] | None
    asymmetry: float | None
    q: float | None
    asymmetric: Kind | None
    """None for what has no middle"""
    behind: str


@dataclass(frozen=True)
class Drivers:
    outcome: str
    outcome_name: str
    unit: str
    outcome_low: float
    outcome_high: float
    mean: Result[float]
    rows: tuple[DriverRow, ...]
    """The most important first"""
    importance_at: float | None
    performance_at: float | None
    """The boundaries of the fields"""
    r2: Result[float]
    f: float | None
    freedom: int
    tjur: float | None
    """Of what happens or does not: mean chance of those it happened to less that of the others"""
    method: str
    """How importance was shared out: lmg, johnson, or shapley of the log likelihood"""
    missing: Missing
    people: int
    rung: RungId
    rung_name: str
    product: Result[float] | None
    experience: Result[float] | None
    """Shares of what is explained; None where nothing is said to be the product"""
    headline: str
    warnings: tuple[str, ...]
    caveats: tuple[str, ...]
    outcomes: tuple[Named, ...]
    choices: tuple[Named, ...]
    """All drivers that could be asked for"""
    period: Period
    plan_version: int
    data_version: int


@dataclass(frozen=True)
class MomentRow:
    """One touchpoint as a moment: how many meet it, how far it falls short, what that goes with."""

    touchpoint: str
    name: str
    words: str
    """The moment's, in the customer's words, where the plan has one"""
    owner: str
    evidence: str
    rated_by: Literal["customers", "events"]
    """Whose rating the gap is: the customers' own, wherever there is one"""
    driver: str
    reach: Result[float]
    gap: Result[float]
    effect: Result[float]
    matters: Result[float]
    """reach × gap × effect: the outcome's units per customer that are lost here"""
    surely: bool
    """The interval of `matters` lies above 0"""
    warnings: tuple[str, ...]
    product: bool
    met: str
    low: str
    """Addresses of those who met it, and of those it failed"""


@dataclass(frozen=True)
class Moments:
    outcome: str
    outcome_name: str
    unit: str
    rows: tuple[MomentRow, ...]
    rung: RungId
    rung_name: str
    weigh: str
    product: Result[float] | None
    experience: Result[float] | None
    headline: str
    unknown: tuple[str, ...]
    """Touchpoints of which nothing is known that could be weighed"""
    caveats: tuple[str, ...]
    outcomes: tuple[Named, ...]
    period: Period
    plan_version: int
    data_version: int


@dataclass(frozen=True)
class ChainLink:
    """One link of the chain: what of the one goes with what of the other."""

    id: str
    origin: str
    target: str
    words: str
    """In plain words, or why nothing can be said"""
    value: Result[float] | None
    rung: RungId
    rung_name: str
    tested: bool
    """Its interval holds no 0"""


@dataclass(frozen=True)
class Chain:
    links: tuple[ChainLink, ...]
    headline: str
    caveats: tuple[str, ...]
    period: Period
    plan_version: int
    data_version: int
