"""How the store writes Parquet: bounded files, few row groups, statistics of nothing but `at`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

ROW_GROUP = 131_072
FILE_ROWS = 2_000_000
PLAIN = frozenset({"message_id", "person", "content", "a", "b", "a_value", "b_value", "value", "number", "row"})
PLAIN_ROLES = ("id_", "object_", "money_", "number_", "time_")
"""Columns of nearly as many values as rows: a dictionary of them costs twice the time and saves nothing."""
PLACEHOLDERS = b"desirelines.placeholders"
"""Key in a file's metadata: the names of its identifier columns that hold placeholders."""
PACKED = {"at": "DELTA_BINARY_PACKED", "sequence": "DELTA_BINARY_PACKED"}


@dataclass(frozen=True)
class Part:
    """One Parquet file of a table. `first_us`, `last_us`: bounds of `at`, None where no row has one."""

    name: str
    rows: int
    bytes: int
    first_us: int | None = None
    last_us: int | None = None


class PartWriter:
    """Writes one file. Rows are gathered to whole row groups; `close` puts the file on the disk."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.path = path
        self.schema = schema
        self.rows = 0
        self._first: int | None = None
        self._last: int | None = None
        self._held: list[pa.Table] = []
        self._held_rows = 0
        self._placeholders: set[str] = set()
        encodings = {name: _encoding(name) for name in schema.names if _encoding(name)}
        self._writer = pq.ParquetWriter(
            path,
            schema,
            compression="snappy",
            use_dictionary=[name for name in schema.names if name not in encodings],
            column_encoding=encodings or None,
            write_statistics=["at"] if "at" in schema.names else False,
        )

    def write(self, table: pa.Table, placeholders: Iterable[str] = ()) -> None:
        """Append rows (exactly the file's columns). `placeholders`: columns that hold some."""
        self._placeholders.update(placeholders)
        self.rows += len(table)
        if "at" in self.schema.names:
            self._bounds(table.column("at"))
        self._held.append(table)
        self._held_rows += len(table)
        if self._held_rows >= ROW_GROUP:
            self._flush(self._held_rows - self._held_rows % ROW_GROUP)

    def _bounds(self, column: pa.ChunkedArray) -> None:
        bounds = pc.min_max(column.cast(pa.int64()))
        low, high = bounds["min"].as_py(), bounds["max"].as_py()
        if low is not None:
            self._first = low if self._first is None else min(low, self._first)
            self._last = high if self._last is None else max(high, self._last)

    def _flush(self, count: int) -> None:
        held = pa.concat_tables(self._held)
        self._writer.write_table(held.slice(0, count), row_group_size=ROW_GROUP)
        rest = held.slice(count)
        self._held = [pa.table(rest.combine_chunks())] if len(rest) else []
        self._held_rows = len(rest)
        pa.default_memory_pool().release_unused()  # else what each row group frees stays with the process

    def close(self) -> Part:
        if self._held_rows:
            self._flush(self._held_rows)
        if self._placeholders:
            self._writer.add_key_value_metadata({PLACEHOLDERS: ",".join(sorted(self._placeholders)).encode()})
        self._writer.close()
        with self.path.open("rb+") as file:
            os.fsync(file.fileno())
        return Part(self.path.name, self.rows, self.path.stat().st_size, self._first, self._last)

    def abandon(self) -> None:
        self._writer.close()


def _encoding(name: str) -> str:
    """How a column is written; empty: by a dictionary of its values."""
    return PACKED.get(name) or ("PLAIN" if name in PLAIN or name.startswith(PLAIN_ROLES) else "")


def placeholder_columns(path: Path) -> set[str]:
    """Identifier columns of a file that may hold placeholders; all others hold none."""
    names = (pq.read_metadata(path).metadata or {}).get(PLACEHOLDERS, b"").decode()
    return set(names.split(",")) - {""}


def take_rows(path: Path, columns: Sequence[str], rows: NDArray[np.int64]) -> pa.Table:
    """Some rows [n] of a file, in the order asked for, reading only the row groups they are in."""
    order = np.argsort(rows, kind="stable")
    parts = []
    with pq.ParquetFile(path) as file:
        sizes = [file.metadata.row_group(index).num_rows for index in range(file.num_row_groups)]
        ends = np.cumsum(sizes)
        group = np.searchsorted(ends, rows[order], side="right")
        for index in np.unique(group):
            wanted = rows[order[group == index]] - (ends[index] - sizes[index])
            parts.append(file.read_row_group(int(index), columns=list(columns)).take(pa.array(wanted)))
        found = pa.concat_tables(parts) if parts else file.schema_arrow.empty_table()
    return found.select(list(columns)).take(pa.array(np.argsort(order, kind="stable")))


def groups(path: Path, columns: list[str] | None = None) -> Iterator[tuple[int, pa.Table]]:
    """(first row, rows) of each row group of a file."""
    first = 0
    with pq.ParquetFile(path) as file:
        for index in range(file.num_row_groups):
            table = file.read_row_group(index, columns=columns)
            yield first, table
            first += len(table)
