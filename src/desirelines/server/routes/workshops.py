"""Workshops over a map."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import Field

from desirelines.server.nouns import Shape
from desirelines.server.routes.given import TheWorkspace
from desirelines.server.routes.speaker import TheNotices, TheSpeaker
from desirelines.server.routes.talking import JourneyOf, RowId
from desirelines.studio import talking

router = APIRouter(prefix="/api/w/{w}/studio/workshops", tags=["studio"])

Target = Annotated[str, Path(pattern=r"^(group|note):[0-9a-f]{1,32}$")]


class NewWorkshop(Shape):
    journey: Annotated[str, Field(max_length=64)]
    agenda: talking.Agenda


class ToRound(Shape):
    """The round of the agenda to go to, from 0."""

    at: Annotated[int, Field(ge=0, le=100)]


class ClockAct(Shape):
    act: talking.Act


class NoteGiven(Shape):
    words: Annotated[str, Field(max_length=5000)]
    stage: Annotated[str, Field(max_length=64)] = ""
    lane: Annotated[str, Field(max_length=64)] = ""


class GroupGiven(Shape):
    name: Annotated[str, Field(max_length=500)]
    notes: Annotated[tuple[Annotated[str, Field(max_length=32)], ...], Field(max_length=500)] = ()


class IntoGroup(Shape):
    """Empty: out of any."""

    group: Annotated[str, Field(pattern=r"^([0-9a-f]{1,32})?$")]


class VotesGiven(Shape):
    """How many of mine it has from now on; 0 takes them back."""

    votes: Annotated[int, Field(ge=0, le=50)]


class OntoMap(Shape):
    chosen: Annotated[list[talking.ToCard], Field(min_length=1, max_length=200)]


class Placed(Shape):
    """What stands on the map now."""

    elements: list[str]


@router.get("")
def listed(workspace: TheWorkspace, speaker: TheSpeaker, journey: JourneyOf) -> list[talking.WorkshopRow]:
    """The workshops of a map, the newest first."""
    return talking.workshops.listed(workspace.database, speaker, journey)


@router.post("")
def open_workshop(workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, given: NewWorkshop) -> talking.Workshop:
    """Open one; whoever opens leads."""
    found = talking.workshops.open_workshop(workspace.database, speaker, workspace.plan("draft"), given.journey, given.agenda)
    return _seen(workspace, speaker, notices, found)


@router.get("/{workshop}")
def workshop(workspace: TheWorkspace, speaker: TheSpeaker, workshop: RowId) -> talking.Workshop:
    """The workshop as I may see it now."""
    return talking.seeing.see(workspace.database, speaker, workshop)


@router.post("/{workshop}/seat")
def join(workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, workshop: RowId) -> talking.Workshop:
    """Take part."""
    talking.workshops.join(workspace.database, speaker, workshop)
    return _seen(workspace, speaker, notices, workshop)


@router.post("/{workshop}/lead")
def lead(workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, workshop: RowId) -> talking.Workshop:
    """Take over the lead."""
    talking.workshops.lead(workspace.database, speaker, workshop)
    return _seen(workspace, speaker, notices, workshop)


@router.post("/{workshop}/round")
def go_to(workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, workshop: RowId, given: ToRound) -> talking.Workshop:
    """To another round; its time begins now."""
    talking.workshops.go_to(workspace.database, speaker, workshop, given.at)
    return _seen(workspace, speaker, notices, workshop)


@router.post("/{workshop}/clock")
def wind(workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, workshop: RowId, given: ClockAct) -> talking.Workshop:
    """Let the clock go, hold it, or give a minute more."""
    talking.workshops.wind(workspace.database, speaker, workshop, given.act)
    return _seen(workspace, speaker, notices, workshop)


@router.post("/{workshop}/end")
def end(workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, workshop: RowId) -> talking.Workshop:
    """Close it for good; its report stays."""
    talking.workshops.end(workspace.database, speaker, workshop)
    return _seen(workspace, speaker, notices, workshop)


@router.post("/{workshop}/notes")
def write(
    workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, workshop: RowId, given: NoteGiven
) -> talking.Workshop:
    """Write a note."""
    talking.notes.write(workspace.database, speaker, workshop, given.words, given.stage, given.lane)
    return _seen(workspace, speaker, notices, workshop)


@router.put("/{workshop}/notes/{note}")
def reword_note(
    workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, workshop: RowId, note: RowId, given: NoteGiven
) -> talking.Workshop:
    """Other words for one's own note."""
    talking.notes.rewrite(workspace.database, speaker, workshop, note, given.words, given.stage, given.lane)
    return _seen(workspace, speaker, notices, workshop)


@router.delete("/{workshop}/notes/{note}")
def throw_away(
    workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, workshop: RowId, note: RowId
) -> talking.Workshop:
    """Take one's own note away."""
    talking.notes.throw_away(workspace.database, speaker, workshop, note)
    return _seen(workspace, speaker, notices, workshop)


@router.put("/{workshop}/notes/{note}/group")
def put_in(
    workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, workshop: RowId, note: RowId, given: IntoGroup
) -> talking.Workshop:
    """Put a note into a group."""
    talking.notes.put_in(workspace.database, speaker, workshop, note, given.group)
    return _seen(workspace, speaker, notices, workshop)


@router.post("/{workshop}/groups")
def make_group(
    workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, workshop: RowId, given: GroupGiven
) -> talking.Workshop:
    """A new group, with notes in it."""
    talking.notes.make_group(workspace.database, speaker, workshop, given.name, given.notes)
    return _seen(workspace, speaker, notices, workshop)


@router.put("/{workshop}/groups/{group}")
def name_group(
    workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, workshop: RowId, group: RowId, given: GroupGiven
) -> talking.Workshop:
    """Another name for a group."""
    talking.notes.name_group(workspace.database, speaker, workshop, group, given.name)
    return _seen(workspace, speaker, notices, workshop)


@router.delete("/{workshop}/groups/{group}")
def part_group(
    workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, workshop: RowId, group: RowId
) -> talking.Workshop:
    """Take a group away; its notes stay."""
    talking.notes.part_group(workspace.database, speaker, workshop, group)
    return _seen(workspace, speaker, notices, workshop)


@router.put("/{workshop}/votes/{target}")
def vote(
    workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, workshop: RowId, target: Target, given: VotesGiven
) -> talking.Workshop:
    """How many of my votes something has."""
    talking.votes.vote(workspace.database, speaker, workshop, target, given.votes)
    return _seen(workspace, speaker, notices, workshop)


@router.post("/{workshop}/cards")
def put_on_map(workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, workshop: RowId, given: OntoMap) -> Placed:
    """Put groups and notes on the map, as cards and moments of the draft."""
    elements = talking.placing.put_on_map(workspace.database, speaker, workshop, tuple(given.chosen))
    _seen(workspace, speaker, notices, workshop)
    return Placed(elements=elements)


@router.get("/{workshop}/report")
def report(workspace: TheWorkspace, speaker: TheSpeaker, workshop: RowId) -> talking.Report:
    """Who took part, and what came out."""
    return talking.seeing.report(workspace.database, speaker, workshop)


def _seen(workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, found: str) -> talking.Workshop:
    seen = talking.seeing.see(workspace.database, speaker, found)
    notices.tell("workshop", found, seen.journey)
    return seen
