"""The three questions about each touchpoint."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from desirelines.server.nouns import Shape
from desirelines.server.routes.given import TheWorkspace
from desirelines.server.routes.speaker import TheNotices, TheSpeaker
from desirelines.server.routes.talking import JourneyOf, OtherWords, RowId, Text
from desirelines.studio import talking

router = APIRouter(prefix="/api/w/{w}/studio/answers", tags=["studio"])


class NewAnswer(Shape):
    """`team`: whom one speaks for; empty: for oneself."""

    journey: Annotated[str, Field(max_length=64)]
    touchpoint: Annotated[str, Field(max_length=64)]
    ask: talking.Ask
    text: Text
    team: Annotated[str, Field(max_length=64)] = ""


class Agreed(Shape):
    agree: bool


class ForMap(Shape):
    journey: Annotated[str, Field(max_length=64)]


class PlacedCard(Shape):
    """What it became: `card:<id>`."""

    element: str


@router.get("")
def questions(
    workspace: TheWorkspace, speaker: TheSpeaker, journey: JourneyOf, touchpoint: Annotated[str, Query(max_length=64)] = ""
) -> talking.Questions:
    """The three questions about every touchpoint of a map, or about one, with all answers."""
    return talking.asking.questions(workspace.database, speaker, workspace.plan("draft"), journey, touchpoint)


@router.post("", status_code=204)
def answer(workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, given: NewAnswer) -> None:
    """Answer one of them."""
    plan = workspace.plan("draft")
    talking.asking.answer(workspace.database, speaker, plan, given.journey, given.touchpoint, given.ask, given.text, given.team)
    notices.tell("answers", "", given.journey)


@router.put("/{answer}", status_code=204)
def reword(workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, answer: RowId, given: OtherWords) -> None:
    """Other words for one's own answer."""
    journey = talking.asking.rewrite(workspace.database, speaker, answer, given.text)
    notices.tell("answers", answer, journey)


@router.delete("/{answer}", status_code=204)
def forget(workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, answer: RowId) -> None:
    """Take one's own answer back."""
    journey = talking.asking.take_back(workspace.database, speaker, answer)
    notices.tell("answers", answer, journey)


@router.put("/{answer}/vote", status_code=204)
def agree(workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, answer: RowId, given: Agreed) -> None:
    """Agree with an answer, or no longer."""
    journey = talking.asking.agree(workspace.database, speaker, answer, given.agree)
    notices.tell("answers", answer, journey)


@router.post("/{answer}/card")
def become(workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, answer: RowId, given: ForMap) -> PlacedCard:
    """Make an answer an opportunity on the map."""
    element = talking.asking.become(workspace.database, speaker, answer, given.journey)
    notices.tell("answers", answer, given.journey)
    return PlacedCard(element=element)
