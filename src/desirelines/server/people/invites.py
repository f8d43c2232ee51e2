"""Invitations: a link that gives one person a role in one workspace, once, until it expires."""

from __future__ import annotations

from dataclasses import dataclass

from desirelines import store
from desirelines.errors import NotFound
from desirelines.server.people.members import read_role
from desirelines.server.people.person import Role
from desirelines.server.people.sessions import SHOWN, digest, new_token
from desirelines.store import Database, Row

INVITE = "invite"
HOLDS_US = 7 * 86_400 * 1_000_000
"""An invitation holds for a week."""


@dataclass(frozen=True)
class Invite:
    """Not used yet. Times are microseconds since 1970 UTC."""

    id: str
    workspace: str
    role: Role
    made_by: str
    expires_at_us: int


def make_invite(database: Database, workspace: str, role: Role, author: str) -> tuple[str, Invite]:
    """A new invitation: its token, told this once, and what is kept of it."""
    token = new_token()
    document = {"role": role, "expires_at_us": store.now_us() + HOLDS_US}
    return token, _invite(store.put_row(database, INVITE, digest(token), document, author, workspace))


def list_invites(database: Database, workspace: str) -> list[Invite]:
    """Those that can still be used."""
    found = [_invite(row) for row in store.list_rows(database, INVITE, workspace)]
    return [one for one in found if one.expires_at_us >= store.now_us()]


def look_at_invite(database: Database, token: str) -> Invite:
    """What an invitation offers. Raises NotFound."""
    try:
        found = _invite(store.get_row(database, INVITE, digest(token)))
    except NotFound:
        raise _gone() from None
    if found.expires_at_us < store.now_us():
        raise _gone()
    return found


def use_invite(database: Database, token: str) -> Invite:
    """Take it: of several who try at once, one has it. Raises NotFound."""
    with store.turn(database) as turn:
        row = turn.get(INVITE, digest(token))
        if row is None or row.document["expires_at_us"] < store.now_us():
            raise _gone()
        turn.drop(INVITE, row.id)
    return _invite(row)


def drop_invite(database: Database, workspace: str, shown: str) -> None:
    """Take it back. Raises NotFound."""
    found = [row.id for row in store.list_rows(database, INVITE, workspace) if row.id[:SHOWN] == shown]
    if not found:
        raise NotFound("there is no such invitation")
    store.drop_row(database, INVITE, found[0])


def _gone() -> NotFound:
    return NotFound("this invitation was used or has expired", hint="ask who sent it for a new one", code="no_such_invite")


def _invite(row: Row) -> Invite:
    return Invite(row.id[:SHOWN], row.about, read_role(row.document["role"]), row.author, row.document["expires_at_us"])
