"""explain: what to know."""

from __future__ import annotations

import typer

from desirelines.cli.given import AsJson, FirstOn, JourneyId, LastOn, PlanVersion, SegmentRule, question_of, workspace_of
from desirelines.cli.out import say_json, table
from desirelines.cli.speak import say

app = typer.Typer()


@app.command("findings")
def findings(
    context: typer.Context,
    journey: JourneyId = None,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    version: PlanVersion = None,
    as_json: AsJson = False,
) -> None:
    """What to know, worst first, each with its owner, how many people and how sure the why is."""
    question = question_of(journey, first_on, last_on, segment, version)
    found = workspace_of(context).view(question.version).findings(question)
    if as_json:
        say_json(found)
        return
    rows = [[one.words, one.detail, one.owner or "nobody", one.size, one.rung] for one in found.rows]
    table(["to know", "why it is said", "owner", "people", "how sure"], rows)
    for caveat in found.caveats:
        say(f"Note: {caveat}")
