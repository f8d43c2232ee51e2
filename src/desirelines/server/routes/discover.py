"""What the journeys themselves suggest: groups of their like, and a plan."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from desirelines import measure
from desirelines.measure import DiscoverAsk, Discovered, Groups, GroupsAsk
from desirelines.server.routes.given import TheQuestion, TheView, TheWalk

router = APIRouter(prefix="/api/w/{w}/trace", tags=["trace"])


@router.get("/discover")
def discover(view: TheView, question: TheQuestion, walk: TheWalk, ask: Annotated[DiscoverAsk, Query()]) -> Discovered:
    """A tree of blocks from the journeys, and a planned journey drawn from it that the draft can take."""
    return measure.discover(view.paths(question, walk), ask, view.plan)


@router.get("/groups")
def groups(view: TheView, question: TheQuestion, walk: TheWalk, ask: Annotated[GroupsAsk, Query()]) -> Groups:
    """Journeys in groups of their like, each with a real one that stands for it."""
    return measure.groups(view.paths(question, walk), ask)
