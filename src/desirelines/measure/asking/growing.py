"""Growth: how many are active in each unit of time, who is new, came back or stays away, and how often the active come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from desirelines import trace as tracing
from desirelines.errors import BadInput
from desirelines.measure.asking.address import write_address
from desirelines.measure.asking.calendar import Calendar, Unit, calendar, journeys_of, kinds_of, span_us, whole
from desirelines.measure.asking.paths import Mask, Paths
from desirelines.measure.asking.walk import Level, Names
from desirelines.measure.telling.words import several
from desirelines.model.period import Period
from desirelines.trace import CHURNED, NEW, RESURRECTED, RETAINED, Kinds

MOST_ROWS = 1000
WEEK, MONTH = 7, 30
"""Days of the windows that weekly and monthly activity are counted over."""
STATES = {"new": (NEW,), "retained": (RETAINED,), "resurrected": (RESURRECTED,), "churned": (CHURNED,),
          "active": (NEW, RETAINED, RESURRECTED)}  # fmt: skip


class GrowthAsk(BaseModel):
    """Its marks are `2017-10-01:churned`: a unit's first day and what its people are."""

    model_config = ConfigDict(frozen=True)

    events: Annotated[Names, Field(description="what counts as activity; names parted by |, empty: any")] = ""
    unit: Annotated[Unit, Field(description="day, week (from Monday) or month, in the brand's zone")] = "month"


@dataclass(frozen=True)
class GrowthRow:
    """active = active of the row before + new + resurrected - churned."""

    start_on: date
    active: int
    new: int
    """Active for the first time ever."""
    retained: int
    """Active in the unit before, too."""
    resurrected: int
    """Active before, but not in the unit before."""
    churned: int
    """Active in the unit before, and not in this one."""
    quick_ratio: float | None
    """(new + resurrected) / churned; None where nobody churned."""
    complete: bool
    """The data hold this unit whole."""
    behind_active: str
    behind_new: str
    behind_retained: str
    behind_resurrected: str
    behind_churned: str


@dataclass(frozen=True)
class StickyRow:
    """Means over the days of a unit that the data hold whole, with the whole window before them."""

    start_on: date
    days: int
    """Over so many days; those for months may be fewer."""
    daily: float | None
    """People active on a day."""
    weekly: float | None
    """People active in the seven days that end with it."""
    monthly: float | None
    """People active in the thirty days that end with it."""
    daily_of_weekly: float | None
    """Mean of each day's share."""
    daily_of_monthly: float | None


@dataclass(frozen=True)
class Growth:
    level: Level
    subject: str
    journeys: int
    people: int
    """Active at any time in the rows."""
    period: Period
    plan_version: int
    data_version: int
    caveats: tuple[str, ...]
    unit: Unit
    rows: tuple[GrowthRow, ...]
    stickiness: tuple[StickyRow, ...]


def growth(paths: Paths, ask: GrowthAsk) -> Growth:
    """The units that the period touches, whole; who is new or was active before is judged by all of the data."""
    subjects = whole(paths)
    days = calendar(*span_us(paths.trace), paths.zone, ask.unit)
    kinds = kinds_of(subjects, ask.events, ask.events)
    found = tracing.run(tracing.growth, subjects.parts, days.units, kinds)
    low, high = paths.period.bounds_us(paths.zone)
    shown = np.flatnonzero((days.units.starts[1:] > low) & (days.units.starts[:-1] < high))
    hidden, shown = max(0, len(shown) - MOST_ROWS), shown[-MOST_ROWS:]
    rows = tuple(_row(paths, subjects, ask, days, found, int(unit)) for unit in shown)
    people = _people(subjects, days, kinds, shown)
    return Growth(
        paths.level, paths.trace.subject, people, people, paths.period, paths.plan_version, paths.trace.data_version,
        tuple(_caveats(days, rows, hidden)), ask.unit, rows, _stickiness(subjects, days, kinds, shown.tolist()),
    )  # fmt: skip


def _people(subjects: Paths, days: Calendar, kinds: Kinds, shown: NDArray[np.intp]) -> int:
    """Active in any of the units shown: in the one window that they are, as it ends."""
    if not len(shown):
        return 0
    return int(tracing.run(tracing.active_within, subjects.parts, days.units, len(shown), kinds)[shown[-1]])


def _row(paths: Paths, subjects: Paths, ask: GrowthAsk, days: Calendar, found: tracing.Growth, unit: int) -> GrowthRow:
    start_on = days.first_on[unit]
    new, back, gone = int(found.new[unit]), int(found.resurrected[unit]), int(found.churned[unit])
    behind = [
        write_address("growth", paths.asked, subjects.walk, ask, f"{start_on.isoformat()}:{state}")
        for state in ("active", "new", "retained", "resurrected", "churned")
    ]
    return GrowthRow(
        start_on, int(found.active[unit]), new, int(found.retained[unit]), back, gone, (new + back) / gone if gone else None,
        unit < days.complete, *behind,
    )  # fmt: skip


def _caveats(days: Calendar, rows: tuple[GrowthRow, ...], hidden: int) -> list[str]:
    found = []
    if rows and rows[0].start_on == days.first_on[0]:
        found.append(f"in the {days.unit} the data begin with, everybody looks new")
    if rows and not rows[-1].complete:
        found.append(f"the last {days.unit} is not over: those who churned in it may still come")
    if hidden:
        found.append(f"{several(hidden, 'earlier row is', 'earlier rows are')} not listed")
    return found


def _stickiness(subjects: Paths, days: Calendar, kinds: Kinds, shown: list[int]) -> tuple[StickyRow, ...]:
    """By unit, from counts by day."""
    daily = calendar(*span_us(subjects.trace), subjects.zone, "day")
    counts = [
        tracing.run(tracing.active_within, subjects.parts, daily.units, window, kinds).astype(np.float64)
        for window in (1, WEEK, MONTH)
    ]
    unit_of = days.units.of(np.asarray(daily.units.starts[:-1]))
    return tuple(_sticky(days.first_on[unit], np.flatnonzero(unit_of == unit), daily.complete, counts) for unit in shown)


def _sticky(start_on: date, mine: NDArray[np.intp], complete: int, counts: list[NDArray[np.float64]]) -> StickyRow:
    over = mine[mine < complete]
    means = []
    shares = []
    for window, active in zip((1, WEEK, MONTH), counts, strict=True):
        there = over[over >= window - 1]
        means.append(_mean(active[there]))
        someone = there[active[there] > 0]
        shares.append(_mean(counts[0][someone] / active[someone]))
    return StickyRow(start_on, len(over), means[0], means[1], means[2], shares[1], shares[2])


def _mean(values: NDArray[np.float64]) -> float | None:
    return float(values.mean()) if len(values) else None


def of_growth(paths: Paths, ask: GrowthAsk, mark: str) -> Mask:
    """bool[j]: the journeys of those whom `mark` stands for."""
    day, _, state = mark.partition(":")
    subjects = whole(paths)
    days = calendar(*span_us(paths.trace), paths.zone, ask.unit)
    places = [index for index, first in enumerate(days.first_on) if first.isoformat() == day]
    if not places or state not in STATES:
        hint = f"such as {days.first_on[-1].isoformat()}:churned; one of {', '.join(STATES)}"
        raise BadInput(f"`{mark[:80]}` is no figure of this growth", hint=hint)
    kinds = kinds_of(subjects, ask.events, ask.events)
    standing = tracing.run(tracing.standing, subjects.parts, days.units, places[0], kinds)
    return journeys_of(paths, subjects, np.isin(standing, STATES[state]))
