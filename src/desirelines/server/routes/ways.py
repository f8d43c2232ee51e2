"""Where journeys go from a step, and what comes sooner or later after what."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from desirelines import measure
from desirelines.measure import Flow, FlowAsk, Follows, FollowsAsk
from desirelines.server.routes.given import TheQuestion, TheView, TheWalk

router = APIRouter(prefix="/api/w/{w}/trace", tags=["trace"])


@router.get("/flow")
def flow(view: TheView, question: TheQuestion, walk: TheWalk, ask: Annotated[FlowAsk, Query()]) -> Flow:
    """Where journeys go from a step onward, or where they came from, as a tree."""
    return measure.flow(view.paths(question, walk), ask)


@router.get("/follows")
def follows(view: TheView, question: TheQuestion, walk: TheWalk, ask: Annotated[FollowsAsk, Query()]) -> Follows:
    """What comes some time after what, in the same journey, and after how long."""
    return measure.follows(view.paths(question, walk), ask)
