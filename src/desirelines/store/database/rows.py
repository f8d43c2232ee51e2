"""Keyed rows: small documents by kind and id, each about something. What they mean is somebody else's business."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, insert, select, update

from desirelines.errors import Conflict, NotFound
from desirelines.store.database.database import Database, now_us
from desirelines.store.database.schema import rows


@dataclass(frozen=True)
class Row:
    """One document. `revision` grows with every change; times are microseconds since 1970 UTC."""

    kind: str
    id: str
    about: str
    document: Mapping[str, Any]
    author: str
    revision: int
    made_at_us: int
    changed_at_us: int


def new_row_id() -> str:
    """An id nobody has."""
    return secrets.token_hex(8)


class Look:
    """Rows inside one transaction: all of what it reads was so at one moment."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, kind: str, row_id: str) -> Row | None:
        """A row, or None."""
        found = self._connection.execute(self._select(kind, row_id)).one_or_none()
        return _row(found) if found else None

    def list(self, kind: str, about: str) -> list[Row]:
        """All rows of a kind about one thing, in the order they were made."""
        wanted = select(rows).where(and_(rows.c.kind == kind, rows.c.about == about))
        return [_row(found) for found in self._connection.execute(wanted.order_by(rows.c.made_at, rows.c.id))]

    def _select(self, kind: str, row_id: str) -> Select[Any]:
        return select(rows).where(_key(kind, row_id))


class Turn(Look):
    """Rows inside one transaction that may write: what it reads stays so until it ends, and nobody else writes meanwhile."""

    def _select(self, kind: str, row_id: str) -> Select[Any]:
        return super()._select(kind, row_id).with_for_update()

    def put(self, kind: str, row_id: str, document: Mapping[str, Any], author: str, about: str = "") -> None:
        """Add or replace a row; author and time of making stay the first's."""
        old = self.get(kind, row_id)
        text = json.dumps(document, ensure_ascii=False, allow_nan=False)
        values = {"about": about, "document": text, "changed_at": now_us()}
        if old is None:
            made = {"kind": kind, "id": row_id, "author": author, "revision": 1, "made_at": values["changed_at"]}
            self._connection.execute(insert(rows).values(**made, **values))
        else:
            self._connection.execute(update(rows).where(_key(kind, row_id)).values(revision=old.revision + 1, **values))

    def drop(self, kind: str, row_id: str) -> None:
        """Forget a row; one that is not there is forgotten already."""
        self._connection.execute(delete(rows).where(_key(kind, row_id)))


@contextmanager
def look(database: Database) -> Iterator[Look]:
    """Several rows as they were at one moment."""
    with database.reading() as connection:
        yield Look(connection)


@contextmanager
def turn(database: Database) -> Iterator[Turn]:
    """One's turn with the rows: all of what it writes, or nothing when an error leaves it."""
    with database.writing() as connection:
        yield Turn(connection)


def put_row(
    database: Database, kind: str, row_id: str, document: Mapping[str, Any], author: str, about: str = "",
    revision: int | None = None,
) -> Row:  # fmt: skip
    """Add or replace a row; author and time of making stay the first's.

    `revision`: the one that was read (0: there was none); Conflict when somebody changed it meanwhile (None: do not ask).
    """
    with turn(database) as mine:
        old = mine.get(kind, row_id)
        if revision is not None and revision != (old.revision if old else 0):
            raise Conflict("somebody changed this meanwhile", hint="look at it again, then change it", code="newer_row")
        mine.put(kind, row_id, document, author, about)
    return get_row(database, kind, row_id)


def get_row(database: Database, kind: str, row_id: str) -> Row:
    """A row. Raises NotFound."""
    with database.reading() as connection:
        found = connection.execute(select(rows).where(_key(kind, row_id))).one_or_none()
    if found is None:
        raise NotFound(f"there is no {kind} `{row_id[:64]}`", hint="it may have been removed meanwhile")
    return _row(found)


def list_rows(database: Database, kind: str, about: str | None = None) -> list[Row]:
    """All rows of a kind, or those about one thing; in the order they were made."""
    wanted = select(rows).where(rows.c.kind == kind)
    if about is not None:
        wanted = wanted.where(rows.c.about == about)
    with database.reading() as connection:
        return [_row(found) for found in connection.execute(wanted.order_by(rows.c.made_at, rows.c.id))]


def drop_row(database: Database, kind: str, row_id: str) -> None:
    """Forget a row; one that is not there is forgotten already."""
    with turn(database) as mine:
        mine.drop(kind, row_id)


def _key(kind: str, row_id: str) -> Any:
    return and_(rows.c.kind == kind, rows.c.id == row_id)


def _row(found: Any) -> Row:
    document = json.loads(found.document)
    return Row(found.kind, found.id, found.about, document, found.author, found.revision, found.made_at, found.changed_at)
