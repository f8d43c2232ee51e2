"""What drives an outcome, which moments matter, the chain from satisfaction to profit."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from desirelines import explain
from desirelines.explain import Chain, ChainAsk, Drivers, DriversAsk, Moments, MomentsAsk
from desirelines.server.routes.given import TheQuestion, TheView

router = APIRouter(prefix="/api/w/{w}/explain", tags=["explain"])


@router.get("/drivers")
def drivers(view: TheView, question: TheQuestion, ask: Annotated[DriversAsk, Query()]) -> Drivers:
    """What moves with an outcome, by how much of it, and what to mend first."""
    return explain.drivers(view.ground(question), ask)


@router.get("/moments")
def moments(view: TheView, question: TheQuestion, ask: Annotated[MomentsAsk, Query()]) -> Moments:
    """Moments that matter: reach times gap times what it goes with, ranked."""
    return explain.moments(view.ground(question), ask)


@router.get("/chain")
def chain(view: TheView, question: TheQuestion, ask: Annotated[ChainAsk, Query()]) -> Chain:
    """From satisfaction to loyalty, word of mouth, new customers and profit: each link by itself."""
    return explain.chain(view.ground(question), ask)
