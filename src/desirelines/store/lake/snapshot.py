"""One unchanging view of the lake: every reader of one answer sees the same rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from desirelines.errors import NotFound
from desirelines.store.lake.delta import Pinned
from desirelines.store.lake.parquet import read_part
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
        types = self.columns(table)
        for name in columns:
            if name not in types:
                raise NotFound(f"{table} has no column {name!r}", hint=f"its columns are {', '.join(types)}")
        found = read_part(file, list(columns), tuple(dictionary))
        rows = pq.read_metadata(file).num_rows
        there = set(found.column_names)
        return pa.table({name: found.column(name) if name in there else pa.nulls(rows, types[name]) for name in columns})

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

    def _known(self, table: str) -> None:
        if table not in TABLES:
            raise NotFound(f"the lake has no table {table!r}", hint=f"its tables are {', '.join(TABLES)}")
