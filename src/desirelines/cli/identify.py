"""identify: whose the events are."""

from __future__ import annotations

import typer

from desirelines.cli.given import AsJson, workspace_of
from desirelines.cli.out import say_json, table
from desirelines.cli.speak import heading, say

app = typer.Typer(no_args_is_help=True, help="Whose the events are: people, held values.")


@app.command("people")
def people(context: typer.Context, as_json: AsJson = False) -> None:
    """How many people, and which share of events belongs to one."""
    found = workspace_of(context).view().people()
    if as_json:
        say_json(found)
        return
    say(f"{found['people']:,} people from {found['identifiers']:,} linked identifiers")
    say(f"{found['known_events']:,} of {found['events']:,} events belong to a known person")


@app.command("held")
def held(context: typer.Context, as_json: AsJson = False) -> None:
    """Identifier values that are held and shown, not applied."""
    rows = workspace_of(context).view().identities.held
    if as_json:
        say_json(rows)
        return
    table(["kind", "value", "why", "would link", "events"], [[r.kind, r.value, r.reason, r.linked, r.events] for r in rows])
    heading(f"{len(rows):,} values held")
