"""One JSON shape for every no: `{"error": {code, message, hint, faults}}`."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desirelines.errors import BadInput, DesirelinesError, Fault, NotAllowed, NotFound, TooLarge, Unavailable

log = logging.getLogger("desirelines")

MOST_FAULTS = 100
BUG = DesirelinesError("something went wrong here; the server's log says what", code="bug")


class FaultShape(BaseModel):
    message: str
    file: str = ""
    line: int = 0
    path: str = ""
    hint: str = ""


class ErrorBody(BaseModel):
    code: str
    message: str
    hint: str = ""
    faults: list[FaultShape] = []


class ErrorShape(BaseModel):
    error: ErrorBody


def shape(error: DesirelinesError) -> ErrorShape:
    """The error as every door writes it."""
    faults = [FaultShape(**vars(fault)) for fault in error.faults]
    return ErrorShape(error=ErrorBody(code=error.code, message=error.message, hint=error.hint, faults=faults))


def install(app: FastAPI) -> None:
    """Draws the six errors and the framework's own in the one shape."""

    @app.exception_handler(DesirelinesError)
    async def ours(request: Request, error: DesirelinesError) -> JSONResponse:
        return answer(error, error.status)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        faults = tuple(
            Fault(message=str(row.get("msg", "")), path=".".join(str(part) for part in row.get("loc", ()))[:200])
            for row in error.errors()[:MOST_FAULTS]
        )
        return answer(BadInput("the request does not fit", hint="the faults say where", faults=faults), 422)

    @app.exception_handler(HTTPException)
    async def framework(request: Request, error: HTTPException) -> JSONResponse:
        found = answer(_named(error), error.status_code)
        found.headers.update(error.headers or {})
        return found


def answer(error: DesirelinesError, status: int) -> JSONResponse:
    """The error as a response."""
    return JSONResponse(shape(error).model_dump(), status_code=status)


def _named(error: HTTPException) -> DesirelinesError:
    words = str(error.detail)
    if error.status_code == 404:
        return NotFound(words, hint="the addresses are listed at /api/openapi.json")
    if error.status_code == 405:
        return NotAllowed("this address does not take that method", hint="see /api/openapi.json", code="method_not_allowed")
    if error.status_code == 413:
        return TooLarge(words, hint="import a large file from the terminal")
    return BadInput(words)


class Unexpected:
    """The innermost layer around the routes: what is none of ours is logged whole and told as no more than that.

    It stands inside the guard, so that this answer too carries the guard's headers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            if begun or scope["type"] != "http":
                raise
            found = _world(error) if isinstance(error, OSError) else BUG
            log.exception("unexpected error in %s", scope["path"].encode("unicode_escape").decode())
            await answer(found, found.status)(scope, receive, send)


def _world(error: OSError) -> DesirelinesError:
    """A full disk, a folder that may not be written: nobody's mistake here, and worth saying."""
    words = f"the system says: {error.strerror}" if error.strerror else "the system refused"
    return Unavailable(words, hint="look at the disk and its permissions on the machine that serves this")
