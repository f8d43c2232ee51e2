"""People's minds: who the personas are, the mental model, what people want to have achieved."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter

from desirelines import studio
from desirelines.model.period import Period
from desirelines.server.routes.given import TheWorkspace, VersionText, version_of
from desirelines.studio import MentalModel, OutcomeRow, Personas
from desirelines.view import Question

router = APIRouter(prefix="/api/w/{w}/studio", tags=["studio"])


@router.get("/personas")
def personas(
    workspace: TheWorkspace, first_on: date | None = None, last_on: date | None = None, version: VersionText = None
) -> Personas:
    """Who they are in the data: size, overlap, drift; what backs them; what of the plan is theirs."""
    return workspace.view(version_of(version)).personas(Question(period=Period(first_on, last_on)))


@router.get("/mental-model")
def mental_model(workspace: TheWorkspace) -> MentalModel:
    """Towers of the draft with what supports each, and those that nothing supports."""
    view = workspace.view()
    measured = view.whole_sheet(None) if view.plan.journeys and view.trace().known_events else None
    return studio.mental_model(workspace.plan("draft"), measured)


@router.get("/outcomes")
def outcomes(workspace: TheWorkspace) -> list[OutcomeRow]:
    """What people want to have achieved, the widest gap first."""
    view = workspace.view()
    return list(studio.outcome_rows(workspace.plan("draft"), view.number, view.snapshot.data_version))
