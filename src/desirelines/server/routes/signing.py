"""People of the server: sign in and out, one's sessions and password, joining by invitation."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from starlette.concurrency import run_in_threadpool

from desirelines.desk import instant, system_user
from desirelines.errors import DesirelinesError, NotFound
from desirelines.home import Home
from desirelines.server.people import changed, may_create, person_at, session_cookie, signed_in, unsigned
from desirelines.server.people.accounts import Account
from desirelines.server.people.invites import look_at_invite
from desirelines.server.people.nouns import (
    InviteOffer,
    InviteToken,
    Joined,
    JoinOrder,
    Me,
    PasswordOrder,
    SessionRow,
    SignInOrder,
)  # fmt: skip
from desirelines.server.people.sessions import SHOWN, WHOLE_US, Session, end_session, end_sessions, list_sessions
from desirelines.server.people.signing import change_password, join, sign_in
from desirelines.server.routes.given import TheHome
from desirelines.store import Database

router = APIRouter(prefix="/api/people", tags=["people"])
SessionId = Annotated[str, Path(max_length=64)]


@router.get("/me")
def me(request: Request) -> Me:
    """Who one is here, also where nobody is signed in."""
    settings = request.app.state.settings
    if not settings.sign_in:
        return Me(sign_in=False, id="", name=settings.author or system_user(), owner=True, may_create=True)
    found = signed_in(request)
    return _me(request, found[0] if found else None)


def _me(request: Request, account: Account | None) -> Me:
    if account is None:
        return Me(sign_in=True, id="", name="", owner=False, may_create=False)
    person = person_at(request, None)
    return Me(sign_in=True, id=account.id, name=account.name, owner=account.owner, may_create=may_create(request, person))


@router.post("/sign-in")
async def enter(request: Request, response: Response, given: SignInOrder) -> Me:
    """Begin a session. 401 `wrong_password`, 503 `too_many_tries`."""
    account, token = await sign_in(request, given.name, given.password)
    _keep(request, response, token)
    return Me(sign_in=True, id=account.id, name=account.name, owner=account.owner, may_create=account.owner)


@router.post("/sign-out")
def leave(request: Request, response: Response) -> Me:
    """Sign out in this browser."""
    _, session = _signed(request)
    end_session(_database(request), session.id)
    return _gone(request, response)


@router.post("/sign-out-everywhere")
def leave_everywhere(request: Request, response: Response) -> Me:
    """End all sessions of this account, this one too."""
    account, _ = _signed(request)
    end_sessions(_database(request), account.id)
    return _gone(request, response)


@router.post("/password")
async def password(request: Request, given: PasswordOrder) -> Me:
    """Another password; all other sessions end."""
    await change_password(request, given.old, given.new)
    changed(request.app)
    return await run_in_threadpool(me, request)


@router.get("/sessions")
def sessions(request: Request) -> list[SessionRow]:
    """Where this account is signed in, the latest used first."""
    account, here = _signed(request)
    return [
        SessionRow(
            id=one.id[:SHOWN], agent=one.agent, here=one.id == here.id, made_at=instant(one.made_at_us),
            seen_at=instant(one.seen_at_us),
        )
        for one in list_sessions(_database(request), account.id)
    ]  # fmt: skip


@router.delete("/sessions/{session}")
def end(request: Request, session: SessionId) -> list[SessionRow]:
    """End one of them."""
    account, _ = _signed(request)
    found = [one for one in list_sessions(_database(request), account.id) if one.id[:SHOWN] == session]
    if not found:
        raise NotFound("there is no such session of yours")
    end_session(_database(request), found[0].id)
    changed(request.app)
    return sessions(request)


@router.post("/invitation")
def invitation(home: TheHome, given: InviteToken) -> InviteOffer:
    """What an invitation offers, without taking it."""
    found = look_at_invite(home.database(), given.token)
    try:
        brand = home.open(found.workspace).plan().brand.name
    except DesirelinesError:
        brand = found.workspace
    return InviteOffer(workspace=found.workspace, brand=brand, role=found.role, made_by=found.made_by)


@router.post("/join")
async def take(request: Request, response: Response, given: JoinOrder) -> Joined:
    """Take an invitation, with a new account or with the one that is signed in."""
    invite, account, token = await join(request, given.token, given.name, given.password)
    if token is not None:
        _keep(request, response, token)
    changed(request.app)
    creates = account.owner or invite.role == "owner"
    joined = Me(sign_in=True, id=account.id, name=account.name, owner=account.owner, may_create=creates)
    return Joined(workspace=invite.workspace, me=joined)


def _signed(request: Request) -> tuple[Account, Session]:
    found = signed_in(request)
    if found is None:
        raise unsigned()
    return found


def _keep(request: Request, response: Response, token: str) -> None:
    settings = request.app.state.settings
    response.set_cookie(
        session_cookie(settings), token, max_age=WHOLE_US // 1_000_000, path="/", secure=settings.https, httponly=True,
        samesite="strict",
    )  # fmt: skip


def _gone(request: Request, response: Response) -> Me:
    settings = request.app.state.settings
    response.delete_cookie(session_cookie(settings), path="/", secure=settings.https, httponly=True, samesite="strict")
    changed(request.app)
    return _me(request, None)


def _database(request: Request) -> Database:
    home: Home = request.app.state.home
    return home.database()
