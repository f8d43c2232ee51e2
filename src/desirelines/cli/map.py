"""map: what was planned and what happened, on one sheet."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from desirelines.cli.given import AsJson, FirstOn, InForce, JourneyId, LastOn, PlanVersion, SegmentRule, question_of, workspace_of
from desirelines.cli.out import duration, percent, say_json, table
from desirelines.cli.speak import heading, say
from desirelines.measure import Sheet

app = typer.Typer(no_args_is_help=True, help="Both on one map: show, unclaimed events, desire lines.")


@app.command("show")
def show(
    context: typer.Context,
    journey: JourneyId = None,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    version: PlanVersion = None,
    in_force: InForce = False,
    as_json: AsJson = False,
) -> None:
    """The measured map of one planned journey."""
    question = replace(question_of(journey, first_on, last_on, segment, version), in_force=in_force)
    sheet = workspace_of(context).view(question.version).sheet(question)
    if as_json:
        say_json(sheet)
        return
    _head(sheet)
    _body(sheet)
    for caveat in sheet.caveats:
        say(f"Note: {caveat}")


def _head(sheet: Sheet) -> None:
    real = "simulated" if sheet.simulated else "real"
    heading(f"{sheet.brand} · {sheet.journey_name} · version {sheet.plan_version} · {real} data")
    say(f"{sheet.journeys:,} journeys of {sheet.people:,} people, {sheet.events:,} events")
    say(f"events that belong to a known person: {percent(sheet.known)}")
    found, marks = sheet.following, sheet.following.deviations
    say(
        f"following the plan: average fitness {_number(found.average_fitness.value)}, "
        f"log fitness {_number(found.log_fitness.value)}, "
        f"without a deviation {percent(found.fitting)}"
    )
    say(
        f"deviations: {marks.missing:,} missing, {marks.unplanned:,} unplanned, {marks.out_of_order:,} out of order, "
        f"{marks.repeated:,} repeated, {marks.late:,} late"
    )


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.6f}"


def _body(sheet: Sheet) -> None:
    table(
        ["stage", "side", "people", "reach", "median time", "leave here", "evidence"],
        [
            [row.name, row.side, row.people, percent(row.reach), duration(row.time.value), percent(row.left), row.grade]
            for row in sheet.stages
        ],
        "Stages",
    )
    table(
        ["touchpoint", "medium", "owner", "people", "events", "evidence", "state"],
        [
            [row.name, row.medium, row.owner or "nobody", row.people, row.events, row.evidence.grade, row.evidence.state]
            for row in sheet.touchpoints
        ],
        "Touchpoints",
    )
    rows: list[list[object]]
    if sheet.promises:
        rows = [[row.name, percent(row.kept), f"{100 * row.target:.0f} %", row.state] for row in sheet.promises]
        table(["promise", "kept", "target", "state"], rows, "Promises")
    desire = [row for row in sheet.ways if row.desire]
    if desire:
        rows = [[row.origin, row.target, row.count, row.people, duration(row.median_seconds)] for row in desire]
        table(["from", "to", "times", "people", "median gap"], rows, "Desire lines: ways nobody drew")
    if sheet.unclaimed:
        table(["event", "events", "people"], [[r.event, r.events, r.people] for r in sheet.unclaimed], "Claimed by no touchpoint")
    if sheet.contested:
        rows = [[row.event, row.events, row.people, ", ".join(row.touchpoints)] for row in sheet.contested]
        table(["event", "events", "people", "claimed by"], rows, "Contested")


@app.command("handoffs")
def handoffs(
    context: typer.Context,
    journey: JourneyId = None,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    version: PlanVersion = None,
    as_json: AsJson = False,
) -> None:
    """Where one team passes customers on to another, and how often that fails."""
    question = question_of(journey, first_on, last_on, segment, version)
    found = workspace_of(context).view(question.version).handoffs(question)
    if as_json:
        say_json(found)
        return
    head = ["from", "owner", "to", "owner", "times", "passed on", "gone astray", "nothing came", "median time"]
    rows: list[list[object]] = [
        [
            row.origin_name, row.giver, row.target_name, row.taker, row.passed.n, percent(row.passed), percent(row.astray),
            percent(row.ended), duration(row.time.value),
        ]
        for row in found.handoffs
    ]  # fmt: skip
    table(head, rows, f"Hand-offs on {found.journey_name}")
    if found.loose:
        say(f"Note: {found.loose} planned ways begin or end where nobody owns the touchpoint")


@app.command("seen")
def seen(context: typer.Context, as_json: AsJson = False) -> None:
    """Event types that were seen and the touchpoint that claims each."""
    rows = workspace_of(context).view().seen()
    if as_json:
        say_json(rows)
        return
    head = ["event", "source", "events", "people", "touchpoint", "suggestion"]
    table(head, [[r.event, r.source, r.events, r.people, r.touchpoint or "", r.suggestion or ""] for r in rows])


@app.command("segments")
def segments(context: typer.Context, as_json: AsJson = False) -> None:
    """Segments that were kept under a name."""
    rows = workspace_of(context).segments()
    if as_json:
        say_json(rows)
        return
    table(["id", "name", "rule"], [[row["id"], row["name"], row["rule"]] for row in rows])


@app.command("save")
def save(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="what it is called")],
    rule: Annotated[str, typer.Argument(help='who is meant, such as "trait:state=SP"')],
    as_json: AsJson = False,
) -> None:
    """Keep a segment's rule under a name; `saved:NAME` in another rule means it."""
    row = workspace_of(context).save_segment(name, rule)
    if as_json:
        say_json(row)
        return
    say(f"saved as {row['id']}: --segment saved:{row['id']}")


@app.command("forget")
def forget(
    context: typer.Context, segment: Annotated[str, typer.Argument(help="a saved segment's id")], as_json: AsJson = False
) -> None:
    """Forget a saved segment."""
    workspace_of(context).drop_segment(segment)
    say_json({"forgotten": segment}) if as_json else say("forgotten")
