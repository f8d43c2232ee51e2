"""Roles in a workspace: rows `member` of its own database, one an account."""

from __future__ import annotations

from dataclasses import dataclass

from desirelines import store
from desirelines.errors import BadInput, Conflict, DesirelinesError, NotFound
from desirelines.home import Home
from desirelines.model.hint import nearest
from desirelines.server.people.accounts import Account, list_accounts
from desirelines.server.people.person import ROLES, Role
from desirelines.store import Database

MEMBER = "member"


@dataclass(frozen=True)
class Member:
    """Someone with a role here. `of_server`: owns the server, so no role of this workspace takes it away."""

    id: str
    name: str
    role: Role
    of_server: bool


def read_role(text: str) -> Role:
    """Raises BadInput for what is no role."""
    for role in ROLES:
        if role == text:
            return role
    raise BadInput(f"{text[:40]!r} is no role", hint=nearest(text, list(ROLES)) or f"one of {', '.join(ROLES)}")


def role_in(home: Home, workspace: str, account: Account) -> Role | None:
    """The account's role there; None where it has none or where there is no such workspace."""
    if account.owner:
        return "owner"
    try:
        return _role(home.open(workspace).database, account.id)
    except DesirelinesError:
        return None


def _role(database: Database, account_id: str) -> Role | None:
    try:
        return read_role(str(store.get_row(database, MEMBER, account_id).document.get("role")))
    except NotFound:
        return None


def list_members(home: Home, workspace: str) -> list[Member]:
    """Everybody who may enter, by name; a row whose account is gone is nobody's."""
    rows = {row.id: row for row in store.list_rows(home.open(workspace).database, MEMBER)}
    found = []
    for account in list_accounts(home.database()):
        if account.owner:
            found.append(Member(account.id, account.name, "owner", True))
        elif account.id in rows:
            found.append(Member(account.id, account.name, read_role(str(rows[account.id].document["role"])), False))
    return found


def put_member(home: Home, workspace: str, account: Account, role: Role, author: str) -> None:
    """Give a role. Raises Conflict when the workspace would be left without an owner."""
    database = home.open(workspace).database
    if role != "owner":
        _keep_an_owner(home, workspace, account)
    store.put_row(database, MEMBER, account.id, {"role": role}, author)


def drop_member(home: Home, workspace: str, account_id: str) -> None:
    """Take the role away. Raises Conflict when the workspace would be left without an owner."""
    member = next((one for one in list_members(home, workspace) if one.id == account_id and not one.of_server), None)
    if member is None:
        raise NotFound("nobody of that id has a role here")
    _keep_an_owner(home, workspace, member)
    store.drop_row(home.open(workspace).database, MEMBER, account_id)


def _keep_an_owner(home: Home, workspace: str, leaving: Account | Member) -> None:
    members = list_members(home, workspace)
    owners = [one.id for one in members if one.role == "owner"]
    if owners == [leaving.id]:
        raise Conflict("a workspace needs an owner", hint="make somebody else an owner first", code="last_owner")


def leave_all(home: Home, account_id: str) -> None:
    """Take every role of an account away, as when it is removed."""
    for name in home.names():
        try:
            store.drop_row(home.open(name).database, MEMBER, account_id)
        except DesirelinesError:
            continue  # a workspace that cannot be opened keeps a row of nobody: ids are never used again


def owns_any(home: Home, account: Account) -> bool:
    """True for an owner of the server or of any workspace."""
    return account.owner or any(role_in(home, name, account) == "owner" for name in home.names())
