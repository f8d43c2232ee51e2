"""Events that rules mean, as one bool per event of the trace."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desirelines.map.claiming.bind import flat, row_starts
from desirelines.map.claiming.rules import Clause, rule_clause
from desirelines.plan import EventRule
from desirelines.store import Snapshot
from desirelines.trace import Bucket, Trace

Mask = NDArray[np.bool_]


def event_flags(trace: Trace, snapshot: Snapshot, rules: Sequence[EventRule]) -> tuple[Mask, ...]:
    """bool[n] for each bucket: the event is meant by any of the rules."""
    by_code = [rule for rule in rules if not rule.where]
    by_row = [rule for rule in rules if rule.where]
    found = [_coded(trace, bucket, by_code) for bucket in trace.buckets]
    if by_row and trace.buckets:
        start = row_starts(snapshot)
        rows = np.zeros(int(start[-1]), dtype=np.bool_)
        for rule in by_row:
            rows |= rows_where(snapshot, rule_clause(rule, snapshot.columns("events")), start)
        found = [mask | rows[flat(np.asarray(bucket.ref), start)] for mask, bucket in zip(found, trace.buckets, strict=True)]
    return tuple(found)


def rows_where(snapshot: Snapshot, clause: Clause, start: NDArray[np.int64]) -> Mask:
    """bool per row of the lake's events, files one after another as `row_starts` says."""
    rows = np.zeros(int(start[-1]), dtype=np.bool_)
    if len(rows):
        found = snapshot.sql(f"SELECT file_index, row_index FROM events WHERE {clause.sql}", list(clause.values))
        rows[start[found.column("file_index").to_numpy()] + found.column("row_index").to_numpy()] = True
    return rows


def _coded(trace: Trace, bucket: Bucket, rules: Sequence[EventRule]) -> Mask:
    mask = np.zeros(len(bucket.at), dtype=np.bool_)
    for rule in rules:
        event = np.zeros(max(1, len(trace.events)), dtype=np.bool_)
        event[: len(trace.events)] = [name == rule.event for name in trace.events]
        mine = event[bucket.event]
        if rule.channel is not None:
            mine &= _named(trace.channels, rule.channel, first=1)[bucket.channel]
        if rule.source is not None:
            mine &= _named(trace.sources, rule.source)[bucket.source]
        mask |= mine
    return mask


def _named(names: Sequence[str], wanted: str, first: int = 0) -> Mask:
    found = np.zeros(max(1, len(names)), dtype=np.bool_)
    found[: len(names)] = [index >= first and name == wanted for index, name in enumerate(names)]
    return found
