"""Which event is which touchpoint: a plan version's rules as one code per event of the trace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desirelines.map.claiming.lookup import Lookup, look_up
from desirelines.map.claiming.rules import Clause, rules_clause
from desirelines.map.shelf import Arrays, shelf_key, shelved
from desirelines.model.automaton import CONTESTED, UNCLAIMED
from desirelines.plan import Plan, Touchpoint, in_order
from desirelines.store import Snapshot
from desirelines.trace import Trace

ROW_BITS = 32
"""A trace's reference to the lake: file index above, row in the file below."""


@dataclass(frozen=True)
class Bound:
    """Touchpoint codes: index in `touchpoints` (the plan's order), UNCLAIMED or CONTESTED.

    `codes`: one array per bucket of the trace, along its events. `rows`: codes per row of the lake, only where rules
    ask for properties (else empty). `contested`: event name to the touchpoints that claim it.
    """

    touchpoints: tuple[str, ...]
    codes: tuple[NDArray[np.uint32], ...]
    lookup: Lookup
    rows: NDArray[np.uint32]
    row_start: NDArray[np.int64]
    contested: Mapping[str, tuple[str, ...]]
    key: str


def bind(trace: Trace, snapshot: Snapshot, plan: Plan, folder: Path) -> Bound:
    """Claim the trace's events for the plan's touchpoints; kept under `folder` by the rules' hash and the data's version."""
    touchpoints = in_order(plan.touchpoints)
    lookup = look_up(plan, trace.events, trace.channels, trace.sources)
    key = rules_key(trace, snapshot, plan)
    shelf = shelved(folder, f"codes-{trace.subject}", key, lambda: _make(trace, snapshot, touchpoints, lookup))
    contested = dict(lookup.contested)
    contested.update({event: tuple(names) for event, names in shelf.about["contested"].items()})
    bounds = shelf.arrays["bucket"]
    codes = tuple(shelf.arrays["codes"][bounds[i] : bounds[i + 1]] for i in range(len(bounds) - 1))
    names = tuple(touchpoint.id for touchpoint in touchpoints)
    return Bound(names, codes, lookup, shelf.arrays["rows"], shelf.arrays["row_start"], contested, key)


def rules_key(trace: Trace, snapshot: Snapshot, plan: Plan) -> str:
    """Names what codes were made from."""
    rules = [[touchpoint.id, [rule.model_dump() for rule in touchpoint.rule]] for touchpoint in in_order(plan.touchpoints)]
    return shelf_key(trace.key, snapshot.data_version, rules)


def row_starts(snapshot: Snapshot) -> NDArray[np.int64]:
    """Where each file's rows start if the table of events were one; one more entry holds the count of all rows."""
    rows = snapshot.tables["events"].rows if "events" in snapshot.tables else ()
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(np.asarray(rows, dtype=np.int64))])


def flat(ref: NDArray[np.int64], row_start: NDArray[np.int64]) -> NDArray[np.int64]:
    """References (file, row) as places in one long table."""
    places: NDArray[np.int64] = row_start[ref >> ROW_BITS] + (ref & (2**ROW_BITS - 1))
    return places


def _make(
    trace: Trace, snapshot: Snapshot, touchpoints: tuple[Touchpoint, ...], lookup: Lookup
) -> tuple[Arrays, dict[str, object]]:
    rows, row_start = np.empty(0, np.uint32), np.zeros(1, np.int64)
    contested: dict[str, tuple[str, ...]] = {}
    if lookup.by_row:
        row_start = row_starts(snapshot)
        rows = np.full(int(row_start[-1]), UNCLAIMED, dtype=np.uint32)
        for event in lookup.by_row:
            _claim(snapshot, touchpoints, event, rows, row_start, contested)
    none = np.empty(0, np.int64)
    parts = []
    for bucket in trace.buckets:
        ref = flat(np.asarray(bucket.ref), row_start) if lookup.by_row else none
        parts.append(lookup.codes(bucket.event, bucket.channel, bucket.source, rows, ref))
    bounds = np.cumsum([0, *(len(part) for part in parts)])
    codes = np.concatenate(parts) if parts else np.empty(0, np.uint32)
    arrays = {"codes": codes, "bucket": bounds, "rows": rows, "row_start": row_start}
    return arrays, {"contested": {event: list(names) for event, names in contested.items()}}


def _claim(
    snapshot: Snapshot,
    touchpoints: tuple[Touchpoint, ...],
    event: str,
    rows: NDArray[np.uint32],
    row_start: NDArray[np.int64],
    contested: dict[str, tuple[str, ...]],
) -> None:
    """Fill `rows` for one event whose rules ask for properties."""
    columns = snapshot.columns("events")
    flags: list[tuple[int, Touchpoint, Clause]] = []
    for code, touchpoint in enumerate(touchpoints):
        rules = [rule for rule in touchpoint.rule if rule.event == event]
        if rules:
            flags.append((code, touchpoint, rules_clause(rules, columns)))
    values = [value for _, _, clause in flags for value in clause.values]
    named = ", ".join(f"{clause.sql} AS f{index}" for index, (_, _, clause) in enumerate(flags))
    inner = f"SELECT file_index, row_index, {named} FROM events WHERE event = ?"
    count = " + ".join(f"f{index}::INTEGER" for index in range(len(flags)))
    cases = " ".join(f"WHEN f{index} THEN {code}" for index, (code, _, _) in enumerate(flags))
    chosen = f"CASE WHEN {count} > 1 THEN {CONTESTED} {cases} ELSE {UNCLAIMED} END"
    found = snapshot.sql(f"SELECT file_index, row_index, {chosen} AS code FROM ({inner})", [*values, event])
    codes = found.column("code").to_numpy()
    places = row_start[found.column("file_index").to_numpy()] + found.column("row_index").to_numpy()
    rows[places] = codes
    if (codes == CONTESTED).any():
        each = ", ".join(f"bool_or(f{index}) AS f{index}" for index in range(len(flags)))
        row = snapshot.sql(f"SELECT {each} FROM ({inner}) WHERE {count} > 1", [*values, event]).to_pylist()[0]
        contested[event] = tuple(touchpoint.id for index, (_, touchpoint, _) in enumerate(flags) if row[f"f{index}"])
