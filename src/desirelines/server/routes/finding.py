"""What to know."""

from __future__ import annotations

from fastapi import APIRouter

from desirelines.explain import Findings
from desirelines.server.routes.given import TheQuestion, TheView

router = APIRouter(prefix="/api/w/{w}/explain", tags=["explain"])


@router.get("/findings")
def findings(view: TheView, question: TheQuestion) -> Findings:
    """What to know, from the map, the figures and the whys: worst first, each with owner, people, money and how sure."""
    return view.findings(question)
