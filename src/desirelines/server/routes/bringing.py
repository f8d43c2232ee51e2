"""An old map on its way in: shown as what it would become, corrected, and then drawn into the draft."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, UploadFile
from pydantic import Field, ValidationError

from desirelines.errors import BadInput
from desirelines.server.nouns import Shape
from desirelines.server.routes.given import ThePerson, TheWorkspace
from desirelines.studio import BringChoices, MapPreview, bring_in, bring_map

router = APIRouter(prefix="/api/w/{w}/studio/bring", tags=["studio"])

LARGEST = 10_000_000
Choices = Annotated[str, Form(max_length=200_000, description="how the file is read where the guess is wrong, as JSON")]
Word = Annotated[str, Field(max_length=200)]


class BringGiven(Shape):
    """How a file is read where the guess is wrong. Rows count from 1, columns are letters; empty: as guessed."""

    name: Word = ""
    sheet: Word = ""
    shape: Literal["", "wall", "list"] = ""
    head: Annotated[int, Field(ge=0, le=5_000)] = 0
    label: Annotated[str, Field(max_length=3)] = ""
    lanes: Annotated[dict[str, Word], Field(default_factory=dict, max_length=5_000)]
    """Row to lane, `own` or `skip`."""
    columns: Annotated[dict[str, Word], Field(default_factory=dict, max_length=300)]
    """Column to what it holds, or `skip`."""
    sides: Annotated[dict[str, Literal["buyer", "customer"]], Field(default_factory=dict, max_length=300)]


class BringStage(Shape):
    name: str
    place: str
    side: Literal["buyer", "customer"]


class BringRow(Shape):
    row: int
    label: str
    lane: str
    cells: int


class BringColumn(Shape):
    column: str
    label: str
    field: str
    example: str


class BringThing(Shape):
    """What one thing in the file becomes; `known`: it is in the plan already and is used as it is."""

    place: str
    stage: str
    lane: str
    words: str
    becomes: str
    known: bool


class BringShown(Shape):
    """What a file would become, and how it was read. `journey`: the new journey's id."""

    journey: str
    name: str
    shape: Literal["wall", "list", "cjml"]
    sheet: str
    sheets: list[str]
    head: int
    label: str
    stages: list[BringStage]
    rows: list[BringRow]
    columns: list[BringColumn]
    lanes: dict[str, str]
    becomes: list[BringThing]
    counts: dict[str, int]
    notes: list[str]


@router.post("/preview")
def preview(workspace: TheWorkspace, file: UploadFile, choices: Choices = "{}") -> BringShown:
    """What a workbook, CSV or CJML file (`file`) would become, read as `choices` (JSON) say. Nothing is kept."""
    data, name = _given(file)
    return _shown(bring_map(workspace.plan("draft"), data, name, _chosen(choices))[1])


@router.post("")
def bring(workspace: TheWorkspace, person: ThePerson, file: UploadFile, choices: Choices = "{}") -> BringShown:
    """Draw it into the draft as a new journey; touchpoints that the plan has are used, nothing is overwritten."""
    data, name = _given(file)
    return _shown(bring_in(workspace.database, person.name or workspace.author, data, name, _chosen(choices)))


def _given(file: UploadFile) -> tuple[bytes, str]:
    return file.file.read(LARGEST + 1), (file.filename or "the file")[-200:]


def _chosen(text: str) -> BringChoices:
    try:
        given = BringGiven.model_validate_json(text or "{}")
    except ValidationError as error:
        first = error.errors()[0]
        raise BadInput(f"`choices` cannot be this: {'.'.join(str(one) for one in first['loc'])}", hint=first["msg"]) from error
    return BringChoices(**given.model_dump())


def _shown(preview: MapPreview) -> BringShown:
    read = preview.read
    return BringShown(
        journey=preview.journey, name=read.name, shape=read.shape, sheet=read.sheet, sheets=list(read.sheets), head=read.head,
        label=read.label, stages=[BringStage(name=one.name, place=one.place, side=side) for one, side in preview.stages],
        rows=[BringRow(**vars(one)) for one in read.rows], columns=[BringColumn(**vars(one)) for one in read.columns],
        lanes=dict(read.lanes), becomes=[BringThing(**vars(one)) for one in preview.becomes], counts=dict(preview.counts),
        notes=list(preview.notes),
    )  # fmt: skip
