"""Who may do what: accounts, sessions, roles, guests; asked at the door before any route."""

from desirelines.server.people.accounts import (
    Account,
    account_named,
    add_account,
    drop_account,
    find_account,
    list_accounts,
    tidy,
)
from desirelines.server.people.changes import Changes, changed, close_code, until_changed
from desirelines.server.people.door import Door
from desirelines.server.people.members import drop_member, leave_all, list_members, put_member, read_role, role_in
from desirelines.server.people.passwords import check_password, hash_password
from desirelines.server.people.person import ROLES, Person, Role, unsigned
from desirelines.server.people.rights import RIGHTS, Right, right_of
from desirelines.server.people.sessions import end_sessions
from desirelines.server.people.signing import Signing, set_password
from desirelines.server.people.who import guest_cookie, may_create, person_at, sees, session_cookie, signed_in

__all__ = [
    "RIGHTS",
    "ROLES",
    "Account",
    "Changes",
    "Door",
    "Person",
    "Right",
    "Role",
    "Signing",
    "account_named",
    "add_account",
    "changed",
    "check_password",
    "close_code",
    "drop_account",
    "drop_member",
    "end_sessions",
    "find_account",
    "guest_cookie",
    "hash_password",
    "leave_all",
    "list_accounts",
    "list_members",
    "may_create",
    "person_at",
    "put_member",
    "read_role",
    "right_of",
    "role_in",
    "sees",
    "session_cookie",
    "set_password",
    "signed_in",
    "tidy",
    "unsigned",
    "until_changed",
]
