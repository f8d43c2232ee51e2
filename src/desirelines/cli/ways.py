"""trace: where journeys go from a step, and what comes sooner or later after what."""

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
from desirelines.cli.out import duration, say_json, table
from desirelines.cli.speak import heading, say
from desirelines.measure import FlowAsk, FlowNode, FollowsAsk, read_ask

app = typer.Typer()


@app.command("flow")
def flow(
    context: typer.Context,
    focus: Annotated[str, typer.Argument(help="where to begin; without it where journeys begin, or end")] = "",
    direction: Annotated[str, typer.Option(help="after or before")] = "after",
    depth: Annotated[int, typer.Option(min=1, max=10, help="levels of the tree")] = 3,
    top: Annotated[int, typer.Option(min=1, max=20, help="steps under each node")] = 5,
    path: Annotated[str, typer.Option(help="go this way from the focus first, such as 'Look>Buy'")] = "",
    occurrences: Annotated[str, typer.Option(help="which of the focus in a journey count: every, first or last")] = "every",
    collapse: Annotated[bool, typer.Option("--collapse", help="repeats of a step count as one")] = False,
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
    """Where journeys go from a step onward, or where they came from, as a tree."""
    question, walk = question_of(journey, first_on, last_on, segment, version), walk_of(level, subject, gap, starts, ends, where)
    asked = {
        "focus": focus, "direction": direction, "depth": str(depth), "top": str(top), "path": path,
        "occurrences": occurrences, "collapse": str(collapse),
    }  # fmt: skip
    found = measure.flow(workspace_of(context).view(question.version).paths(question, walk), read_ask(FlowAsk, asked))
    if as_json:
        say_json(found)
        return
    edge = f"the {'beginning' if direction == 'after' else 'end'} of journeys"
    heading(f"{found.reached:,} times {direction} {' > '.join((focus or edge, *found.path))}")
    over = "the journey is over" if direction == "after" else "the journey begins"
    nodes = [node for node in _walked(found.nodes) if node.count]
    rows = [[_label(node, over), node.count, f"{100 * node.rate:.1f} %", node.people, _time(node)] for node in nodes]
    table(["step", "times", "of those before", "people", "median time"], rows)
    for caveat in found.caveats:
        say(f"Note: {caveat}")


@app.command("follows")
def follows(
    context: typer.Context,
    origin: Annotated[str, typer.Option(help="only what comes after this step")] = "",
    target: Annotated[str, typer.Option(help="only what comes before this step")] = "",
    top: Annotated[int, typer.Option(min=1, max=200, help="how many pairs")] = 30,
    min_journeys: Annotated[int, typer.Option(min=1, help="only pairs in so many journeys")] = 1,
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
    """What comes some time after what, in the same journey."""
    question, walk = question_of(journey, first_on, last_on, segment, version), walk_of(level, subject, gap, starts, ends, where)
    asked = {"origin": origin, "target": target, "top": str(top), "min_journeys": str(min_journeys)}
    found = measure.follows(workspace_of(context).view(question.version).paths(question, walk), read_ask(FollowsAsk, asked))
    if as_json:
        say_json(found)
        return
    heading(f"{len(found.edges):,} of {found.pair_count:,} pairs in {found.journeys:,} journeys")
    rows = [
        [row.origin, row.target, row.journeys, f"{100 * row.rate:.1f} %", row.people, duration(row.p10_seconds),
         duration(row.median_seconds), duration(row.p90_seconds)]
        for row in found.edges
    ]  # fmt: skip
    table(
        ["first", "later", "journeys", "of those with the first", "people", "a tenth within", "half within", "nine tenths"], rows
    )
    for caveat in found.caveats:
        say(f"Note: {caveat}")


def _walked(nodes: tuple[FlowNode, ...]) -> list[FlowNode]:
    """The nodes as one reads a tree: each followed by what is under it."""
    under: dict[tuple[str, ...], list[FlowNode]] = {}
    for node in nodes:
        under.setdefault(node.path[:-1] if node.kind == "step" else node.path, []).append(node)

    def down(path: tuple[str, ...]) -> list[FlowNode]:
        here = under.get(path, [])
        return [one for node in here for one in (node, *(down(node.path) if node.kind == "step" else ()))]

    return down(min(under, key=len)) if under else []


def _label(node: FlowNode, over: str) -> str:
    deep = len(node.path) - (1 if node.kind == "step" else 0)
    return "  " * deep + {"step": node.path[-1] if node.path else "", "more": "(others)", "end": f"({over})"}[node.kind]


def _time(node: FlowNode) -> str:
    return "" if node.median_seconds is None else duration(node.median_seconds)
