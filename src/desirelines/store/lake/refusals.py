"""Refused rows on their way: staged like any table, so that they too need no memory and are counted exactly."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from desirelines.model.digest import row_digests
from desirelines.model.event import REFUSED
from desirelines.store.lake.decide import PARTITIONS
from desirelines.store.lake.rows import identities
from desirelines.store.lake.tables import Table

REFUSED_TABLE = Table("refused", pa.schema([pa.field(field.name, field.type) for field in REFUSED]))
UNSHOWN = frozenset({"person", "content", "a", "b"})


def refused_identities(rows: pa.Table) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Identities of refused rows and their partitions: all refusals of one line share one, so that lines can be counted."""
    low, high = row_digests(rows, ("row", "reason", "event", "line"), "refused")
    lines = np.asarray(rows.column("line").to_numpy())
    return identities(low, high, lines), lines & (PARTITIONS - 1)


def as_refused(rows: pa.Table) -> pa.Table:
    """Rows whose id is there with other content, as refused rows that show what they said."""
    shown = rows.select([name for name in rows.column_names if name not in UNSHOWN]).to_pylist()
    texts = [json.dumps({name: value for name, value in row.items() if value is not None}, default=str) for row in shown]
    columns = {
        "reason": pa.repeat("conflict", len(rows)),
        "detail": pa.repeat("the same id is already there with other content; the first stays", len(rows)),
        "line": rows.column("sequence"),
        "event": rows.column("event") if "event" in rows.column_names else pa.nulls(len(rows), pa.string()),
        "row": pa.array(texts, pa.string()),
    }
    return pa.table(columns, schema=REFUSED_TABLE.schema)
