"""Work that takes longer than a page may wait."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from desirelines.server.nouns import JobShape
from desirelines.server.routes.given import TheWorkspace
from desirelines.workspace import Workspace

router = APIRouter(prefix="/api/w/{w}/jobs", tags=["jobs"])


def job_shape(workspace: Workspace, job_id: str) -> JobShape:
    """A job as the page asks for it."""
    row: dict[str, Any] = workspace.job(job_id)
    return JobShape(workspace=workspace.name, **row)


@router.get("/{job}")
def job(workspace: TheWorkspace, job: str) -> JobShape:
    """How far it is."""
    return job_shape(workspace, job)


@router.delete("/{job}")
def cancel(workspace: TheWorkspace, job: str) -> JobShape:
    """Ask it to stop; what is half done is undone."""
    workspace.cancel_job(job)
    return job_shape(workspace, job)
