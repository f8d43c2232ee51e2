"""The last word on order: events of one subject that agree in time, rank and sequence are ordered by their event id."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from desirelines.trace.bucket import Int
from desirelines.trace.building.columns import PER_EVENT, Columns
from desirelines.trace.building.reading import Events


def settle(snapshot: Events, columns: Columns, ties: Int) -> None:
    """Put tied events in the order of source and message id, in place. Reads ids of those events only."""
    if not len(ties):
        return
    places = np.union1d(ties, ties - 1)
    run = np.cumsum(~np.isin(places, ties))
    refs = np.asarray(columns.ref[places])
    names = _names(snapshot, refs)
    table = pa.table({"run": run, "source": names["source"], "message_id": names["message_id"]})
    keys = [("run", "ascending"), ("source", "ascending"), ("message_id", "ascending")]
    order = pc.sort_indices(table, sort_keys=keys).to_numpy()
    for name in PER_EVENT:
        column = getattr(columns, name)
        column[places] = column[places][order]
    if columns.person is not None:
        columns.person[places] = columns.person[places][order]


def _names(snapshot: Events, refs: Int) -> pa.Table:
    """Source and message id of the events that `refs` name, in the order of `refs`."""
    files = snapshot.files("events")
    wanted = ["source", "message_id"]
    parts, behind = [], []
    for index in np.unique(refs >> 32):
        mine = np.flatnonzero(refs >> 32 == index)
        table = snapshot.take("events", wanted, files[index], refs[mine] & 0xFFFFFFFF)
        parts.append(pa.table({name: table[name].cast(pa.string()) for name in wanted}))
        behind.append(mine)
    back = np.argsort(np.concatenate(behind))
    return pa.concat_tables(parts).take(pa.array(back))
