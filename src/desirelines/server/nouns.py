"""What the API takes and gives beside the nouns of the rooms."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from desirelines.collect import Guess
from desirelines.plan import Plan

MOST = 1_000_000_000
"""No counted thing is asked for beyond this."""

Counted = Annotated[int, Field(ge=0, le=MOST)]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class WorkspaceRow(Shape):
    name: str
    brand: str
    simulated: bool
    events: int
    people: int | None
    plan_version: int
    fault: str = ""
    """Why it cannot be opened; empty: it can."""


class DemoRow(Shape):
    name: str
    title: str
    about: str
    real: bool
    ready: bool
    """Already loaded in a workspace of the same name."""


class Status(Shape):
    version: str
    workspaces: list[WorkspaceRow]
    demos: list[DemoRow]


class NewWorkspace(Shape):
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,40}$")
    brand: str = Field(min_length=1, max_length=200)
    zone: str = "UTC"
    currency: str = Field(default="EUR", pattern=r"^[A-Z]{3}$")


class JobShape(Shape):
    id: str
    workspace: str
    name: str
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    stage: str
    share: float
    result: Any = None
    error: dict[str, Any] | None = None


class JourneyRow(Shape):
    id: str
    name: str
    subject: str


class Summary(Shape):
    name: str
    brand: str
    simulated: bool
    zone: str
    currency: str
    plan_version: int
    data_version: int
    events: int
    people: int
    first_on: str | None
    last_on: str | None
    journeys: list[JourneyRow]
    subjects: list[str]
    segments: list[str]
    sources: list[str]
    has_plan: bool
    has_data: bool
    working: str | None
    """The job that is running now, if any: the figures shown are those from before it."""


class Seen(Shape):
    """An event type that was seen."""

    event: str
    source: str
    events: int
    people: int
    channels: list[str]
    properties: list[str]
    touchpoint: str | None
    suggestion: str | None


class HeldRow(Shape):
    kind: str
    value: str
    reason: str
    linked: int
    events: int


class DraftShape(Shape):
    plan: Plan
    base: int
    revision: int
    author: str
    saved_at: str | None


class DraftSave(Shape):
    plan: Plan
    base: Counted
    revision: Counted


class FaultRow(Shape):
    severity: Literal["error", "warning"]
    message: str
    path: str
    line: int
    hint: str
    file: str = ""
    code: str = ""
    element: str = ""
    """The nearest element that has an id, such as `touchpoint:shop`."""


class PublishOrder(Shape):
    base: Counted
    note: str = Field(default="", max_length=2000)
    in_force_on: date | None = None


class VersionRow(Shape):
    number: int
    parent: int | None
    author: str
    at: str
    hash: str
    in_force_from: str | None
    note: str


class ChangeRow(Shape):
    kind: str
    path: str
    words: str


class YamlText(Shape):
    yaml: str = Field(max_length=8_000_000)


class SourceRow(Shape):
    source: str
    format: str
    about: str
    yaml: str
    events: int
    refused: int
    last_import_at: str | None
    last_file: str | None


class FileName(Shape):
    """A dropped file and the source it is read with; `name`: what the file was called where it came from."""

    file: str
    source: dict[str, Any]
    name: str = Field(default="", max_length=200)


class DroppedFile(Shape):
    """`file` is the name it has here; `name` the one it came with; `size` in bytes."""

    file: str
    name: str
    size: int
    guess: Guess


class RepairOrder(Shape):
    source: str


class RefusedRow(Shape):
    id: int
    source: str
    reason: str
    detail: str
    line: int
    event: str | None
    row: str


class RefusedPage(Shape):
    total: int
    by_reason: dict[str, int]
    rows: list[RefusedRow]


class SegmentShape(Shape):
    name: str = Field(min_length=1, max_length=100)
    rule: str = Field(min_length=1, max_length=2000)


class SavedSegment(Shape):
    """A segment that was kept; `saved:ID` in a rule means it."""

    id: str
    name: str
    rule: str


class SegmentGiven(Shape):
    """What one says to keep a segment."""

    name: str = Field(min_length=1, max_length=120)
    rule: str = Field(min_length=1, max_length=2000)


class SegmentCheck(Shape):
    rule: str
    people: int
    of: int
