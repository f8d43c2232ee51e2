"""Keyed rows: small documents by kind and id, each about something. What they mean is somebody else's business."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, delete, insert, select, update

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


def put_row(
    database: Database, kind: str, row_id: str, document: Mapping[str, Any], author: str, about: str = "",
    revision: int | None = None,
) -> Row:  # fmt: skip
    """Add or replace a row; author and time of making stay the first's.

    `revision`: the one that was read (0: there was none); Conflict when somebody changed it meanwhile (None: do not ask).
    """
    text = json.dumps(document, ensure_ascii=False, allow_nan=False)
    at = now_us()
    with database.writing() as connection:
        old = connection.execute(select(rows).where(_key(kind, row_id)).with_for_update()).one_or_none()
        if revision is not None and revision != (old.revision if old else 0):
            raise Conflict("somebody changed this meanwhile", hint="look at it again, then change it", code="newer_row")
        values = {"about": about, "document": text, "changed_at": at}
        if old is None:
            made = {"kind": kind, "id": row_id, "author": author, "revision": 1, "made_at": at}
            connection.execute(insert(rows).values(**made, **values))
        else:
            connection.execute(update(rows).where(_key(kind, row_id)).values(revision=old.revision + 1, **values))
    return get_row(database, kind, row_id)


def get_row(database: Database, kind: str, row_id: str) -> Row:
    """A row. Raises NotFound."""
    with database.reading() as connection:
        found = connection.execute(select(rows).where(_key(kind, row_id))).one_or_none()
    if found is None:
        raise NotFound(f"there is no {kind} `{row_id[:64]}`")
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
    with database.writing() as connection:
        connection.execute(delete(rows).where(_key(kind, row_id)))


def _key(kind: str, row_id: str) -> Any:
    return and_(rows.c.kind == kind, rows.c.id == row_id)


def _row(found: Any) -> Row:
    document = json.loads(found.document)
    return Row(found.kind, found.id, found.about, document, found.author, found.revision, found.made_at, found.changed_at)
