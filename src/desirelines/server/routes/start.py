"""The start page: what there is, a new brand, a demo."""

from __future__ import annotations

from fastapi import APIRouter, Request

from desirelines import __version__
from desirelines.errors import NotFound
from desirelines.home import Home
from desirelines.keeper import order
from desirelines.server.nouns import DemoRow, JobShape, NewWorkspace, Status, Summary, WorkspaceRow
from desirelines.server.people import Person, sees, signed_in
from desirelines.server.people.members import put_member
from desirelines.server.routes.given import TheHome, ThePerson, TheWorkspace
from desirelines.server.routes.jobs import job_shape
from desirelines.workspace import Workspace

router = APIRouter(prefix="/api", tags=["start"])


@router.get("/status")
def status(request: Request, home: TheHome) -> Status:
    """Which brands live here that one may enter, and which demos are offered."""
    rows = [WorkspaceRow(**row) for row in home.rows() if sees(request, row["name"])]
    seen = {row.name for row in rows}
    demos = [DemoRow(**{**row, "ready": row["ready"] and row["name"] in seen}) for row in home.demo_rows()]
    return Status(version=__version__, workspaces=rows, demos=demos)


@router.post("/workspaces")
def create(request: Request, home: TheHome, person: ThePerson, given: NewWorkspace) -> Summary:
    """A new brand, empty; whoever makes it owns it."""
    workspace = home.create(given.name, given.brand, given.zone, given.currency)
    _own(request, home, workspace, person)
    return Summary(**workspace.summary())


@router.post("/demos/{name}")
def demo(request: Request, home: TheHome, person: ThePerson, name: str) -> JobShape:
    """Load a demo into a workspace of its name, as a job."""
    new = name not in home.names()
    if not new and not sees(request, name):
        raise NotFound("this demo is loaded already, and you have no role in it", hint="ask an owner of the server")
    workspace = home.demo_workspace(name)
    if new:
        _own(request, home, workspace, person)
    return job_shape(workspace, order(home, workspace, "demo", {"demo": name}))


def _own(request: Request, home: Home, workspace: Workspace, person: Person) -> None:
    found = signed_in(request) if person.id else None
    if found is not None:
        put_member(home, workspace.name, found[0], "owner", person.name)


@router.get("/w/{w}/summary")
def summary(workspace: TheWorkspace) -> Summary:
    """What a workspace holds, in one look."""
    return Summary(**workspace.summary())
