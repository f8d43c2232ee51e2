"""Glitches and their ripples."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from desirelines import explain
from desirelines.explain import Glitches, GlitchesAsk, Ripples, RipplesAsk
from desirelines.server.routes.given import TheQuestion, TheView

router = APIRouter(prefix="/api/w/{w}/explain", tags=["explain"])


@router.get("/glitches")
def glitches(view: TheView, question: TheQuestion, ask: Annotated[GlitchesAsk, Query()]) -> Glitches:
    """What began to go otherwise than usual at a touchpoint: when, how much, whom it reached, whose it is."""
    return explain.glitches(view.ground(question), ask)


@router.get("/ripples")
def ripples(view: TheView, question: TheQuestion, ask: Annotated[RipplesAsk, Query()]) -> Ripples:
    """What follows a fault elsewhere, at which lag, for whom, and how far that may be believed."""
    return explain.ripples(view.ground(question), ask)
