"""What customers are called in lists: an identifier each, made once, so that a page of them asks the lake nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from desirelines.map import Arrays, Owners, pack, shelf_key, shelved, unpack
from desirelines.store import Snapshot
from desirelines.trace import Trace

ROW_BITS = 32


def read_labels(trace: Trace, snapshot: Snapshot, who: Owners, folder: Path) -> Any:
    """pyarrow texts [customers]: the first identifier on each one's last event; empty where there is none."""
    a = shelved(folder, "labels", shelf_key(who.key), lambda: (_make(trace, snapshot, who), {})).arrays
    return unpack(a["offsets"], a["letters"])


def last_refs(trace: Trace, who: Owners) -> Any:
    """int64[customers]: the reference of each one's last event."""
    found = np.zeros(len(who.customers), dtype=np.int64)
    for index, bucket in enumerate(trace.buckets):
        group = who.group[who.group_start[index] : who.group_start[index + 1]]
        known = group >= 0
        found[group[known]] = bucket.ref[bucket.offsets[1:][known] - 1]
    return found


def _make(trace: Trace, snapshot: Snapshot, who: Owners) -> Arrays:
    columns = [name for name in snapshot.columns("events") if name.startswith("id_")]
    refs = last_refs(trace, who)
    order = np.argsort(refs, kind="stable")
    files, rows = refs[order] >> ROW_BITS, refs[order] & (2**ROW_BITS - 1)
    found = []
    for file, path in enumerate(snapshot.files("events")):
        mine = rows[np.searchsorted(files, file) : np.searchsorted(files, file, side="right")]
        if len(mine) and columns:
            table = snapshot.read("events", columns, path).take(pa.array(mine))
            found.append(pc.coalesce(*(table.column(name) for name in columns)))
    texts = (
        pa.chunked_array([chunk for one in found for chunk in one.chunks], pa.string())
        if found
        else pa.nulls(len(refs), pa.string())
    )
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    offsets, letters = pack(texts.take(pa.array(place)))
    return {"offsets": offsets, "letters": letters}
