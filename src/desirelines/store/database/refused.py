"""Refused rows: kept, counted exactly, shown page by page, repaired."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from sqlalchemy import Connection, Select, delete, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from desirelines.model.digest import row_digests
from desirelines.store.database.database import Database, now_us
from desirelines.store.database.schema import refused

CHUNK = 2_000


@dataclass(frozen=True)
class RefusedRow:
    """One refusal. `event` None: the whole row was refused. `row` is the row as JSON."""

    id: int
    import_id: str
    source: str
    reason: str
    detail: str
    line: int
    event: str | None
    row: str
    repaired_at_us: int | None = None


@dataclass(frozen=True)
class RefusedPage:
    """`total` and `by_reason` count all that is asked for, not the page."""

    total: int
    by_reason: dict[str, int]
    rows: tuple[RefusedRow, ...]


def digests(source: str, rows: pa.Table) -> list[bytes]:
    """What makes refusals [n] the same: source, row, reason, event and line."""
    named = {name: rows.column(name) for name in ("row", "reason", "event", "line")}
    low, high = row_digests({**named, "source": pa.chunked_array([pa.repeat(source, len(rows))])}, kind="refused")
    words = np.stack([low, high], axis=1)
    return [one.tobytes() for one in words]


def put_refused(connection: Connection, import_id: str, source: str, rows: pa.Table) -> None:
    """Keep refusals (`model.event.REFUSED`). One that is there already now belongs to this import, and is open again."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(refused)
    statement = statement.on_conflict_do_update(
        index_elements=["digest"],
        set_={"import_id": statement.excluded.import_id, "detail": statement.excluded.detail, "repaired_at": None},
    )
    for start in range(0, len(rows), CHUNK):
        part = rows.slice(start, CHUNK)
        values = [
            {**row, "import_id": import_id, "source": source, "digest": digest}
            for row, digest in zip(part.to_pylist(), digests(source, part), strict=True)
        ]
        connection.execute(statement, values)


def _chosen(
    wanted: Select[Any], source: str | None, reason: str | None, import_id: str | None, repaired: bool | None
) -> Select[Any]:
    for column, value in ((refused.c.source, source), (refused.c.reason, reason), (refused.c.import_id, import_id)):
        if value is not None:
            wanted = wanted.where(column == value)
    if repaired is not None:
        wanted = wanted.where(refused.c.repaired_at.is_not(None) if repaired else refused.c.repaired_at.is_(None))
    return wanted


def count_refused(
    database: Database, source: str | None = None, reason: str | None = None, import_id: str | None = None,
    repaired: bool | None = False,
) -> dict[str, int]:  # fmt: skip
    """Exact counts by reason. `repaired` False: those still open, True: those repaired, None: both."""
    wanted = _chosen(select(refused.c.reason, func.count()), source, reason, import_id, repaired)
    with database.reading() as connection:
        rows = connection.execute(wanted.group_by(refused.c.reason).order_by(refused.c.reason))
        return {name: int(count) for name, count in rows}


def page_refused(
    database: Database, source: str | None = None, reason: str | None = None, import_id: str | None = None,
    repaired: bool | None = False, page: int = 1, size: int = 50,
) -> RefusedPage:  # fmt: skip
    """Page `page` (from 1) of refusals, in the order of imports and lines."""
    counts = count_refused(database, source, reason, import_id, repaired)
    wanted = _chosen(select(refused), source, reason, import_id, repaired).order_by(refused.c.id)
    with database.reading() as connection:
        rows = connection.execute(wanted.offset((max(1, page) - 1) * size).limit(size)).all()
    return RefusedPage(sum(counts.values()), counts, tuple(_row(row) for row in rows))


def each_refused(database: Database, source: str | None, conflicts: bool = False) -> Iterator[list[RefusedRow]]:
    """The open refusals of a source (None: of all) in chunks, in order.

    `conflicts` False, for repair: those that are no rows of a file are left out.
    """
    last = 0
    while True:
        wanted = _chosen(select(refused), source, None, None, False).where(refused.c.id > last)
        if not conflicts:
            wanted = wanted.where(refused.c.reason != "conflict")
        with database.reading() as connection:
            rows = [_row(row) for row in connection.execute(wanted.order_by(refused.c.id).limit(CHUNK))]
        if not rows:
            return
        last = rows[-1].id
        yield rows


def close_repaired(connection: Connection, import_id: str, source: str, up_to: int) -> None:
    """After the open refusals of a source with ids up to `up_to` were run again as `import_id`, which kept what fails now:

    what the same row's same event is refused for now replaces what it was refused for; all others are repaired.
    Conflicts are no rows of a file and are left alone.
    """
    now = refused.alias()
    again = exists().where(
        now.c.import_id == import_id,
        now.c.row == refused.c.row,
        now.c.line == refused.c.line,
        func.coalesce(now.c.event, "") == func.coalesce(refused.c.event, ""),
    )
    old = (
        (refused.c.source == source)
        & (refused.c.id <= up_to)
        & (refused.c.import_id != import_id)
        & (refused.c.reason != "conflict")
        & refused.c.repaired_at.is_(None)
    )
    connection.execute(delete(refused).where(old & again))
    connection.execute(update(refused).where(old).values(repaired_at=now_us()))


def newest_refused(database: Database, source: str) -> int:
    """The highest id of a refusal of a source, 0 if there is none: where a repair that begins now ends."""
    with database.reading() as connection:
        return int(connection.execute(select(func.max(refused.c.id)).where(refused.c.source == source)).scalar_one() or 0)


def _row(row: Any) -> RefusedRow:
    return RefusedRow(row.id, row.import_id, row.source, row.reason, row.detail, row.line, row.event, row.row, row.repaired_at)
