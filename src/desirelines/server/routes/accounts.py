"""What the customer base is worth, and credit for what customers came to do."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from desirelines import measure
from desirelines.measure import Credit, CreditAsk, Value, ValueAsk, Walk
from desirelines.server.routes.given import TheQuestion, TheView

router = APIRouter(prefix="/api/w/{w}/measure", tags=["measure"])


@router.get("/value")
def value(view: TheView, question: TheQuestion, ask: Annotated[ValueAsk, Query()]) -> Value:
    """What the known customers are worth: who may still buy, what they will order, loyalty by value, cohorts."""
    return measure.value(view.accounts(question), ask)


@router.get("/credit")
def credit(
    view: TheView,
    question: TheQuestion,
    ask: Annotated[CreditAsk, Query()],
    where: Annotated[str, Query(max_length=2000, description="only such events, as in channel:web; text:device=phone")] = "",
) -> Credit:
    """Descriptive credit: who came before what customers did, by seven rules side by side; what was spent beside it."""
    return measure.credit(view.paths(question, Walk(level=ask.of, where=where)), view.accounts(question), ask)
