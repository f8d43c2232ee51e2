"""One map on its way out, in every form in which it is taken along."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from desirelines.report import Along, Paper, take_along
from desirelines.server.routes.given import TheQuestion, TheWorkspace
from desirelines.studio import Take, WallShow
from desirelines.view import Question

router = APIRouter(prefix="/api/w/{w}/studio", tags=["studio"])

TakenForm = Literal["svg", "pdf", "html", "xlsx", "csv", "wide", "yaml", "xml"]
_HEADERS = {"content-security-policy": "default-src 'none'; sandbox", "x-content-type-options": "nosniff"}


@router.get("/maps/{map_id}/take.{form}", response_class=Response)
def take(
    workspace: TheWorkspace,
    question: TheQuestion,
    map_id: Annotated[str, Path(max_length=64, description="the planned journey")],
    form: Annotated[TakenForm, Path(description="`csv`: a row for each thing; `wide`: lanes down, stages across; `xml`: CJML")],
    lanes: Annotated[str, Query(max_length=2_000, description="these lanes in this order, parted by commas")] = "",
    persona: Annotated[str | None, Query(max_length=64, description="only what is theirs")] = None,
    show: Annotated[WallShow, Query(description="as it is, as it should be, or both")] = "both",
    figures: Annotated[bool, Query(description="with what is measured")] = True,
    paper: Annotated[Paper | None, Query(description="empty: the smallest that holds it whole")] = None,
    fonts: Annotated[bool, Query(description="the letters' shapes inside an SVG")] = False,
    whole: Annotated[bool, Query(description="YAML of the whole plan")] = False,
) -> Response:
    """A map as a file. Without `version` it is the draft's."""
    asked = Question(map_id, question.period, question.segment, question.version or "draft")
    chosen = tuple(one.strip() for one in lanes.split(",") if one.strip())
    along = Along(form, Take(chosen, persona, show, figures), paper, fonts, whole)
    taken = take_along(workspace, asked, along)
    headers = {**_HEADERS, "content-disposition": f'attachment; filename="{taken.name}"'}
    return Response(taken.data, media_type=taken.media, headers=headers)
