"""Bring an older database up to date: backup first, one process at a time; refuse a newer one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect

from desirelines.errors import Conflict
from desirelines.store.files import make_folder, sync_file, sync_folder

STEPS = Path(__file__).resolve().parent.parent / "migrations"
STEP = "step_"
"""Before a step's number, which is its revision, in the name of its file."""
LOCK_SECONDS = 120


def upgrade(engine: Engine, steps: Path = STEPS) -> None:
    """Run the steps that are missing. Raises Conflict for a database of a newer Desirelines; it is left as it is."""
    known = sorted(path.stem.removeprefix(STEP) for path in (steps / "versions").glob(f"{STEP}*.py"))
    with engine.connect() as connection:
        current = _current(connection, known)
    if current == known[-1]:
        return
    path = Path(engine.url.database) if engine.dialect.name == "sqlite" and engine.url.database else None
    with _alone(path):
        with engine.connect() as connection:
            current = _current(connection, known)  # another process may have been faster
        if current == known[-1]:
            return
        if current is not None and path is not None:
            back_up(path, make_folder(path.parent / "backups") / f"{path.stem}-{current}{path.suffix}")
        with engine.begin() as connection:
            # Alembic takes long to load, and a database is seldom upgraded
            import_module("desirelines.store.database.steps").run(connection, steps)


def _current(connection: Connection, known: list[str]) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    current = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()
    if current is not None and current not in known:
        raise Conflict(
            "this workspace was written by a newer Desirelines",
            hint="update Desirelines, or open the backup that the newer one made before it upgraded the workspace",
            code="newer_workspace",
        )
    return current


@contextmanager
def _alone(path: Path | None) -> Iterator[None]:
    """Hold off other processes. An SQLite file of its own is the lock: it works everywhere and ends with the process."""
    if path is None:
        yield
        return
    with closing(sqlite3.connect(path.with_name(f"{path.name}.upgrade"), timeout=LOCK_SECONDS, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            lock.execute("ROLLBACK")


def back_up(source: Path, target: Path) -> None:
    """Copy a database that may be in use; the copy is whole or not there."""
    draft = target.with_name(f".{target.name}.draft")
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(draft)) as new:
        old.backup(new)
    sync_file(draft)
    draft.replace(target)
    sync_folder(target.parent)
