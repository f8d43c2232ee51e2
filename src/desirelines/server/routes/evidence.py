"""How well a map is known, what to find out next, and what to mind about a sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from desirelines import measure
from desirelines import plan as planning
from desirelines.errors import NotFound
from desirelines.measure import Sheet, Verbatim
from desirelines.plan import Plan
from desirelines.server.routes.given import TheQuestion, TheView, TheWorkspace
from desirelines.studio import GradedMap, grade_map
from desirelines.view import Question, View

router = APIRouter(prefix="/api/w/{w}/studio", tags=["studio"])

Words = Annotated[str, Field(max_length=10_000)]
Medium = Annotated[str, Field(max_length=20)]


class Sentence(BaseModel):
    """A sentence and who says it; of a moment also its need and the media of its touchpoints."""

    model_config = ConfigDict(extra="forbid")

    words: Words
    speaker: planning.Speaker = "moment"
    need: Words = ""
    media: list[Medium] = Field(default=[], max_length=200)


class WordingNote(BaseModel):
    """One thing to mind about a sentence, and what could be said instead."""

    code: str
    severity: Literal["error", "warning"]
    message: str
    hint: str
    word: str
    suggestions: list[str]


@router.post("/wording")
def wording(workspace: TheWorkspace, given: Sentence) -> list[WordingNote]:
    """What the plan's check would say about one sentence, with what a customer might say instead. Nothing is kept."""
    found = planning.wording(given.words, given.speaker, given.need, given.media)
    return [WordingNote(**{**vars(note), "suggestions": list(note.suggestions)}) for note in found]


@router.get("/evidence")
def evidence(workspace: TheWorkspace, view: TheView, question: TheQuestion) -> GradedMap:
    """Every cell of a map of the draft with its grade, and what to find out next, the most settling first."""
    plan = workspace.plan("draft")
    if not plan.journeys:
        raise NotFound("no journey is drawn yet")
    journey = question.journey or planning.in_order(plan.journeys)[0].id
    sheet = _sheet(view, Question(journey, question.period, question.segment, question.version))
    return grade_map(plan, journey, sheet, _figures(plan, view, question) if sheet else frozenset())


@router.get("/verbatims")
def verbatims(
    view: TheView,
    find: Annotated[str, Query(max_length=200, description="words that must be in it")] = "",
    touchpoint: Annotated[str | None, Query(max_length=64, description="said in events that this touchpoint claims")] = None,
) -> list[Verbatim]:
    """The newest words of customers, and notes of those who went and looked, to be kept as insights."""
    claimed = {row.event: row.touchpoint for row in view.seen() if row.touchpoint}
    events = [event for event, name in claimed.items() if name == touchpoint] if touchpoint else None
    found = measure.verbatims(view.snapshot, find.strip(), events)
    return [replace(one, touchpoint=one.touchpoint or claimed.get(one.event or "")) for one in found]


def _sheet(view: View, question: Question) -> Sheet | None:
    """The measured map; None where the newest version does not hold this journey, or nobody can be counted on it."""
    if all(one.id != question.journey for one in view.plan.journeys):
        return None
    return view.sheet(question)


def _figures(plan: Plan, view: View, question: Question) -> frozenset[str]:
    """The register's figures that have a value; asked for only where a card shows one."""
    if not any(card.metric for card in plan.cards) or not view.plan.journeys:
        return frozenset()
    return frozenset(
        row.id for row in view.metrics(Question(None, question.period, question.segment)).rows if row.now.value is not None
    )
