"""trace: how often a pattern of steps comes."""

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
from desirelines.measure import Pattern, PatternAsk, read_ask

app = typer.Typer()


@app.command("pattern")
def pattern(
    context: typer.Context,
    pattern: Annotated[str, typer.Argument(help="such as 'Look ~> Buy', 'Look{3,} ~[no Buy]~> $'")],
    overlap: Annotated[bool, typer.Option("--overlap", help="a match may begin inside another one")] = False,
    examples: Annotated[int, typer.Option(min=0, max=100, help="so many of the earliest matches are shown")] = 5,
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
    """How often a pattern of steps comes, for whom, how long it takes, and where it lies."""
    question, walk = question_of(journey, first_on, last_on, segment, version), walk_of(level, subject, gap, starts, ends, where)
    ask = read_ask(PatternAsk, {"pattern": pattern, "overlap": str(overlap), "examples": str(examples)})
    found = measure.pattern(workspace_of(context).view(question.version).paths(question, walk), ask)
    if as_json:
        say_json(found)
        return
    heading(f"{found.count:,} matches in {found.journeys_with:,} journeys of {found.people_with:,} people")
    say(f"{percent(found.rate)} of journeys")
    if found.count:
        _where(found)


def _where(found: Pattern) -> None:
    say(f"half of them take at most {duration(found.median_seconds)}, nine of ten at most {duration(found.p90_seconds)}")
    kinds = {
        "before it": found.comes_after, "begins with": found.begins_with, "ends with": found.ends_with, "after it": found.leads_to
    }  # fmt: skip
    rows = [
        [kind, place.name, place.count, f"{100 * place.rate:.1f} %"] for kind, places in kinds.items() for place in places[:5]
    ]
    edges = [("before it", "(the journey begins)", found.opens), ("after it", "(the journey ends)", found.closes)]
    rows += [[kind, words, count, f"{100 * count / found.count:.1f} %"] for kind, words, count in edges if count]
    table(["where", "step", "matches", "share"], rows)
    shown = [
        [one.customer, one.at, " > ".join(one.steps) + (" …" if one.length > len(one.steps) else "")] for one in found.examples
    ]
    table(["customer", "from", "steps"], shown)
