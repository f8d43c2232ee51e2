"""What people say over a map: comments, suggestions, what waits for me."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import Field

from desirelines.server.nouns import Shape
from desirelines.server.routes.given import ThePerson, TheWorkspace
from desirelines.server.routes.speaker import Known, TheNotices, TheSpeaker
from desirelines.studio import talking

router = APIRouter(prefix="/api/w/{w}/studio", tags=["studio"])

JourneyOf = Annotated[str, Query(max_length=64, description="the planned journey whose map it is")]
RowId = Annotated[str, Path(pattern=r"^[0-9a-f]{1,32}$")]
Text = Annotated[str, Field(max_length=20_000)]


class SpeakerShape(Shape):
    """Who I am here. `named`: the name is an account's or was given, not the machine's."""

    id: str
    name: str
    named: bool
    edits: bool
    comments: bool
    guest: bool


class MyName(Shape):
    name: Annotated[str, Field(max_length=200)]


class MentionRow(Shape):
    """Somebody one may mention."""

    id: str
    name: str


class NewComment(Shape):
    """A comment on an element (`kind:id`; empty: on the map), or a reply in a thread."""

    journey: Annotated[str, Field(max_length=64)] = ""
    element: Annotated[str, Field(max_length=120)] = ""
    thread: Annotated[str, Field(pattern=r"^([0-9a-f]{1,32})?$")] = ""
    text: Text


class OtherWords(Shape):
    text: Text


class Resolved(Shape):
    resolved: bool


class NewSuggestion(Shape):
    journey: Annotated[str, Field(max_length=64)]
    change: talking.Proposal
    reason: Annotated[str, Field(max_length=2000)] = ""


class Decision(Shape):
    """`accept` with what one saw in its place (`now`), or not; with a word if one likes."""

    accept: bool
    now: Annotated[str, Field(max_length=20_000)] = ""
    word: Annotated[str, Field(max_length=2000)] = ""


@router.get("/me")
def me(speaker: TheSpeaker, person: ThePerson, workspace: TheWorkspace) -> SpeakerShape:
    """Who I am here, and what I may say."""
    return SpeakerShape(
        id=speaker.id,
        name=speaker.name,
        named=bool(person.id) or bool(talking.named(workspace.database, speaker.id)),
        edits=speaker.edits,
        comments=person.may("commenter"),
        guest=person.guest_of is not None,
    )


@router.put("/me")
def name_me(speaker: TheSpeaker, person: ThePerson, workspace: TheWorkspace, given: MyName) -> SpeakerShape:
    """Say what one is called, where nobody signs in. An account's name is not changed here."""
    if not person.id:
        name = talking.name_speaker(workspace.database, speaker.id, given.name)
        speaker = talking.Speaker(speaker.id, name, speaker.edits)
    return me(speaker, person, workspace)


@router.get("/people")
def mentionable(known: Known) -> list[MentionRow]:
    """Whom one may mention."""
    rows = [MentionRow(id=one, name=name) for one, name in known.items() if name]
    return sorted(rows, key=lambda row: (row.name.casefold(), row.id))


@router.get("/for-me")
def waiting(workspace: TheWorkspace, speaker: TheSpeaker) -> talking.ForMe:
    """What waits for me, over all maps."""
    return talking.for_me(workspace.database, speaker, workspace.plan("draft"))


