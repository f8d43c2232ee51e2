"""The commands put together, and the one place where an error becomes a red line."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from desirelines import __version__
from desirelines.cli import collect, identify, measure, plan, start, trace
from desirelines.cli import map as mapping
from desirelines.cli.given import Given
from desirelines.cli.out import complain, say
from desirelines.errors import DesirelinesError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="The journey a brand intends against the journeys its customers live.",
)
for room, group in (
    ("plan", plan.app),
    ("collect", collect.app),
    ("identify", identify.app),
    ("trace", trace.app),
    ("map", mapping.app),
    ("measure", measure.app),
):
    app.add_typer(group, name=room)
start.install(app)


def _version(asked: bool) -> None:
    if asked:
        say(__version__)
        raise typer.Exit


@app.callback()
def given(
    context: typer.Context,
    home: Annotated[Path | None, typer.Option(help="the folder that holds the workspaces")] = None,
    workspace: Annotated[str | None, typer.Option("--workspace", "-w", help="which workspace is meant")] = None,
    version: Annotated[bool, typer.Option("--version", help="the version", callback=_version, is_eager=True)] = False,
) -> None:
    """Desirelines: from many silos to one measured map."""
    context.obj = Given(home, workspace)


def main() -> None:
    """Runs the command line; an error of ours is one red line and exit code 1."""
    try:
        app()
    except DesirelinesError as error:
        complain(error)
        sys.exit(1)
    except KeyboardInterrupt:
        complain(DesirelinesError("stopped", hint="nothing is half done: the same command begins again"))
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
