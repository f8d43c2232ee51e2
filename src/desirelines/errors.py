"""The six ways to say no. Anything else that is raised is a bug.

Each error has a stable `code`, a message and a hint that names the allowed or nearest value. The doors
(cli, server) draw them: one red line in the terminal, one JSON shape over HTTP.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a document: where it stands and what would be right.

    `path` is the place inside the document (``journeys[0].stages[2].steps``), `line` counts from 1, 0 if unknown.
    """

    message: str
    file: str = ""
    line: int = 0
    path: str = ""
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.file and self.line else self.file or (f"line {self.line}" if self.line else "")
        place = f"{place}: " if place else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}{self.message}{hint}"


class DesirelinesError(Exception):
    """The root of the six. Never raised itself."""

    status = 500
    code = "error"

    def __init__(self, message: str, *, hint: str = "", code: str = "", faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code or type(self).code
        self.faults = faults


class BadInput(DesirelinesError):
    """What was given cannot be used as it is."""

    status = 422
    code = "bad_input"


class NotAllowed(DesirelinesError):
    """The caller may not do this."""

    status = 403
    code = "not_allowed"


class SignIn(NotAllowed):
    """Nobody is signed in, or no longer: the narrower NotAllowed that a page answers by asking who it is."""

    status = 401
    code = "sign_in"


class NotFound(DesirelinesError):
    """Nothing has this name."""

    status = 404
    code = "not_found"


class Conflict(DesirelinesError):
    """Somebody else was faster, or two things exclude each other."""

    status = 409
    code = "conflict"


class TooLarge(DesirelinesError):
    """More than the limit allows."""

    status = 413
    code = "too_large"


class Unavailable(DesirelinesError):
    """It cannot be done now, but may be later."""

    status = 503
    code = "unavailable"
