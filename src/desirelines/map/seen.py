"""Event types as the data has shown them: what to bind next, and to which touchpoint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from desirelines.map.claiming.rules import quote
from desirelines.map.shelf import shelf_key, shelved
from desirelines.model.event import PROPERTY_TYPES
from desirelines.plan import Plan, in_order, suggest
from desirelines.store import Snapshot
from desirelines.trace import Trace


@dataclass(frozen=True)
class SeenEvent:
    """One event type. `people` counts known customers; `suggestion` is a touchpoint's id, or the name of a new one."""

    event: str
    source: str
    events: int
    people: int
    channels: tuple[str, ...]
    properties: tuple[str, ...]
    touchpoint: str | None
    suggestion: str | None


def seen_events(trace: Trace, snapshot: Snapshot, plan: Plan, folder: Path) -> list[SeenEvent]:
    """Every event type, the most frequent first. `trace` is the trace of customers; the counts are kept under `folder`."""
    key = shelf_key(trace.key, snapshot.data_version)
    counted = shelved(folder, "seen", key, lambda: ({"people": _people(trace)}, {"events": _counts(snapshot)}))
    people = dict(zip(trace.events, counted.arrays["people"].tolist(), strict=True))
    bound = {rule.event: one.id for one in reversed(in_order(plan.touchpoints)) for rule in one.rule}
    hints = suggest(plan, [row["event"] for row in counted.about["events"]])
    return [
        SeenEvent(
            row["event"],
            ", ".join(row["sources"]),
            row["events"],
            people.get(row["event"], 0),
            tuple(row["channels"]),
            tuple(row["properties"]),
            bound.get(row["event"]),
            _hint(hints.get(row["event"])),
        )
        for row in counted.about["events"]
    ]


def _hint(found: Any) -> str | None:
    return None if found is None else found.touchpoint or found.name


def _people(trace: Trace) -> np.ndarray[Any, np.dtype[np.int64]]:
    """int64[events]: known customers with each event."""
    found = np.zeros(len(trace.events), dtype=np.int64)
    for bucket in trace.buckets:
        groups = np.repeat(np.arange(len(bucket.subject), dtype=np.int64), np.diff(bucket.offsets))
        pairs = np.unique(groups * len(trace.events) + bucket.event)
        found += np.bincount(pairs % max(1, len(trace.events)), minlength=len(trace.events))
    return found


def _counts(snapshot: Snapshot) -> list[Mapping[str, Any]]:
    """Volume, sources, channels and properties of every event type."""
    columns = {
        name: name.split("_", 1)[1]
        for name in snapshot.columns("events")
        if name.split("_", 1)[0] in PROPERTY_TYPES and "_" in name
    }
    counts = "".join(f", count({quote(name)}) AS {quote('n ' + name)}" for name in columns)
    rows = snapshot.sql(
        f"SELECT event, count(*) AS events, list(DISTINCT source ORDER BY source) AS sources, "
        f"list(DISTINCT channel ORDER BY channel) FILTER (channel IS NOT NULL) AS channels{counts} "
        "FROM events GROUP BY event ORDER BY events DESC, event"
    ).to_pylist()
    return [
        {
            "event": row["event"],
            "events": row["events"],
            "sources": row["sources"],
            "channels": row["channels"] or [],
            "properties": sorted({short for name, short in columns.items() if row["n " + name]}),
        }
        for row in rows
    ]
