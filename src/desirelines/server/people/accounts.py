"""Accounts of the server, in the home's own database: a name, a password's hash, and whether it owns the server."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desirelines import store
from desirelines.errors import BadInput, Conflict, NotFound
from desirelines.store import Database, Row

ACCOUNT, NAME = "account", "account-name"
"""Kinds of rows: the account under an id that is never used again; its name, so that two cannot have one."""
LONGEST_NAME = 80


@dataclass(frozen=True)
class Account:
    """Someone who may sign in. `owner`: owns the server, and so every workspace."""

    id: str
    name: str
    owner: bool
    hashed: str
    addresses: tuple[str, ...]
    """Digests of the last addresses that it was signed in from."""
    made_at_us: int


def tidy(name: str) -> str:
    """A person's name on one line. Raises BadInput."""
    words = " ".join(unicodedata.normalize("NFKC", name).split())
    if not 1 <= len(words) <= LONGEST_NAME or not words.isprintable():
        raise BadInput(f"a name has 1 to {LONGEST_NAME} printable characters")
    return words


def name_key(name: str) -> str:
    """What two spellings of one name have in common."""
    folded = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()


def add_account(database: Database, name: str, hashed: str, owner: bool = False) -> Account:
    """Raises Conflict when the name is taken, BadInput when it is none."""
    words, key, new = tidy(name), name_key(name), store.new_row_id()
    with store.turn(database) as turn:
        if turn.get(NAME, key) is not None:
            raise Conflict(f"there is an account {words!r} already", hint="choose another name", code="name_taken")
        turn.put(NAME, key, {}, "", new)
        turn.put(ACCOUNT, new, {"name": words, "owner": owner, "hash": hashed, "addresses": []}, "")
    return get_account(database, new)


def get_account(database: Database, account_id: str) -> Account:
    """Raises NotFound."""
    return _account(store.get_row(database, ACCOUNT, account_id))


def find_account(database: Database, name: str) -> Account | None:
    """The account of this name, however it is spelled; None if there is none."""
    with store.turn(database) as turn:
        key = turn.get(NAME, name_key(name))
        row = turn.get(ACCOUNT, key.about) if key else None
    return _account(row) if row else None


def account_named(database: Database, name: str) -> Account:
    """Raises NotFound."""
    found = find_account(database, name)
    if found is None:
        raise NotFound(f"there is no account {name[:LONGEST_NAME]!r}", hint="desirelines account list names them")
    return found


def list_accounts(database: Database) -> list[Account]:
    """All accounts, by name."""
    return sorted((_account(row) for row in store.list_rows(database, ACCOUNT)), key=lambda one: one.name.casefold())


def change_account(database: Database, account_id: str, changes: Mapping[str, Any]) -> None:
    """Put fields of the row in the place of what they were."""
    with store.turn(database) as turn:
        row = turn.get(ACCOUNT, account_id)
        if row is not None:
            turn.put(ACCOUNT, account_id, {**row.document, **changes}, row.author)


def drop_account(database: Database, account: Account) -> None:
    """Forget the account; its name is free again, its id is not."""
    with store.turn(database) as turn:
        turn.drop(ACCOUNT, account.id)
        turn.drop(NAME, name_key(account.name))


def _account(row: Row) -> Account:
    given = row.document
    return Account(row.id, given["name"], bool(given["owner"]), given["hash"], tuple(given["addresses"]), row.made_at_us)
