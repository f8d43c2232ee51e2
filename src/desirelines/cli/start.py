"""init, status, demo."""

from __future__ import annotations

from typing import Annotated

import typer

from desirelines.cli.given import AsJson, home_of
from desirelines.cli.out import progress, say_json, table
from desirelines.cli.speak import heading, say
from desirelines.keeper import run_or_queue

app = typer.Typer()


@app.command("init")
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


@app.command("status")
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
    for row in rows:
        if row["fault"]:
            say(f"{row['name']} cannot be opened: {row['fault']}")


@app.command("demo")
def demo(
    context: typer.Context, name: Annotated[str, typer.Argument(help="retail or world")] = "retail", as_json: AsJson = False
) -> None:
    """Load a demo."""
    home = home_of(context)
    workspace = home.demo_workspace(name)
    with progress(as_json) as listen:
        run_or_queue(home, workspace, "demo", {"demo": name}, listen)
    summary = workspace.summary()
    if as_json:
        say_json(summary)
        return
    heading(summary["brand"])
    say(f"{summary['events']:,} events of {summary['people']:,} people are on the map.")
