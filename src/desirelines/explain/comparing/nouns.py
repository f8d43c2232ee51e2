"""What may be asked of a comparison, and what the answer holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from desirelines.model.period import Period
from desirelines.model.result import Result

Kind = Literal["reach", "time", "left", "felt", "way", "deviation", "promise", "answer", "following", "seam", "metric"]
Day = Annotated[str, Field(max_length=10)]


class CompareAsk(BaseModel):
    """Side A is the question itself (or a persona of it), side B what these say; what B does not say is as A has it. Said
    nothing, B is everybody else, or the later half of the data is held against the earlier.

    Its marks are `a:` or `b:` and a figure of the map, such as `a:stage=pay` or `b:promise=on-time:broken`; `a:` is all of A.
    """

    model_config = ConfigDict(frozen=True)

    persona: Annotated[str, Field(max_length=64, description="A is this persona's customers")] = ""
    b_segment: Annotated[str, Field(max_length=2000, description="B's customers; * is everybody")] = ""
    b_persona: Annotated[str, Field(max_length=64, description="B is this persona's customers")] = ""
    b_first_on: Annotated[Day, Field(description="first day of B's period")] = ""
    b_last_on: Annotated[Day, Field(description="last day of B's period, included")] = ""
    b_version: Annotated[
        str, Field(pattern=r"^([0-9]{1,9}|draft)?$", description="B is held against this version of the plan")
    ] = ""
    q: Annotated[float, Field(gt=0, lt=1, description="of all that is called a difference, the share that may be chance")] = 0.1


@dataclass(frozen=True)
class SideTold:
    """One side: how it is called, and whom it holds."""

    name: str
    journeys: int
    people: int
    period: Period
    segment: str
    plan_version: int
    behind: str


@dataclass(frozen=True)
class Contrast:
    """One figure on both sides. `difference` is A less B; its `n` counts both sides."""

    id: str
    kind: Kind
    name: str
    words: str
    stage: str | None
    touchpoint: str | None
    a: Result[float]
    b: Result[float]
    difference: Result[float]
    p: float | None
    q: float | None
    """Benjamini and Hochberg, over all that was looked at."""
    sure: bool
    """q is under what was asked for."""
    size: float
    """Without unit, to rank by: standard deviations of shares and means, the logarithm of the ratio of times."""
    good: bool | None
    """Whether A has the better of it; None where neither way is better."""


@dataclass(frozen=True)
class Comparison:
    words: str
    rung: str
    a: SideTold
    b: SideTold
    both: int
    """Customers who stand on both sides."""
    looked: int
    """Differences that could be judged."""
    expected_false: float
    """Of those called sure, so many may be chance."""
    contrasts: tuple[Contrast, ...]
    """Sure ones first, by size and certainty."""
    only_a: tuple[str, ...]
    """Stages and touchpoints that one side's plan alone has."""
    only_b: tuple[str, ...]
    period: Period
    plan_version: int
    data_version: int
    caveats: tuple[str, ...]
