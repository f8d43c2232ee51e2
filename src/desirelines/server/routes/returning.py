"""Who comes back, how the active grow, how long things take, where people are stuck."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from desirelines import measure
from desirelines.measure import Growth, GrowthAsk, Retention, RetentionAsk, Stuck, StuckAsk, TimeAsk, Times, by_stage
from desirelines.server.routes.given import TheQuestion, TheView, TheWalk

router = APIRouter(prefix="/api/w/{w}/trace", tags=["trace"])


@router.get("/retention")
def retention(view: TheView, question: TheQuestion, walk: TheWalk, ask: Annotated[RetentionAsk, Query()]) -> Retention:
    """Who comes back, by the unit of time in which they first came; the period chooses the cohorts."""
    return measure.retention(view.paths(question, walk), ask)


@router.get("/growth")
def growth(view: TheView, question: TheQuestion, walk: TheWalk, ask: Annotated[GrowthAsk, Query()]) -> Growth:
    """How many are active in each unit of time: new, retained, resurrected, churned; and how sticky it is."""
    return measure.growth(view.paths(question, walk), ask)


@router.get("/time")
def time(view: TheView, question: TheQuestion, walk: TheWalk, ask: Annotated[TimeAsk, Query()]) -> Times:
    """How long a step, a planned stage, the wait before a step or a cycle takes, and where journeys are left."""
    return measure.times(view.paths(question, by_stage(walk) if ask.of == "stage" else walk), ask)


@router.get("/stuck")
def stuck(view: TheView, question: TheQuestion, walk: TheWalk, ask: Annotated[StuckAsk, Query()]) -> Stuck:
    """Where people are stuck: waiting longer than usual, coming again, leaving."""
    return measure.stuck(view.paths(question, by_stage(walk) if ask.of == "stage" else walk), ask)
