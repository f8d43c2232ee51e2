"""The door: nothing behind it is asked before the table of rights has been."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from desirelines.errors import DesirelinesError, NotAllowed
from desirelines.server.faults import answer
from desirelines.server.people.changes import close_code
from desirelines.server.people.person import Person
from desirelines.server.people.rights import Right, right_of, workspace_of
from desirelines.server.people.who import may_create, person_at


class Door:
    """Lets in who may do what the address does; the person is in `state.person` of the request from here on.

    It stands before the routes, so that a body is not read, and a workspace not opened, for somebody who may not ask.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        right = right_of(scope.get("method", "GET"), scope["path"])
        try:
            if right.need != "anybody":
                connection.state.person = await _asked(connection, right)
        except DesirelinesError as error:
            await _refuse(error, scope, receive, send)
            return
        await self.app(scope, receive, send)


async def _asked(connection: HTTPConnection, right: Right) -> Person:
    if connection.app.state.settings.sign_in or "guest" in connection.query_params:
        return await run_in_threadpool(allowed, connection, right)
    return allowed(connection, right)


def allowed(connection: HTTPConnection, right: Right) -> Person:
    """Who asks, if they may. Raises SignIn, NotFound, NotAllowed."""
    person = person_at(connection, workspace_of(connection.scope["path"]))
    if person.guest_of is not None and not right.guests:
        raise NotAllowed("your link does not open this", hint="ask who sent it to you")
    if right.need == "account":
        return person
    if right.need == "creator":
        if not may_create(connection, person):
            raise NotAllowed("you may not make workspaces", hint="owners of a workspace may, and owners of the server")
        return person
    if right.need != "anybody" and not person.may(right.need):
        raise NotAllowed(f"a {person.role} may not do this", hint=f"ask an owner to make you {_a(right.need)}")
    return person


def _a(role: str) -> str:
    return f"an {role}" if role[0] in "eo" else f"a {role}"


async def _refuse(error: DesirelinesError, scope: Scope, receive: Receive, send: Send) -> None:
    """A socket is accepted before it is closed, or the browser would not be told why."""
    if scope["type"] == "http":
        await answer(error, error.status)(scope, receive, send)
        return
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.close", "code": close_code(error), "reason": error.message[:100]})
