"""How often a pattern of steps comes, and what may come next in one that is being written."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from desirelines import measure
from desirelines.measure import Pattern, PatternAsk, PatternHelp, PatternHelpAsk
from desirelines.server.routes.given import TheQuestion, TheView, TheWalk

router = APIRouter(prefix="/api/w/{w}/trace", tags=["trace"])


@router.get("/pattern")
def pattern(view: TheView, question: TheQuestion, walk: TheWalk, ask: Annotated[PatternAsk, Query()]) -> Pattern:
    """How often a pattern of steps comes, for whom, how long it takes, and where it lies."""
    return measure.pattern(view.paths(question, walk), ask)


@router.get("/pattern/help")
def pattern_help(view: TheView, question: TheQuestion, walk: TheWalk, ask: Annotated[PatternHelpAsk, Query()]) -> PatternHelp:
    """What may come next at a cursor in a pattern, and the first character at which it fails."""
    return measure.pattern_help(view.paths(question, walk), ask)
