"""How interactions come in: sources, dropped files, previews, imports, what was refused."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, UploadFile
from fastapi.responses import PlainTextResponse

from desirelines.keeper import order
from desirelines.model.receipt import Receipt
from desirelines.server.nouns import FileName, JobShape, RefusedPage, RepairOrder, SourceRow, YamlText
from desirelines.server.routes.given import TheHome, TheWorkspace
from desirelines.server.routes.jobs import job_shape

router = APIRouter(prefix="/api/w/{w}/collect", tags=["collect"])


@router.get("/sources")
def sources(workspace: TheWorkspace) -> list[SourceRow]:
    """Every source with what came of it."""
    return [SourceRow(**row) for row in workspace.source_rows()]


@router.get("/sources/{name}")
def source(workspace: TheWorkspace, name: str) -> YamlText:
    """A source file's text."""
    return YamlText(yaml=workspace.source_text(name))


@router.put("/sources/{name}")
def save_source(workspace: TheWorkspace, name: str, given: YamlText) -> YamlText:
    """Mend a source file; every fault is told at once."""
    return YamlText(yaml=workspace.save_source(given.yaml, name))


@router.post("/files")
def drop(workspace: TheWorkspace, request: Request, file: UploadFile) -> dict[str, Any]:
    """Take a dropped file and say what it seems to be."""
    limit = request.app.state.settings.upload_max_bytes
    name = workspace.keep_upload(file.filename or "file", file.file, limit)
    return workspace.guess_upload(name)


@router.post("/preview")
def preview(workspace: TheWorkspace, given: FileName) -> dict[str, Any]:
    """Twenty rows as the events they would become, and what would be refused."""
    return workspace.preview_upload(given.file, given.source)


@router.post("/imports")
def import_file(home: TheHome, workspace: TheWorkspace, given: FileName) -> JobShape:
    """Write the source file and import the dropped file, as a job."""
    name = workspace.save_source_data(given.source)
    path = workspace.upload_path(given.file)
    return job_shape(workspace, order(home, workspace, "import", {"source": name, "path": str(path)}))


@router.get("/imports")
def imports(workspace: TheWorkspace) -> list[Receipt]:
    """Receipts, the latest first."""
    return workspace.receipts()


@router.get("/refused")
def refused(
    workspace: TheWorkspace,
    source: Annotated[str | None, Query(max_length=64)] = None,
    reason: Annotated[str | None, Query(max_length=64)] = None,
    page: Annotated[int, Query(ge=1)] = 1,
) -> RefusedPage:
    """What was refused and why, counted exactly; a hundred rows a page."""
    return RefusedPage(**workspace.refused_page(source, reason, page))


@router.get("/refused.csv", response_class=PlainTextResponse)
def refused_csv(workspace: TheWorkspace, source: Annotated[str | None, Query(max_length=64)] = None) -> PlainTextResponse:
    """The refused rows as a CSV that no spreadsheet takes for formulas."""
    headers = {"content-disposition": 'attachment; filename="refused.csv"'}
    return PlainTextResponse(workspace.refused_csv(source), media_type="text/csv; charset=utf-8", headers=headers)


@router.post("/repair")
def repair(home: TheHome, workspace: TheWorkspace, given: RepairOrder) -> JobShape:
    """Run a source's refused rows again through its mended source file, as a job."""
    return job_shape(workspace, order(home, workspace, "repair", {"source": given.source}))
