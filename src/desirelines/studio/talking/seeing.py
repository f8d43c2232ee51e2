"""What one person sees of a workshop: everything that is silent or secret is cut here, and only here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from desirelines import store
from desirelines.store import Look, Row
from desirelines.studio.talking.agenda import Note, NoteGroup, Ranked, Report, Workshop
from desirelines.studio.talking.naming import map_of
from desirelines.studio.talking.notes import GROUP, NOTE, VOTE, groups_of, shown
from desirelines.studio.talking.speaking import Speaker, instant
from desirelines.studio.talking.votes import tally
from desirelines.studio.talking.workshops import KIND, SEAT, Sitting, clock_of, seat_id, sitting


class Table:
    """All that lies on a workshop's table at one moment, and whose eyes look at it."""

    def __init__(self, look: Look, workshop: str, speaker: Speaker) -> None:
        self.found: Sitting = sitting(look.get(KIND, workshop), workshop, speaker)
        self.seat = seat_id(workshop, speaker)
        self.speaker = speaker
        every = {row.id: row for row in look.list(NOTE, self.found.about)}
        self.note_count = len(every)
        self.writer_count = len({row.document["seat"] for row in every.values()})
        self.notes = {one: row for one, row in every.items() if shown(self.found, row, self.seat)}
        self.groups = {row.id: row for row in look.list(GROUP, self.found.about)}
        self.seats = look.list(SEAT, self.found.about)
        self.ballots = look.list(VOTE, self.found.about)
        self.voter_count = sum(bool(row.document["votes"]) for row in self.ballots)
        self.targets = groups_of(self.notes, self.groups)

    @property
    def votes(self) -> Counter[str] | None:
        """Exact counts; None while the vote is open."""
        return None if self.found.voting else tally(self.ballots, self.targets)

    @property
    def mine(self) -> dict[str, int]:
        """My own ballot."""
        own: dict[str, int] = next((row.document["votes"] for row in self.ballots if row.id == self.seat), {})
        return {one: votes for one, votes in own.items() if one in self.targets}

    @property
    def people(self) -> tuple[str, ...]:
        return tuple(row.document["name"] for row in self.seats)

    @property
    def cards(self) -> Mapping[str, str]:
        """What became of groups and notes on the map."""
        found: Mapping[str, str] = self.found.row.document.get("cards", {})
        return found

    def note_order(self) -> list[Row]:
        """As they were written; where nobody is to know the writers, in an order that says nothing."""
        rows = list(self.notes.values())
        return sorted(rows, key=lambda row: row.id) if self.found.agenda.anonymous and not self.found.silent else rows


def see(database: store.Database, speaker: Speaker, workshop: str) -> Workshop:
    """The workshop as this person may see it now."""
    with store.look(database) as look:
        table = Table(look, workshop, speaker)
    found, votes, mine = table.found, table.votes, table.mine
    return Workshop(
        **_head(found),
        at=found.row.document["at"],
        clock=clock_of(found.row.document),
        i_lead=found.row.document["leader"] == speaker.id,
        i_am_in=any(row.id == table.seat for row in table.seats),
        people=table.people,
        silent=found.silent,
        note_count=table.note_count,
        writer_count=table.writer_count,
        notes=tuple(_note(row, table, votes) for row in table.note_order()),
        groups=tuple(_group(row, table, votes) for row in table.groups.values()),
        voting=found.voting,
        voter_count=table.voter_count,
        my_votes=mine,
        votes_left=found.agenda.votes_each - sum(mine.values()),
    )


def report(database: store.Database, speaker: Speaker, workshop: str) -> Report:
    """Who took part, how much was said, and what came out."""
    with store.look(database) as look:
        table = Table(look, workshop, speaker)
    votes = table.votes
    return Report(
        **_head(table.found),
        people=table.people,
        note_count=table.note_count,
        writer_count=table.writer_count,
        voter_count=table.voter_count,
        votes_cast=None if votes is None else votes.total(),
        ranked=None if votes is None else tuple(ranked(table, votes)),
    )


def ranked(table: Table, votes: Counter[str]) -> list[Ranked]:
    """Groups and single notes, the most votes first, then the most notes, then by name."""
    found = [
        Ranked(
            target=target,
            name=_name(target, table),
            votes=votes[target],
            notes=tuple(_signed(row) for row in rows) if target.startswith("group:") else (),
            card=table.cards.get(target, ""),
        )
        for target, rows in table.targets.items()
    ]
    return sorted(found, key=lambda one: (-one.votes, -len(one.notes), one.name.casefold(), one.target))


def _name(target: str, table: Table) -> str:
    kind, _, row_id = target.partition(":")
    return str(table.groups[row_id].document["name"] if kind == "group" else table.notes[row_id].document["words"])


def _signed(row: Row) -> str:
    return f"{row.document['words']} ({row.author})" if row.author else str(row.document["words"])


def _head(found: Sitting) -> dict[str, Any]:
    ended = found.row.document["ended_at"]
    return {
        "id": found.row.id,
        "journey": map_of(found.row.about),
        "agenda": found.agenda,
        "opened_at": instant(found.row.made_at_us),
        "ended_at": instant(ended) if ended else None,
        "led_by": found.row.document["led_by"],
    }


def _note(row: Row, table: Table, votes: Counter[str] | None) -> Note:
    document, target = row.document, f"note:{row.id}"
    return Note(
        id=row.id,
        words=document["words"],
        stage=document["stage"],
        lane=document["lane"],
        by=row.author,
        mine=document["seat"] == table.seat,
        group=document["group"] if document["group"] in table.groups else "",
        votes=None if votes is None else votes[target],
        card=table.cards.get(target, ""),
    )


def _group(row: Row, table: Table, votes: Counter[str] | None) -> NoteGroup:
    target = f"group:{row.id}"
    return NoteGroup(
        id=row.id,
        name=row.document["name"],
        votes=None if votes is None else votes[target],
        card=table.cards.get(target, ""),
    )
