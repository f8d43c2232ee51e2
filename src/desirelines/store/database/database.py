"""The workspace's database: one SQLite file, every commit on the disk before it is answered."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import QueuePool

from desirelines.errors import Unavailable
from desirelines.store.database.schema import head
from desirelines.store.database.upgrade import upgrade

BUSY_SECONDS = 30


@dataclass(frozen=True)
class Head:
    """What readers read: `versions` is lake table to Delta version."""

    data_version: int
    versions: Mapping[str, int]


class Database:
    """A workspace's database. Use from any thread; each transaction takes its own connection."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, place: Path | str) -> Database:
        """Open (or make) the database at a path or URL, upgraded if it is older.

        Raises Conflict for a database that a newer Desirelines wrote, Unavailable when it cannot be opened.
        """
        url = str(place) if "://" in str(place) else f"sqlite:///{Path(place).resolve()}"
        engine = create_engine(url, poolclass=QueuePool, pool_size=8, max_overflow=24, connect_args=_arguments(url))
        if engine.dialect.name == "sqlite":
            _prepare(engine)
        try:
            upgrade(engine)
        except DatabaseError as error:
            engine.dispose()
            raise _unavailable(error) from error
        except BaseException:
            engine.dispose()
            raise
        return cls(engine)

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that may write; whole or not at all. On SQLite one writer at a time, others wait."""
        try:
            with self.engine.connect() as connection, connection.begin():
                yield connection
        except OperationalError as error:
            raise _unavailable(error) from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that sees the database as it is now."""
        try:
            with self.engine.connect().execution_options(desirelines_read=True) as connection:
                yield connection
        except OperationalError as error:
            raise _unavailable(error) from error

    def head(self) -> Head:
        """The versions that readers read now."""
        with self.reading() as connection:
            return read_head(connection)


def read_head(connection: Connection) -> Head:
    """The head, inside a transaction."""
    row = connection.execute(select(head.c.data_version, head.c.versions)).one()
    return Head(row.data_version, json.loads(row.versions))


def now_us() -> int:
    """Now, in microseconds since 1970 UTC."""
    return time.time_ns() // 1000


def _arguments(url: str) -> dict[str, Any]:
    sqlite = {"timeout": BUSY_SECONDS, "check_same_thread": False, "isolation_level": None}
    return sqlite if url.startswith("sqlite") else {}


def _prepare(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def settings(connection: Any, _record: Any) -> None:
        for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # a transaction that may write takes the lock at once: one that begins by reading could fail halfway
        reads = connection.get_execution_options().get("desirelines_read")
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _unavailable(error: DatabaseError) -> Unavailable:
    text = str(error.orig)
    if "full" in text or "I/O" in text:
        return Unavailable("the disk is full: nothing was written", hint="free some space and run it again")
    if "locked" in text or "busy" in text:
        return Unavailable("another process is writing to this workspace", hint="try again in a moment")
    return Unavailable(f"the workspace's database cannot be used: {text}")
