"""plan: who the personas are in the data, and a map to begin with."""

from __future__ import annotations

from typing import Annotated

import typer

from desirelines import studio
from desirelines.cli.given import AsJson, FirstOn, LastOn, PlanVersion, question_of, workspace_of
from desirelines.cli.out import say_json, table
from desirelines.cli.speak import heading, say
from desirelines.errors import NotFound
from desirelines.model.hint import nearest
from desirelines.model.result import Result
from desirelines.studio import Begun, PersonaRow, Personas
from desirelines.workspace import Workspace

app = typer.Typer()


@app.command("personas")
def personas(
    context: typer.Context, first_on: FirstOn = None, last_on: LastOn = None, version: PlanVersion = None, as_json: AsJson = False
) -> None:
    """Who the personas are: how many, what backs them, whom they share, how they change."""
    question = question_of(None, first_on, last_on, "", version)
    found = workspace_of(context).view(question.version).personas(question)
    if as_json:
        say_json(found)
        return
    heading(f"{found.active:,} known customers were active")
    rows = [
        [row.name, row.standing, "" if row.people is None else row.people, _share(row.size), _drift(row), len(row.unmet) or ""]
        for row in found.rows
    ]
    table(["persona", "rests on", "people", "of the active", "since", "moments unmet"], rows)
    for row in found.rows:
        if row.rule_fault:
            say(f"Note: the rule of {row.name} counts nobody: {row.rule_fault}")
        for one in row.changed:
            say(f"{row.name} at {one.name}: {_percent(one.before)}, then {_percent(one.now)}")
    _overlaps(found)
    for caveat in found.caveats:
        say(f"Note: {caveat}")


@app.command("begin")
def begin(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="a challenge or a template; none: lists them")] = "",
    dry: Annotated[bool, typer.Option("--dry", help="show it, keep nothing")] = False,
    as_json: AsJson = False,
) -> None:
    """Begin a map: from a challenge and one's own data, or from a template; it becomes part of the draft."""
    workspace = workspace_of(context)
    challenges = {one.id: one.words for one in studio.CHALLENGES}
    templates = {one.id: one.about for one in studio.map_templates()}
    if not name:
        if as_json:
            say_json({"challenges": challenges, "templates": templates})
            return
        table(["challenge", ""], list(challenges.items()))
        table(["template", ""], list(templates.items()))
        return
    if name not in challenges and name not in templates:
        raise NotFound(f"there is no challenge and no template `{name}`", hint=nearest(name, [*challenges, *templates]))
    found = _begun(workspace, name, name in challenges)
    if not dry:
        draft = workspace.draft()
        workspace.save_draft(studio.added(draft["plan"], found.addition), draft["base"], draft["revision"])
    if as_json:
        say_json(found)
        return
    _show(found)
    say("Nothing is kept." if dry else f"“{found.addition.journey.name}” is in the draft. Next: desirelines plan check")


def _begun(workspace: Workspace, name: str, challenge: bool) -> Begun:
    view = workspace.view()
    lived = studio.Lived(view.facts, view.snapshot, view.plan, view.number, view.matched)
    begin_with = studio.begin_challenge if challenge else studio.begin_template
    return begin_with(name, lived, workspace.plan("draft"))


def _show(found: Begun) -> None:
    heading(found.words)
    met = {one.touchpoint or "": _percent(one.reach) for one in found.steps}
    rows = []
    for stage in found.addition.journey.stages:
        steps = [f"{step.touchpoint} {met.get(step.touchpoint or '', '')}".strip() for step in stage.steps]
        rows.append([stage.side, stage.name, stage.phase or "", ", ".join(steps)])
    table(["side", "stage", "phase", "touchpoints"], rows)
    for place, one in enumerate(found.questions, 1):
        say(f"{place}. {one.words} {one.why}")
    for caveat in found.caveats:
        say(f"Note: {caveat}")


def _overlaps(found: Personas) -> None:
    rows = [[one.first, one.second, one.people, _percent(one.of_first), _percent(one.of_second)] for one in found.overlaps]
    if rows:
        table(["one", "other", "both", "of the one", "of the other"], rows)


def _drift(row: PersonaRow) -> str:
    if row.drift is None:
        return ""
    went = f"{_percent(row.drift.before)}, then {_percent(row.drift.now)}"
    return f"{went}: more than chance" if row.drift.sure else f"{went}: steady"


def _share(result: Result[float] | None) -> str:
    if result is None or result.value is None or result.low is None or result.high is None:
        return "nobody counted"
    return f"{_percent(result)} [{100 * result.low:.1f}, {100 * result.high:.1f}] n {result.n:,}"


def _percent(result: Result[float]) -> str:
    return "" if result.value is None else f"{100 * result.value:.1f} %"
