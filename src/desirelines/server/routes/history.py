"""What happened to the draft: who changed what, the plan as it was, bringing it back, names for it, what grew stale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from desirelines import plan as planning
from desirelines import studio
from desirelines.plan import Plan
from desirelines.server.nouns import MOST, ChangeRow, DraftShape
from desirelines.server.rooms import notify
from desirelines.server.routes.given import ThePerson, TheWorkspace
from desirelines.workspace import Workspace

JourneyId = Annotated[
    str | None, Query(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$", description="only what is on this planned journey's map")
]
Number = Annotated[int | None, Query(ge=1, le=MOST)]
RowId = Annotated[str | None, Query(pattern=r"^[0-9a-f]{1,64}$")]
ElementName = Annotated[
    str,
    Field(pattern=r"^([a-z]{1,32}:[a-z0-9][a-z0-9_-]{0,63}|brand|strategy|story)$", description="`kind:id`, such as stage:look"),
]

router = APIRouter(prefix="/api/w/{w}/studio", tags=["history"])


@dataclass(frozen=True)
class PastShape:
    """The plan as it was; `changes`: from then to the draft as it is now."""

    plan: Plan
    at: datetime
    author: str
    changes: list[ChangeRow]


class WhenGiven(BaseModel):
    """Exactly one of them. `update`: the id of the last update that counts."""

    update: int | None = Field(default=None, ge=1, le=MOST)
    version: int | None = Field(default=None, ge=1, le=MOST)
    named: str | None = Field(default=None, pattern=r"^[0-9a-f]{1,64}$")

    def when(self) -> studio.When:
        return studio.When(self.update, self.version, self.named)


class ElementGiven(WhenGiven):
    element: ElementName


class NameGiven(BaseModel):
    """`update`: after which the draft gets the name; none: now."""

    name: str = Field(min_length=1, max_length=120)
    update: int | None = Field(default=None, ge=1, le=MOST)


class ConfirmGiven(BaseModel):
    element: ElementName


@router.get("/history")
def history(
    workspace: TheWorkspace, journey: JourneyId = None, before: Number = None, size: Annotated[int, Query(ge=1, le=200)] = 50
) -> studio.History:
    """Who changed what, by person and stretch of time, with what was published and named between; the newest first."""
    return studio.history(workspace.database, journey, before, size)


@router.get("/at")
def at(workspace: TheWorkspace, update: Number = None, version: Number = None, named: RowId = None) -> PastShape:
    """The plan as it was after an update, in a version, or under a name; and what changed since."""
    past = studio.plan_at(workspace.database, studio.When(update, version, named))
    changes = planning.diff(past.plan, workspace.plan("draft"))
    rows = [ChangeRow(kind=row.kind, path=row.element, words=row.words) for row in changes]
    return PastShape(past.plan, past.at, past.author, rows)


@router.post("/restore")
def restore(workspace: TheWorkspace, person: ThePerson, given: WhenGiven) -> DraftShape:
    """The draft becomes what the plan was: an edit like any other, so that what was drawn since stays in the history."""
    studio.restore(workspace.database, given.when(), person.name)
    return DraftShape(**workspace.draft())


@router.post("/restore/element")
def restore_element(workspace: TheWorkspace, person: ThePerson, given: ElementGiven) -> DraftShape:
    """One element becomes what it was, with all that lay in it."""
    studio.restore(workspace.database, given.when(), person.name, given.element)
    return DraftShape(**workspace.draft())


@router.get("/named")
def named(workspace: TheWorkspace) -> list[studio.Named]:
    """What of the draft was given a name without being published; the newest first."""
    return studio.list_named(workspace.database)


@router.post("/named")
def name(request: Request, workspace: TheWorkspace, person: ThePerson, given: NameGiven) -> studio.Named:
    """Give the draft as it is, or as it was after an update, a name."""
    made = studio.give_name(workspace.database, given.name, person.name, person.id, given.update)
    _tell(request, workspace, "history")
    return made


@router.delete("/named/{named}", status_code=204)
def unname(request: Request, workspace: TheWorkspace, named: str) -> None:
    """Forget a name; what it named stays in the history."""
    studio.drop_named(workspace.database, named)
    _tell(request, workspace, "history")


@router.get("/stale")
def stale(
    workspace: TheWorkspace, journey: JourneyId = None, days: Annotated[int, Query(ge=1, le=10_000)] = 180
) -> list[studio.Age]:
    """How long ago each element was last changed or confirmed, the oldest first; `stale`: so many days or more."""
    return studio.ages(workspace.database, journey, days)


@router.post("/confirm", status_code=204)
def confirm(request: Request, workspace: TheWorkspace, person: ThePerson, given: ConfirmGiven) -> None:
    """Say that an element is still true: its clock begins again."""
    studio.confirm(workspace.database, given.element, person.name, person.id)
    _tell(request, workspace, "confirmed")


@router.get("/aside")
def aside(workspace: TheWorkspace) -> list[studio.Aside]:
    """What the shared documents hold that fits no plan, and why."""
    return list(studio.set_aside(workspace.database))


def _tell(request: Request, workspace: Workspace, about: str) -> None:
    notify(request.app, workspace.name, {"about": about})
