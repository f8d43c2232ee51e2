"""One unchanging view of the lake: every reader of one answer sees the same rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from desirelines.errors import NotFound
from desirelines.store.lake.delta import Pinned
from desirelines.store.lake.parquet import placeholder_columns, take_rows
from desirelines.store.lake.queries import Queries
from desirelines.store.lake.tables import TABLES


@dataclass(frozen=True)
class Snapshot:
    """A pinned version of every table. Cheap to make; safe to use from several threads."""

    folder: Path
    versions: Mapping[str, int]
    tables: Mapping[str, Pinned]
    data_version: int = 0
    _queries: list[Queries] = field(default_factory=list, repr=False, compare=False)

    def files(self, table: str) -> list[Path]:
        """The Parquet files of a table, in an order that never changes for a version."""
        self._known(table)
        pinned = self.tables.get(table)
        return [self.folder / table / name for name in pinned.files] if pinned else []

    def columns(self, table: str) -> dict[str, pa.DataType]:
        """Every column of a table, whichever file has it."""
        self._known(table)
        base = {one.name: one.type for one in TABLES[table].schema}
        return {**base, **(self.tables[table].columns if table in self.tables else {})}

    def count(self, table: str) -> int:
        """How many rows a table has, without reading it."""
        self._known(table)
        return sum(self.tables[table].rows) if table in self.tables else 0

    def read(self, table: str, columns: Sequence[str], file: Path, dictionary: Sequence[str] = ()) -> pa.Table:
        """Columns of one file in stored row order, those the file lacks as nulls.

        Text columns named in `dictionary` come dictionary-encoded. Raises NotFound for a column that no file has.
        """
        types = self._types(table, columns)
        metadata = pq.read_metadata(file)
        names = set(metadata.schema.names)
        with pq.ParquetFile(file, metadata=metadata, read_dictionary=[name for name in dictionary if name in names]) as part:
            there = [name for name in columns if name in names]
            found = part.read(columns=there) if there else None
            return _filled(found, types, part.metadata.num_rows)

    def take(self, table: str, columns: Sequence[str], file: Path, rows: NDArray[np.int64]) -> pa.Table:
        """Rows [n] of one file, by row index, in the order asked for; columns as in `read`."""
        types = self._types(table, columns)
        written = set(pq.read_schema(file).names)
        there = [name for name in columns if name in written]
        return _filled(take_rows(file, there, rows) if there else None, types, len(rows))

    def events_at(self, columns: Sequence[str], places: NDArray[np.int64]) -> pa.Table:
        """Events [n] by place (file index << 32 | row index), in the order asked for; columns as in `read`."""
        types = self._types("events", columns)
        parts, order = [], []
        for index in np.unique(places >> 32):
            mine = np.flatnonzero(places >> 32 == index)
            parts.append(self.take("events", columns, self.files("events")[int(index)], places[mine] & 0xFFFFFFFF))
            order.append(mine)
        if not parts:
            return _filled(None, types, 0)
        return pa.concat_tables(parts).take(pa.array(np.argsort(np.concatenate(order), kind="stable")))

    def placeholder_columns(self, file: Path) -> set[str]:
        """Which identifier columns of an events file may hold placeholders; all others hold none."""
        return placeholder_columns(file)

    def sql(self, query: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> pa.Table:
        """The answer of one SELECT over the views `events`, `links`, …; see `queries`."""
        return self.queries().run(query, parameters)

    def queries(self) -> Queries:
        """The engine behind `sql`, opened when first needed."""
        if not self._queries:
            self._queries.append(Queries({name: (self.files(name), self.columns(name)) for name in TABLES}, self.folder))
        return self._queries[0]

    def scan(self, table: str, columns: Sequence[str]) -> Iterator[tuple[int, pa.Table]]:
        """(file index, columns) of each file in turn."""
        for index, path in enumerate(self.files(table)):
            yield index, self.read(table, columns, path)

    def _types(self, table: str, columns: Sequence[str]) -> dict[str, pa.DataType]:
        types = self.columns(table)
        for name in columns:
            if name not in types:
                raise NotFound(f"{table} has no column {name!r}", hint=f"its columns are {', '.join(types)}")
        return {name: types[name] for name in columns}

    def _known(self, table: str) -> None:
        if table not in TABLES:
            raise NotFound(f"the lake has no table {table!r}", hint=f"its tables are {', '.join(TABLES)}")


def _filled(found: pa.Table | None, types: Mapping[str, pa.DataType], rows: int) -> pa.Table:
    there = set(found.column_names) if found is not None else set()
    return pa.table(
        {name: found.column(name) if found is not None and name in there else pa.nulls(rows, types[name]) for name in types}
    )
