"""Retention: who comes back, how long after the first time, by the unit of time in which that was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from desirelines import trace as tracing
from desirelines.errors import BadInput
from desirelines.measure.asking.address import write_address
from desirelines.measure.asking.calendar import Calendar, Unit, calendar, journeys_of, kinds_of, span_us, whole
from desirelines.measure.asking.paths import Mask, Paths
from desirelines.measure.asking.walk import Level, Names
from desirelines.measure.intervals import SMALL, wilson
from desirelines.measure.telling.words import several
from desirelines.model.period import FOREVER_US, Period
from desirelines.trace import offset_columns

MOST_CELLS = 6000
ALL = "all"
_BRACKET = re.compile(r"\s*([0-9]{1,4})\s*(?:-\s*([0-9]{1,4})\s*)?")


class RetentionAsk(BaseModel):
    """Its marks are `2017-10-02:3`, a cohort's first day and the offset a column begins with, `2017-10-02:` for all of the
    cohort, and `all` in the place of the day for the total."""

    model_config = ConfigDict(frozen=True)

    first: Annotated[Names, Field(description="what makes somebody a member of a cohort; names parted by |, empty: any")] = ""
    back: Annotated[Names, Field(description="what counts as coming back; names parted by |, empty: any")] = ""
    unit: Annotated[Unit, Field(description="day, week (from Monday) or month, in the brand's zone")] = "week"
    kind: Annotated[
        Literal["n", "unbounded", "bracket"],
        Field(description="n: in exactly that unit; unbounded: in it or later; bracket: anywhere in a stretch of units"),
    ] = "n"
    brackets: Annotated[str, Field(max_length=200, description="for kind bracket, such as 0,1-3,4-12")] = "0,1-3,4-12"
    periods: Annotated[int, Field(ge=1, le=400, description="units after the first that are shown")] = 12


@dataclass(frozen=True)
class RetentionCell:
    offset: int
    """Units after the cohort's own."""
    until: int
    """The last unit of the cell; the offset itself but in a bracket."""
    people: int
    """Of so many: the cohort's, or in the total those of the cohorts that are complete here."""
    count: int
    rate: float | None
    low: float | None
    high: float | None
    complete: bool
    """The data hold its last unit whole. If not, it is left out of the total."""
    behind: str


@dataclass(frozen=True)
class Cohort:
    start_on: date | None
    """The first day of its unit; None for the total."""
    people: int
    few: bool
    """Too few to rely on."""
    cells: tuple[RetentionCell, ...]
    behind: str


@dataclass(frozen=True)
class Retention:
    level: Level
    subject: str
    journeys: int
    people: int
    """Members of all cohorts of the period."""
    period: Period
    plan_version: int
    data_version: int
    caveats: tuple[str, ...]
    unit: Unit
    kind: Literal["n", "unbounded", "bracket"]
    cohorts: tuple[Cohort, ...]
    total: Cohort


