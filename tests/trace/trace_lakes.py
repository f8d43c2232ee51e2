"""Stand-ins for a snapshot and identities, made of literal rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from desirelines.model.event import INSTANT


@dataclass
class Lake:
    """What the trace store asks of a snapshot, over tables in memory."""

    tables: list[pa.Table]
    data_version: int = 1
    reads: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def files(self, table: str) -> list[Path]:
        return [Path(f"{table}-{index}.parquet") for index in range(len(self.tables))]

    def columns(self, table: str) -> Mapping[str, pa.DataType]:
        return {field.name: field.type for one in self.tables for field in one.schema}

    def read(self, table: str, columns: Sequence[str], file: Path, dictionary: Sequence[str] = ()) -> pa.Table:
        self.reads.append((file.name, tuple(columns)))
        one = self.tables[self.files(table).index(file)]
        kinds = self.columns(table)
        return pa.table({name: one[name] if name in one.column_names else pa.nulls(len(one), kinds[name]) for name in columns})

    def take(self, table: str, columns: Sequence[str], file: Path, rows: NDArray[np.int64]) -> pa.Table:
        return self.read(table, columns, file).take(pa.array(rows))

    def count(self, table: str) -> int:
        return sum(len(one) for one in self.tables)


@dataclass
class Known:
    """Identities: links from key to customer; a held key is nobody."""

    links: dict[int, int] = field(default_factory=dict)
    held: tuple[int, ...] = ()

    @property
    def keys(self) -> NDArray[np.int64]:
        return np.array(sorted(self.links), dtype=np.int64)

    @property
    def customer(self) -> NDArray[np.int64]:
        return np.array([self.links[key] for key in sorted(self.links)], dtype=np.int64)

    @property
    def held_keys(self) -> NDArray[np.int64]:
        return np.array(self.held, dtype=np.int64)

    def customer_of(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.array([0 if key in self.held else self.links.get(int(key), int(key)) for key in keys], dtype=np.int64)


def events(rows: Sequence[Mapping[str, object]]) -> pa.Table:
    """A table of events from rows that say only what matters."""
    base = {"source": "shop", "event": "a", "channel": None, "at": 0, "rank": 0, "sequence": 0, "person": None}
    extra = {name: pa.string() for row in rows for name in row if name.startswith(("id_", "object_"))}
    kinds = {
        "source": pa.string(), "event": pa.string(), "channel": pa.string(), "at": pa.int64(), "rank": pa.int32(),
        "sequence": pa.int64(), "person": pa.int64(), "message_id": pa.string(), **extra,
    }  # fmt: skip
    full = [{"message_id": f"m{index}", **base, **row} for index, row in enumerate(rows)]
    table = pa.table({name: pa.array([row.get(name) for row in full], kind) for name, kind in kinds.items()})
    return table.set_column(table.column_names.index("at"), "at", table["at"].cast(INSTANT))


def lake(*files: Sequence[Mapping[str, object]], data_version: int = 1) -> Lake:
    """A lake whose files hold these rows."""
    return Lake([events(rows) for rows in files], data_version)
