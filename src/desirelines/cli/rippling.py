"""explain: glitches and their ripples."""

from __future__ import annotations

from typing import Annotated

import typer

from desirelines import explain
from desirelines.cli.compared import figure, gap
from desirelines.cli.given import AsJson, FirstOn, LastOn, PlanVersion, SegmentRule, question_of, workspace_of
from desirelines.cli.out import say_json, table
from desirelines.cli.speak import heading, say
from desirelines.explain import GlitchesAsk, RippleEdge, RipplesAsk
from desirelines.measure import read_ask

app = typer.Typer()


@app.command("glitches")
def glitches(
    context: typer.Context,
    touchpoint: Annotated[str, typer.Option(help="this one only; default: every touchpoint")] = "",
    unit: Annotated[str, typer.Option(help="day, or hour for busy touchpoints")] = "day",
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    version: PlanVersion = None,
    as_json: AsJson = False,
) -> None:
    """What began to go otherwise than usual, where and when, how much, whom it reached, whose it is."""
    question = question_of(None, first_on, last_on, segment, version)
    ask = read_ask(GlitchesAsk, {"touchpoint": touchpoint, "unit": unit})
    found = explain.glitches(workspace_of(context).view(question.version).ground(question), ask)
    if as_json:
        say_json(found)
        return
    heading(found.words)
    rows = [
        [
            row.touchpoint, row.kind, str(row.began_on), str(row.ended_on or "goes on"), str(row.seen_on or "hindsight"),
            figure(row.level), figure(row.usual), f"{row.reached.value or 0:,.0f}", row.owner or "nobody",
            "season" if row.season else "",
        ]
        for row in found.glitches
    ]  # fmt: skip
    head = ["touchpoint", "what", "began", "ended", "rang", "then", "usual", "people", "owner", ""]
    table(head, rows)
    for caveat in found.caveats:
        say(f"Note: {caveat}")


@app.command("ripples")
def ripples(
    context: typer.Context,
    fault: Annotated[str, typer.Option(help="promise:ID or failure:TOUCHPOINT; default: the one met by most people")] = "",
    control: Annotated[str, typer.Option(help="a touchpoint that the fault cannot move, as a check")] = "",
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    version: PlanVersion = None,
    as_json: AsJson = False,
) -> None:
    """What follows a fault elsewhere, at which lag, for how many, and how far that may be believed."""
    question = question_of(None, first_on, last_on, segment, version)
    ask = read_ask(RipplesAsk, {"fault": fault, "control": control})
    found = explain.ripples(workspace_of(context).view(question.version).ground(question), ask)
    if as_json:
        say_json(found)
        return
    heading(found.words)
    if found.fault is not None:
        say(f"{found.fault.name} ({found.fault.id}): {found.fault.people:,} people; {found.compared:,} passages with it are")
        say(f"compared with {found.others:,} without, in the same weeks.")
    shown = [edge for edge in found.edges if edge.shown]
    head = ["what follows", "days", "with", "without", "difference", "q", "rung", "failed checks"]
    table(head, [_row(edge) for edge in shown])
    for step in found.steps:
        say(f"{step.words}: {gap(step.effect)}")
    for one in found.natural:
        say(f"{one.words} ({one.rung})")
    for caveat in found.caveats:
        say(f"Note: {caveat}")


def _row(edge: RippleEdge) -> list[str]:
    failed = ", ".join(check.name for check in edge.checks if check.passed is False)
    q = "under 0.001" if edge.q < 0.001 else f"{edge.q:.3f}"
    return [
        edge.name, f"{edge.low}-{edge.high}", figure(edge.exposed), figure(edge.others), gap(edge.effect), q, edge.rung, failed
    ]  # fmt: skip
