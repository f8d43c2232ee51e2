"""Numbers: the map's sheet, the cockpit, customers and their stories."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from desirelines.errors import BadInput
from desirelines.measure import Care, CareAsk, Cockpit, Customers, Handoffs, Sheet, Story
from desirelines.server.nouns import HeldRow, Seen, SegmentCheck
from desirelines.server.routes.given import TheQuestion, TheView

router = APIRouter(prefix="/api/w/{w}")

Short = Annotated[str | None, Query(max_length=500)]


@router.get("/measure/cockpit", tags=["measure"])
def cockpit(view: TheView, question: TheQuestion) -> Cockpit:
    """One page for who leads: a headline, four figures, what to know."""
    return view.cockpit(question)


@router.get("/measure/care", tags=["measure"])
def care(view: TheView, question: TheQuestion, ask: Annotated[CareAsk, Query()]) -> Care:
    """Who is in trouble now, why, since when and whose turn it is; as of the data's end."""
    return view.care(question, ask)


@router.get("/map/sheet", tags=["map"])
def sheet(view: TheView, question: TheQuestion) -> Sheet:
    """The measured map of one planned journey."""
    return view.sheet(question)


@router.get("/map/handoffs", tags=["map"])
def handoffs(view: TheView, question: TheQuestion) -> Handoffs:
    """Where one team passes customers on to another, and how often that fails."""
    return view.handoffs(question)


@router.get("/map/seen", tags=["map"])
def seen(view: TheView) -> list[Seen]:
    """Event types that were seen, the touchpoint that claims each, and a suggestion where none does."""
    return [Seen(**vars(row)) for row in view.seen()]


@router.get("/map/segment", tags=["map"])
def segment(view: TheView, rule: Annotated[str, Query(max_length=2000)]) -> SegmentCheck:
    """How many customers a segment's rule holds."""
    people, total = view.segment_size(rule)
    return SegmentCheck(rule=rule, people=people, of=total)


def behind(
    touchpoint: Short = None,
    stage: Short = None,
    way: Annotated[str | None, Query(max_length=500, description="such as compare>decide")] = None,
    variant: Short = None,
    promise: Annotated[str | None, Query(max_length=500, description="such as on-time:broken")] = None,
    deviation: Annotated[str | None, Query(max_length=500, description="such as missing:checkout")] = None,
    left: Annotated[str | None, Query(max_length=500, description="a stage that journeys ended in")] = None,
    behind: Annotated[str | None, Query(max_length=4000, description="the address of a mark, from `behind` of an answer")] = None,
) -> str:
    """The one mark or figure whose customers are asked for, as `behind` spells it; empty: all of the journeys."""
    given = {
        "touchpoint": touchpoint,
        "stage": stage,
        "way": way,
        "variant": variant,
        "promise": promise,
        "deviation": deviation,
        "left": left,
    }
    asked = [behind] if behind else []
    asked += [f"{kind}={value}" for kind, value in given.items() if value]
    if len(asked) > 1:
        raise BadInput("one figure at a time leads to its customers", hint=" or ".join(asked))
    return asked[0] if asked else ""


@router.get("/trace/customers", tags=["trace"])
def customers(
    view: TheView,
    question: TheQuestion,
    behind: Annotated[str, Depends(behind)],
    find: Annotated[str, Query(max_length=200, description="an identifier's value, or the start of a customer id")] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    page_size: Annotated[int, Query(ge=1, le=500)] = 50,
) -> Customers:
    """Who is behind a number, the latest first."""
    return view.customers(question, behind, find, page, page_size)


@router.get("/trace/customers/{customer}", tags=["trace"])
def story(view: TheView, question: TheQuestion, customer: str) -> Story:
    """One customer across all silos on one timeline."""
    return view.story(customer, question)


@router.get("/identify/held", tags=["identify"])
def held(view: TheView) -> list[HeldRow]:
    """Identifier values that are held and shown, not applied."""
    return [HeldRow(**vars(row)) for row in view.identities.held]
