"""measure: one journey on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desirelines import report
from desirelines.cli.given import AsJson, FirstOn, LastOn, PlanVersion, SegmentRule, question_of, workspace_of
from desirelines.cli.out import say_json
from desirelines.cli.speak import say
from desirelines.errors import BadInput

app = typer.Typer()


@app.command("report")
def paper(
    context: typer.Context,
    journey: Annotated[str, typer.Argument(help="the planned journey's id")],
    to: Annotated[Path, typer.Option("--write", help="where the PDF is written; default: the journey's id")] = Path(),
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    version: PlanVersion = None,
    as_json: AsJson = False,
) -> None:
    """One journey as a PDF for a board: figures, stages, promises, what to know, growth."""
    question = question_of(journey, first_on, last_on, segment, version)
    place = to if to != Path() else Path(f"{journey}.pdf")
    if place.exists():
        raise BadInput(f"{place} is already there", hint="name another file, or move that one away")
    written = report.render(report.gather(workspace_of(context).view(question.version), question))
    place.write_bytes(written)
    if as_json:
        say_json({"path": str(place), "bytes": len(written)})
        return
    say(f"{place}: {len(written):,} bytes")
