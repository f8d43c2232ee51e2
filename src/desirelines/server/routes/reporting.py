"""One journey on paper."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from desirelines import report as paper
from desirelines.server.routes.given import TheQuestion, TheView

router = APIRouter(prefix="/api/w/{w}/measure", tags=["measure"])


class PdfResponse(Response):
    media_type = "application/pdf"


@router.get("/report", response_class=PdfResponse)
def report(view: TheView, question: TheQuestion) -> PdfResponse:
    """One journey as a PDF for a board."""
    found = paper.gather(view, question)
    headers = {"content-disposition": f'attachment; filename="{found.sheet.journey}.pdf"'}
    return PdfResponse(paper.render(found), headers=headers)
