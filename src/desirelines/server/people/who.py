"""Who a request or a socket is from, asked anew each time, so that what was taken away is gone at once."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from desirelines.desk import system_user
from desirelines.errors import DesirelinesError, NotFound
from desirelines.home import Home
from desirelines.server.people.accounts import Account, get_account
from desirelines.server.people.links import guest_with
from desirelines.server.people.members import owns_any, role_in
from desirelines.server.people.person import Person, unsigned
from desirelines.server.people.sessions import Session, session_of
from desirelines.settings import Settings

AS_GUEST = "guest"
"""In the query of an address: whoever asks means to be the guest of their link, also where they are signed in."""


def session_cookie(settings: Settings) -> str:
    """The name of the session's cookie; behind https no neighbouring host can set one of that name."""
    return "__Host-desirelines" if settings.https else "desirelines"


def guest_cookie(settings: Settings) -> str:
    """The name of a guest's cookie, which is sent to the studio of one workspace only."""
    return "__Secure-desirelines-guest" if settings.https else "desirelines-guest"


def person_at(connection: HTTPConnection, workspace: str | None) -> Person:
    """Who is at this connection, with their role in the workspace (None: at no workspace).

    Reads the disk: call it in a thread. Raises SignIn when nobody is signed in, NotFound when the person has no role there,
    in the same words as for a workspace that is not there.
    """
    settings: Settings = connection.app.state.settings
    if workspace is not None and AS_GUEST in connection.query_params:
        return _guest(connection, workspace)
    if not settings.sign_in:
        return Person("", settings.author or system_user(), "owner")
    found = signed_in(connection)
    if found is None:
        if workspace is not None and guest_cookie(settings) in connection.cookies:
            return _guest(connection, workspace)
        raise unsigned()
    account, home = found[0], connection.app.state.home
    if workspace is None:
        return Person(account.id, account.name, "owner" if account.owner else "viewer")
    role = role_in(home, workspace, account)
    if role is None:
        raise NotFound("there is no workspace of this name that you may enter")
    return Person(account.id, account.name, role)


def signed_in(connection: HTTPConnection) -> tuple[Account, Session] | None:
    """The account of the session's cookie; None where nobody is signed in."""
    token = connection.cookies.get(session_cookie(connection.app.state.settings), "")
    home: Home = connection.app.state.home
    session = session_of(home.database(), token) if token else None
    if session is None:
        return None
    try:
        return get_account(home.database(), session.account), session
    except NotFound:
        return None


def _guest(connection: HTTPConnection, workspace: str) -> Person:
    token = connection.cookies.get(guest_cookie(connection.app.state.settings), "")
    home: Home = connection.app.state.home
    try:
        found = guest_with(home.open(workspace).database, token) if token else None
    except DesirelinesError:
        found = None
    if found is None:
        raise unsigned()
    return found


def may_create(connection: HTTPConnection, person: Person) -> bool:
    """True for who may make a workspace: an owner of the server, or of any workspace."""
    if not connection.app.state.settings.sign_in:
        return person.guest_of is None
    found = signed_in(connection)
    return found is not None and owns_any(connection.app.state.home, found[0])


def sees(connection: HTTPConnection, workspace: str) -> bool:
    """True when whoever is at this connection may know that there is such a workspace."""
    if not connection.app.state.settings.sign_in:
        return True
    found = signed_in(connection)
    return found is not None and role_in(connection.app.state.home, workspace, found[0]) is not None
