"""The rows of one import on their way into the lake: written once, compared later, memory bounded by the batch."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from desirelines.model.event import NAME
from desirelines.model.receipt import Batch
from desirelines.store.files import disk_errors, make_folder, remove
from desirelines.store.lake.decide import IDENTITY_WIDTH, PARTITIONS, ROW, mark, partition
from desirelines.store.lake.parquet import FILE_ROWS, Part, PartWriter
from desirelines.store.lake.refusals import REFUSED_TABLE, refused_identities
from desirelines.store.lake.rows import Named, name_events, name_links, plain_identities, shaped
from desirelines.store.lake.spill import Spill
from desirelines.store.lake.tables import TABLES, Table

IMPORT_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}\Z")
IN_FLIGHT = 3


class StagedTable:
    """The files of one table so far, and the identity of every row in them."""

    def __init__(self, table: Table, folder: Path, prefix: str) -> None:
        self.table = table
        self.folder = folder
        self.prefix = prefix
        self.parts: list[Part] = []
        self.starts: list[int] = []
        self.schemas: list[pa.Schema] = []
        self.rows = 0
        self.identities = Spill(folder / f"{prefix}.ids", IDENTITY_WIDTH, PARTITIONS)
        self.bits = np.zeros(1 << 23, np.uint8)
        self._named = 0
        self._writer: PartWriter | None = None

    def note(self, records: NDArray[np.int64], parts: NDArray[np.int64] | None = None) -> None:
        """Keep the identities of the next rows."""
        records[:, ROW] = np.arange(self._named, self._named + len(records))
        self._named += len(records)
        mark(self.bits, records)
        self.identities.add(partition(records) if parts is None else parts, records)

    def write(self, rows: pa.Table, placeholders: Iterable[str] = ()) -> None:
        """Write the next rows, in the order in which they were noted."""
        if len(rows) == 0:
            return
        if self._writer is not None and (self._writer.schema != rows.schema or self._writer.rows >= FILE_ROWS):
            self.finish()
        if self._writer is None:
            self.starts.append(self.rows)
            self.schemas.append(rows.schema)
            self._writer = PartWriter(self.folder / f"{self.prefix}-{len(self.starts):05d}.parquet", rows.schema)
        self._writer.write(rows, placeholders)
        self.rows += len(rows)

    def finish(self) -> None:
        """Close the open file."""
        if self._writer is not None:
            writer, self._writer = self._writer, None
            self.parts.append(writer.close())

    def abandon(self) -> None:
        """Forget the rows; the files of the folder are somebody else's business."""
        self.identities.remove()
        if self._writer is not None:
            self._writer.abandon()


Ready = tuple[StagedTable, pa.Table, tuple[str, ...]]
"""Rows of a table that are noted, and their columns that hold placeholders."""


class Intake:
    """Takes batches: names rows on one thread, writes them on another, a few batches at a time.

    One import holds rows of one source. `folder` is the import's own staging folder. Raises Unavailable when the disk
    is full, ValueError for tables that are not as `model.event` says.
    """

    def __init__(self, folder: Path, import_id: str, keyed: bool, source: str = "") -> None:
        if not IMPORT_ID.match(import_id):
            raise ValueError(f"{import_id!r} is no import id: lower case letters, digits and hyphens")
        self.import_id = import_id
        self.folder = make_folder(folder / import_id)
        self.keyed = keyed
        self.source = source
        self.rows_read = 0
        self.tables: dict[str, StagedTable] = {}
        self._recent = np.zeros((1, 2), np.int64)
        self._namer = ThreadPoolExecutor(1, "desirelines-name")
        self._scribe = ThreadPoolExecutor(1, "desirelines-write")
        self._waiting: deque[Future[Any]] = deque()

    def add(self, batch: Batch) -> None:
        """Take a batch; returns before it is written. What fails is raised here or by a later call."""
        tables = {name: rows for name, rows in batch.tables.items() if rows is not None and len(rows)}  # type: ignore[arg-type]
        self._check_source(tables)
        self.rows_read += batch.rows
        self._waiting.append(self._namer.submit(self._name, tables))
        while len(self._waiting) > IN_FLIGHT:
            self._settle()

    def _settle(self) -> None:
        with disk_errors():
            self._waiting.popleft().result().result()

    def drain(self) -> None:
        """Wait until everything is written and close the files."""
        while self._waiting:
            self._settle()
        with disk_errors():
            for staged in self.tables.values():
                staged.finish()
        self._namer.shutdown()
        self._scribe.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """What fails inside leaves no file behind."""
        if kind is not None:
            self.abandon()

    def abandon(self) -> None:
        """Forget the import: its files are removed."""
        self._namer.shutdown(cancel_futures=True)
        self._scribe.shutdown(cancel_futures=True)
        for staged in self.tables.values():
            staged.abandon()
        remove(self.folder)

    def staged(self, name: str) -> StagedTable:
        """The staged table `name`, made when first asked for. Names that are no table hold links on their way."""
        if name not in self.tables:
            table = REFUSED_TABLE if name == "refused" else TABLES.get(name, TABLES["links"])
            prefix = f"{self.source or 'none'}-{self.import_id}-{name.replace(' ', '-')}"
            self.tables[name] = StagedTable(table, self.folder, prefix)
        return self.tables[name]

    def _check_source(self, tables: dict[str, Any]) -> None:
        for name, rows in tables.items():
            if name == "refused":
                continue
            self.source = self.source or str(rows.column("source")[0])
            if not NAME.match(self.source):
                raise ValueError(f"{self.source!r} is no name of a source")
            if not pc.all(pc.equal(rows.column("source"), self.source)).as_py():
                raise ValueError("one import holds the rows of one source")

    def _name(self, tables: dict[str, Any]) -> Future[None]:
        ready = []
        for name, rows in tables.items():
            if name == "refused":
                ready.append(self._refused(rows))
            else:
                ready.extend(self._rows(TABLES[name], rows))
        return self._scribe.submit(self._write, ready)

    def _write(self, ready: list[Ready]) -> None:
        for staged, rows, placeholders in ready:
            staged.write(rows, placeholders)

    def _rows(self, table: Table, rows: pa.Table) -> list[Ready]:
        rows = shaped(table, rows)
        if table.name == "events":
            if self._recent.shape[0] == 1 and sum(name.startswith("id_") for name in rows.column_names) > 1:
                self._recent = np.zeros((1 << 20, 2), np.int64)
            named = name_events(rows, self.keyed, self._recent)
        else:
            rows = name_links(rows) if table.name == "links" else rows
            named = Named(rows, plain_identities(table, rows))
        ready = [self._noted(table.name, named)]
        if named.links is not None and len(named.links):
            ready.append(self._noted("proven", Named(named.links, plain_identities(TABLES["links"], named.links))))
        return ready

    def _noted(self, name: str, named: Named) -> Ready:
        staged = self.staged(name)
        staged.note(named.identities)
        return staged, named.rows, named.placeholders

    def _refused(self, rows: pa.Table) -> Ready:
        staged = self.staged("refused")
        rows = shaped(REFUSED_TABLE, rows)
        staged.note(*refused_identities(rows))
        return staged, rows, ()
