"""Figures that a brand can be held to: all at once, and the page of one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from desirelines import measure
from desirelines.measure import By, Ledger, MetricAsk, MetricPage, Metrics, Scores, Unit
from desirelines.server.routes.given import TheQuestion, TheView

router = APIRouter(prefix="/api/w/{w}/measure", tags=["measure"])


@router.get("/metrics")
def metrics(view: TheView, question: TheQuestion) -> Metrics:
    """Every figure of the register: now, the change since the period before and whether it is more than chance, target, owner."""
    return view.metrics(question)


@router.get("/metrics/{metric}")
def metric(
    view: TheView,
    question: TheQuestion,
    metric: Annotated[str, Path(max_length=64, description="a metric's id")],
    by: Annotated[By, Query(description="what to break it down by; empty: nothing")] = "",
    unit: Annotated[Unit, Query(description="day, week (from Monday) or month of the trend, in the brand's zone")] = "month",
) -> MetricPage:
    """One figure: its trend with intervals, its parts, its definition, and the address of the customers behind each of them."""
    return view.metric(question, MetricAsk(id=metric, by=by, unit=unit))


@router.get("/scores")
def scores(view: TheView, question: TheQuestion) -> Scores:
    """How it felt, how easy it was, whether we kept our word: each rolled up from every touchpoint, whose part can be traced."""
    return measure.scores(view.frame(question))


@router.get("/ledger")
def ledger(view: TheView, question: TheQuestion) -> Ledger:
    """Every promise: kept, broken, waiting, and whether something was given where it was broken."""
    return measure.ledger(view.frame(question))
