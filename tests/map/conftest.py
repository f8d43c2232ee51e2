"""A lake from literal rows, through the real store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from desirelines.model.event import EVENT_BASE, FIGURES, INSTANT, MONEY, OBSERVATIONS, PROPERTY_TYPES, TRAITS
from desirelines.model.receipt import Batch
from desirelines.store import Lake, Snapshot

Rows = Sequence[dict[str, Any]]
Bring = Callable[..., Snapshot]


def instant(value: Any) -> datetime:
    """Minutes since 2020-01-01 UTC, or an ISO text."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC) if "+" not in value else datetime.fromisoformat(value)
    return datetime.fromtimestamp(1_577_836_800 + 60 * value, UTC)


def events_table(rows: Rows) -> pa.Table:
    filled = []
    for number, row in enumerate(rows):
        base = {"source": "web", "message_id": None, "rank": 0, "sequence": number, "channel": None}
        filled.append({**base, **row, "at": instant(row["at"])})
    schema = list(EVENT_BASE)
    for name in sorted({name for row in filled for name in row} - set(EVENT_BASE.names)):
        prefix = name.partition("_")[0]
        schema.append(pa.field(name, PROPERTY_TYPES.get(prefix, pa.string())))
    return pa.Table.from_pylist(filled, schema=pa.schema(schema))


def plain_table(rows: Rows, schema: pa.Schema) -> pa.Table:
    filled = [{"source": "web", "sequence": number, **row} for number, row in enumerate(rows)]
    for row in filled:
        if "at" in row:
            row["at"] = instant(row["at"])
    return pa.Table.from_pylist(filled, schema=schema)


def bring(folder: Path, events: Rows = (), traits: Rows = (), figures: Rows = (), observations: Rows = ()) -> Snapshot:
    tables = {}
    if events:
        tables["events"] = events_table(events)
    for name, rows, schema in (("traits", traits, TRAITS), ("figures", figures, FIGURES), ("observations", observations, OBSERVATIONS)):
        if rows:
            tables[name] = plain_table(rows, schema)
    lake = Lake(folder)
    if not tables:
        return lake.snapshot({})
    staging = lake.stage("first", keyed=False)
    staging.add(Batch(len(events), 1, tables))
    manifest = staging.resolve(lake.snapshot({}))
    return lake.snapshot(lake.commit(manifest, lambda: None), 1)


@pytest.fixture
def brought(tmp_path: Path) -> Bring:
    def make(**tables: Rows) -> Snapshot:
        return bring(tmp_path / "workspace", **tables)

    return make


__all__ = ["INSTANT", "MONEY", "Decimal", "date"]
