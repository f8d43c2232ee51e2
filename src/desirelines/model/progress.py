"""How long work says how far it is: a plain callable, so that no room knows who listens."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called with the stage's name and the share done, 0 to 1. Raising from it cancels the work."""

    def __call__(self, stage: str, share: float) -> None: ...


def silent(stage: str, share: float) -> None:
    """Listens to nothing."""
