"""The start page: what there is, a new brand, a demo."""

from __future__ import annotations

from fastapi import APIRouter

from desirelines import __version__
from desirelines.keeper import order
from desirelines.server.nouns import DemoRow, JobShape, NewWorkspace, Status, Summary, WorkspaceRow
from desirelines.server.routes.given import TheHome, TheWorkspace
from desirelines.server.routes.jobs import job_shape

router = APIRouter(prefix="/api", tags=["start"])


@router.get("/status")
def status(home: TheHome) -> Status:
    """Which brands live here and which demos are offered."""
    rows = [WorkspaceRow(**row) for row in home.rows()]
    return Status(version=__version__, workspaces=rows, demos=[DemoRow(**row) for row in home.demo_rows()])


@router.post("/workspaces")
def create(home: TheHome, given: NewWorkspace) -> Summary:
    """A new brand, empty."""
    return Summary(**home.create(given.name, given.brand, given.zone, given.currency).summary())


@router.post("/demos/{name}")
def demo(home: TheHome, name: str) -> JobShape:
    """Load a demo into a workspace of its name, as a job."""
    workspace = home.demo_workspace(name)
    return job_shape(workspace, order(home, workspace, "demo", {"demo": name}))


@router.get("/w/{w}/summary")
def summary(workspace: TheWorkspace) -> Summary:
    """What a workspace holds, in one look."""
    return Summary(**workspace.summary())
