"""measure: the figures of the register, and the page of one."""

from __future__ import annotations

from typing import Annotated

import typer

from desirelines import measure
from desirelines.cli.given import AsJson, FirstOn, JourneyId, LastOn, PlanVersion, SegmentRule, question_of, workspace_of
from desirelines.cli.out import say_json, table
from desirelines.cli.speak import heading, say
from desirelines.measure import MetricAsk, MetricChange, read_ask
from desirelines.model.result import Result

app = typer.Typer()


@app.command("metrics")
def metrics(
    context: typer.Context,
    journey: JourneyId = None,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    version: PlanVersion = None,
    as_json: AsJson = False,
) -> None:
    """Every figure: now, the change since the period before, target and owner; or what is missing to say it."""
    question = question_of(journey, first_on, last_on, segment, version)
    found = workspace_of(context).view(question.version).metrics(question)
    if as_json:
        say_json(found)
        return
    rows = [
        [one.family, one.id, said(one.now), one.now.n or "", changed(one.change), one.target, one.state, one.owner or ""]
        for one in found.rows
        if not one.missing
    ]
    table(["family", "figure", "now", "n", "change", "target", "state", "owner"], rows)
    missing = [[one.id, one.missing, one.link] for one in found.rows if one.missing]
    if missing:
        table(["cannot be said", "because", "mended at"], missing)


@app.command("metric")
def metric(
    context: typer.Context,
    metric: Annotated[str, typer.Argument(help="a figure's id, as `metrics` lists it")],
    by: Annotated[str, typer.Option(help="stage, touchpoint, moment, persona, segment, channel, cycle, version or part")] = "",
    unit: Annotated[str, typer.Option(help="day, week (from Monday) or month of the trend")] = "month",
    journey: JourneyId = None,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    version: PlanVersion = None,
    as_json: AsJson = False,
) -> None:
    """One figure: what it means, its trend with intervals, its parts, and the address of the customers behind it."""
    question = question_of(journey, first_on, last_on, segment, version)
    ask = read_ask(MetricAsk, {"id": metric, "by": by, "unit": unit})
    found = workspace_of(context).view(question.version).metric(question, ask)
    if as_json:
        say_json(found)
        return
    row = found.row
    heading(f"{row.name}: {said(row.now) or row.missing}")
    say(f"{row.words} {row.formula}.")
    if row.change:
        say(f"{changed(row.change)} {row.change.compared}")
    table(["from", row.now.of, row.unit], [[str(one.start_on), one.result.n, said(one.result)] for one in found.trend])
    if found.groups:
        rows = [[one.id, one.name, one.result.n, said(one.result), changed(one.rest)] for one in found.groups]
        table([found.by, "name", row.now.of, row.unit, "against the others"], rows)
    for caveat in (*row.now.caveats, *found.caveats):
        say(f"Note: {caveat}")
    if row.now.behind:
        say(f"Behind it: desirelines trace customers --behind '{row.now.behind}'")


@app.command("scores")
def scores(
    context: typer.Context,
    journey: JourneyId = None,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    version: PlanVersion = None,
    as_json: AsJson = False,
) -> None:
    """How it felt, how easy it was, whether we kept our word: each rolled up from every touchpoint with its part."""
    question = question_of(journey, first_on, last_on, segment, version)
    found = measure.scores(workspace_of(context).view(question.version).frame(question))
    if as_json:
        say_json(found)
        return
    for score in found.scores:
        heading(f"{score.name}: {said(score.result) or score.missing or 'nothing said in this period'}")
        rows = [[part.name, part.volume, part.result.n, said(part.result), said(part.part), part.owner] for part in score.parts]
        table(["touchpoint", "events", score.result.of, "here", "its part", "owner"], rows)


@app.command("ledger")
def ledger(
    context: typer.Context,
    journey: JourneyId = None,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    version: PlanVersion = None,
    as_json: AsJson = False,
) -> None:
    """Every promise: kept, broken, waiting, and whether something was given where it was broken."""
    question = question_of(journey, first_on, last_on, segment, version)
    found = measure.ledger(workspace_of(context).view(question.version).frame(question))
    if as_json:
        say_json(found)
        return
    rows = [
        [row.name, said(row.kept), f"{100 * row.target:.0f} %", row.state, row.broken.value, row.waiting.value,
         said(row.remedied), row.owner]
        for row in found.rows
    ]  # fmt: skip
    table(["promise", "kept", "target", "state", "broken", "waiting", "made good", "owner"], rows)
    if found.missing:
        say(f"Note: {found.missing} ({found.link})")


def said(result: Result[float]) -> str:
    """A value with its interval, in its unit; empty where nothing can be said."""
    if result.value is None:
        return ""
    size, sign = (100, " %") if result.unit == "share" else (1, "")
    if result.low is None or result.high is None:
        return f"{size * result.value:.4g}{sign}"
    return f"{size * result.value:.4g}{sign} ({size * result.low:.4g} to {size * result.high:.4g})"


def changed(change: MetricChange | None) -> str:
    """A change, and whether it is more than chance."""
    if change is None or change.result.value is None:
        return ""
    size, sign = (100, " points") if change.result.unit == "share" else (1, "")
    sure = {True: "more than chance", False: "may be chance", None: "no interval"}[change.more_than_chance]
    return f"{size * change.result.value:+.3g}{sign}, {sure}"
