"""Blobs by the digest of their bytes: the same bytes are kept once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import func, insert, select

from desirelines.errors import NotFound
from desirelines.store.database.database import Database, now_us
from desirelines.store.database.schema import blobs


@dataclass(frozen=True)
class Blob:
    """Bytes and what they are (`image/png`); `digest`: SHA-256, in hex."""

    digest: str
    media: str
    data: bytes


def digest_of(data: bytes) -> str:
    """What these bytes are kept under."""
    return hashlib.sha256(data).hexdigest()


def put_blob(database: Database, media: str, data: bytes, author: str) -> Blob:
    """Keep bytes."""
    digest = digest_of(data)
    with database.writing() as connection:
        if connection.execute(select(blobs.c.digest).where(blobs.c.digest == digest)).one_or_none() is None:
            connection.execute(insert(blobs).values(digest=digest, media=media, author=author, at=now_us(), data=data))
    return get_blob(database, digest)


def get_blob(database: Database, digest: str) -> Blob:
    """What has this digest. Raises NotFound."""
    with database.reading() as connection:
        row = connection.execute(select(blobs).where(blobs.c.digest == digest)).one_or_none()
    if row is None:
        raise NotFound("there is no picture with this digest")
    return Blob(row.digest, row.media, row.data)


def count_blob_bytes(database: Database) -> int:
    """Bytes of all blobs together."""
    with database.reading() as connection:
        return int(connection.execute(select(func.coalesce(func.sum(func.length(blobs.c.data)), 0))).scalar_one())


def has_blob(database: Database, digest: str) -> bool:
    """True if these bytes are kept already."""
    with database.reading() as connection:
        return connection.execute(select(blobs.c.digest).where(blobs.c.digest == digest)).one_or_none() is not None