def retention(paths: Paths, ask: RetentionAsk) -> Retention:
    """Raises BadInput for names that are none and for brackets that overlap."""
    subjects, brackets = whole(paths), brackets_of(ask)
    days = calendar(*span_us(paths.trace), paths.zone, ask.unit)
    column = offset_columns(brackets, days.units.count, ask.kind == "unbounded")
    kinds = kinds_of(subjects, ask.first, ask.back)
    found = tracing.run(tracing.retention, subjects.parts, days.units, column, kinds, *_bounds(paths))
    table = _Table(paths, subjects, ask, days, brackets, found)
    shown = max(1, MOST_CELLS // len(brackets))
    cohorts = tuple(table.cohort(index) for index in range(max(0, len(found.cohort) - shown), len(found.cohort)))
    return Retention(
        paths.level, paths.trace.subject, table.people, table.people, paths.period, paths.plan_version,
        paths.trace.data_version, tuple(_caveats(table, len(found.cohort) - len(cohorts))), ask.unit, ask.kind, cohorts,
        table.total(),
    )  # fmt: skip


def _bounds(paths: Paths) -> tuple[int, int]:
    """When members of the period's cohorts came first; without a period the kernel's own bounds."""
    low, high = paths.period.bounds_us(paths.zone)
    return (low if low > -FOREVER_US else tracing.EVER[0]), (high if high < FOREVER_US else tracing.EVER[1])


def brackets_of(ask: RetentionAsk) -> list[tuple[int, int]]:
    """The columns as stretches of offsets, both ends included. Raises BadInput."""
    if ask.kind != "bracket":
        return [(offset, offset) for offset in range(ask.periods + 1)]
    found: list[tuple[int, int]] = []
    for text in ask.brackets.split(","):
        read = _BRACKET.fullmatch(text)
        if read is None:
            raise BadInput(f"`{text[:40]}` is no bracket", hint="write brackets as 0,1-3,4-12")
        low, high = int(read[1]), int(read[2] or read[1])
        if high < low or (found and low <= found[-1][1]):
            raise BadInput(f"the bracket {text.strip()} does not come after the one before it", hint="such as 0,1-3,4-12")
        found.append((low, high))
    return found


@dataclass(frozen=True)
class _Table:
    paths: Paths
    subjects: Paths
    ask: RetentionAsk
    days: Calendar
    brackets: list[tuple[int, int]]
    found: tracing.Retention

    @property
    def people(self) -> int:
        return int(self.found.people.sum())

    def ends(self, column: int) -> int:
        """The offset whose unit must be over before a cell of the column is complete."""
        low, high = self.brackets[column]
        return low if self.ask.kind == "unbounded" else high

    def cohort(self, index: int) -> Cohort:
        unit, people = int(self.found.cohort[index]), int(self.found.people[index])
        name = self.days.first_on[unit].isoformat()
        cells = tuple(
            self._cell(column, int(self.found.came[index, column]), people, unit + self.ends(column) < self.days.complete, name)
            for column, (low, _) in enumerate(self.brackets)
            if unit + low < self.days.units.count
        )
        return Cohort(self.days.first_on[unit], people, people < SMALL, cells, self._behind(f"{name}:"))

    def total(self) -> Cohort:
        """Over the cohorts whose cells are complete, those not shown included."""
        cells = []
        for column in range(len(self.brackets)):
            ripe = self.found.cohort + self.ends(column) < self.days.complete
            people, came = int(self.found.people[ripe].sum()), int(self.found.came[ripe, column].sum())
            cells.append(self._cell(column, came, people, bool(ripe.any()), ALL))
        return Cohort(None, self.people, self.people < SMALL, tuple(cells), self._behind(f"{ALL}:"))

    def _cell(self, column: int, count: int, people: int, complete: bool, name: str) -> RetentionCell:
        low, high = wilson(count, people) or (None, None)
        begin, end = self.brackets[column]
        behind = self._behind(f"{name}:{begin}")
        return RetentionCell(begin, end, people, count, count / people if people else None, low, high, complete, behind)

    def _behind(self, mark: str) -> str:
        return write_address("retention", self.paths.asked, self.subjects.walk, self.ask, mark)


def _caveats(table: _Table, hidden: int) -> list[str]:
    found = []
    if not table.people:
        found.append("nobody belongs to a cohort of this period")
    first = np.flatnonzero(table.found.cohort == 0)
    if len(first):
        people = int(table.found.people[first[0]])
        found.append(f"{people:,} came first in the {table.ask.unit} the data begin with: they may have come before")
    if hidden:
        found.append(f"{several(hidden, 'earlier cohort is', 'earlier cohorts are')} in the total and not listed")
    if table.ask.kind == "unbounded":
        found.append("later cohorts have had less time to come back")
    return found


def of_retention(paths: Paths, ask: RetentionAsk, mark: str) -> Mask:
    """bool[j]: the journeys of those whom `mark` stands for."""
    day, sign, begins = mark.partition(":")
    subjects, brackets = whole(paths), brackets_of(ask)
    days = calendar(*span_us(paths.trace), paths.zone, ask.unit)
    unit = _unit(days, day)
    begun = [low for low, _ in brackets]
    if not sign or unit is None or (begins and not (begins.isdecimal() and int(begins) in begun)):
        hint = f"such as {days.first_on[0].isoformat()}:{begun[-1]} or {ALL}:{begun[-1]}"
        raise BadInput(f"`{mark[:80]}` is no cell of this retention", hint=hint)
    offsets = None
    if begins:
        low, high = brackets[begun.index(int(begins))]
        if day == ALL:
            unit = (0, days.complete - 1 - (low if ask.kind == "unbounded" else high))
        offsets = (low, days.units.count if ask.kind == "unbounded" else high)
    kinds = kinds_of(subjects, ask.first, ask.back)
    chosen = tracing.run(tracing.in_cell, subjects.parts, days.units, unit, offsets, kinds, *_bounds(paths))
    return journeys_of(paths, subjects, chosen)


def _unit(days: Calendar, day: str) -> tuple[int, int] | None:
    """The unit that begins on a day, twice; for all of them the first and the last."""
    if day == ALL:
        return 0, days.units.count - 1
    places = [index for index, first in enumerate(days.first_on) if first.isoformat() == day]
    return (places[0], places[0]) if places else None
