"""measure: the numbers on one page."""

from __future__ import annotations

import typer

from desirelines.cli.given import AsJson, FirstOn, JourneyId, LastOn, SegmentRule, question_of, workspace_of
from desirelines.cli.out import percent, say_json, table
from desirelines.cli.speak import heading, say

app = typer.Typer(no_args_is_help=True, help="Numbers, each with its count and interval: cockpit, promises.")


@app.command("cockpit")
def cockpit(
    context: typer.Context,
    journey: JourneyId = None,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    as_json: AsJson = False,
) -> None:
    """One page for who leads."""
    question = question_of(journey, first_on, last_on, segment)
    found = workspace_of(context).view().cockpit(question)
    if as_json:
        say_json(found)
        return
    heading(found.headline)
    say(found.subline)
    for figure in found.figures:
        say(f"{figure.name}: {figure.words}")
    table(["to know", "owner", "people"], [[row.words, row.owner or "nobody", row.size] for row in found.findings])


@app.command("promises")
def promises(
    context: typer.Context,
    journey: JourneyId = None,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    as_json: AsJson = False,
) -> None:
    """Which promises are kept, with n and a Wilson interval."""
    question = question_of(journey, first_on, last_on, segment)
    found = workspace_of(context).view().sheet(question).promises
    if as_json:
        say_json(found)
        return
    rows = [[row.name, row.per, percent(row.kept), f"{100 * row.target:.0f} %", row.state, row.open_count] for row in found]
    table(["promise", "per", "kept", "target", "state", "open"], rows)
