"""plan: what the brand intends, exchanged as files, checked whole, published as versions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desirelines.cli import minding, taking
from desirelines.cli.given import AsJson, PlanVersion, day, version_of, workspace_of
from desirelines.cli.out import say_json, table
from desirelines.cli.speak import heading, pour, say
from desirelines.errors import BadInput, Fault, NotFound
from desirelines.plan import examine

app = typer.Typer(no_args_is_help=True, help="What the brand intends: import, check, publish, diff, export; take, bring.")
app.add_typer(taking.app)
app.add_typer(minding.app)

PlanPath = Annotated[Path, typer.Argument(help="a YAML file")]


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise NotFound(f"there is no file {path}")
    return path.read_bytes()


@app.command("check")
def check(
    context: typer.Context,
    path: Annotated[Path | None, typer.Argument(help="a YAML file; default: the draft")] = None,
    as_json: AsJson = False,
) -> None:
    """Name every fault, with file and line. Exit code 1 if the plan cannot be published."""
    if path is None:
        rows = workspace_of(context).check_draft()
    else:
        rows = [vars(row) for row in examine(_read(path), str(path))[1]]
    if as_json:
        say_json(rows)
    else:
        for row in rows:
            fault = Fault(row["message"], row["file"], row["line"], row["path"], row["hint"])
            say(f"{row['severity']}: {fault}")
    errors = sum(row["severity"] == "error" for row in rows)
    if not as_json:
        heading(f"{errors} errors, {len(rows) - errors} warnings" if rows else "No faults")
    if errors:
        raise typer.Exit(1)


@app.command("import")
def import_plan(context: typer.Context, path: PlanPath, as_json: AsJson = False) -> None:
    """Make a YAML file the draft."""
    draft = workspace_of(context).import_plan(_read(path), str(path))
    if as_json:
        say_json(draft)
        return
    say(f"The draft stands on version {draft['base']}. Next: desirelines plan publish --note 'why'")


@app.command("export")
def export(
    context: typer.Context,
    path: Annotated[Path | None, typer.Argument(help="where to; default: standard output")] = None,
    version: PlanVersion = None,
    as_json: AsJson = False,
) -> None:
    """Write a version as YAML."""
    workspace = workspace_of(context)
    if as_json:
        say_json(workspace.plan(version_of(version)))
        return
    text = workspace.export_plan(version_of(version))
    if path is None:
        pour(text)
    elif path.exists():
        raise BadInput(f"{path} is already there", hint="name another file, or move that one away")
    else:
        path.write_text(text, encoding="utf-8")


@app.command("publish")
def publish(
    context: typer.Context,
    note: Annotated[str, typer.Option(help="what changed and why")] = "",
    in_force_on: Annotated[str | None, typer.Option("--from", help="the day it holds from; default: now")] = None,
    as_json: AsJson = False,
) -> None:
    """Make the draft the newest version."""
    workspace = workspace_of(context)
    row = workspace.publish_draft(workspace.draft()["base"], note, day(in_force_on, "--from"))
    if as_json:
        say_json(row)
        return
    say(f"Version {row['number']} is published.")


@app.command("versions")
def versions(context: typer.Context, as_json: AsJson = False) -> None:
    """All versions, the newest first."""
    rows = workspace_of(context).version_rows()
    if as_json:
        say_json(rows)
        return
    names = ["number", "at", "author", "note", "hash"]
    table(names, [[*(row[name] for name in names[:-1]), row["hash"][:12]] for row in rows])


@app.command("diff")
def diff(
    context: typer.Context,
    a: Annotated[str, typer.Argument(help="a version's number")],
    b: Annotated[str, typer.Argument(help="a version's number, or draft")] = "draft",
    as_json: AsJson = False,
) -> None:
    """What changed between two versions."""
    rows = workspace_of(context).changes(_number(a), _number(b))
    if as_json:
        say_json(rows)
        return
    for row in rows:
        say(row["words"])
    if not rows:
        say("Nothing changed.")


def _number(text: str) -> int | str:
    found = version_of(text)
    if found is None:
        raise BadInput("which version?")
    return found
