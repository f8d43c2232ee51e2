"""What the brand intends: the draft, its faults, versions, exchange."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import PlainTextResponse

from desirelines.plan import Plan
from desirelines.server.nouns import MOST, ChangeRow, DraftSave, DraftShape, FaultRow, PublishOrder, VersionRow, YamlText
from desirelines.server.rooms import notify
from desirelines.server.routes.given import ThePerson, TheWorkspace, VersionText, version_of

TwoVersions = Annotated[str, Query(pattern=r"^([0-9]{1,9}|draft)$", description="a number, or `draft`")]

router = APIRouter(prefix="/api/w/{w}/plan", tags=["plan"])


@router.get("/draft")
def draft(workspace: TheWorkspace) -> DraftShape:
    """The plan as it is being written; made from the newest version when nobody has begun one."""
    return DraftShape(**workspace.draft())


@router.put("/draft")
def save_draft(workspace: TheWorkspace, person: ThePerson, given: DraftSave) -> DraftShape:
    """Save as one types. 409 when somebody saved after `revision`."""
    return DraftShape(**workspace.save_draft(given.plan, given.base, given.revision, person.name))


@router.delete("/draft")
def drop_draft(workspace: TheWorkspace, person: ThePerson) -> DraftShape:
    """Back to the newest version, by an edit: what was drawn stays in the history."""
    return DraftShape(**workspace.drop_draft(person.name))


@router.post("/check")
def check(workspace: TheWorkspace) -> list[FaultRow]:
    """Every fault and warning of the draft."""
    return [FaultRow(**row) for row in workspace.check_draft()]


@router.post("/publish")
def publish(request: Request, workspace: TheWorkspace, person: ThePerson, order: PublishOrder) -> VersionRow:
    """Make the draft the newest version. 409 with the difference when the base is older."""
    published = VersionRow(**workspace.publish_draft(order.base, order.note, order.in_force_on, person.name))
    notify(request.app, workspace.name, {"about": "published"})
    return published


@router.get("/versions")
def versions(workspace: TheWorkspace) -> list[VersionRow]:
    """All versions, the newest first."""
    return [VersionRow(**row) for row in workspace.version_rows()]


@router.get("/versions/{number}")
def version(workspace: TheWorkspace, number: Annotated[int, Path(ge=1, le=MOST)]) -> Plan:
    """The plan of one version."""
    return workspace.plan(number)


@router.get("/diff")
def diff(workspace: TheWorkspace, a: TwoVersions, b: TwoVersions) -> list[ChangeRow]:
    """What changed from version `a` to version `b`, or the draft."""
    return [ChangeRow(**row) for row in workspace.changes(version_of(a) or 0, version_of(b) or 0)]


@router.post("/import")
def import_plan(workspace: TheWorkspace, person: ThePerson, given: YamlText) -> DraftShape:
    """A YAML plan becomes the draft."""
    return DraftShape(**workspace.import_plan(given.yaml, "the plan", person.name))


@router.get("/export", response_class=PlainTextResponse)
def export(workspace: TheWorkspace, version: VersionText = None) -> str:
    """The plan as YAML."""
    return workspace.export_plan(version_of(version))
