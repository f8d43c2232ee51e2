"""How many get from step to step."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from desirelines import measure
from desirelines.measure import Funnel, FunnelAsk
from desirelines.server.routes.given import TheQuestion, TheView, TheWalk

router = APIRouter(prefix="/api/w/{w}/trace", tags=["trace"])


@router.get("/funnel")
def funnel(view: TheView, question: TheQuestion, walk: TheWalk, ask: Annotated[FunnelAsk, Query()]) -> Funnel:
    """How many get from step to step, after how long, who drops where, and what they do then."""
    return measure.funnel(view.paths(question, walk), ask)
