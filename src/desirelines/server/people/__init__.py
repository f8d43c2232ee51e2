"""Who may do what: accounts, sessions, roles, guests; asked at the door before any route."""

from desirelines.server.people.changes import Changes, changed, close_code, until_changed
from desirelines.server.people.door import Door
from desirelines.server.people.person import ROLES, Person, Role, SignIn
from desirelines.server.people.rights import GUESTS, RIGHTS, Right, right_of
from desirelines.server.people.who import person_at

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
    "changed",
    "close_code",
    "person_at",
    "right_of",
    "until_changed",
]
