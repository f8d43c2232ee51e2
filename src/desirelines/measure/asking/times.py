"""Times: in a stage, from a step to the next, waited for a step, from one cycle to the next; and where journeys end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field

from desirelines import trace as tracing
from desirelines.errors import BadInput
from desirelines.measure.asking.calendar import codes_of
from desirelines.measure.asking.paths import Mask, Paths
from desirelines.measure.asking.places import ARRIVED, LEFT, OPEN, Places, PlacesAsk
from desirelines.measure.asking.walk import Level, Names
from desirelines.measure.intervals import LEVEL, SMALL, wilson
from desirelines.measure.telling.words import several
from desirelines.model.period import Period
from desirelines.model.result import Result
from desirelines.trace import Spread


class TimeAsk(PlacesAsk):
    """Its marks besides: `cycle:3`, journeys in which it happened three times or more, and `stopped:3`, exactly so often."""

    of: Annotated[
        Literal["step", "stage", "waiting", "cycle"],
        Field(description="step: to the next step; stage: in a planned stage; waiting: before a step; cycle: between repeats"),
    ] = "step"
    event: Annotated[Names, Field(description="for cycle: the steps whose repeats are counted, parted by |")] = ""
    most: Annotated[int, Field(ge=1, le=100, description="cycles at most")] = 10
    top: Annotated[int, Field(ge=1, le=1000, description="steps at most, the most frequent")] = 50


@dataclass(frozen=True)
class Lasting:
    """Durations in seconds, open hours only where a calendar is given; None without any."""

    count: int
    mean: float | None
    p10: float | None
    p25: float | None
    median: float | None
    p75: float | None
    p90: float | None


@dataclass(frozen=True)
class TimeRow:
    name: str
    visits: int
    journeys: int
    people: int
    again: int
    """Visits that were not a journey's first."""
    lasting: Lasting
    open: int
    """Journeys whose last step it is and who may still go on: silent no longer than the place's patience."""
    left: int
    """Journeys whose last step it is and who are silent for longer."""
    arrived: int
    """Journeys whose last step it is, where a journey may end."""
    left_rate: Result[float]
    """Of the journeys that came by."""
    patience_seconds: float
    behind: str
    behind_open: str
    behind_left: str


@dataclass(frozen=True)
class CycleRow:
    number: int
    """1: from the first occurrence to the second."""
    journeys: int
    """In which it happened so often."""
    people: int
    went_on: Result[float]
    """Share in which it happened once more."""
    lasting: Lasting
    since_first: Lasting
    """From the first occurrence to the one that ends this cycle."""
    behind: str
    behind_stopped: str


@dataclass(frozen=True)
class Times:
    """`rows` of steps or stages; `cycles` where those were asked for."""

    level: Level
    subject: str
    journeys: int
    people: int
    period: Period
    plan_version: int
    data_version: int
    caveats: tuple[str, ...]
    of: Literal["step", "stage", "waiting", "cycle"]
    hours: str
    rows: tuple[TimeRow, ...]
    cycles: tuple[CycleRow, ...]


def times(paths: Paths, ask: TimeAsk) -> Times:
    """Raises BadInput for names that are none, hours that do not read, and stages without a planned journey."""
    rows: tuple[TimeRow, ...] = ()
    cycles: tuple[CycleRow, ...] = ()
    caveats = ["only open hours are counted"] if ask.hours else []
    if ask.of == "cycle":
        cycles = _cycles(paths, ask)
    else:
        places = Places(paths, ask, ask.of)
        shown = _shown(places, ask)
        rows = tuple(_row(places, ask, state) for state in shown)
        hidden = int((places.found.visits > 0).sum()) - len(rows) if ask.of != "stage" else 0
        caveats += [f"{several(hidden, 'rarer step is', 'rarer steps are')} not listed"] if hidden > 0 else []
        if not places.over.any() and not paths.walk.gap:
            caveats.append("where a journey is over is not said (done, ends, a plan): every last step counts as left or open")
    return Times(
        paths.level, paths.trace.subject, int(paths.keep.sum()), paths.people, paths.period, paths.plan_version,
        paths.trace.data_version, tuple(caveats), ask.of, ask.hours, rows, cycles,
    )  # fmt: skip


