"""A filter on events: those of a name, channel or source, or with a property's value, as one bool per event of the trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.map.choosing.clauses import Grammar, Said
from desirelines.map.claiming.bind import flat, row_starts
from desirelines.map.claiming.flags import rows_where
from desirelines.map.claiming.rules import property_clause
from desirelines.map.shelf import shelf_key, shelved
from desirelines.model.event import NAME, PROPERTY_TYPES
from desirelines.model.hint import nearest
from desirelines.store import Snapshot
from desirelines.trace import Trace

Mask = NDArray[np.bool_]
GRAMMAR = Grammar(
    "a filter on events",
    ("event", "channel", "source", "text"),
    ("text",),
    "such as channel:web|app; text:device=phone; not event:Page viewed",
)


def events_where(text: str, trace: Trace, snapshot: Snapshot, folder: Path) -> list[Mask]:
    """bool[n] for each bucket: the events that `text` means; kept under `folder`. Raises BadInput for what there is not."""
    clauses = GRAMMAR.parse(text)
    bounds = np.cumsum([0, *(len(bucket.at) for bucket in trace.buckets)])

    def make() -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
        kept = np.ones(int(bounds[-1]), dtype=np.bool_)
        for clause in clauses:
            kept &= np.concatenate([np.empty(0, np.bool_), *_holds(clause, trace, snapshot)]) != clause.turned
        return {"kept": kept}, {}

    shelf = shelved(folder, f"where-{trace.subject}", shelf_key(trace.key, snapshot.data_version, text), make)
    return [shelf.arrays["kept"][low:high] for low, high in pairwise(bounds.tolist())]


def _holds(clause: Said, trace: Trace, snapshot: Snapshot) -> list[Mask]:
    if clause.kind == "text":
        rows = property_rows(clause.name, clause.values, snapshot)
        start = row_starts(snapshot)
        return [rows[flat(np.asarray(bucket.ref), start)] for bucket in trace.buckets]
    columns: Mapping[str, tuple[tuple[str, ...], list[NDArray[Any]]]] = {
        "event": (trace.events, [bucket.event for bucket in trace.buckets]),
        "channel": (trace.channels, [bucket.channel for bucket in trace.buckets]),
        "source": (trace.sources, [bucket.source for bucket in trace.buckets]),
    }
    names, codes = columns[clause.kind]
    wanted = places(names, clause.values, clause.kind)
    return [wanted[column] for column in codes]


def places(names: Sequence[str], values: Sequence[str], noun: str) -> Mask:
    """bool[codes]: which of `names` the values mean. Raises BadInput for one that is not there."""
    wanted = np.zeros(max(1, len(names)), dtype=np.bool_)
    for value in values:
        if value not in names:
            raise BadInput(f"there is no {noun} `{value[:80]}`", hint=nearest(value, [name for name in names if name]))
        wanted[names.index(value)] = True
    return wanted


def property_rows(name: str, values: Sequence[str], snapshot: Snapshot) -> Mask:
    """bool[rows of the lake's events]: the property has one of the values. Raises BadInput when no event has it."""
    columns = snapshot.columns("events")
    if not NAME.match(name) or not any(f"{kind}_{name}" in columns for kind in PROPERTY_TYPES):
        names = {name.partition("_")[2] for name in columns if name.partition("_")[0] in PROPERTY_TYPES}
        raise BadInput(f"no event has a property `{name[:80]}`", hint=nearest(name, sorted(names)))
    return rows_where(snapshot, property_clause(name, list(values), columns), row_starts(snapshot))
