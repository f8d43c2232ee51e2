"""The socket of the studio: shared documents, who is here, and word that rows have changed."""

from __future__ import annotations

import asyncio
import json
import math
from contextlib import suppress
from time import monotonic
from typing import Any

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from starlette.concurrency import run_in_threadpool

from desirelines.errors import BadInput, DesirelinesError, NotAllowed
from desirelines.home import Home
from desirelines.server.people import Person, close_code, until_changed
from desirelines.server.rooms import FRAME_BYTES, Closed, Room, Rooms, Seat
from desirelines.server.rooms.frames import Frame, From, To, frame, numbered, read_frame, words
from desirelines.server.rooms.room import GARBAGE, NO_DOCUMENT, Order, refuse
from desirelines.studio import is_document

TOO_LARGE, NOT_ALLOWED = 4413, 4403
PRESENCE_SECONDS = 0.1
CLOSING_SECONDS = 2.0
"""So long a socket that is to be closed may take to read what waits."""
PRESENCE_BYTES = 2_000
LONGEST = {"doc": 80, "card": 140, "field": 64}

router = APIRouter(prefix="/api/w/{w}/studio", tags=["rooms"])


@router.websocket("/socket")
async def socket(websocket: WebSocket, w: str) -> None:
    """Draw together. What is sent and answered: docs/studio.md."""
    person: Person = websocket.state.person
    await websocket.accept()
    try:
        home: Home = websocket.app.state.home
        workspace = await run_in_threadpool(home.open, w)
        rooms: Rooms = websocket.app.state.rooms
        room = rooms.room(w, workspace.database)
        seat, documents = await room.enter(person)
    except Closed as closed:
        await _close(websocket, closed.code, closed.reason)
    except DesirelinesError as error:
        code = NO_DOCUMENT if isinstance(error, BadInput) else close_code(error)
        await _close(websocket, code, error.message[:100])
    else:
        await _sit(websocket, w, room, seat, documents)


async def _sit(websocket: WebSocket, w: str, room: Room, seat: Seat, documents: list[str]) -> None:
    """All that happens between coming and going."""
    person = seat.person
    told = {"session": seat.session, "person": person.name, "account": person.id, "role": person.role, "may": person.may_do}
    seat.send(frame(To.HELLO, "", words({**told, "colour": seat.colour, "documents": documents})))
    room.arrive(seat)
    speaks = asyncio.create_task(_speak(websocket, seat))
    tasks = [
        speaks,
        asyncio.create_task(_hear(websocket, room, seat)),
        asyncio.create_task(_watch(websocket, w, seat)),
        asyncio.create_task(seat.ended.wait()),
    ]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if seat.closing is not None:
            await asyncio.wait([speaks], timeout=CLOSING_SECONDS)
    finally:
        room.leave(seat)
        for task in tasks:
            task.cancel()
        for ended in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(ended, Exception) and not isinstance(ended, (WebSocketDisconnect, RuntimeError)):
                raise ended


async def _speak(websocket: WebSocket, seat: Seat) -> None:
    """Send what waits, and close at last."""
    while (data := await seat.next()) is not None:
        await websocket.send_bytes(data)
    if seat.closing is not None:
        await _close(websocket, *seat.closing)


async def _watch(websocket: WebSocket, w: str, seat: Seat) -> None:
    """Close the socket when the person may no longer do what they could."""
    seat.close(await until_changed(websocket, w, seat.person), "what you may do has changed")


async def _hear(websocket: WebSocket, room: Room, seat: Seat) -> None:
    """Take what comes in until the socket ends or says what nobody says."""
    presence = _Presence(room, seat)
    try:
        while seat.closing is None:
            message = await websocket.receive()
            if message["type"] == "websocket.disconnect":
                return
            data = message.get("bytes")
            if data is None:
                raise Closed(GARBAGE, "frames are bytes")
            if len(data) > FRAME_BYTES:
                raise Closed(TOO_LARGE, "a frame is at most 1 MB")
            await _take(room, seat, presence, data)
    except Closed as closed:
        seat.close(closed.code, closed.reason)
    finally:
        presence.end()


async def _take(room: Room, seat: Seat, presence: _Presence, data: bytes) -> None:
    """One frame. Raises Closed for what is none."""
    try:
        got = read_frame(data)
        if got.kind is From.PING:
            seat.send(frame(To.PONG))
        elif got.kind is From.PRESENCE:
            presence.take(_shown(got.payload, seat))
        elif got.kind is From.CLOSE:
            seat.open.discard(got.name)
        else:
            await _documents(room, seat, got)
    except ValueError as error:
        raise Closed(GARBAGE, "this is no frame") from error


async def _documents(room: Room, seat: Seat, got: Frame) -> None:
    """What is said about a document. A name that is none, and one that the link does not open, end the socket."""
    if not is_document(got.name):
        raise Closed(NO_DOCUMENT, "there is no such document")
    if not seat.may_open(got.name):
        raise Closed(NOT_ALLOWED, "your link does not open this")
    if got.kind is From.OPEN:
        await room.order(Order(seat, From.OPEN, got.name, got.payload))
        return
    what, update = numbered(got.payload)
    if not seat.person.may("editor"):
        words_ = f"a {seat.person.role} may look and not change"
        refuse(seat, got.name, what, NotAllowed(words_, hint="ask an owner to make you an editor"))
        return
    await room.order(Order(seat, From.UPDATE, got.name, update, what))


def _shown(payload: bytes, seat: Seat) -> dict[str, Any]:
    """What of a presence others are told: where somebody is, and nothing else. Raises ValueError."""
    if len(payload) > PRESENCE_BYTES:
        raise ValueError("too long")
    try:
        given = json.loads(payload)
    except RecursionError as error:
        raise ValueError("too deep") from error
    if not isinstance(given, dict):
        raise ValueError("no mapping")
    shown: dict[str, Any] = {
        name: given[name][:most] for name, most in LONGEST.items() if isinstance(given.get(name), str) and given[name]
    }
    if not is_document(shown.get("doc", "")) or not seat.may_open(shown["doc"]):
        shown = {}
    at = given.get("at")
    if shown and isinstance(at, list) and len(at) == 2 and all(_is_place(one) for one in at):
        shown["at"] = at
    return shown


def _is_place(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value) and abs(value) < 1e7


class _Presence:
    """At most ten a second go out; of those that come faster the last one, a moment later."""

    def __init__(self, room: Room, seat: Seat) -> None:
        self._room = room
        self._seat = seat
        self._told_at = 0.0
        self._later: asyncio.TimerHandle | None = None
        self._last: dict[str, Any] = {}

    def take(self, shown: dict[str, Any]) -> None:
        self._last = shown
        if self._later is None:
            wait = max(0.0, self._told_at + PRESENCE_SECONDS - monotonic())
            self._later = asyncio.get_running_loop().call_later(wait, self._tell)

    def _tell(self) -> None:
        self._later = None
        self._told_at = monotonic()
        self._room.show(self._seat, self._last)

    def end(self) -> None:
        if self._later is not None:
            self._later.cancel()


async def _close(websocket: WebSocket, code: int, reason: str) -> None:
    with suppress(RuntimeError, WebSocketDisconnect):  # it is gone already
        await websocket.close(code, reason)
