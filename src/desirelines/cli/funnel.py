"""trace: how many get from step to step."""

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
from desirelines.measure import Funnel, FunnelAsk, FunnelGroup, FunnelStep, read_ask

app = typer.Typer()


@app.command("funnel")
def funnel(
    context: typer.Context,
    steps: Annotated[str, typer.Argument(help="such as 'Look > Basket|Wish > Pay? > !Return > Order'")],
    order: Annotated[str, typer.Option(help="ordered; strict: nothing else between; any")] = "ordered",
    within: Annotated[str, typer.Option(help="from the first to the last step at most 7d, or '3 journeys'")] = "",
    exclude: Annotated[str, typer.Option(help="may happen nowhere between the steps; names parted by |")] = "",
    hold: Annotated[str, typer.Option(help="all steps have the same value of object:order, text:device, channel")] = "",
    count: Annotated[str, typer.Option(help="people, journeys, or entries: every attempt")] = "people",
    by: Annotated[str, typer.Option(help="a funnel for each value of channel, text:device, trait:state")] = "",
    attribution: Annotated[
        str, typer.Option(help="whose value counts: the first step's, the last one's, each step's own")
    ] = "first",
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
    """How many get from step to step, after how long, and what those who drop do next."""
    question, walk = question_of(journey, first_on, last_on, segment, version), walk_of(level, subject, gap, starts, ends, where)
    asked = {
        "steps": steps, "order": order, "within": within, "exclude": exclude, "hold": hold, "count": count, "by": by,
        "attribution": attribution,
    }  # fmt: skip
    found = measure.funnel(workspace_of(context).view(question.version).paths(question, walk), read_ask(FunnelAsk, asked))
    if as_json:
        say_json(found)
        return
    heading(f"{percent(found.rate)} of the {found.counts} get from the first step to the last")
    rows = [_row(place, step, found) for place, step in enumerate(found.steps, 1)]
    table(["step", found.counts, "of the first", "of those before", "after (median)", "dropped", "then"], rows)
    if found.groups:
        heads = [f"step {place}" for place in range(1, len(found.steps) + 1)]
        table([by, *heads, "of the first"], [_group(group) for group in found.groups], f"by {by}")
    for caveat in found.caveats:
        say(f"Note: {caveat}")


def _row(place: int, step: FunnelStep, found: Funnel) -> list[object]:
    name = f"any {place} of {'|'.join(step.names)}" if found.order == "any" else "|".join(step.names) + "?" * step.optional
    after = "" if step.median_seconds is None else duration(step.median_seconds)
    then = ", ".join(f"{one.name or {'more': '(others)', 'end': '(the end)'}[one.kind]} {one.count:,}" for one in step.next)
    before = percent(step.rate_of_previous) if step.rate_of_previous.n else ""
    return [name, step.count, percent(step.rate_of_first), before, after, step.dropped or "", then]


def _group(group: FunnelGroup) -> list[object]:
    name = {"value": group.value, "other": "(others)", "none": "(none)"}[group.kind]
    return [name, *(step.count for step in group.steps), percent(group.rate)]
