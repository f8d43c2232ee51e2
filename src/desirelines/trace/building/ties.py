"""The last word on order: where what is at hand does not decide, rows of the lake are asked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from desirelines.trace.bucket import Bucket, Int
from desirelines.trace.building.blocks import PER_EVENT
from desirelines.trace.building.reading import Events

BY_ID = (("source", "message_id"),)
"""Events that agree in time, rank and sequence are ordered by their event id."""
BY_ALL = (("rank", "sequence"), *BY_ID)


def settle(snapshot: Events, refs: Int, run: Int, by: Sequence[Sequence[str]]) -> Int:
    """The order [t] of events `refs` [t]: by run [t], which rises, then by columns of the lake, read only where they decide."""
    order, run = np.arange(len(refs)), run.copy()
    for names in by:
        tied = np.flatnonzero(np.bincount(run, minlength=1)[run] > 1) if len(run) else run
        if not len(tied):
            break
        table = _rows(snapshot, names, refs[order[tied]]).append_column("run", pa.array(run[tied]))
        keys = [(name, "ascending") for name in ("run", *names)]
        better = pc.sort_indices(table, sort_keys=keys)
        order[tied] = order[tied][better.to_numpy()]
        table = table.take(better)
        step = np.ones(len(run), np.int64)
        step[0] = 0
        step[1:] = run[1:] != run[:-1]
        step[tied[1:]] = _differs(table)
        run = np.cumsum(step)
    return order


def _differs(table: pa.Table) -> Int:
    """[t - 1] 1 where a row is not the same as the one before it."""
    found = np.zeros(max(len(table) - 1, 0), np.int64)
    for name in table.column_names:
        column = table[name].combine_chunks()
        found |= pc.not_equal(column[1:], column[:-1]).to_numpy(zero_copy_only=False).astype(np.int64)
    return found


def runs_of(ties: Int) -> tuple[Int, Int]:
    """Places [t] in runs of events that are equal, and the run [t] of each; `ties`: places equal to the place before them."""
    places = np.union1d(ties, ties - 1)
    return places, np.cumsum(~np.isin(places, ties)) - 1


def reorder(bucket: Bucket, places: Int, order: Int) -> None:
    """Lay the events at `places` in another order, in place."""
    for name in PER_EVENT:
        column = getattr(bucket, name)
        column[places] = column[places][order]


def _rows(snapshot: Events, names: Sequence[str], refs: Int) -> pa.Table:
    """Columns of the events that `refs` name, in the order of `refs`."""
    files = snapshot.files("events")
    parts, behind = [], []
    for index in np.unique(refs >> 32):
        mine = np.flatnonzero(refs >> 32 == index)
        table = snapshot.take("events", names, files[index], refs[mine] & 0xFFFFFFFF)
        parts.append(pa.table({name: _plain(table[name]) for name in names}))
        behind.append(mine)
    back = np.argsort(np.concatenate(behind))
    return pa.concat_tables(parts).take(pa.array(back))


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_integer(column.type):
        return column.cast(pa.int64())
    return column.cast(pa.string()).fill_null("")
