"""One socket in a room: who sits there, what they have open, and what waits to be sent to them."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from desirelines.server.people import Person

OUTBOX_BYTES = 8_000_000
"""Who reads more slowly than this grows is dropped, and reads anew when they come back."""
ASKED_BYTES = 40_000_000
"""The same for what somebody asked for: whole documents."""
COLOURS = (
    "#0b7285", "#c2255c", "#5f3dc4", "#2b8a3e", "#e8590c", "#1864ab",
    "#862e9c", "#9c6b00", "#087f5b", "#a61e4d", "#364fc7", "#5c940d",
)  # fmt: skip


@dataclass(eq=False)
class Seat:
    """`person.guest_of` limits a seat to one map. `presence`: what the person last showed, as others are told it."""

    person: Person
    colour: str
    session: str = field(default_factory=lambda: secrets.token_hex(8))
    open: set[str] = field(default_factory=set)
    presence: dict[str, Any] = field(default_factory=dict)
    closing: tuple[int, str] | None = None

    def __post_init__(self) -> None:
        self._frames: deque[tuple[bytes, bool]] = deque()
        self._bytes = {False: 0, True: 0}
        self._news = asyncio.Event()
        self.ended = asyncio.Event()

    def may_open(self, document: str) -> bool:
        """A guest's link opens one map and nothing else."""
        return self.person.guest_of is None or document == f"map:{self.person.guest_of}"

    def sees(self, other: Seat) -> bool:
        """Whether this seat is told that the other is there: a guest only sees who is on their map."""
        return self.person.guest_of is None or other.presence.get("doc") == f"map:{self.person.guest_of}"

    def said(self, to: Seat) -> dict[str, Any]:
        """This seat's presence as another is told it."""
        account = "" if to.person.guest_of is not None else self.person.id
        who = {"session": self.session, "name": self.person.name, "colour": self.colour, "account": account}
        return {**self.presence, **who}

    def send(self, data: bytes, asked: bool = False) -> None:
        """Have a frame sent, after those that wait. `asked`: they asked for it, however large it is."""
        if self.closing is not None:
            return
        self._frames.append((data, asked))
        self._bytes[asked] += len(data)
        if self._bytes[asked] > (ASKED_BYTES if asked else OUTBOX_BYTES):
            self._frames.clear()
            self.close(1013, "too slow")
        self._news.set()

    def close(self, code: int, reason: str = "") -> None:
        """Have the socket closed, once what waits is sent."""
        if self.closing is None:
            self.closing = (code, reason)
            self._news.set()
            self.ended.set()

    async def next(self) -> bytes | None:
        """The next frame to send; None: the socket is to be closed."""
        while not self._frames:
            if self.closing is not None:
                return None
            self._news.clear()
            await self._news.wait()
        data, asked = self._frames.popleft()
        self._bytes[asked] -= len(data)
        return data


class Closed(Exception):
    """The socket is to be closed with this code."""

    def __init__(self, code: int, reason: str = "") -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


def colour_of(taken: list[str]) -> str:
    """The colour that the fewest in the room have."""
    return min(COLOURS, key=lambda one: (taken.count(one), COLOURS.index(one)))
