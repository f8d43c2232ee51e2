"""Journeys whole and step by step: variants, transitions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from desirelines import measure
from desirelines.measure import Transitions, TransitionsAsk, Variants, VariantsAsk
from desirelines.server.routes.given import TheQuestion, TheView, TheWalk

router = APIRouter(prefix="/api/w/{w}/trace", tags=["trace"])


@router.get("/variants")
def variants(view: TheView, question: TheQuestion, walk: TheWalk, ask: Annotated[VariantsAsk, Query()]) -> Variants:
    """The most frequent ways journeys went, whole."""
    return measure.variants(view.paths(question, walk), ask)


@router.get("/transitions")
def transitions(view: TheView, question: TheQuestion, walk: TheWalk) -> Transitions:
    """Which step directly follows which, how often and after how long."""
    return measure.transitions(view.paths(question, walk), TransitionsAsk())
