"""trace: what the journeys themselves suggest: groups of their like, and a plan."""

from __future__ import annotations

from pathlib import Path
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
from desirelines.errors import BadInput
from desirelines.measure import DiscoverAsk, Discovered, GroupsAsk, Telling, read_ask, with_discovered
from desirelines.plan import Step, touchpoints_of, write_plan

app = typer.Typer()


@app.command("discover")
def discover(
    context: typer.Context,
    depth: Annotated[int, typer.Option(min=0, max=50, help="how deep the tree is cut into blocks; 0: one block")] = 1,
    noise: Annotated[float, typer.Option(min=0, max=1, help="pass over what is rarer than this share of the commonest")] = 0.2,
    names: Annotated[int, typer.Option(min=1, max=100, help="so many of the most frequent steps are looked at")] = 30,
    name: Annotated[str, typer.Option(help="the drawn journey's name")] = "Discovered",
    write: Annotated[Path | None, typer.Option(help="write the plan with this journey in it, for plan import")] = None,
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
    """Blocks that the journeys suggest, and a planned journey drawn from them."""
    question, walk = question_of(journey, first_on, last_on, segment, version), walk_of(level, subject, gap, starts, ends, where)
    ask = read_ask(DiscoverAsk, {"depth": str(depth), "noise": str(noise), "names": str(names), "name": name})
    if write and write.exists():
        raise BadInput(f"{write} is already there", hint="name another file, or move that one away")
    view = workspace_of(context).view(question.version)
    found = measure.discover(view.paths(question, walk), ask, view.plan)
    if write:
        write.write_text(write_plan(with_discovered(view.plan, found.journey, found.touchpoints)), encoding="utf-8")
    if as_json:
        say_json(found)
        return
    _show(found, {one.id: one.name for one in (*view.plan.touchpoints, *found.touchpoints)})
    if write:
        say(f"Written to {write}. Next: desirelines plan import {write}")


@app.command("groups")
def groups(
    context: typer.Context,
    count: Annotated[int, typer.Option(min=1, max=20, help="how many groups")] = 5,
    inside: Annotated[str, typer.Option(help="within group 2, or 2/1: group 1 of those")] = "",
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
    """Journeys in groups of their like, each with a real one that stands for it."""
    question, walk = question_of(journey, first_on, last_on, segment, version), walk_of(level, subject, gap, starts, ends, where)
    ask = read_ask(GroupsAsk, {"count": str(count), "inside": inside})
    found = measure.groups(workspace_of(context).view(question.version).paths(question, walk), ask)
    if as_json:
        say_json(found)
        return
    heading(f"{found.grouped:,} journeys, {found.variant_count:,} variants in {len(found.groups):,} groups")
    rows = [
        [row.number, row.journeys, f"{100 * row.rate:.1f} %", row.people, row.variants, f"{row.spread:.2f}",
         duration(row.median_seconds), " > ".join(row.steps)]
        for row in found.groups
    ]  # fmt: skip
    table(["group", "journeys", "share", "people", "variants", "spread", "median time", "stands for it"], rows)
    said = ", ".join(f"{one.count}: {one.score:.2f}" for one in found.silhouettes)
    say(f"groups suggested: {found.suggested}" + (f" (silhouettes {said})" if said else ""))
    for caveat in found.caveats:
        say(f"Note: {caveat}")


def _show(found: Discovered, called: dict[str, str]) -> None:
    heading(f"{len(found.blocks):,} blocks from {found.used:,} of {found.journeys:,} journeys")
    for line in _tree(found):
        say(line)
    rows = [[row.name, ", ".join(row.steps), row.journeys, row.people, f"{100 * row.rate:.1f} %"] for row in found.blocks]
    table(["block", "steps", "journeys", "people", "share"], rows, "Blocks")
    stages = [
        [stage.name, stage.side, ", ".join(_step(step, called) for step in stage.steps), "any" if stage.any_order else "",
         "yes" if stage.repeats else ""]
        for stage in found.journey.stages
    ]  # fmt: skip
    table(["stage", "side", "steps", "order", "repeats"], stages, "Drawn as a journey")
    say(f"the tree: {_telling(found.tree)}")
    say(f"as drawn: {_telling(found.drawn)}")
    if found.rare:
        say(f"Note: too rare to be looked at: {', '.join(found.rare[:20])}{' …' if len(found.rare) > 20 else ''}")
    if found.passed_over:
        say(f"Note: passed over as noise: {', '.join(found.passed_over)}")
    for caveat in found.caveats:
        say(f"Note: {caveat}")


def _tree(found: Discovered) -> list[str]:
    depth: list[int] = []
    lines = []
    for node in found.nodes:
        depth.append(depth[node.parent] + 1 if node.parent >= 0 else 0)
        lines.append("  " * depth[-1] + (node.name or node.kind))
    return lines


def _step(step: Step, called: dict[str, str]) -> str:
    name = " or ".join(called[one] for one in touchpoints_of(step))
    said = [word for word, holds in (("optional", step.optional), ("repeats", step.repeats)) if holds]
    return f"{name} ({', '.join(said)})" if said else name


def _telling(telling: Telling) -> str:
    precision = "unknown" if telling.precision is None else f"{telling.precision:.3f}"
    fitting = f"{100 * telling.fitting_rate:.1f} % of journeys fit whole"
    return f"{fitting}, average fitness {telling.average_fitness:.3f}, precision {precision}"
