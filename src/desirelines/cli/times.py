"""trace: how long things take, and where people are stuck."""

from __future__ import annotations

from typing import Annotated

import typer

from desirelines import measure
from desirelines.cli.given import (
    AsJson,
    Ends,
    FirstOn,
    Gap,
    JourneyId,
    LastOn,
    Level,
    PlanVersion,
    SegmentRule,
    Starts,
    Subject,
    Where,
    question_of,
    walk_of,
    workspace_of,
)
from desirelines.cli.out import duration, percent, say_json, table
from desirelines.cli.speak import heading, say
from desirelines.measure import StuckAsk, TimeAsk, Times, by_stage, read_ask

app = typer.Typer()

Done = Annotated[str, typer.Option(help="a journey that ends at these steps has arrived, parted by |")]
Patience = Annotated[str, typer.Option(help="who is silent longer has left, such as 14d; empty: longer than nine in ten")]
OpenHours = Annotated[str, typer.Option(help='count open hours alone, such as "Mon-Fri 09:00-17:00; Sat 10:00-14:00"')]
Holidays = Annotated[str, typer.Option(help="closed days, such as 2017-12-25|2018-01-01")]


@app.command("time")
def time(
    context: typer.Context,
    of: Annotated[
        str, typer.Option(help="step (to the next), stage, waiting (before a step) or cycle (between repeats)")
    ] = "step",
    event: Annotated[str, typer.Option(help="for --of cycle: whose repeats, parted by |")] = "",
    most: Annotated[int, typer.Option(min=1, max=100, help="cycles at most")] = 10,
    top: Annotated[int, typer.Option(min=1, max=1000, help="steps at most")] = 50,
    done: Done = "",
    patience: Patience = "",
    hours: OpenHours = "",
    holidays: Holidays = "",
    subject: Subject = "customer",
    level: Level = "event",
    gap: Gap = "",
    starts: Starts = "",
    ends: Ends = "",
    where: Where = "",
    journey: JourneyId = None,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    version: PlanVersion = None,
    as_json: AsJson = False,
) -> None:
    """How long a step, a stage, the wait before a step or a cycle takes, and where journeys are left."""
    question, walk = question_of(journey, first_on, last_on, segment, version), walk_of(level, subject, gap, starts, ends, where)
    asked = {
        "of": of, "event": event, "most": str(most), "top": str(top), "done": done, "patience": patience, "hours": hours,
        "holidays": holidays,
    }  # fmt: skip
    ask = read_ask(TimeAsk, asked)
    paths = workspace_of(context).view(question.version).paths(question, by_stage(walk) if of == "stage" else walk)
    found = measure.times(paths, ask)
    if as_json:
        say_json(found)
        return
    heading(f"{found.journeys:,} journeys of {found.people:,} people")
    _cycles(found) if of == "cycle" else _rows(found)
    for caveat in found.caveats:
        say(f"Note: {caveat}")


def _rows(found: Times) -> None:
    rows = [
        [
            row.name, row.journeys, row.again, duration(row.lasting.median), duration(row.lasting.mean),
            duration(row.lasting.p90), row.open, row.left, row.arrived, percent(row.left_rate),
        ]
        for row in found.rows
    ]  # fmt: skip
    table([found.of, "journeys", "again", "median", "mean", "nine in ten", "open", "left", "arrived", "left of all"], rows)


def _cycles(found: Times) -> None:
    rows = [
        [
            row.number, row.journeys, percent(row.went_on), duration(row.lasting.median), duration(row.lasting.p90),
            duration(row.since_first.median),
        ]
        for row in found.cycles
    ]  # fmt: skip
    table(["cycle", "journeys", "went on", "median", "nine in ten", "since the first"], rows)


@app.command("stuck")
def stuck(
    context: typer.Context,
    of: Annotated[str, typer.Option(help="step or stage")] = "step",
    top: Annotated[int, typer.Option(min=1, max=100, help="places at most")] = 10,
    done: Done = "",
    patience: Patience = "",
    hours: OpenHours = "",
    holidays: Holidays = "",
    subject: Subject = "customer",
    level: Level = "event",
    gap: Gap = "",
    starts: Starts = "",
    ends: Ends = "",
    where: Where = "",
    journey: JourneyId = None,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    version: PlanVersion = None,
    as_json: AsJson = False,
) -> None:
    """Where people are stuck: waiting longer than usual, coming again, leaving."""
    question, walk = question_of(journey, first_on, last_on, segment, version), walk_of(level, subject, gap, starts, ends, where)
    asked = {"of": of, "top": str(top), "done": done, "patience": patience, "hours": hours, "holidays": holidays}
    ask = read_ask(StuckAsk, asked)
    paths = workspace_of(context).view(question.version).paths(question, by_stage(walk) if of == "stage" else walk)
    found = measure.stuck(paths, ask)
    if as_json:
        say_json(found)
        return
    heading(f"{found.journeys:,} journeys of {found.people:,} people, as of {found.now_at}")
    rows = [[place.name, f"{place.excess_days:,.1f}", place.waiting, place.overdue, place.words] for place in found.places]
    table([found.of, "days beyond usual", "wait now", "overdue", ""], rows)
    for caveat in found.caveats:
        say(f"Note: {caveat}")
