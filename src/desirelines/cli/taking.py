"""plan: one map taken along as a file, and an old map brought in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from desirelines import report
from desirelines.cli.given import AsJson, FirstOn, LastOn, PlanVersion, SegmentRule, question_of, workspace_of
from desirelines.cli.out import say_json, table
from desirelines.cli.speak import heading, say
from desirelines.errors import BadInput, NotFound
from desirelines.report import Along, Paper
from desirelines.studio import BringChoices, Take, WallShow, bring_in, bring_map

app = typer.Typer()


@app.command("take")
def take(
    context: typer.Context,
    journey: Annotated[str, typer.Argument(help="the planned journey's id")],
    path: Annotated[Path, typer.Argument(help="its name says the form: .svg .pdf .html .xlsx .csv .wide .yaml .xml")],
    paper: Annotated[Paper | None, typer.Option(help="the sheet; default: the smallest that holds the map whole")] = None,
    lanes: Annotated[str, typer.Option(help="these lanes in this order, parted by commas; default: the map's")] = "",
    persona: Annotated[str | None, typer.Option(help="only what is this persona's")] = None,
    show: Annotated[WallShow, typer.Option(help="as it is, as it should be, or both")] = "both",
    figures: Annotated[bool, typer.Option(help="with what is measured")] = True,
    fonts: Annotated[bool, typer.Option(help="SVG: the letters' shapes inside")] = False,
    whole: Annotated[bool, typer.Option(help="YAML: the whole plan")] = False,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    version: PlanVersion = "draft",
    as_json: AsJson = False,
) -> None:
    """Write one map as a file: a drawing, a workbook, tables, a page that holds everything, YAML or CJML."""
    form = report.form_of(path.name)
    if path.exists():
        raise BadInput(f"{path} is already there", hint="name another file, or move that one away")
    question = question_of(journey, first_on, last_on, segment, version)
    chosen = tuple(one.strip() for one in lanes.split(",") if one.strip())
    along = Along(form, Take(chosen, persona, show, figures), paper, fonts, whole)
    taken = report.take_along(workspace_of(context), question, along)
    path.write_bytes(taken.data)
    if as_json:
        say_json({"path": str(path), "form": form, "bytes": len(taken.data)})
        return
    say(f"{path}: {len(taken.data):,} bytes")


@app.command("bring")
def bring(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="a workbook, a CSV or CJML file that holds a map")],
    name: Annotated[str, typer.Option(help="the new journey's name; default: the file's")] = "",
    sheet: Annotated[str, typer.Option(help="the workbook's sheet; default: the one that looks most like a map")] = "",
    shape: Annotated[
        Literal["", "wall", "list"], typer.Option(help="stages across, or a row for each thing; default: guessed")
    ] = "",
    head: Annotated[int, typer.Option(help="the row that names the stages or the columns", min=0)] = 0,
    dry: Annotated[bool, typer.Option("--dry", help="only show what it would become")] = False,
    as_json: AsJson = False,
) -> None:
    """Draw an old map into the draft as a new journey. Touchpoints that the plan has are used, nothing is overwritten."""
    if not path.is_file():
        raise NotFound(f"there is no file {path}")
    workspace, choices = workspace_of(context), BringChoices(name, sheet, shape, head)
    if dry:
        _, shown = bring_map(workspace.plan("draft"), path.read_bytes(), path.name, choices)
    else:
        shown = bring_in(workspace.database, workspace.author, path.read_bytes(), path.name, choices)
    if as_json:
        say_json(
            {"journey": shown.journey, "counts": dict(shown.counts), "notes": list(shown.notes), "becomes": list(shown.becomes)}
        )
        return
    table(["place", "stage", "words", "becomes"], [[one.place, one.stage, one.words[:60], one.becomes] for one in shown.becomes])
    for note in shown.notes:
        say(note)
    counts = ", ".join(f"{count} {what}" for what, count in shown.counts.items())
    heading(f"{'It would become' if dry else 'Drawn as'} {shown.journey}: {counts}")
