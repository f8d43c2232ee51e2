"""explain: what drives an outcome, which moments matter, the chain from satisfaction to profit."""

from __future__ import annotations

from typing import Annotated

import typer

from desirelines import explain
from desirelines.cli.compared import figure
from desirelines.cli.given import (
    AsJson,
    FirstOn,
    JourneyId,
    LastOn,
    PlanVersion,
    SegmentRule,
    question_of,
    workspace_of,
)
from desirelines.cli.out import say_json, table
from desirelines.cli.speak import heading, say
from desirelines.explain import ChainAsk, DriverRow, DriversAsk, Ground, MomentsAsk
from desirelines.measure import read_ask
from desirelines.model.result import Result

app = typer.Typer()

Outcome = Annotated[str, typer.Option(help="a question's id, recommend, or repeat; default: satisfaction")]
Names = Annotated[
    str, typer.Option("--drivers", help="question:ID, promise:ID, met:ID, quick:ID:2d, calm, property:NAME@1-5, parted by |")
]
Product = Annotated[str, typer.Option(help="which of them, or of the touchpoints, are the product itself, parted by |")]
Missing = Annotated[str, typer.Option(help="listwise or pairwise; default: whichever loses less")]
Back = Annotated[int, typer.Option(min=1, max=3650, help="days before an answer in which what was met counts")]
Within = Annotated[int, typer.Option(min=1, max=3650, help="for repeat: ordered again within so many days")]
Settle = Annotated[int, typer.Option(min=0, max=365, help="for repeat: days after the order that still belong to it")]
Like = Annotated[
    bool, typer.Option("--like/--not-like", help="compare customers alike in how long and often they had been there")
]


@app.command("drivers")
def drivers(
    context: typer.Context,
    outcome: Outcome = "",
    names: Names = "",
    product: Product = "",
    missing: Missing = "",
    back_days: Back = 90,
    within_days: Within = 180,
    settle_days: Settle = 14,
    like: Like = True,
    journey: JourneyId = None,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    version: PlanVersion = None,
    as_json: AsJson = False,
) -> None:
    """What moves with an outcome, by how much of it, and what to mend first."""
    asked = _asked(outcome, names, product, missing, back_days, within_days, settle_days, like)
    found = explain.drivers(_ground(context, journey, first_on, last_on, segment, version), read_ask(DriversAsk, asked))
    if as_json:
        say_json(found)
        return
    heading(found.headline)
    say(f"{found.rung_name}; explained together: {figure(found.r2)}; by {found.method}, {found.missing}")
    head = ["driver", "importance", "performance", "effect", "beta", "VIF", "field", "class", ""]
    table(head, [_driver(row) for row in found.rows])
    if found.product and found.experience:
        say(f"The product itself: {figure(found.product)}; all around it: {figure(found.experience)}")
    _notes(*found.warnings, *(f"{row.name}: {words}" for row in found.rows for words in row.warnings), *found.caveats)


def _driver(row: DriverRow) -> list[str]:
    vif = "" if row.vif is None else f"{row.vif:.1f}"
    place = "" if row.field is None else row.field + ("" if row.sure else ", not surely")
    return [
        row.name, _short(row.importance), _short(row.performance), _short(row.effect), _short(row.beta), vif, place,
        row.asymmetric or "", "suppressor" if row.suppressor else "",
    ]  # fmt: skip


@app.command("moments")
def moments(
    context: typer.Context,
    outcome: Outcome = "",
    names: Names = "",
    product: Product = "",
    missing: Missing = "",
    back_days: Back = 90,
    within_days: Within = 180,
    settle_days: Settle = 14,
    like: Like = True,
    weigh: Annotated[str, typer.Option(help="people (who meet it) or meetings (how often)")] = "people",
    journey: JourneyId = None,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    version: PlanVersion = None,
    as_json: AsJson = False,
) -> None:
    """Moments that matter: how many meet one, how far it falls short, what that goes with."""
    asked = {**_asked(outcome, names, product, missing, back_days, within_days, settle_days, like), "weigh": weigh}
    found = explain.moments(_ground(context, journey, first_on, last_on, segment, version), read_ask(MomentsAsk, asked))
    if as_json:
        say_json(found)
        return
    heading(found.headline)
    say(f"{found.rung_name}; lost of “{found.outcome_name}” per customer")
    rows = [
        [row.name, row.owner or "nobody", row.rated_by, _short(row.reach), _short(row.gap), _short(row.effect),
         _short(row.matters), "" if row.surely else "could be chance"]
        for row in found.rows
    ]  # fmt: skip
    table(["moment", "owner", "rated by", "reach", "gap", "effect", "matters", ""], rows)
    _notes(*(f"{row.name}: {words}" for row in found.rows for words in row.warnings), *found.caveats)
    if found.unknown:
        say(f"Nothing that could be weighed is known of: {', '.join(found.unknown)}")


@app.command("chain")
def chain(
    context: typer.Context,
    within_days: Annotated[int, typer.Option(min=7, max=1095, help="days in which the next link counts")] = 180,
    journey: JourneyId = None,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    version: PlanVersion = None,
    as_json: AsJson = False,
) -> None:
    """From satisfaction to loyalty, word of mouth, new customers and profit: each link by itself."""
    ground = _ground(context, journey, first_on, last_on, segment, version)
    found = explain.chain(ground, read_ask(ChainAsk, {"within_days": str(within_days)}))
    if as_json:
        say_json(found)
        return
    heading(found.headline)
    rows = [
        [f"{link.origin} → {link.target}", "" if link.value is None else figure(link.value),
         "" if link.value is None else link.rung_name, link.words]
        for link in found.links
    ]  # fmt: skip
    table(["link", "figure", "how sure", "what it is"], rows)
    _notes(*found.caveats)


def _asked(
    outcome: str, names: str, product: str, missing: str, back: int, within: int, settle: int, like: bool
) -> dict[str, str]:
    return {
        "outcome": outcome, "drivers": names, "product": product, "missing": missing, "back_days": str(back),
        "within_days": str(within), "settle_days": str(settle), "like": str(like),
    }  # fmt: skip


def _ground(
    context: typer.Context, journey: str | None, first_on: str | None, last_on: str | None, segment: str, version: str | None
) -> Ground:
    question = question_of(journey, first_on, last_on, segment, version)
    return workspace_of(context).view(question.version).ground(question)


def _short(one: Result[float]) -> str:
    """A value with its interval, without n."""
    return figure(one).partition(" n ")[0]


def _notes(*words: str) -> None:
    for one in dict.fromkeys(words):
        say(f"Note: {one}")
