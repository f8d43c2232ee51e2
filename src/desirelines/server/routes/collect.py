"""How interactions come in: sources, dropped files, previews, imports, what was refused."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, UploadFile
from fastapi.responses import FileResponse, PlainTextResponse, StreamingResponse
from starlette.background import BackgroundTask

from desirelines.collect import Preview, guess, preview, read_source
from desirelines.errors import DesirelinesError
from desirelines.keeper import order
from desirelines.model.receipt import Receipt
from desirelines.server.nouns import DroppedFile, FileName, JobShape, RefusedPage, RepairOrder, SourceRow, YamlText
from desirelines.server.routes.given import TheHome, TheWorkspace
from desirelines.server.routes.jobs import job_shape
from desirelines.workspace import LogFormat

router = APIRouter(prefix="/api/w/{w}/collect", tags=["collect"])


@router.get("/sources")
def sources(workspace: TheWorkspace) -> list[SourceRow]:
    """Every source with what came of it."""
    return [SourceRow(**row) for row in workspace.source_rows()]


@router.get("/sources/{name}")
def source(workspace: TheWorkspace, name: str) -> YamlText:
    """A source file's text."""
    return YamlText(yaml=workspace.sources.text(name))


@router.put("/sources/{name}")
def save_source(workspace: TheWorkspace, name: str, given: YamlText) -> YamlText:
    """Mend a source file; every fault is told at once."""
    workspace.sources.save(given.yaml, f"{name}.yaml", name)
    return YamlText(yaml=workspace.sources.text(name))


@router.post("/files")
def drop(workspace: TheWorkspace, file: UploadFile) -> DroppedFile:
    """Take a dropped file and say what it seems to be."""
    given = (file.filename or "file")[-200:]
    name = workspace.uploads.keep(given, file.file, workspace.settings.upload_max_bytes)
    path = workspace.uploads.path(name)
    try:
        guessed = guess(path, given)
    except DesirelinesError:
        path.unlink(missing_ok=True)
        raise
    return DroppedFile(file=name, name=given, size=path.stat().st_size, guess=guessed)


@router.post("/preview")
def preview_file(workspace: TheWorkspace, given: FileName) -> Preview:
    """Twenty rows as the events they would become, and what would be refused."""
    return preview(read_source(json.dumps(given.source), "the form"), workspace.uploads.path(given.file), workspace.zone)


@router.post("/imports")
def import_file(home: TheHome, workspace: TheWorkspace, given: FileName) -> JobShape:
    """Write the source file and import the dropped file, as a job."""
    path = workspace.uploads.path(given.file)
    name = workspace.save_source_data(given.source)
    job = {"source": name, "path": str(path), "name": given.name or given.file}
    return job_shape(workspace, order(home, workspace, "import", job))


@router.get("/imports")
def imports(workspace: TheWorkspace) -> list[Receipt]:
    """Receipts, the latest first."""
    return workspace.receipts()


@router.get("/refused")
def refused(
    workspace: TheWorkspace,
    source: Annotated[str | None, Query(max_length=64)] = None,
    reason: Annotated[str | None, Query(max_length=64)] = None,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> RefusedPage:
    """What was refused and why, counted exactly; a hundred rows a page."""
    return RefusedPage(**workspace.refused_page(source, reason, page))


@router.get("/refused.csv", response_class=PlainTextResponse)
def refused_csv(workspace: TheWorkspace, source: Annotated[str | None, Query(max_length=64)] = None) -> StreamingResponse:
    """The refused rows as a CSV that no spreadsheet takes for formulas."""
    headers = {"content-disposition": 'attachment; filename="refused.csv"'}
    return StreamingResponse(workspace.refused_csv(source), media_type="text/csv; charset=utf-8", headers=headers)


@router.post("/repair")
def repair(home: TheHome, workspace: TheWorkspace, given: RepairOrder) -> JobShape:
    """Run a source's refused rows again through its mended source file, as a job."""
    workspace.source(given.source)  # a source that is not there, or that does not read, is told now
    return job_shape(workspace, order(home, workspace, "repair", {"source": given.source}))


@router.get("/log", response_class=FileResponse)
def log(
    workspace: TheWorkspace,
    log_format: Annotated[LogFormat, Query(alias="format", description="the journeys as cases, or everything")] = "xes",
    subject: Annotated[str, Query(max_length=64, description="XES: `customer`, or a kind of object")] = "customer",
    segment: Annotated[str, Query(max_length=10_000, description="XES: whose journeys")] = "",
) -> FileResponse:
    """The journeys as a XES log, or everything as an OCEL 2.0 log, to be taken along."""
    folder = Path(tempfile.mkdtemp(prefix="desirelines-log-"))
    try:
        ending = {"xes": "xes.gz", "ocel-json": "json", "ocel-sqlite": "sqlite"}[log_format]
        path = folder / f"{workspace.name}.{ending}"
        workspace.export(path, log_format, subject, segment)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    done = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    return FileResponse(path, media_type="application/octet-stream", filename=path.name, background=done)
