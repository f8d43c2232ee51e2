"""Notes of a workshop and the groups they are put in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desirelines import store
from desirelines.errors import Conflict, NotAllowed, NotFound, TooLarge
from desirelines.store import Row, Turn
from desirelines.studio.talking.naming import GONE
from desirelines.studio.talking.speaking import Speaker, plain
from desirelines.studio.talking.workshops import Sitting, seat_id, seated

NOTE = "note"
GROUP = "group"
VOTE = "vote"
LONGEST = 1_000
LONGEST_NAME = 120
MOST_NOTES = 2_000


def write(database: store.Database, speaker: Speaker, workshop: str, words: str, stage: str = "", lane: str = "") -> str:
    """A note of one's own; answers its id. In silent writing nobody else sees it before the reveal."""
    text = plain(words, LONGEST, "a note")
    note = store.new_row_id()
    with store.turn(database) as turn:
        found = seated(turn, workshop, speaker)
        if len(turn.list(NOTE, found.about)) >= MOST_NOTES:
            raise TooLarge(f"a workshop has at most {MOST_NOTES:,} notes")
        document = {
            "words": text, "stage": stage[:64], "lane": lane[:64], "seat": seat_id(workshop, speaker), "group": "",
            "silence": found.row.document["silence"] if found.silent else -1,
        }  # fmt: skip
        turn.put(NOTE, note, document, "" if found.agenda.anonymous else speaker.name, found.about)
    return note


def rewrite(database: store.Database, speaker: Speaker, workshop: str, note: str, words: str, stage: str, lane: str) -> None:
    """Other words, or another place, for one's own note."""
    text = plain(words, LONGEST, "a note")
    with store.turn(database) as turn:
        found, row = _own(turn, workshop, note, speaker)
        turn.put(NOTE, note, {**row.document, "words": text, "stage": stage[:64], "lane": lane[:64]}, row.author, found.about)


def throw_away(database: store.Database, speaker: Speaker, workshop: str, note: str) -> None:
    """Take one's own note away; votes it got go back to who gave them."""
    with store.turn(database) as turn:
        _own(turn, workshop, note, speaker)
        turn.drop(NOTE, note)


def shown(found: Sitting, note: Row, seat: str) -> bool:
    """Whether somebody may see a note now: their own always, another's when it was not written in the silence that lasts."""
    hidden = found.silent and note.document["silence"] == found.row.document["silence"]
    return note.document["seat"] == seat or not hidden


def make_group(database: store.Database, speaker: Speaker, workshop: str, name: str, notes: tuple[str, ...] = ()) -> str:
    """A group, with some notes in it; answers its id."""
    group = store.new_row_id()
    with store.turn(database) as turn:
        found = _grouping(turn, workshop, speaker)
        turn.put(GROUP, group, {"name": plain(name, LONGEST_NAME, "a group’s name")}, speaker.name, found.about)
        for note in notes:
            _put_in(turn, found, speaker, note, group)
    return group


def name_group(database: store.Database, speaker: Speaker, workshop: str, group: str, name: str) -> None:
    """Another name for a group."""
    with store.turn(database) as turn:
        found = _grouping(turn, workshop, speaker)
        row = _in(turn, GROUP, group, found)
        turn.put(GROUP, group, {**row.document, "name": plain(name, LONGEST_NAME, "a group’s name")}, row.author, row.about)


def part_group(database: store.Database, speaker: Speaker, workshop: str, group: str) -> None:
    """Take a group away; its notes stay, each by itself."""
    with store.turn(database) as turn:
        found = _grouping(turn, workshop, speaker)
        _in(turn, GROUP, group, found)
        _unvoted(turn, found, f"group:{group}")
        for row in turn.list(NOTE, found.about):
            if row.document["group"] == group:
                turn.put(NOTE, row.id, {**row.document, "group": ""}, row.author, row.about)
        turn.drop(GROUP, group)


def put_in(database: store.Database, speaker: Speaker, workshop: str, note: str, group: str) -> None:
    """A note into a group; empty: out of any."""
    with store.turn(database) as turn:
        found = _grouping(turn, workshop, speaker)
        if group:
            _in(turn, GROUP, group, found)
        _put_in(turn, found, speaker, note, group)


def _put_in(turn: Turn, found: Sitting, speaker: Speaker, note: str, group: str) -> None:
    row = _in(turn, NOTE, note, found)
    if not shown(found, row, seat_id(found.row.id, speaker)):
        raise NotFound(f"there is no note `{note[:64]}`", hint=GONE)
    if group:
        _unvoted(turn, found, f"note:{note}")
    turn.put(NOTE, note, {**row.document, "group": group}, row.author, row.about)


def _unvoted(turn: Turn, found: Sitting, target: str) -> None:
    """Votes are counted for what they were given to: that thing stays."""
    if any(target in row.document["votes"] for row in turn.list(VOTE, found.about)):
        raise Conflict("it has votes already", hint="votes stay with what they were given to", code="has_votes")


def _grouping(turn: Turn, workshop: str, speaker: Speaker) -> Sitting:
    found = seated(turn, workshop, speaker)
    if found.silent:
        raise Conflict("notes are put in groups after the reveal", code="still_silent")
    if found.voting:
        raise Conflict("nothing is moved while votes are given", hint="wait for the vote to close", code="voting")
    return found


def _in(turn: Turn, kind: str, row_id: str, found: Sitting) -> Row:
    row = turn.get(kind, row_id)
    if row is None or row.about != found.about:
        raise NotFound(f"there is no {kind} `{row_id[:64]}`", hint=GONE)
    return row


def _own(turn: Turn, workshop: str, note: str, speaker: Speaker) -> tuple[Sitting, Row]:
    found = seated(turn, workshop, speaker)
    row, seat = _in(turn, NOTE, note, found), seat_id(workshop, speaker)
    if not shown(found, row, seat):
        raise NotFound(f"there is no note `{note[:64]}`", hint=GONE)
    if row.document["seat"] != seat:
        raise NotAllowed("only who wrote a note may change it", code="not_yours")
    return found, row


def groups_of(notes: Mapping[str, Row], groups: Mapping[str, Row]) -> dict[str, list[Any]]:
    """Notes by the target people vote for: `group:<id>`, or `note:<id>` for one without a group."""
    found: dict[str, list[Any]] = {f"group:{one}": [] for one in groups}
    for note in notes.values():
        target = f"group:{note.document['group']}"
        found.setdefault(target if target in found else f"note:{note.id}", []).append(note)
    return found
