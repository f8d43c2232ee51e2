"""How long a question may take: threads ask between two pieces of work, and stop when nobody waits any more."""

from __future__ import annotations

import time
from contextvars import ContextVar

from desirelines.errors import Unavailable


class Patience:
    """One asker's: until a moment, or until it is told to stop. Asked from many threads."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.until = time.monotonic() + seconds
        self.stopped = False

    def stop(self) -> None:
        """Nobody waits for the answer any more."""
        self.stopped = True

    def check(self) -> None:
        """Raises Unavailable when it is over."""
        if self.stopped:
            raise Unavailable("nobody waits for this answer any more", code="given_up")
        if time.monotonic() > self.until:
            raise Unavailable(
                f"this question took longer than {self.seconds:g} seconds and was stopped",
                hint="ask about a shorter period or a smaller segment, or raise the setting question_seconds",
                code="too_long",
            )


WAITING: ContextVar[Patience | None] = ContextVar("WAITING", default=None)
"""The patience of whoever asks here; None: without end."""
