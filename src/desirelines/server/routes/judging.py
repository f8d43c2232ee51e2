"""Verdicts on desire lines: pave, mend the cause, watch, accept."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from desirelines import studio
from desirelines.server.rooms import notify
from desirelines.server.routes.given import ThePerson, TheWorkspace
from desirelines.studio import DesireLine, Paving, VerdictGiven
from desirelines.view import View

router = APIRouter(prefix="/api/w/{w}/studio", tags=["studio"])

JourneyId = Annotated[str | None, Query(max_length=64, description="the planned journey; default: the first")]
Touchpoint = Annotated[str, Query(max_length=64, description="a touchpoint's id")]


@router.get("/verdicts")
def verdicts(workspace: TheWorkspace, journey: JourneyId = None) -> list[DesireLine]:
    """Desire lines of everybody and all days, and every way ever judged: what asks for a verdict first."""
    return _lines(workspace.view(), journey)


@router.post("/verdicts")
def judge(request: Request, workspace: TheWorkspace, person: ThePerson, given: VerdictGiven) -> list[DesireLine]:
    """Judge a line; earlier verdicts stay in its history. 409 when somebody judged it meanwhile."""
    view = workspace.view()
    author = person.name or workspace.author
    studio.judge(workspace.database, view.plan, given, view.whole_sheet(given.journey), author, person.id)
    notify(request.app, workspace.name, {"about": "verdicts", "map": given.journey})
    return _lines(view, given.journey)


@router.delete("/verdicts")
def take_back(
    request: Request,
    workspace: TheWorkspace,
    person: ThePerson,
    journey: Annotated[str, Query(max_length=64)],
    origin: Touchpoint,
    target: Touchpoint,
) -> list[DesireLine]:
    """Take a verdict back; the line asks for one again."""
    studio.take_back(workspace.database, journey, origin, target, person.name or workspace.author, person.id)
    notify(request.app, workspace.name, {"about": "verdicts", "map": journey})
    return _lines(workspace.view(), journey)


@router.get("/paving")
def paving(
    workspace: TheWorkspace, journey: Annotated[str, Query(max_length=64)], origin: Touchpoint, target: Touchpoint
) -> Paving:
    """What to change in the draft so that the plan draws this way; nothing is saved."""
    return studio.pave(workspace.plan("draft"), journey, origin, target)


def _lines(view: View, journey: str | None) -> list[DesireLine]:
    return list(studio.lines(view.whole_sheet(journey), view.judged(), view.today))
