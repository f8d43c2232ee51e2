"""What a pattern says, as a tree. Every node knows the character at which it begins, from 0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

FOREVER = 2**62
"""Microseconds that no gap exceeds."""


@dataclass(frozen=True)
class Name:
    text: str
    at: int


@dataclass(frozen=True)
class Event:
    """One event: one of the names, or with `other` any event but these. `.` is any event but none."""

    names: tuple[Name, ...]
    other: bool
    at: int


@dataclass(frozen=True)
class Link:
    """How the next event follows: the very next one, or with `eventually` with others between, none of them barred.

    `least_us <= gap <= most_us` holds between the two matched events.
    """

    eventually: bool
    least_us: int
    most_us: int
    barred: tuple[Event, ...]
    at: int


@dataclass(frozen=True)
class Begin:
    """Where the journey begins."""

    at: int


@dataclass(frozen=True)
class End:
    """Where the journey ends."""

    at: int


@dataclass(frozen=True)
class Row:
    """One after the other."""

    items: tuple[Node, ...]
    at: int


@dataclass(frozen=True)
class Choice:
    """One of several, tried in this order."""

    ways: tuple[Node, ...]
    at: int


@dataclass(frozen=True)
class Times:
    """`low` to `high` times (None: without end), as often as possible when `greedy`, else as seldom."""

    what: Node
    low: int
    high: int | None
    greedy: bool
    at: int


@dataclass(frozen=True)
class Within:
    """From its first to its last matched event at most so much time."""

    what: Node
    most_us: int
    at: int


Node: TypeAlias = Event | Link | Begin | End | Row | Choice | Times | Within


class Misread(Exception):
    """A pattern that cannot be read, and the character at which it fails. Never leaves the package."""

    def __init__(self, at: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.at = at
        self.message = message
        self.hint = hint