@router.get("/comments")
def threads(
    workspace: TheWorkspace,
    speaker: TheSpeaker,
    journey: JourneyOf,
    element: Annotated[
        str | None, Query(max_length=120, description="`kind:id`; empty: the map; `gone`: what was removed")
    ] = None,
    which: talking.Which = "open",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> talking.Threads:
    """Threads of a map or of one of its elements, the newest word first."""
    return talking.comments.threads(workspace.database, speaker, workspace.plan("draft"), journey, element, which, page)


@router.get("/comments/counts")
def counts(workspace: TheWorkspace, speaker: TheSpeaker, journey: JourneyOf) -> talking.TalkCounts:
    """How much is said about each element."""
    database = workspace.database
    return talking.comments.counts(
        database, speaker, workspace.plan("draft"), journey, talking.suggestions.waiting(database, journey)
    )


@router.get("/comments/{comment}")
def thread(workspace: TheWorkspace, speaker: TheSpeaker, comment: RowId) -> talking.Thread:
    """The thread that a comment is in."""
    return talking.comments.thread(workspace.database, speaker, workspace.plan("draft"), comment)


@router.post("/comments")
def comment(workspace: TheWorkspace, speaker: TheSpeaker, known: Known, notices: TheNotices, given: NewComment) -> talking.Thread:
    """Begin a thread, or reply in one."""
    database, plan = workspace.database, workspace.plan("draft")
    if given.thread:
        row = talking.comments.reply(database, speaker, given.thread, given.text, known)
    else:
        row = talking.comments.say(database, speaker, plan, given.journey, given.element, given.text, known)
    found = talking.comments.thread(database, speaker, plan, row.id)
    notices.tell("comments", row.id, found.journey)
    return found


@router.put("/comments/{comment}")
def rewrite(
    workspace: TheWorkspace, speaker: TheSpeaker, known: Known, notices: TheNotices, comment: RowId, given: OtherWords
) -> talking.Thread:
    """Other words for one's own comment."""
    talking.comments.rewrite(workspace.database, speaker, comment, given.text, known)
    found = talking.comments.thread(workspace.database, speaker, workspace.plan("draft"), comment)
    notices.tell("comments", comment, found.journey)
    return found


@router.delete("/comments/{comment}", status_code=204)
def delete_comment(workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, comment: RowId) -> None:
    """Delete one's own comment; where others answered, its place stays."""
    journey = talking.comments.take_back(workspace.database, speaker, comment)
    notices.tell("comments", comment, journey)


@router.put("/comments/{comment}/resolved")
def resolve(workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, comment: RowId, given: Resolved) -> talking.Thread:
    """Close a thread, or open it again."""
    talking.comments.resolve(workspace.database, speaker, comment, given.resolved)
    found = talking.comments.thread(workspace.database, speaker, workspace.plan("draft"), comment)
    notices.tell("comments", comment, found.journey)
    return found


@router.get("/suggestions")
def wishes(workspace: TheWorkspace, speaker: TheSpeaker, journey: JourneyOf) -> list[talking.Suggestion]:
    """All suggestions about a map, the newest first."""
    return list(talking.suggestions.suggestions(workspace.database, speaker, workspace.plan("draft"), journey))


@router.post("/suggestions")
def suggest(workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, given: NewSuggestion) -> talking.Suggestion:
    """Wish for a change of the draft."""
    database, plan = workspace.database, workspace.plan("draft")
    found = talking.suggestions.suggest(database, speaker, plan, given.journey, given.change, given.reason)
    notices.tell("suggestions", found.id, found.journey)
    return found


@router.post("/suggestions/{suggestion}/decision")
def decide(
    workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, suggestion: RowId, given: Decision
) -> talking.Suggestion:
    """Accept it, which writes it into the draft, or decline it."""
    database = workspace.database
    if given.accept:
        found = talking.suggestions.accept(database, speaker, suggestion, given.now, given.word)
    else:
        found = talking.suggestions.decline(database, speaker, suggestion, workspace.plan("draft"), given.word)
    notices.tell("suggestions", suggestion, found.journey)
    return found


@router.delete("/suggestions/{suggestion}")
def withdraw(workspace: TheWorkspace, speaker: TheSpeaker, notices: TheNotices, suggestion: RowId) -> talking.Suggestion:
    """Take one's own suggestion back."""
    found = talking.suggestions.withdraw(workspace.database, speaker, suggestion, workspace.plan("draft"))
    notices.tell("suggestions", suggestion, found.journey)
    return found
