"""Word to whoever is still connected that what somebody may do has changed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from desirelines.errors import DesirelinesError, NotAllowed, NotFound, SignIn
from desirelines.server.people.person import Person
from desirelines.server.people.who import person_at

LOOK_SECONDS = 15.0
"""So often an open connection asks again by itself: a change may come from a terminal, or time may end a session."""
SIGN_IN, NOT_ALLOWED, NOT_FOUND, TRY_AGAIN, AGAIN = 4401, 4403, 4404, 1013, 1012


class Changes:
    """Everybody who waits for a change, on whatever loop."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}

    def say(self) -> None:
        """Wake all who wait; from any thread."""
        with self._lock:
            for event, loop in self._waiting.items():
                with suppress(RuntimeError):  # a loop that has ended has nobody left
                    loop.call_soon_threadsafe(event.set)

    @contextmanager
    def heard(self) -> Iterator[asyncio.Event]:
        """An event on this loop that is set whenever something changes, from now on."""
        event = asyncio.Event()
        with self._lock:
            self._waiting[event] = asyncio.get_running_loop()
        try:
            yield event
        finally:
            with self._lock:
                self._waiting.pop(event, None)


def changed(app: Starlette) -> None:
    """Somebody's rights changed: open sockets look again at once."""
    changes: Changes = app.state.changes
    changes.say()


async def until_changed(connection: HTTPConnection, workspace: str, person: Person) -> int:
    """Wait until `person` may no longer do what they could when the connection was opened; answers the code to close it with.

    4401: no longer signed in. 4404: no role here any more. 1012: another role; the browser connects again and is told it.
    """
    changes: Changes = connection.app.state.changes
    with changes.heard() as event:
        while True:
            try:
                now = await run_in_threadpool(person_at, connection, workspace)
            except DesirelinesError as error:
                return close_code(error)
            if (now.id, now.role, now.guest_of) != (person.id, person.role, person.guest_of):
                return AGAIN
            with suppress(TimeoutError):
                await asyncio.wait_for(event.wait(), LOOK_SECONDS)
            event.clear()


def close_code(error: DesirelinesError) -> int:
    """The code that a socket is closed with for this error."""
    kinds = ((SignIn, SIGN_IN), (NotAllowed, NOT_ALLOWED), (NotFound, NOT_FOUND))
    return next((code for kind, code in kinds if isinstance(error, kind)), TRY_AGAIN)
