"""Single events fetched from the lake by the trace's references."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from desirelines.map import quote
from desirelines.measure.facts import Facts
from desirelines.store import Snapshot
from desirelines.trace import Bucket

ROW_BITS = 32


def at_refs(snapshot: Snapshot, refs: Sequence[int], columns: Sequence[str]) -> list[dict[str, Any]]:
    """The rows that `refs` (file index << 32 | row index) name, in their order."""
    if not refs or not columns:
        return [{} for _ in refs]
    wanted: dict[int, list[int]] = {}
    for ref in refs:
        wanted.setdefault(ref >> ROW_BITS, []).append(ref & (2**ROW_BITS - 1))
    named = ", ".join(quote(name) for name in columns)
    found: dict[int, dict[str, Any]] = {}
    for file, rows in wanted.items():
        places = "file_index = ? AND row_index IN (SELECT unnest(?::BIGINT[]))"
        table = snapshot.sql(f"SELECT row_index, {named} FROM events WHERE {places}", [file, rows])
        for row in table.to_pylist():
            found[file << ROW_BITS | row.pop("row_index")] = row
    return [found[ref] for ref in refs]


def group_of(facts: Facts, customer: int) -> tuple[Bucket, int, int]:
    """The bucket that holds a customer (index among the owners), and where the customer's events begin and end in it."""
    who = facts.who
    group = int(np.flatnonzero(who.group == customer)[0])
    index = int(np.searchsorted(who.group_start, group, side="right")) - 1
    bucket = facts.trace.buckets[index]
    inside = group - int(who.group_start[index])
    return bucket, int(bucket.offsets[inside]), int(bucket.offsets[inside + 1])


def label_of(row: Mapping[str, Any]) -> str:
    """What a customer may be called: the first identifier there is."""
    for name, value in row.items():
        if name.startswith("id_") and value:
            return str(value)
    return ""
