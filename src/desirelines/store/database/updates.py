"""A log of updates per shared document, and a state that stands for all of them up to one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, delete, func, insert, select

from desirelines.store.database.database import Database, now_us
from desirelines.store.database.schema import states, updates


@dataclass(frozen=True)
class Update:
    """One change of a document: who, when (microseconds since 1970 UTC), what it touched, and its bytes."""

    id: int
    document: str
    author: str
    at_us: int
    touched: tuple[str, ...]
    data: bytes


@dataclass(frozen=True)
class NewUpdate:
    """An update that is not stored yet."""

    document: str
    author: str
    touched: tuple[str, ...]
    data: bytes


@dataclass(frozen=True)
class State:
    """What all updates up to `up_to` come to. `up_to` 0: nothing is stored."""

    up_to: int
    data: bytes


def add_updates(database: Database, given: Sequence[NewUpdate], at_most: int | None = None) -> list[int]:
    """Store updates in one transaction and answer their ids; on the disk when this returns.

    `at_most`: the newest id the caller has seen; nothing is stored and [] answered when there is a newer one.
    """
    at = now_us()
    with database.writing() as connection:
        if at_most is not None and (connection.execute(select(func.max(updates.c.id))).scalar_one() or 0) > at_most:
            return []
        return [_add(connection, one, at) for one in given]


def _add(connection: Connection, one: NewUpdate, at: int) -> int:
    values = {"document": one.document, "author": one.author, "at": at, "touched": json.dumps(one.touched), "data": one.data}
    added: int = connection.execute(insert(updates).values(**values).returning(updates.c.id)).scalar_one()
    return added


def newest_update(database: Database) -> int:
    """The id of the newest update of any document; 0: none."""
    with database.reading() as connection:
        return int(connection.execute(select(func.max(updates.c.id))).scalar_one() or 0)


def list_updates(database: Database, document: str | None = None, after: int = 0, up_to: int | None = None) -> list[Update]:
    """Updates with their bytes, oldest first."""
    return [_update(row, row.data) for row in _select(database, (updates,), document, after, up_to)]


def list_touched(database: Database, document: str | None = None, after: int = 0, up_to: int | None = None) -> list[Update]:
    """Who touched what, oldest first, without the bytes."""
    columns = (updates.c.id, updates.c.document, updates.c.author, updates.c.at, updates.c.touched)
    return [_update(row, b"") for row in _select(database, columns, document, after, up_to)]


def updated_documents(database: Database) -> list[str]:
    """The names of all documents that have updates."""
    with database.reading() as connection:
        return [str(name) for (name,) in connection.execute(select(updates.c.document).distinct().order_by(updates.c.document))]


def put_state(database: Database, document: str, state: State) -> None:
    """Keep what a document comes to; its updates stay, as its history."""
    with database.writing() as connection:
        connection.execute(delete(states).where(and_(states.c.document == document, states.c.up_to <= state.up_to)))
        if connection.execute(select(states.c.up_to).where(states.c.document == document)).one_or_none() is None:
            connection.execute(insert(states).values(document=document, up_to=state.up_to, data=state.data))


def get_state(database: Database, document: str) -> State:
    """The kept state; empty if none is."""
    with database.reading() as connection:
        row = connection.execute(select(states).where(states.c.document == document)).one_or_none()
    return State(row.up_to, row.data) if row else State(0, b"")


def _select(database: Database, what: Iterable[Any], document: str | None, after: int, up_to: int | None) -> list[Any]:
    wanted = select(*what).where(updates.c.id > after)
    if document is not None:
        wanted = wanted.where(updates.c.document == document)
    if up_to is not None:
        wanted = wanted.where(updates.c.id <= up_to)
    with database.reading() as connection:
        return list(connection.execute(wanted.order_by(updates.c.id)))


def _update(row: Any, data: bytes) -> Update:
    return Update(row.id, row.document, row.author, row.at, tuple(json.loads(row.touched)), data)
