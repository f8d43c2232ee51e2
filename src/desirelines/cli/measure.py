"""measure: the numbers on one page."""

from __future__ import annotations

from typing import Annotated

import typer

from desirelines.cli import accounts, figures, reporting
from desirelines.cli.given import AsJson, FirstOn, JourneyId, LastOn, SegmentRule, question_of, workspace_of
from desirelines.cli.out import percent, say_json, table
from desirelines.cli.speak import heading, say
from desirelines.measure import CareAsk, InTrouble, several

app = typer.Typer(no_args_is_help=True, help="Numbers, each with its count and interval: cockpit, promises.")
app.add_typer(figures.app)
app.add_typer(accounts.app)
app.add_typer(reporting.app)


@app.command("cockpit")
def cockpit(
    context: typer.Context,
    journey: JourneyId = None,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    as_json: AsJson = False,
) -> None:
    """One page for who leads."""
    question = question_of(journey, first_on, last_on, segment)
    found = workspace_of(context).view().cockpit(question)
    if as_json:
        say_json(found)
        return
    heading(found.headline)
    say(found.subline)
    for figure in found.figures:
        say(f"{figure.name}: {figure.words}")
    table(["to know", "owner", "people"], [[row.words, row.owner or "nobody", row.size] for row in found.findings])


@app.command("promises")
def promises(
    context: typer.Context,
    journey: JourneyId = None,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    as_json: AsJson = False,
) -> None:
    """Which promises are kept, with n and a Wilson interval."""
    question = question_of(journey, first_on, last_on, segment)
    found = workspace_of(context).view().sheet(question).promises
    if as_json:
        say_json(found)
        return
    rows = [[row.name, row.per, percent(row.kept), f"{100 * row.target:.0f} %", row.state, row.open_count] for row in found]
    table(["promise", "per", "kept", "target", "state", "open"], rows)


@app.command("care")
def care(
    context: typer.Context,
    reason: Annotated[str, typer.Option(help="only for this reason, such as overdue; empty: any")] = "",
    owner: Annotated[str, typer.Option(help="only what this team owns; nobody: what nobody owns")] = "",
    days: Annotated[int, typer.Option(min=1, max=365, help="how many days back from the data's end count as now")] = 30,
    page: Annotated[int, typer.Option(min=1, help="fifty customers a page")] = 1,
    journey: JourneyId = None,
    segment: SegmentRule = "",
    as_json: AsJson = False,
) -> None:
    """Which customers are in trouble now, why, and whose turn it is."""
    ask = CareAsk(reason=reason, owner=owner, days=days, page=page)
    found = workspace_of(context).view().care(question_of(journey, None, None, segment), ask)
    if as_json:
        say_json(found)
        return
    heading(f"{several(found.total, 'customer')} in trouble, as of {found.as_of_at or 'no event yet'}")
    for one in found.reasons:
        say(f"{one.customers:,} {one.words} ({one.points} points)")
    rows = [
        [row.trouble, row.label, "; ".join(sign.words for sign in row.signs), row.since_at[:10], _owners(row)]
        for row in found.customers
    ]
    table(["trouble", "customer", "why", "since", "whose turn"], rows)
    for caveat in found.caveats:
        say(f"Note: {caveat}")


def _owners(row: InTrouble) -> str:
    return ", ".join(dict.fromkeys(sign.owner or "nobody" for sign in row.signs))
