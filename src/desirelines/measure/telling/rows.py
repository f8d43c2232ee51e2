"""Single events fetched from the lake by the trace's references."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from desirelines.map import quote
from desirelines.measure.gathering.facts import Facts
from desirelines.store import Snapshot
from desirelines.trace import Bucket

ROW_BITS = 32
FEW = 32
SCATTERED = 100
"""Up to so many rows are read from the row groups they lie in; for more, one scan is cheaper."""


def at_refs(snapshot: Snapshot, refs: Sequence[int], columns: Sequence[str], people: Sequence[int] = ()) -> list[dict[str, Any]]:
    """The rows that `refs` (file index << 32 | row index) name, in their order.

    `people`: identifier keys that most of the rows belong to; by them the lake finds rows faster than by their places.
    """
    if len(refs) <= SCATTERED:
        return _taken(snapshot, refs, columns)
    named = ", ".join(quote(name) for name in columns)
    select = f"SELECT file_index, row_index, {named} FROM events WHERE"
    found: dict[int, dict[str, Any]] = {}

    def add(table: pa.Table) -> None:
        for row in table.to_pylist():
            found[row.pop("file_index") << ROW_BITS | row.pop("row_index")] = row

    if people:
        # one by one where they are few: constants are compared while the file is read, a list is joined afterwards
        few = " OR ".join(["person = ?"] * len(people)) if len(people) <= FEW else ""
        add(snapshot.sql(f"{select} ({few or 'person IN (SELECT unnest(?::BIGINT[]))'})", [*people] if few else [[*people]]))
    rest: dict[int, list[int]] = {}
    for ref in refs:
        if ref not in found:
            rest.setdefault(ref >> ROW_BITS, []).append(ref & (2**ROW_BITS - 1))
    for file, rows in rest.items():
        add(snapshot.sql(f"{select} file_index = ? AND row_index IN (SELECT unnest(?::BIGINT[]))", [file, rows]))
    return [found[ref] for ref in refs]


def _taken(snapshot: Snapshot, refs: Sequence[int], columns: Sequence[str]) -> list[dict[str, Any]]:
    files = snapshot.files("events")
    places: dict[int, list[int]] = {}
    for ref in refs:
        places.setdefault(ref >> ROW_BITS, []).append(ref & (2**ROW_BITS - 1))
    found: dict[int, dict[str, Any]] = {}
    for file, rows in places.items():
        table = snapshot.take("events", columns, files[file], np.array(rows, np.int64))
        found |= {file << ROW_BITS | row: values for row, values in zip(rows, table.to_pylist(), strict=True)}
    return [found[ref] for ref in refs]


def group_of(facts: Facts, customer: int) -> tuple[Bucket, int, int]:
    """The bucket that holds a customer (index among the owners), and where the customer's events begin and end in it."""
    who = facts.who
    group = int(np.flatnonzero(who.group == customer)[0])
    index = int(np.searchsorted(who.group_start, group, side="right")) - 1
    bucket = facts.trace.buckets[index]
    inside = group - int(who.group_start[index])
    return bucket, int(bucket.offsets[inside]), int(bucket.offsets[inside + 1])
