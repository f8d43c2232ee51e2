"""trace: who comes back, and how the active grow and shrink."""

from __future__ import annotations

from typing import Annotated

import typer

from desirelines import measure
from desirelines.cli.given import (
    AsJson,
    FirstOn,
    JourneyId,
    LastOn,
    Level,
    PlanVersion,
    SegmentRule,
    Subject,
    Where,
    question_of,
    walk_of,
    workspace_of,
)
from desirelines.cli.out import say_json, table
from desirelines.cli.speak import heading, say
from desirelines.measure import Cohort, GrowthAsk, RetentionAsk, read_ask

app = typer.Typer()

TimeUnit = Annotated[str, typer.Option(help="day, week (from Monday) or month, in the brand's zone")]


@app.command("retention")
def retention(
    context: typer.Context,
    first: Annotated[str, typer.Option(help="what makes a member of a cohort, parted by |; empty: any step")] = "",
    back: Annotated[str, typer.Option(help="what counts as coming back, parted by |; empty: any step")] = "",
    unit: TimeUnit = "week",
    kind: Annotated[str, typer.Option(help="n (in exactly that unit), unbounded (in it or later) or bracket")] = "n",
    brackets: Annotated[str, typer.Option(help="for --kind bracket")] = "0,1-3,4-12",
    periods: Annotated[int, typer.Option(min=1, max=400, help="units after the first that are shown")] = 12,
    subject: Subject = "customer",
    level: Level = "event",
    where: Where = "",
    journey: JourneyId = None,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    version: PlanVersion = None,
    as_json: AsJson = False,
) -> None:
    """Who comes back, by the unit in which they first came; the period chooses the cohorts."""
    question, walk = question_of(journey, first_on, last_on, segment, version), walk_of(level, subject, "", "", "", where)
    asked = {"first": first, "back": back, "unit": unit, "kind": kind, "brackets": brackets, "periods": str(periods)}
    found = measure.retention(workspace_of(context).view(question.version).paths(question, walk), read_ask(RetentionAsk, asked))
    if as_json:
        say_json(found)
        return
    heading(f"{found.people:,} people in {len(found.cohorts):,} cohorts")
    columns = [f"{cell.offset}" if cell.offset == cell.until else f"{cell.offset}-{cell.until}" for cell in found.total.cells]
    rows = [[str(cohort.start_on or "all"), cohort.people, *_shares(cohort)] for cohort in (*found.cohorts, found.total)]
    width = len(columns) + 2
    table([found.unit, "people", *columns], [row + [""] * (width - len(row)) for row in rows])
    say("* not over yet, and not in the total")
    for caveat in found.caveats:
        say(f"Note: {caveat}")


def _shares(cohort: Cohort) -> list[str]:
    return [
        "" if cell.rate is None else f"{100 * cell.rate:.1f} %{'' if cell.complete else ' *'}"
        for cell in cohort.cells
    ]  # fmt: skip


@app.command("growth")
def growth(
    context: typer.Context,
    events: Annotated[str, typer.Option(help="what counts as activity, parted by |; empty: any step")] = "",
    unit: TimeUnit = "month",
    subject: Subject = "customer",
    level: Level = "event",
    where: Where = "",
    journey: JourneyId = None,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    version: PlanVersion = None,
    as_json: AsJson = False,
) -> None:
    """How many are active in each unit: new, retained, resurrected; who churned; how sticky it is."""
    question, walk = question_of(journey, first_on, last_on, segment, version), walk_of(level, subject, "", "", "", where)
    view = workspace_of(context).view(question.version)
    found = measure.growth(view.paths(question, walk), read_ask(GrowthAsk, {"events": events, "unit": unit}))
    if as_json:
        say_json(found)
        return
    heading(f"{found.people:,} people active in {len(found.rows):,} {found.unit}s")
    rows = [
        [
            row.start_on, row.active, row.new, row.retained, row.resurrected, row.churned, _number(row.quick_ratio),
            _percent(sticky.daily_of_weekly), _percent(sticky.daily_of_monthly), "" if row.complete else "not over yet",
        ]
        for row, sticky in zip(found.rows, found.stickiness, strict=True)
    ]  # fmt: skip
    head = [found.unit, "active", "new", "retained", "resurrected", "churned", "quick ratio", "day of week", "day of month", ""]
    table(head, rows)
    for caveat in found.caveats:
        say(f"Note: {caveat}")


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _percent(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.1f} %"
