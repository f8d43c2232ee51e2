"""Signing in, changing a password, joining: what takes a password, so what is counted and never quick."""

from __future__ import annotations

import hashlib

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from desirelines.errors import BadInput, SignIn
from desirelines.home import Home
from desirelines.server.people.accounts import Account, add_account, change_account, find_account, get_account, name_key, tidy
from desirelines.server.people.attempts import Attempts, network_of
from desirelines.server.people.invites import Invite, look_at_invite, use_invite
from desirelines.server.people.members import put_member, role_in
from desirelines.server.people.passwords import NOBODY, Hashing, check_password
from desirelines.server.people.person import ROLES, unsigned
from desirelines.server.people.sessions import digest, end_session, end_sessions, open_session
from desirelines.server.people.who import session_cookie, signed_in

KNOWN_ADDRESSES = 8
"""So many addresses an account keeps, as digests: those it was signed in from."""
BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


class Signing:
    """The counts and the hashes of one app."""

    def __init__(self) -> None:
        self.attempts = Attempts()
        self.hashing = Hashing()


async def sign_in(connection: HTTPConnection, name: str, password: str) -> tuple[Account, str]:
    """The account and the token of its new session; a session that the browser brought along is ended.

    Raises SignIn in the same words and after the same time for a wrong password and an unknown name; Unavailable after too
    many tries.
    """
    database, signing = _home(connection).database(), _signing(connection)
    address = connection.client.host if connection.client else ""
    account = await run_in_threadpool(find_account, database, name)
    known = account is not None and _mark(account, address) in account.addresses
    signing.attempts.begin(name_key(name), address, known)
    right = await signing.hashing.fits(account.hashed if account else NOBODY, password)
    if account is None or not right:
        raise SignIn("the name or the password is not right", hint="both are needed as they were given", code="wrong_password")
    signing.attempts.succeeded(name_key(name), address)
    return account, await run_in_threadpool(_begin, connection, account, address)


def _begin(connection: HTTPConnection, account: Account, address: str) -> str:
    database = _home(connection).database()
    brought = connection.cookies.get(session_cookie(connection.app.state.settings))
    if brought:
        end_session(database, digest(brought))
    mark = _mark(account, address)
    if account.addresses[:1] != (mark,):
        others = [one for one in account.addresses if one != mark]
        change_account(database, account.id, {"addresses": [mark, *others][:KNOWN_ADDRESSES]})
    return open_session(database, account.id, agent_of(connection.headers.get("user-agent", "")))


def _mark(account: Account, address: str) -> str:
    return hashlib.sha256(f"{account.id} {network_of(address)}".encode()).hexdigest()[:32]


async def change_password(connection: HTTPConnection, old: str, new: str) -> None:
    """Another password; all other sessions end. Raises SignIn, BadInput, Unavailable."""
    found = await run_in_threadpool(signed_in, connection)
    if found is None:
        raise unsigned()
    account, session = found
    signing = _signing(connection)
    signing.attempts.begin(f"password {account.id}", connection.client.host if connection.client else "", True)
    if not await signing.hashing.fits(account.hashed, old):
        raise BadInput("the old password is not right", code="wrong_old_password")
    check_password(new, account.name)
    hashed = await signing.hashing.hash(new)
    database = _home(connection).database()
    await run_in_threadpool(change_account, database, account.id, {"hash": hashed})
    await run_in_threadpool(end_sessions, database, account.id, session.id)


async def join(connection: HTTPConnection, token: str, name: str, password: str) -> tuple[Invite, Account, str | None]:
    """Take an invitation, as who is signed in or with a new account: what it gave, to whom, and a new session's token.

    The invitation is looked at before anything is made, and used before the role is given: twice is never.
    """
    home = _home(connection)
    found = await run_in_threadpool(signed_in, connection)
    await run_in_threadpool(look_at_invite, home.database(), token)
    if found is None:
        check_password(password, tidy(name))
        hashed = await _signing(connection).hashing.hash(password)
        account = await run_in_threadpool(add_account, home.database(), name, hashed)
    else:
        account = found[0]
    invite = await run_in_threadpool(_take, home, token, account)
    if found is not None:
        return invite, account, None
    address = connection.client.host if connection.client else ""
    return invite, account, await run_in_threadpool(_begin, connection, account, address)


def _take(home: Home, token: str, account: Account) -> Invite:
    invite = use_invite(home.database(), token)
    has = role_in(home, invite.workspace, account)
    if has is None or ROLES.index(has) < ROLES.index(invite.role):
        put_member(home, invite.workspace, account, invite.role, invite.made_by)
    return invite


def set_password(home: Home, account: Account, hashed: str) -> int:
    """Another password from the terminal; every session ends. Answers how many did."""
    change_account(home.database(), get_account(home.database(), account.id).id, {"hash": hashed})
    return end_sessions(home.database(), account.id)


def agent_of(header: str) -> str:
    """A browser and a system in three words."""
    browser = next((name for mark, name in BROWSERS if mark in header), "a program")
    system = next((name for mark, name in SYSTEMS if mark in header), "")
    return f"{browser} on {system}" if system else browser


def _home(connection: HTTPConnection) -> Home:
    found: Home = connection.app.state.home
    return found


def _signing(connection: HTTPConnection) -> Signing:
    found: Signing = connection.app.state.signing
    return found
