"""How much a request may carry, counted while it comes in: no header is believed."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_BYTES = 16_000_000
"""The largest body of any request but an upload."""
AROUND_A_FILE_BYTES = 1_000_000
"""What a form puts around the file it carries."""
UPLOADS = "/collect/files"


class Limits:
    """Answers 413 to a body beyond its limit, before it fills memory or the disk."""

    def __init__(self, app: ASGIApp, upload_max_bytes: int) -> None:
        self.app = app
        self.upload_max_bytes = upload_max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        uploads = scope["path"].endswith(UPLOADS)
        limit = self.upload_max_bytes + AROUND_A_FILE_BYTES if uploads else BODY_BYTES
        await self.app(scope, _counted(receive, limit), send)


def _counted(receive: Receive, limit: int) -> Receive:
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise HTTPException(413, f"a request may carry {limit:,} bytes here")
        return message

    return counted
