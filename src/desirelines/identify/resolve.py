"""From the lake's links to identities."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from desirelines.identify.links import components
from desirelines.identify.people import DEFAULT_JOINS, Held, Identities
from desirelines.store import Snapshot, placeholders, quote


def resolve(snapshot: Snapshot, joins: Mapping[str, int]) -> Identities:
    """Join identifiers along the links. `joins`: kind to how many values of one other kind a value of it may be linked with.

    Neither the order of links nor how they came decides anything.
    """
    links = snapshot.sql(
        "SELECT DISTINCT least(a, b) AS a, greatest(a, b) AS b, CASE WHEN a <= b THEN a_kind ELSE b_kind END AS a_kind, "
        "CASE WHEN a <= b THEN b_kind ELSE a_kind END AS b_kind, CASE WHEN a <= b THEN a_value ELSE b_value END AS a_value, "
        "CASE WHEN a <= b THEN b_value ELSE a_value END AS b_value FROM links WHERE a <> b"
    )
    empty = placeholders(links.column("a_value")) | placeholders(links.column("b_value"))
    links = links.filter(pa.array(~empty))
    a, b = (np.asarray(links.column(name).to_numpy()) for name in "ab")
    ends = pa.table(
        {
            "key": np.concatenate([a, b]),
            "kind": pa.chunked_array([*links.column("a_kind").chunks, *links.column("b_kind").chunks], pa.string()),
            "value": pa.chunked_array([*links.column("a_value").chunks, *links.column("b_value").chunks], pa.string()),
            "other": pa.chunked_array([*links.column("b_kind").chunks, *links.column("a_kind").chunks], pa.string()),
        }
    )
    counted = ends.group_by(["key", "kind", "value", "other"]).aggregate([("other", "count")])
    over: dict[int, tuple[str, str, int]] = {}
    total: dict[int, int] = {}
    for row in counted.filter(
        pa.compute.greater(counted.column("other_count"), min([DEFAULT_JOINS, *joins.values()]))
    ).to_pylist():
        if row["other_count"] > joins.get(row["kind"], DEFAULT_JOINS):
            over[row["key"]] = (row["kind"], row["value"], 0)
    held_keys = np.array(sorted(over), np.int64)
    for key in over:
        total[key] = int((a == key).sum() + (b == key).sum())
    applied = ~(np.isin(a, held_keys) | np.isin(b, held_keys))
    keys, customer = _join(a[applied], b[applied])
    held = [
        Held(kind, value, "over-joining", total[key], _events(snapshot, kind, value)) for key, (kind, value, _) in over.items()
    ]
    return Identities(keys, customer, tuple(sorted(held, key=lambda one: (one.kind, one.value))), held_keys)


def _events(snapshot: Snapshot, kind: str, value: str) -> int:
    column = f"id_{kind}"
    if column not in snapshot.columns("events"):
        return 0
    found = snapshot.sql(f"SELECT count(*) AS n FROM events WHERE {quote(column)} = ?", [value])
    return int(found.column("n")[0].as_py())


def _join(a: NDArray[np.int64], b: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    unsigned = np.unique(np.concatenate([a, b]).view(np.uint64))
    nodes = [np.searchsorted(unsigned, end.view(np.uint64)).astype(np.int64) for end in (a, b)]
    customer = unsigned[components(nodes[0], nodes[1], len(unsigned))].view(np.int64)
    keys = unsigned.view(np.int64)
    order = np.argsort(keys)
    return keys[order], customer[order]