def _shown(places: Places, ask: TimeAsk) -> list[int]:
    """Stages in the plan's order; of steps the most frequent that occur."""
    visits = places.found.visits
    if ask.of == "stage":
        return list(range(len(visits)))
    order = np.argsort(-visits, kind="stable")[: ask.top]
    return [int(state) for state in order if visits[state]]


def _row(places: Places, ask: TimeAsk, state: int) -> TimeRow:
    found, name = places.found, places.ids[state]
    journeys = int(found.journeys[state])
    still, left, arrived = (int(places.counts[standing][state]) for standing in (OPEN, LEFT, ARRIVED))
    behind = {what: places.paths.behind("time", ask, f"{what}:{name}") for what in ("at", "open", "left")}
    return TimeRow(
        places.names[state], int(found.visits[state]), journeys, int(found.people[state]), int(found.visits[state]) - journeys,
        lasting(found.spread, state), still, left, arrived, share(places.paths, left, journeys, behind["left"]),
        float(places.limit_us[state]) / 1e6, behind["at"], behind["open"], behind["left"],
    )  # fmt: skip


def lasting(spread: Spread, place: int) -> Lasting:
    """One group of durations, in seconds."""
    values = [float(spread.mean_us[place]), *spread.quantile_us[place].tolist()]
    mean, p10, p25, median, p75, p90 = (None if np.isnan(value) else value / 1e6 for value in values)
    return Lasting(int(spread.size[place]), mean, p10, p25, median, p75, p90)


def share(paths: Paths, hits: int, n: int, behind: str) -> Result[float]:
    """A share of `n` journeys with Wilson's interval; says when it rests on few."""
    low, high = wilson(hits, n) or (None, None)
    few = (f"rests on {n} journeys only",) if 0 < n < SMALL else ()
    return Result(
        hits / n if n else None, "share", n, "journeys", low, high, LEVEL, "wilson", paths.period, paths.plan_version,
        paths.trace.data_version, few, behind,
    )  # fmt: skip


def _wanted(paths: Paths, ask: TimeAsk) -> Any:
    if not ask.event:
        raise BadInput("which step's cycles are meant?", hint="event: one or more names with | between them")
    wanted = np.zeros(len(paths.names) + 1, np.bool_)
    wanted[codes_of(paths, ask.event)] = True
    return wanted


def _cycles(paths: Paths, ask: TimeAsk) -> tuple[CycleRow, ...]:
    parts = Places(paths, ask, "step").parts
    found = tracing.run(tracing.cycles, parts, _wanted(paths, ask), ask.most)
    rows = []
    for index in range(ask.most):
        journeys, onward = int(found.journeys[index]), int(found.gap.size[index])
        if not journeys:
            break
        behind = {what: paths.behind("time", ask, f"{what}:{index + 1}") for what in ("cycle", "stopped")}
        again = share(paths, onward, journeys, paths.behind("time", ask, f"cycle:{index + 2}"))
        rows.append(
            CycleRow(
                index + 1, journeys, int(found.people[index]), again, lasting(found.gap, index), lasting(found.since, index),
                behind["cycle"], behind["stopped"],
            )
        )  # fmt: skip
    return tuple(rows)


def of_times(paths: Paths, ask: TimeAsk, mark: str) -> Mask:
    """bool[j]: the journeys that `mark` stands for."""
    if ask.of != "cycle":
        return Places(paths, ask, ask.of).marked(mark)
    what, _, number = mark.partition(":")
    if what not in ("cycle", "stopped") or not (number.isdecimal() and number.isascii() and 0 < int(number) < 10**9):
        raise BadInput(f"`{mark[:80]}` is no cycle", hint="such as cycle:3 or stopped:3")
    states = np.where(_wanted(paths, ask), 0, -1).astype(np.int32)
    often = tracing.run(tracing.visits, paths.parts, states, 0, False)
    found: Mask = often >= int(number) if what == "cycle" else often == int(number)
    return found
