"""One JSON shape for every no: `{"error": {code, message, hint, faults}}`."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from desirelines.errors import BadInput, DesirelinesError, Fault, NotFound

log = logging.getLogger("desirelines")


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
    """Draws the six errors, the framework's own and everything unexpected in the one shape."""

    def answer(error: DesirelinesError, status: int) -> JSONResponse:
        return JSONResponse(shape(error).model_dump(), status_code=status)

    @app.exception_handler(DesirelinesError)
    async def ours(request: Request, error: DesirelinesError) -> JSONResponse:
        return answer(error, error.status)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        faults = tuple(
            Fault(message=str(row.get("msg", "")), path=".".join(str(part) for part in row.get("loc", ())))
            for row in error.errors()
        )
        return answer(BadInput("the request does not fit", faults=faults), 422)

    @app.exception_handler(HTTPException)
    async def framework(request: Request, error: HTTPException) -> JSONResponse:
        kind = NotFound if error.status_code == 404 else BadInput
        return answer(kind(str(error.detail)), error.status_code)

    @app.exception_handler(Exception)
    async def bug(request: Request, error: Exception) -> JSONResponse:
        log.exception("unexpected error in %s", request.url.path)
        return answer(DesirelinesError("something went wrong here; the server's log says what", code="bug"), 500)
