"""All rooms that are open in this process, by workspace."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import Any

from starlette.applications import Starlette

from desirelines.server.rooms.room import Room
from desirelines.store import Database, me


class Rooms:
    """One room a workspace, made when the first comes and forgotten when the last has gone."""

    def __init__(self) -> None:
        self._holder = me()
        """One name for all rooms of this process: who comes back at once does not wait for the room that just ended."""
        self._rooms: dict[str, Room] = {}
        self._lock = threading.Lock()

    def room(self, name: str, database: Database) -> Room:
        """The workspace's room; on the loop."""
        with self._lock:
            if name not in self._rooms:
                self._rooms[name] = Room(name, database, self._holder, self._forget)
            return self._rooms[name]

    def find(self, name: str) -> Room | None:
        with self._lock:
            return self._rooms.get(name)

    def _forget(self, room: Room) -> None:
        with self._lock:
            if self._rooms.get(room.name) is room:
                del self._rooms[room.name]


def notify(app: Starlette, workspace: str, said: dict[str, Any]) -> None:
    """Tell everybody in a workspace's room that rows have changed: `{"about": "comments", "id": …}`.

    `map`: the journey it is about, where it is about one: guests of other maps are then not told. From any thread; nothing
    happens when nobody is there.
    """
    rooms: Rooms = app.state.rooms
    room = rooms.find(workspace)
    if room is not None:
        with suppress(RuntimeError):  # its loop has ended: nobody is there
            room.loop.call_soon_threadsafe(room.notice, said)
