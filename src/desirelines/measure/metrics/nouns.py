"""What may be asked about metrics, and what is answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from desirelines.errors import BadInput
from desirelines.measure.asking.calendar import Unit
from desirelines.measure.metrics.entry import Direction, Family
from desirelines.model.period import Period
from desirelines.model.result import Result

By = Literal["", "stage", "touchpoint", "moment", "persona", "segment", "channel", "cycle", "version", "part"]


class MetricAsk(BaseModel):
    """Its marks are `now`, `before`, `unit:2017-10-01` and `group:<id>`; with `:yes` or `:no` behind it, half of them."""

    model_config = ConfigDict(frozen=True)

    id: Annotated[str, Field(max_length=64, description="a metric's id, as the list of metrics has it")]
    by: Annotated[By, Field(description="what to break it down by; empty: nothing")] = ""
    unit: Annotated[Unit, Field(description="day, week (from Monday) or month of the trend, in the brand's zone")] = "month"


@dataclass(frozen=True)
class Beside:
    """What a breakdown needs to know that is not in the frame."""

    members: Callable[[str], NDArray[np.bool_]]
    """A segment's rule → bool[customers of the facts]."""
    segments: Sequence[tuple[str, str, str]] = ()
    """(id, name, rule) of the saved segments."""
    stretches: Sequence[tuple[int | None, int]] = ()
    """(from when on, microseconds, which version of the plan held), oldest first."""


def no_members(rule: str) -> NDArray[np.bool_]:
    """Where no workspace stands behind the frame."""
    raise BadInput(f"`{rule[:80]}` cannot be asked here", hint="ask the workspace's view")


NOTHING_BESIDE = Beside(no_members)


@dataclass(frozen=True)
class MetricChange:
    """now - before. `better`: more than chance and in the wanted direction; None where neither can be said."""

    result: Result[float]
    p: float | None
    """The probability of so large a change by chance alone."""
    more_than_chance: bool | None
    better: bool | None
    compared: str
    """What was held against what."""
    times: Result[float] | None = None
    """Of rates: now / before, with its interval on the log scale."""


@dataclass(frozen=True)
class MetricRow:
    """One figure of the register as it is now. `missing`: why it cannot be said, and `link` where that is mended."""

    id: str
    name: str
    words: str
    formula: str
    unit: str
    direction: Direction
    family: Family
    source: str
    needs: tuple[str, ...]
    caution: str
    now: Result[float]
    before: Result[float] | None
    change: MetricChange | None
    target: float | None
    owner: str | None
    state: Literal["met", "missed", "in doubt", "no target", "not said"]
    """missed: the whole interval is on the wrong side of the target; met: the value is on the right one; in doubt: between."""
    series: tuple[float | None, ...]
    """Twelve equal stretches of the period, oldest first."""
    missing: str
    missing_roles: tuple[str, ...]
    link: str
    """The metric's own page, or the page of the plan that adds what is missing."""


@dataclass(frozen=True)
class Metrics:
    """All figures at once, family after family."""

    rows: tuple[MetricRow, ...]
    period: Period
    before: Period | None
    """The period before, which `change` is held against; None: the halves of the data are held against each other."""
    segment: str
    journey: str
    plan_version: int
    data_version: int


@dataclass(frozen=True)
class TrendPoint:
    start_on: date
    result: Result[float]
    complete: bool
    """The data hold this unit whole."""


@dataclass(frozen=True)
class MetricGroup:
    """One row of a breakdown; `rest`: against all the others."""

    id: str
    name: str
    result: Result[float]
    rest: MetricChange | None


@dataclass(frozen=True)
class MetricPage:
    row: MetricRow
    ask: MetricAsk
    trend: tuple[TrendPoint, ...]
    by: By
    groups: tuple[MetricGroup, ...]
    offered: tuple[By, ...]
    """What this figure can be broken down by."""
    behind_yes: str
    """For shares and recommendation: those who count for it; empty for other figures."""
    behind_no: str
    caveats: tuple[str, ...]
