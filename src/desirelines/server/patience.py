"""A question that nobody waits for is stopped: the browser went away, or it took longer than the setting allows."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desirelines.trace import WAITING, Patience

QUESTIONS = ("/trace/", "/map/", "/measure/")


class Patient:
    """Gives every question its patience, and ends it when the connection does."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self.app = app
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or not any(word in scope["path"] for word in QUESTIONS):
            await self.app(scope, receive, send)
            return
        patience = Patience(self.seconds)
        WAITING.set(patience)  # each request runs in a task, and so in a context, of its own
        messages: asyncio.Queue[Message] = asyncio.Queue()
        watch = asyncio.create_task(_watched(receive, messages, patience))
        try:
            await self.app(scope, messages.get, send)
        finally:
            watch.cancel()


async def _watched(receive: Receive, messages: asyncio.Queue[Message], patience: Patience) -> None:
    """Hand on what comes in until the connection ends."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            patience.stop()
        messages.put_nowait(message)
        if message["type"] == "http.disconnect":
            return
