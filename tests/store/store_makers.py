"""Small literal rows, as the intake gives them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from desirelines.model.event import FIGURES, INSTANT, LINKS, OBSERVATIONS, REFUSED, TRAITS
from desirelines.model.receipt import Batch, Receipt
from desirelines.store import LAKE, Database, Lake, land, open_snapshot, take

KINDS: dict[str, pa.DataType] = {
    "source": pa.string(), "event": pa.string(), "message_id": pa.string(), "at": INSTANT, "rank": pa.int32(),
    "sequence": pa.int64(), "channel": pa.string(),
}  # fmt: skip


def events(*rows: dict[str, Any], source: str = "web", first: int = 0) -> pa.Table:
    """Events; each row names what it has, `at` in microseconds. Columns beside the base ones are texts or numbers."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    base = [{"source": source, "rank": 0, "sequence": first + index, "at": 0, **row} for index, row in enumerate(rows)]
    columns = {}
    for name in dict.fromkeys([*KINDS, *names]):
        values = [row.get(name) for row in base]
        number = any(isinstance(value, float) for value in values)
        columns[name] = pa.array(values, KINDS.get(name, pa.float64() if number else pa.string()))
    return pa.table(columns)


def links(*pairs: tuple[str, str, str, str], source: str = "web") -> pa.Table:
    return pa.table([pa.array(column, pa.string()) for column in zip(*[(source, *pair) for pair in pairs], strict=True)], LINKS)


def traits(*rows: tuple[str, str, str, str | None, float | None, int | None], source: str = "web") -> pa.Table:
    """(kind, value, name, text, number, at in microseconds)"""
    full = [(source, *row, index) for index, row in enumerate(rows)]
    return pa.table([pa.array(c, field.type) for c, field in zip(zip(*full, strict=True), TRAITS, strict=True)], TRAITS)


def figures(*rows: tuple[str | None, str | None, Any, str, float, str | None], source: str = "web") -> pa.Table:
    full = [(source, *row, index) for index, row in enumerate(rows)]
    return pa.table([pa.array(c, field.type) for c, field in zip(zip(*full, strict=True), FIGURES, strict=True)], FIGURES)


def observations(*rows: tuple[str, int, str | None, float | None, str | None, str | None], source: str = "web") -> pa.Table:
    full = [(source, *row, index) for index, row in enumerate(rows)]
    columns = [pa.array(c, field.type) for c, field in zip(zip(*full, strict=True), OBSERVATIONS, strict=True)]
    return pa.table(columns, OBSERVATIONS)


def refused(*rows: tuple[str, str, int, str | None, str]) -> pa.Table:
    return pa.table([pa.array(c, field.type) for c, field in zip(zip(*rows, strict=True), REFUSED, strict=True)], REFUSED)


class Workspace:
    """A workspace's store in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = Database.open(folder / "workspace.db")
        self.lake = Lake(folder)
        self.count = 0

    def bring(self, *batches: dict[str, pa.Table], keyed: bool = True, import_id: str = "", source: str = "web") -> Receipt:
        """One import from batches to receipt."""
        self.count += 1
        lease = take(self.database, LAKE, "test", 60)
        with self.lake.stage(import_id or f"import-{self.count}", keyed, source) as staging:
            for tables in batches:
                staging.add(Batch(max(map(len, tables.values())), 0, tables))
            manifest = staging.resolve(open_snapshot(self.database, self.lake))
        return land(self.database, self.lake, lease, manifest, file="file.csv")

    def rows(self, table: str, *columns: str) -> list[Any]:
        """The rows of a table as tuples (or single values), in a settled order."""
        names = ", ".join(f'"{name}"' for name in columns)
        found = open_snapshot(self.database, self.lake).sql(f"SELECT {names} FROM {table} ORDER BY ALL").to_pylist()
        return [tuple(row.values()) if len(columns) > 1 else row[columns[0]] for row in found]


def pairs(found: Sequence[tuple[Any, ...]]) -> set[frozenset[Any]]:
    """Links as what they are: two ends without an order."""
    return {frozenset({(row[0], row[1]), (row[2], row[3])}) for row in found}
