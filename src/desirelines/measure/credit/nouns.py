"""What may be asked about credit, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from desirelines.measure.asking.walk import Level, Names
from desirelines.model.period import Period
from desirelines.model.result import Result

LABEL: Literal["descriptive credit"] = "descriptive credit"
Rule = Literal["last", "first", "linear", "position", "decay", "markov", "shapley"]


class CreditAsk(BaseModel):
    """Its marks are `=email`, those whose goal a touch came before, and `none`, those whose goal none came before."""

    model_config = ConfigDict(frozen=True)

    of: Annotated[Level, Field(description="what is credited: channel, touchpoint, event or source")] = "channel"
    goal: Annotated[Names, Field(description="what is credited for: a role, or events parted by |; empty: the role order")] = ""
    touches: Annotated[Names, Field(description="only these are touches, parted by |; empty: all")] = ""
    window: Annotated[str, Field(max_length=20, description="a touch longer before is not credited, such as 30d")] = "30d"
    half: Annotated[str, Field(max_length=20, description="for time decay: after so long a touch weighs half")] = "7d"
    repeats: Annotated[
        Literal["run", "each"], Field(description="the same touch several times in a row is one, or each its own")
    ] = "run"
    top: Annotated[int, Field(ge=1, le=200, description="how many touches are listed")] = 30


@dataclass(frozen=True)
class CreditShare:
    rule: Rule
    credit: Result[float]
    """Goals credited; the interval says how far chance scatters it, not whether the touch did anything."""
    share: float | None
    """Of all goals."""
    money: Result[float]
    cost: float | None
    """Spend per goal credited."""
    back: float | None
    """Money credited per unit of spend."""


@dataclass(frozen=True)
class CreditRow:
    name: str
    kind: Literal["touch", "none"]
    """`none`: goals that no touch came before."""
    before: Result[float]
    """Share of goals that it came before at all; over all touches these are more than one."""
    people: int
    removal: float | None
    """Share of goals that would be gone if it led nowhere, by the chances of what follows what."""
    spend: Result[float]
    shares: tuple[CreditShare, ...]
    behind: str


@dataclass(frozen=True)
class Credit:
    """Who is credited with what customers came to do, by every rule side by side.

    `label` says what this is: no rule knows what would have happened without a touch. An experiment does (see explain).
    """

    label: Literal["descriptive credit"]
    level: Level
    goal: str
    goals: int
    people: int
    """Customers with such a goal."""
    chains: int
    """Chains of touches that led nowhere."""
    open_chains: int
    """Chains that may still lead somewhere: in none of the figures."""
    period: Period
    plan_version: int
    data_version: int
    caveats: tuple[str, ...]
    currency: str
    conversion: float | None
    """The chance that a chain of touches ends in a goal."""
    money: Result[float]
    spend: Result[float]
    rules: tuple[Rule, ...]
    rows: tuple[CreditRow, ...]
