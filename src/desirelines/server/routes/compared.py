"""Two sides against each other, and experiments."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from desirelines import explain
from desirelines.explain import CompareAsk, Comparison, Experiment, ExperimentAsk, LiftAsk, Trial, TrialLift
from desirelines.server.routes.given import TheQuestion, TheView

router = APIRouter(prefix="/api/w/{w}/explain", tags=["explain"])


@router.get("/compare")
def compare(view: TheView, question: TheQuestion, ask: Annotated[CompareAsk, Query()]) -> Comparison:
    """What differs along the journey between side A (the question) and side B."""
    return explain.compare(view.ground(question), ask)


@router.get("/experiments")
def experiments(view: TheView, question: TheQuestion) -> list[Trial]:
    """The experiments that the data show."""
    return list(explain.trials(view.ground(question)))


@router.get("/experiment")
def experiment(view: TheView, question: TheQuestion, ask: Annotated[ExperimentAsk, Query()]) -> Experiment:
    """What an experiment caused, arm by arm, and whether that may be said."""
    return explain.experiment(view.ground(question), ask)


@router.get("/lift")
def lift(view: TheView, question: TheQuestion, ask: Annotated[LiftAsk, Query()]) -> list[TrialLift]:
    """Beside credit: what each experiment brought towards the same goal, where chance dealt its arms."""
    return list(explain.lifts(view.ground(question), ask))
