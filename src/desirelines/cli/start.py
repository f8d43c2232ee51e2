"""init, status, demo, serve."""

from __future__ import annotations

import signal
import sys
import threading
from typing import Annotated

import typer

from desirelines.cli.given import AsJson, home_of, settings_of
from desirelines.cli.out import complaints, heading, progress, say, say_json, table
from desirelines.keeper import keep, run_one
from desirelines.server import serve as serve_home


def install(app: typer.Typer) -> None:
    """Adds the commands that stand beside the words."""
    for command in (init, status, demo, serve, keeper):
        app.command(hidden=command is keeper)(command)


def init(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="small letters, digits and -")],
    brand: Annotated[str, typer.Option(help="the brand's name; default: the workspace's")] = "",
    zone: Annotated[str, typer.Option(help="the brand's time zone, such as Europe/Berlin")] = "UTC",
    currency: Annotated[str, typer.Option(help="ISO code")] = "EUR",
    as_json: AsJson = False,
) -> None:
    """Make a workspace for a brand."""
    made = home_of(context).create(name, brand or name, zone, currency)
    if as_json:
        say_json(made.summary())
        return
    say(f"Made {made.folder}")
    say("Next: desirelines collect guess FILE writes a source file; desirelines serve shows it in the browser.")


def status(context: typer.Context, as_json: AsJson = False) -> None:
    """The workspaces and what they hold."""
    home = home_of(context)
    rows = home.rows()
    if as_json:
        say_json({"workspaces": rows, "demos": home.demo_rows()})
        return
    table(
        ["workspace", "brand", "events", "people", "plan version", "simulated"],
        [[row["name"], row["brand"], row["events"], row["people"], row["plan_version"], row["simulated"]] for row in rows],
    )


def demo(
    context: typer.Context, name: Annotated[str, typer.Argument(help="retail or world")] = "retail", as_json: AsJson = False
) -> None:
    """Load a demo."""
    home = home_of(context)
    workspace = home.demo_workspace(name)
    with progress(as_json) as listen:
        run_one(home, workspace, "demo", {"demo": name}, listen)
    summary = workspace.summary()
    if as_json:
        say_json(summary)
        return
    heading(summary["brand"])
    say(f"{summary['events']:,} events of {summary['people']:,} people are on the map.")


def serve(
    context: typer.Context,
    port: Annotated[int | None, typer.Option(help="the port; default 8765")] = None,
    demo: Annotated[str | None, typer.Option(help="load this demo first if it is not there")] = None,
) -> None:
    """Serve the pages on this machine."""
    home = home_of(context)
    if demo and not home.demo_ready(demo):
        with progress() as listen:
            run_one(home, home.demo_workspace(demo), "demo", {"demo": demo}, listen)
    settings = settings_of(context)
    serve_home(home, settings, port or settings.port, demo, lambda line: complaints.print(line, markup=False))


def keeper(context: typer.Context) -> None:
    """The process beside the server that does the long work."""
    stop = threading.Event()

    def watch() -> None:
        sys.stdin.buffer.read()
        stop.set()

    # the server holds the other end: however it ends, even killed, the keeper ends too
    threading.Thread(target=watch, daemon=True).start()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda number, frame: stop.set())
    keep(home_of(context), stop)
