"""How the store writes Parquet: bounded files, few row groups, statistics of nothing but `at`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

ROW_GROUP = 131_072
FILE_ROWS = 2_000_000
PLAIN = {"message_id": "PLAIN", "person": "PLAIN", "content": "PLAIN", "a": "PLAIN", "b": "PLAIN"}
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
        encodings = {name: kind for name, kind in {**PLAIN, **PACKED}.items() if name in schema.names}
        self._writer = pq.ParquetWriter(
            path,
            schema,
            compression="snappy",
            use_dictionary=[name for name in schema.names if name not in encodings],
            column_encoding=encodings or None,
            write_statistics=["at"] if "at" in schema.names else False,
        )

    def write(self, table: pa.Table) -> None:
        """Append rows (exactly the file's columns)."""
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

    def close(self) -> Part:
        if self._held_rows:
            self._flush(self._held_rows)
        self._writer.close()
        with self.path.open("rb+") as file:
            os.fsync(file.fileno())
        return Part(self.path.name, self.rows, self.path.stat().st_size, self._first, self._last)

    def abandon(self) -> None:
        self._writer.close()


def read_part(path: Path, columns: list[str], dictionary: tuple[str, ...] = ()) -> pa.Table:
    """Some columns of a file, in stored row order, in the order asked for; those that the file lacks are left out."""
    metadata = pq.read_metadata(path)
    there = set(metadata.schema.to_arrow_schema().names)
    with pq.ParquetFile(path, metadata=metadata, read_dictionary=[name for name in dictionary if name in there]) as file:
        wanted = [name for name in columns if name in there]
        if not wanted:
            return pa.table({"row": pa.nulls(file.metadata.num_rows)}).select([])
        return file.read(columns=wanted, use_threads=True).select(wanted)


def groups(path: Path, columns: list[str] | None = None) -> Iterator[tuple[int, pa.Table]]:
    """(first row, rows) of each row group of a file."""
    first = 0
    with pq.ParquetFile(path) as file:
        for index in range(file.num_row_groups):
            table = file.read_row_group(index, columns=columns)
            yield first, table
            first += len(table)
