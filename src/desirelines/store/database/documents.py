"""Versioned documents, drafts on them, and keyed rows. What they mean is somebody else's business."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from desirelines.errors import Conflict, NotFound
from desirelines.store.database.database import Database, now_us
from desirelines.store.database.schema import drafts, segments, versions


@dataclass(frozen=True)
class VersionRow:
    """One published version, never changed. `in_force_from_us` None: from when it was published (the first: always)."""

    number: int
    parent: int | None
    author: str
    at_us: int
    hash: str
    in_force_from_us: int | None
    note: str
    document: str


@dataclass(frozen=True)
class DraftRow:
    """A draft on version `base`. `revision` grows with every save."""

    name: str
    base: int
    document: str
    revision: int
    author: str
    at_us: int


@dataclass(frozen=True)
class SegmentRow:
    id: str
    name: str
    rule: str


def put_version(
    database: Database, base: int, author: str, document: str, digest: str, note: str = "",
    in_force_from_us: int | None = None,
) -> VersionRow:  # fmt: skip
    """Publish a version on top of `base` (0: the first). Raises Conflict when a newer one is there."""
    with database.writing() as connection:
        newest = connection.execute(select(func.max(versions.c.number))).scalar_one() or 0
        if newest != base:
            raise Conflict(
                f"version {newest} was published meanwhile; this draft is on version {base}",
                hint=f"look at what changed since version {base}, then publish on version {newest}",
                code="newer_version",
            )
        row = VersionRow(base + 1, base or None, author, now_us(), digest, in_force_from_us, note, document)
        connection.execute(
            insert(versions).values(
                number=row.number,
                parent=row.parent,
                author=author,
                at=row.at_us,
                hash=digest,
                in_force_from=in_force_from_us,
                note=note,
                document=document,
            )
        )
    return row


def get_version(database: Database, number: int | None = None) -> VersionRow:
    """A version, None the newest. Raises NotFound."""
    wanted = select(versions).order_by(versions.c.number.desc()).limit(1)
    if number is not None:
        wanted = wanted.where(versions.c.number == number)
    with database.reading() as connection:
        row = connection.execute(wanted).one_or_none()
    if row is None:
        raise NotFound(
            "nothing is published yet" if number is None else f"there is no version {number}", hint="plan versions lists them"
        )
    return _version(row)


def list_versions(database: Database) -> list[VersionRow]:
    """All versions, oldest first."""
    with database.reading() as connection:
        return [_version(row) for row in connection.execute(select(versions).order_by(versions.c.number))]


def save_draft(database: Database, name: str, document: str, author: str, base: int, revision: int | None = None) -> DraftRow:
    """Save a draft. `revision`: the one that was edited; Conflict when somebody saved a newer one (None: do not ask)."""
    with database.writing() as connection:
        old = connection.execute(select(drafts).where(drafts.c.name == name).with_for_update()).one_or_none()
        if revision is not None and revision != (old.revision if old else 0):
            raise Conflict(
                f"somebody saved this draft meanwhile (revision {old.revision if old else 0}, yours was {revision})",
                hint="load it again and look at what changed",
                code="newer_draft",
            )
        values = {"base": base, "document": document, "author": author, "at": now_us()}
        if old is None:
            connection.execute(insert(drafts).values(name=name, revision=1, **values))
        else:
            connection.execute(update(drafts).where(drafts.c.name == name).values(revision=old.revision + 1, **values))
    return get_draft(database, name)


def get_draft(database: Database, name: str) -> DraftRow:
    """A draft. Raises NotFound."""
    with database.reading() as connection:
        row = connection.execute(select(drafts).where(drafts.c.name == name)).one_or_none()
    if row is None:
        raise NotFound(f"there is no draft {name!r}")
    return DraftRow(row.name, row.base, row.document, row.revision, row.author, row.at)


def drop_draft(database: Database, name: str) -> None:
    with database.writing() as connection:
        connection.execute(delete(drafts).where(drafts.c.name == name))


def put_segment(database: Database, segment: SegmentRow) -> None:
    """Add or replace a segment."""
    with database.writing() as connection:
        connection.execute(delete(segments).where(segments.c.id == segment.id))
        connection.execute(insert(segments).values(id=segment.id, name=segment.name, rule=segment.rule))


def list_segments(database: Database) -> list[SegmentRow]:
    with database.reading() as connection:
        rows = connection.execute(select(segments).order_by(segments.c.id))
        return [SegmentRow(row.id, row.name, row.rule) for row in rows]


def drop_segment(database: Database, segment_id: str) -> None:
    with database.writing() as connection:
        connection.execute(delete(segments).where(segments.c.id == segment_id))


def _version(row: Any) -> VersionRow:
    return VersionRow(row.number, row.parent, row.author, row.at, row.hash, row.in_force_from, row.note, row.document)
