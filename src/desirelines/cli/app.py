"""The front door of the terminal, and the one place where an error becomes a red line."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from desirelines import __version__
from desirelines.cli.rooms import Given, Rooms
from desirelines.cli.speak import complain
from desirelines.errors import BadInput, DesirelinesError, Unavailable

WRONG, MISUSED, STOPPED = 1, 2, 130
"""Exit codes: one of our errors; a command line that does not read; interrupted."""

app = typer.Typer(
    cls=Rooms,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="The journey a brand intends against the journeys its customers live.",
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
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
    """Runs the command line; whatever goes wrong is one red line and an exit code."""
    try:
        sys.exit(_code(app(standalone_mode=False)))
    except DesirelinesError as error:
        _end(error, WRONG)
    except TyperException as error:
        _misused(error)
    except (KeyboardInterrupt, typer.Abort):
        _end(DesirelinesError("stopped", hint="nothing is half done: the same command begins again"), STOPPED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(WRONG)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _end(Unavailable(f"{place}{error.strerror or error}", hint="the system says so; mend that and run it again"), WRONG)


def _end(error: DesirelinesError, code: int) -> None:
    complain(error)
    sys.exit(code)


def _code(answer: Any) -> int:
    """What `typer.Exit` was raised with; commands themselves answer nothing."""
    return answer if isinstance(answer, int) else 0


def _misused(error: TyperException) -> None:
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "desirelines"
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(error.format_message(), err=True)
        sys.exit(MISUSED)
    _end(BadInput(error.format_message(), hint=f"{path} --help lists what there is"), MISUSED)
