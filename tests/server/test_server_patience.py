"""A browser that goes away stops its question; one that takes too long is told so."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from desirelines.server.patience import Patient
from desirelines.trace import WAITING, Patience


def asked(path: str, gone_after: float | None, seconds: float = 60) -> Patience | None:
    """The patience that the app was given, a tenth of a second after it was asked."""
    found: list[Patience | None] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        found.append(WAITING.get())
        await asyncio.sleep(0.1)

    async def receive() -> Message:
        if gone_after is None:
            await asyncio.sleep(5)
        await asyncio.sleep(gone_after or 0)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None: ...

    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": path}
    asyncio.run(Patient(app, seconds)(scope, receive, send))
    return found[0]


@pytest.mark.parametrize(("gone_after", "stopped"), [(None, False), (0.01, True)])
def test_a_question_ends_with_its_connection(gone_after: float | None, stopped: bool) -> None:
    patience = asked("/api/w/a/trace/funnel", gone_after)
    assert patience is not None
    assert patience.stopped is stopped


def test_a_question_has_the_time_that_is_set_and_other_requests_have_no_end() -> None:
    patience = asked("/api/w/a/trace/funnel", None, 7)
    assert patience is not None
    assert patience.seconds == 7
    assert asked("/api/w/a/plan/draft", None) is None
    assert WAITING.get() is None
