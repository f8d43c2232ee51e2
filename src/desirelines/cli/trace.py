"""trace: the journeys as they happened."""

from __future__ import annotations

from typing import Annotated

import typer

from desirelines import measure
from desirelines.cli import discover, funnel, pattern, returning, times, ways
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
from desirelines.cli.out import duration, say_json, table
from desirelines.cli.speak import heading, say
from desirelines.measure import TransitionsAsk, VariantsAsk

app = typer.Typer(no_args_is_help=True, help="The journeys as they happened: variants, transitions, customers, a story.")
app.add_typer(ways.app)
app.add_typer(discover.app)
app.add_typer(funnel.app)
app.add_typer(pattern.app)
app.add_typer(returning.app)
app.add_typer(times.app)


@app.command("variants")
def variants(
    context: typer.Context,
    subject: Subject = "customer",
    level: Level = "event",
    gap: Gap = "",
    starts: Starts = "",
    ends: Ends = "",
    where: Where = "",
    top: Annotated[int, typer.Option(min=1, max=500, help="how many")] = 10,
    journey: JourneyId = None,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    version: PlanVersion = None,
    as_json: AsJson = False,
) -> None:
    """The most frequent ways journeys went, whole."""
    question, walk = question_of(journey, first_on, last_on, segment, version), walk_of(level, subject, gap, starts, ends, where)
    found = measure.variants(workspace_of(context).view(question.version).paths(question, walk), VariantsAsk(top=top))
    if as_json:
        say_json(found)
        return
    heading(f"{found.journeys:,} journeys of {found.people:,} people in {found.variant_count:,} variants")
    rows = [[row.count, f"{100 * row.rate:.1f} %", duration(row.median_seconds), " > ".join(row.steps)] for row in found.variants]
    table(["journeys", "share", "median time", "steps"], rows)


@app.command("transitions")
def transitions(
    context: typer.Context,
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
    """Which step directly follows which."""
    question, walk = question_of(journey, first_on, last_on, segment, version), walk_of(level, subject, gap, starts, ends, where)
    found = measure.transitions(workspace_of(context).view(question.version).paths(question, walk), TransitionsAsk())
    if as_json:
        say_json(found)
        return
    heading(f"{len(found.edges):,} transitions in {found.journeys:,} journeys, {found.events:,} events")
    rows = [[row.origin, row.target, row.count, duration(row.median_seconds)] for row in found.edges]
    table(["from", "to", "times", "median gap"], rows)


@app.command("customers")
def customers(
    context: typer.Context,
    behind: Annotated[str, typer.Option(help="touchpoint=checkout, promise=on-time:broken, or `behind` of an answer")] = "",
    find: Annotated[str, typer.Option(help="an identifier's value")] = "",
    page: Annotated[int, typer.Option(min=1, max=100_000)] = 1,
    journey: JourneyId = None,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    as_json: AsJson = False,
) -> None:
    """Who is behind a number, the latest first."""
    question = question_of(journey, first_on, last_on, segment)
    found = workspace_of(context).view().customers(question, behind, find, page, 50)
    if as_json:
        say_json(found)
        return
    rows = [[row.customer, row.label, row.events, row.first_at, row.last_at, row.last_event] for row in found.customers]
    table(["customer", "known as", "events", "first", "last", "last event"], rows)
    heading(f"{found.total:,} customers")


@app.command("story")
def story(
    context: typer.Context,
    customer: Annotated[str, typer.Argument(help="a customer's id")],
    journey: JourneyId = None,
    as_json: AsJson = False,
) -> None:
    """One customer across all silos on one timeline."""
    found = workspace_of(context).view().story(customer, question_of(journey, None, None, ""))
    if as_json:
        say_json(found)
        return
    heading(found.customer)
    for kind, values in found.identifiers.items():
        say(f"{kind}: {', '.join(values)}")
    for row in found.events:
        words = f"  “{row.quote}”" if row.quote else ""
        say(f"{row.at}  {row.source:<12} {row.touchpoint_name or row.event}  {row.mark or ''}{words}")
