"""What may be asked of an experiment, and what the answer holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from desirelines.model.period import Period
from desirelines.model.result import Result

Verdict = Literal["more", "less", "no difference shown", "blanked", "nothing to say"]


class ExperimentAsk(BaseModel):
    """Its marks are `arm:B`, `reached:1:B` (the first goal in arm B) and `crossed`."""

    model_config = ConfigDict(frozen=True)

    event: Annotated[str, Field(max_length=200, description="the event that exposes a customer, such as Experiment Viewed")] = ""
    arm: Annotated[str, Field(max_length=64, description="its property that names the arm, or a trait without an event")] = (
        "variant"
    )
    name_property: Annotated[str, Field(max_length=64, description="its property that names the experiment")] = ""
    name: Annotated[str, Field(max_length=200, description="which experiment, where a property names it")] = ""
    goals: Annotated[
        str,
        Field(
            max_length=1000,
            description="did:EVENT, role:ID, times:ID, value:ID, score:QUESTION or metric:ID, parted by |; the first counts most",
        ),
    ] = ""
    within: Annotated[
        str, Field(pattern=r"^[0-9]+(\.[0-9]+)?(s|min|h|d|w)$", description="time after exposure that counts, such as 14d")
    ] = "14d"
    control: Annotated[
        str, Field(max_length=200, description="the arm that others are held against; default: the first by name")
    ] = ""
    shares: Annotated[
        str, Field(max_length=200, description="planned shares of the arms by name, such as 50:50; default: equal")
    ] = ""
    planned: Annotated[
        int, Field(ge=0, le=10**9, description="customers that were planned beforehand; from then on the fixed interval counts")
    ] = 0


@dataclass(frozen=True)
class Trial:
    """An experiment that the data show: two arms or more."""

    name: str
    event: str
    """Empty: the arm is a trait."""
    arm: str
    name_property: str
    arms: tuple[tuple[str, int], ...]
    """Name and customers, exposed or not twice."""
    first_on: date | None
    last_on: date | None


@dataclass(frozen=True)
class Arm:
    name: str
    control: bool
    customers: Result[float]
    """Exposed to it first, and to no other."""
    whole: int
    """Of them, those whose time after exposure has passed."""


@dataclass(frozen=True)
class GoalArm:
    """One goal in one arm. All differences are against the control; None at the control."""

    arm: str
    value: Result[float]
    fixed: Result[float] | None
    """Valid at one look, when the planned number is reached."""
    adjusted: Result[float] | None
    """The same, with CUPED."""
    always: Result[float] | None
    """Valid at every look."""
    p: float | None
    p_corrected: float | None
    """Holm, over all arms and goals."""
    relative: float | None
    """The difference as a share of the control's value."""
    detectable: float | None
    """The least true difference that so many customers show four times in five."""
    verdict: Verdict
    words: str


@dataclass(frozen=True)
class Goal:
    name: str
    words: str
    unit: str
    arms: tuple[GoalArm, ...]
    kept: float | None
    """Share of the variance that CUPED leaves; None where the past foretells nothing."""
    before: float | None
    """p that the arms differed so much before exposure, by chance."""


@dataclass(frozen=True)
class Look:
    """The first goal, first arm against the control, as one would have seen it at the end of a day."""

    on: date
    customers: int
    value: float | None
    low: float | None
    high: float | None
    always_low: float | None
    always_high: float | None


@dataclass(frozen=True)
class Gate:
    """`holds` False: nothing of the experiment may be read."""

    holds: bool
    chi2: float | None
    p: float | None
    words: str


@dataclass(frozen=True)
class Experiment:
    name: str
    words: str
    rung: str
    """The rung's name: experiment, or moves together where the gate or the past says that chance did not deal the arms."""
    arms: tuple[Arm, ...]
    gate: Gate
    crossed: Result[float]
    """Customers who saw two arms: shown and left out."""
    waiting: int
    """Customers whose time after exposure has not passed: not counted yet."""
    planned: int
    counts: Literal["fixed", "always"]
    """Which interval the verdict rests on."""
    peeking: float
    """The chance of a false alarm if the fixed interval had been read at every look listed."""
    goals: tuple[Goal, ...]
    exposure: tuple[tuple[date, tuple[int, ...]], ...]
    """New customers of each arm by day."""
    looks: tuple[Look, ...]
    period: Period
    plan_version: int
    data_version: int
    caveats: tuple[str, ...]
