"""A workshop, as each who takes part sees it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from desirelines.studio.talking.nouns import Noun

RoundKind = Literal["write", "reveal", "group", "vote", "discuss"]
MINUTES = 240


class Round(Noun):
    """One item of the agenda; `words`: what one is asked."""

    kind: RoundKind
    minutes: int = Field(default=5, ge=1, le=MINUTES)
    words: str = Field(default="", max_length=400)


class Agenda(Noun):
    """What is chosen before a workshop opens, and stays."""

    title: str = Field(min_length=1, max_length=120)
    rounds: tuple[Round, ...] = Field(min_length=1, max_length=20)
    anonymous: bool = True
    """Whether notes are shown without the names of who wrote them."""
    votes_each: int = Field(default=3, ge=1, le=50)
    several: bool = False
    """Whether one may give several votes to one thing."""


class Clock(Noun):
    """The time of this round, by the server's clock: seconds left at `now_at` (below zero: over). Everybody counts from there."""

    now_at: str
    left_seconds: float
    running: bool


class Note(Noun):
    """One note. `by`: empty where nobody is to know; `votes`: for itself, None while hidden."""

    id: str
    words: str
    stage: str
    lane: str
    by: str
    mine: bool
    group: str
    votes: int | None
    card: str
    """What it became on the map."""


class NoteGroup(Noun):
    """Notes under one name. `votes`: its own and those of its notes, None while hidden."""

    id: str
    name: str
    votes: int | None
    card: str


class WorkshopRow(Noun):
    """A workshop in the list of a map."""

    id: str
    title: str
    opened_at: str
    ended_at: str | None
    led_by: str
    people: int
    notes: int


class Workshop(Noun):
    """A workshop as one person may see it now: what is silent or secret is counts here, for everybody alike."""

    id: str
    journey: str
    agenda: Agenda
    at: int
    """The round it is in, from 0."""
    clock: Clock
    opened_at: str
    ended_at: str | None
    led_by: str
    i_lead: bool
    i_am_in: bool
    people: tuple[str, ...]
    silent: bool
    """Notes are being written that only their writers see."""
    note_count: int
    writer_count: int
    notes: tuple[Note, ...]
    groups: tuple[NoteGroup, ...]
    voting: bool
    voter_count: int
    my_votes: dict[str, int]
    """By `group:<id>` or `note:<id>`."""
    votes_left: int


class Ranked(Noun):
    """A group, or a note without one, in the result."""

    target: str
    name: str
    votes: int
    notes: tuple[str, ...]
    card: str


class Report(Noun):
    """What stays of a workshop; `ranked`: None while a vote is secret."""

    id: str
    journey: str
    agenda: Agenda
    opened_at: str
    ended_at: str | None
    led_by: str
    people: tuple[str, ...]
    note_count: int
    writer_count: int
    voter_count: int
    votes_cast: int | None
    ranked: tuple[Ranked, ...] | None


class ToCard(Noun):
    """A group or note that is to stand on the map."""

    target: str = Field(max_length=80)
    what: Literal["pains", "opportunities", "notes", "moment"] = "opportunities"
    """The lane of the card, or a moment."""
    stage: str = Field(default="", max_length=64)
    """Empty: where its notes were written, or else the first stage."""
