"""Who may do what: accounts, sessions, roles, guests; asked at the door before any route."""

from desirelines.server.people.changes import Changes, changed, close_code, until_changed
from desirelines.server.people.door import Door
from desirelines.server.people.person import ROLES, Person, Role, SignIn, unsigned
from desirelines.server.people.rights import GUESTS, RIGHTS, Right, right_of
from desirelines.server.people.signing import Signing
from desirelines.server.people.who import guest_cookie, may_create, person_at, sees, session_cookie, signed_in

__all__ = [
    "GUESTS",
    "RIGHTS",
    "ROLES",
    "Changes",
    "Door",
    "Person",
    "Right",
    "Role",
    "SignIn",
    "Signing",
    "changed",
    "close_code",
    "guest_cookie",
    "may_create",
    "person_at",
    "right_of",
    "sees",
    "session_cookie",
    "signed_in",
    "unsigned",
    "until_changed",
]
