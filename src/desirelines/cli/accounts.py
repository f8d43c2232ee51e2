"""measure: what the customer base is worth, and which touches are credited with what customers did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from desirelines import measure
from desirelines.cli.given import (
    AsJson,
    FirstOn,
    JourneyId,
    LastOn,
    PlanVersion,
    SegmentRule,
    Where,
    question_of,
    walk_of,
    workspace_of,
)
from desirelines.cli.out import say_json, table
from desirelines.cli.speak import heading, say
from desirelines.measure import Credit, CreditAsk, Value, ValueAsk, money, percent, read_ask
from desirelines.model.result import Result

app = typer.Typer()


@app.command("value")
def value(
    context: typer.Context,
    model: Annotated[str, typer.Option(help="bg (BG/NBD) or pareto (Pareto/NBD)")] = "bg",
    days: Annotated[str, typer.Option(help="a customer's orders of one day are one order, or each its own")] = "one",
    weeks: Annotated[int, typer.Option(min=1, max=260, help="how far ahead a lifetime is looked at")] = 52,
    discount: Annotated[float, typer.Option(min=0, max=1, help="what money loses in a year")] = 0.1,
    margin: Annotated[float, typer.Option(min=0, max=1, help="what is left of an order's amount")] = 1.0,
    window: Annotated[int, typer.Option(min=1, max=3650, help="days in which a second order counts")] = 90,
    loyalty: Annotated[str, typer.Option(help="of the matrix: repeat, alive or recommend")] = "repeat",
    worth: Annotated[str, typer.Option(help="of the matrix: past or ahead")] = "past",
    grid: Annotated[int, typer.Option(min=2, max=3, help="2 for four cells, 3 for nine")] = 3,
    by: Annotated[str, typer.Option(help="groups: persona, trait:state, or none")] = "persona",
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    version: PlanVersion = None,
    as_json: AsJson = False,
) -> None:
    """What the known customers are worth: who may still buy, what they will order, loyalty by value."""
    asked = {
        "model": model, "days": days, "weeks": weeks, "discount": discount, "margin": margin, "window": window,
        "loyalty": loyalty, "worth": worth, "grid": grid, "by": by,
    }  # fmt: skip
    question = question_of(None, first_on, last_on, segment, version)
    found = measure.value(workspace_of(context).view(question.version).accounts(question), read_ask(ValueAsk, _texts(asked)))
    if as_json:
        say_json(found)
        return
    heading(f"{found.customers:,} customers with {_number(found.orders)} orders, until {found.until}")
    say(f"Ordered again: {_share(found.again)}; within {window} days {_share(found.again_within)}")
    say(f"May still buy: {_share(found.alive)}")
    say(f"Worth of one in {found.weeks} weeks: {_money(found.lifetime)}")
    rows = [[f"{one.weeks}", _between(one.orders), _money(one.money)] for one in found.ahead]
    table(["weeks ahead", "orders", "money"], rows)
    if found.check:
        say(found.check.words)
    _matrix(found)
    groups = [[one.name, one.customers, _share(one.alive), _number(one.orders, 2), _money(one.lifetime)] for one in found.groups]
    table(["group", "customers", "may still buy", "orders ahead", "lifetime"], groups)
    _notes(found.caveats)


def _matrix(found: Value) -> None:
    if found.matrix is None:
        return
    cells = {(cell.loyalty, cell.worth): cell for cell in found.matrix.cells}
    across = range(1, len(found.matrix.worth) + 1)
    rows = [
        [name, *(f"{cells[row, column].customers:,} · {_money(cells[row, column].money)}" for column in across)]
        for row, name in enumerate(found.matrix.loyalty, 1)
    ]
    table(["loyalty", *found.matrix.worth], rows)


@app.command("credit")
def credit(
    context: typer.Context,
    of: Annotated[str, typer.Option(help="what is credited: channel, touchpoint, event or source")] = "channel",
    goal: Annotated[str, typer.Option(help="a role, or events parted by |; empty: the role order")] = "",
    touches: Annotated[str, typer.Option(help="only these are touches, parted by |; empty: all")] = "",
    window: Annotated[str, typer.Option(help="a touch longer before is not credited")] = "30d",
    half: Annotated[str, typer.Option(help="for time decay: after so long a touch weighs half")] = "7d",
    repeats: Annotated[str, typer.Option(help="the same touch in a row is one (run), or each its own (each)")] = "run",
    top: Annotated[int, typer.Option(min=1, max=200, help="how many touches are listed")] = 30,
    where: Where = "",
    journey: JourneyId = None,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    version: PlanVersion = None,
    as_json: AsJson = False,
) -> None:
    """Descriptive credit: who came before what customers did, by seven rules; what was spent; never what it caused."""
    asked = {"of": of, "goal": goal, "touches": touches, "window": window, "half": half, "repeats": repeats, "top": top}
    ask = read_ask(CreditAsk, _texts(asked))
    question = question_of(journey, first_on, last_on, segment, version)
    view = workspace_of(context).view(question.version)
    found = measure.credit(view.paths(question, walk_of(of, "customer", "", "", "", where)), view.accounts(question), ask)
    if as_json:
        say_json(found)
        return
    heading(f"{found.label}: {found.goals:,} times {found.goal}, of {found.people:,} customers")
    table([found.level, "before", *found.rules, "spend", "a goal"], _credits(found))
    _notes(found.caveats)


def _credits(found: Credit) -> list[list[str]]:
    return [
        [
            row.name, _share(row.before), *(_number(share.credit, 1) for share in row.shares), _money(row.spend),
            "" if row.shares[2].cost is None else money(row.shares[2].cost, found.currency),
        ]
        for row in found.rows
    ]  # fmt: skip


def _texts(asked: Mapping[str, object]) -> dict[str, str]:
    return {name: str(said) for name, said in asked.items()}


def _number(found: Result[float], digits: int = 0) -> str:
    return "" if found.value is None else f"{found.value:,.{digits}f}"


def _between(found: Result[float]) -> str:
    if found.value is None or found.low is None or found.high is None:
        return _number(found)
    return f"{found.value:,.0f} ({found.low:,.0f} to {found.high:,.0f})"


def _share(found: Result[float]) -> str:
    return "" if found.value is None else percent(found.value) + measure.between(found.low, found.high)


def _money(found: Result[float]) -> str:
    if found.value is None:
        return ""
    said = money(found.value, found.unit)
    return said if found.low is None or found.high is None else f"{said} ({found.low:,.0f} to {found.high:,.0f})"


def _notes(caveats: tuple[str, ...]) -> None:
    for caveat in caveats:
        say(f"Note: {caveat}")
