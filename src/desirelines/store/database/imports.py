"""Imports and their receipts, and the one transaction that makes an import visible."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection, func, insert, select, update

from desirelines.errors import Conflict, NotFound
from desirelines.model.receipt import Receipt
from desirelines.store.database.database import Database, Head, now_us, read_head
from desirelines.store.database.leases import Lease, hold
from desirelines.store.database.schema import head, imports


@dataclass(frozen=True)
class ImportRow:
    """One import as the database knows it. `state`: staged, committed or failed."""

    id: str
    source: str
    file: str
    file_digest: str
    state: str
    manifest: str | None
    receipt: Receipt | None
    error: str | None
    started_at_us: int
    finished_at_us: int | None


def put_staged(database: Database, lease: Lease, row: ImportRow, base: Mapping[str, int]) -> None:
    """Write down what is about to be moved. Raises Conflict when the lake is not what the import was compared with."""
    with database.writing() as connection:
        hold(connection, lease)
        if dict(read_head(connection).versions) != dict(base):
            raise Conflict("the lake changed while the file was read", hint="run the import again", code="lease_lost")
        connection.execute(
            insert(imports).values(
                id=row.id,
                source=row.source,
                file=row.file,
                file_digest=row.file_digest,
                state="staged",
                manifest=row.manifest,
                receipt=_dump(row.receipt) if row.receipt else None,
                started_at=row.started_at_us,
            )
        )


def put_failed(database: Database, row: ImportRow) -> None:
    """Remember that an import did not come to its end."""
    with database.writing() as connection:
        connection.execute(
            insert(imports).values(
                id=row.id,
                source=row.source,
                file=row.file,
                file_digest=row.file_digest,
                state="failed",
                error=row.error,
                started_at=row.started_at_us,
                finished_at=now_us(),
            )
        )


def move_head(connection: Connection, versions: Mapping[str, int]) -> Head:
    """Point the readers at new table versions; the same versions change nothing."""
    old = read_head(connection)
    if dict(old.versions) == dict(versions):
        return old
    new = Head(old.data_version + 1, dict(versions))
    connection.execute(update(head).values(data_version=new.data_version, versions=json.dumps(new.versions, sort_keys=True)))
    return new


def put_committed(connection: Connection, receipt: Receipt) -> None:
    """The last step of an import: its receipt."""
    connection.execute(
        update(imports)
        .where(imports.c.id == receipt.import_id)
        .values(state="committed", receipt=_dump(receipt), manifest=None, finished_at=now_us())
    )


def get_import(database: Database, import_id: str) -> ImportRow:
    """One import. Raises NotFound."""
    with database.reading() as connection:
        row = connection.execute(select(imports).where(imports.c.id == import_id)).one_or_none()
    if row is None:
        raise NotFound(f"there is no import {import_id!r}")
    return _row(row)


def list_imports(database: Database, state: str | None = None, source: str | None = None, limit: int = 1000) -> list[ImportRow]:
    """Imports, newest first."""
    wanted = select(imports).order_by(imports.c.started_at.desc(), imports.c.id.desc()).limit(limit)
    if state is not None:
        wanted = wanted.where(imports.c.state == state)
    if source is not None:
        wanted = wanted.where(imports.c.source == source)
    with database.reading() as connection:
        return [_row(row) for row in connection.execute(wanted)]


def receipts(database: Database, source: str | None = None, limit: int = 1000) -> list[Receipt]:
    """Receipts of committed imports, newest first."""
    return [row.receipt for row in list_imports(database, "committed", source, limit) if row.receipt]


def known_file(database: Database, source: str, file_digest: str) -> ImportRow | None:
    """The committed import of the same bytes into the same source, if there was one."""
    same = (imports.c.source == source) & (imports.c.file_digest == file_digest) & (imports.c.state == "committed")
    with database.reading() as connection:
        row = connection.execute(select(imports).where(same).order_by(imports.c.started_at).limit(1)).one_or_none()
    return _row(row) if row else None


def count_imports(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(imports)).scalar_one())


def _dump(receipt: Receipt) -> str:
    return json.dumps(asdict(receipt), sort_keys=True)


def _load(text: str) -> Receipt:
    data = json.loads(text)
    return replace(Receipt(**data), caveats=tuple(data["caveats"]))


def _row(row: object) -> ImportRow:
    values = row._mapping  # type: ignore[attr-defined]
    return ImportRow(
        id=values["id"],
        source=values["source"],
        file=values["file"],
        file_digest=values["file_digest"],
        state=values["state"],
        manifest=values["manifest"],
        receipt=_load(values["receipt"]) if values["receipt"] else None,
        error=values["error"],
        started_at_us=values["started_at"],
        finished_at_us=values["finished_at"],
    )
