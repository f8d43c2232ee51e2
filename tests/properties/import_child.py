"""A process that imports into a workspace and can be told to die at its n-th step. Run as a script, it forks one per line read.

Each line is JSON: folder, stop (die before the n-th operation of the house's own, 0: never), wait (for a byte before the
import begins), limit (of bytes in a file, 0: none). It answers with the child's number, then with how the child ended, how
many operations there were, before which of them the disk had changed, and what it was told.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import DeltaTable
from sqlalchemy import event

from desirelines.errors import Unavailable
from desirelines.model.event import FIGURES, INSTANT, LINKS, REFUSED, TRAITS
from desirelines.model.receipt import Batch, Receipt
from desirelines.store import LAKE, Database, Lake, land, new_import_id, open_snapshot, recover, take
from desirelines.store.lake import decide, delta, hexes, placeholders, spill, staging

FEW_ROWS = 25
"""Several files of few rows."""


def tables(first: int, count: int, *, second: bool) -> dict[str, pa.Table]:
    """Rows first..first+count; in the second file some repeat the first's, some contradict them, and a column is new."""
    numbers = list(range(first, first + count))
    events = {
        "source": ["web"] * count,
        "event": ["View"] * count,
        "message_id": [f"View {number}" for number in numbers],
        "at": pa.array([number * 1_000_000 for number in numbers], INSTANT),
        "rank": pa.array([0] * count, pa.int32()),
        "sequence": pa.array(numbers, pa.int64()),
        "channel": pa.array(["app" if second and number % 7 == 3 else "web" for number in numbers]),
        "id_user": [f"u{number % 11}" for number in numbers],
        "id_email": [f"{number % 13}@x" if number % 4 else "null" for number in numbers],
    }
    if second:
        events["number_new"] = pa.array([float(number) if number >= 60 else None for number in numbers])
    day = date(2026, 1, 1)
    return {
        "events": pa.table(events),
        "links": _rows(LINKS, [("web", "user", f"u{number}", "phone", f"+{number % 9}") for number in numbers[:20]]),
        "traits": _rows(TRAITS, [("web", "user", f"u{n}", "state", "SP", None, None, n) for n in numbers[:10]]),
        "figures": _rows(FIGURES, [("web", "shop", None, day, "footfall", float(second), None, 1)]),
        "refused": _rows(REFUSED, [("bad_time", "x", number, "View", f'{{"n": {number}}}') for number in numbers[:9]]),
    }


def _rows(schema: pa.Schema, rows: list[tuple[Any, ...]]) -> pa.Table:
    return pa.table([pa.array(c, field.type) for c, field in zip(zip(*rows, strict=True), schema, strict=True)], schema)


def bring(folder: Path, second: bool) -> list[Receipt]:
    """What every import does: take the lease, clear up after the dead, stage, land."""
    database = Database.open(folder / "workspace.db")
    lake = Lake(folder)
    try:
        lease = take(database, LAKE, "importer", 60)
        receipts = recover(database, lake, lease)
        one = lake.stage(new_import_id(), True, "web")
        try:
            for first in (20, 50) if second else (0, 30):
                one.add(Batch(30, 0, tables(first, 30, second=second)))
            manifest = one.resolve(open_snapshot(database, lake))
        except BaseException:
            one.abandon()
            raise
        return [*receipts, land(database, lake, lease, manifest, file="file.csv")]
    finally:
        database.close()


class Countdown:
    """Counts the operations of the house's own; kills the process before the n-th.

    `changed` are those before which the disk is not as it was before the one before: two kills that leave the same disk are one.
    """

    def __init__(self, folder: Path, stop: int) -> None:
        self.folder = folder
        self.stop = stop
        self.count = 0
        self.changed: list[int] = []
        self.disk: list[tuple[str, int, int]] = []
        self.lock = threading.Lock()

    def step(self, *_: Any, **__: Any) -> None:
        with self.lock:
            self.count += 1
            if self.count == self.stop:
                os.kill(os.getpid(), signal.SIGKILL)
            if not self.stop:
                self._look()

    def _look(self) -> None:
        before, self.disk = self.disk, []
        for path in sorted(path for path in self.folder.rglob("*") if not path.name.endswith("-shm")):
            with contextlib.suppress(FileNotFoundError):
                told = path.stat()
                self.disk.append((str(path), told.st_size, told.st_mtime_ns))
        if self.disk != before:
            self.changed.append(self.count)

    def before(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **named: Any) -> Any:
            self.step()
            return call(*arguments, **named)

        return counted

    def watch(self) -> None:
        """Put itself before every call that changes a file."""
        changed: list[tuple[Any, str]] = [(os, name) for name in ("fsync", "replace", "rename", "unlink", "mkdir", "rmdir")]
        changed += [(Path, name) for name in ("replace", "unlink", "mkdir")]
        changed += [(pq.ParquetWriter, name) for name in ("__init__", "write_table", "close")]
        changed += [(delta, "create_table_with_add_actions"), (DeltaTable, "create_write_transaction")]
        for owner, name in changed:
            setattr(owner, name, self.before(getattr(owner, name)))

    def listen(self, database: Any) -> None:
        event.listen(database, "before_cursor_execute", self.step)
        event.listen(database, "commit", self.step)


def warm() -> None:
    """Load the kernels: no thread is started by it, so that forking stays safe."""
    one = np.zeros((2, 4), np.int64)
    decide.decide(one, 0)
    decide.mark(np.zeros(8, np.uint8), one)
    decide.marked(np.zeros(8, np.uint8), one)
    placeholders.placeholders(pa.array(["a"]))
    hexes.unhex(pa.chunked_array([hexes.hex_text(np.zeros(1, np.uint64), np.zeros(1, np.uint64))]))
    spill.Spill(Path("none"), 4, 2).close()


def child(order: dict[str, Any], answer: int) -> None:
    countdown = Countdown(Path(order["folder"]), order["stop"])
    if order["wait"]:
        os.read(0, 1)
    else:
        countdown.watch()
        opened = Database.open.__func__  # type: ignore[attr-defined]

        def open_watched(cls: Any, place: Any) -> Any:
            database = opened(cls, place)
            countdown.listen(database.engine)
            return database

        Database.open = classmethod(open_watched)  # type: ignore[assignment,method-assign]
    if order["limit"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["limit"], order["limit"]))
    told = ""
    try:
        bring(Path(order["folder"]), True)
    except Unavailable as error:
        told = error.message
    os.write(answer, json.dumps({"count": countdown.count, "changed": countdown.changed, "told": told}).encode())


def serve() -> None:
    vars(staging)["FILE_ROWS"] = FEW_ROWS
    warm()
    while line := os.read(0, 4096):
        order = json.loads(line)
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                child(order, writing)
            finally:
                os._exit(0 if sys.exc_info()[0] is None else 1)
        os.close(writing)
        os.write(1, f"{pid}\n".encode())
        _, status = os.waitpid(pid, 0)
        answer = json.loads(os.read(reading, 4096) or b"{}")
        os.close(reading)
        os.write(1, json.dumps({"status": os.waitstatus_to_exitcode(status), **answer}).encode() + b"\n")


if __name__ == "__main__":
    serve()
