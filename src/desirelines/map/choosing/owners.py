"""Whose each row of the lake is, as the trace has it: so that an answer of SQL becomes customers without joining anything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desirelines.map.claiming.bind import flat, row_starts
from desirelines.map.shelf import Arrays, shelf_key, shelved
from desirelines.store import Snapshot
from desirelines.trace import Trace

NOBODY = -1


@dataclass(frozen=True)
class Owners:
    """`owner` int32[rows]: index in `customers` (ids, sorted) or NOBODY; `row_start`: where each file's rows begin."""

    customers: NDArray[np.int64]
    owner: NDArray[np.int32]
    row_start: NDArray[np.int64]
    group: NDArray[np.int32]
    """[groups of the trace of customers] index of each group's customer, bucket after bucket as `group_start` says"""
    group_start: NDArray[np.int64]
    folder: Path
    """Where what is derived from it is kept."""
    key: str = ""
    """Names what it was made from."""

    def of(self, file_index: NDArray[np.int64], row_index: NDArray[np.int64]) -> NDArray[np.int32]:
        """The owner of each named row."""
        found: NDArray[np.int32] = self.owner[self.row_start[file_index] + row_index]
        return found


def owners(trace: Trace, snapshot: Snapshot, folder: Path) -> Owners:
    """From the trace of customers; kept under `folder` by the trace's content."""
    key = shelf_key(trace.key, snapshot.data_version)
    shelf = shelved(folder, "owners", key, lambda: (_make(trace, snapshot), {}))
    a = shelf.arrays
    return Owners(a["customers"], a["owner"], a["row_start"], a["group"], a["group_start"], folder, key)


def customers_of(trace: Trace) -> NDArray[np.int64]:
    """The ids of all known customers in the trace, sorted."""
    parts = [np.empty(0, np.int64)]
    for bucket in trace.buckets:
        customer = np.asarray(bucket.customer)  # a customer's groups lie side by side
        parts.append(customer[np.flatnonzero(np.diff(customer, prepend=customer[:1] - 1))])
    every: NDArray[np.int64] = np.sort(np.concatenate(parts))
    known: NDArray[np.int64] = every[every != 0]
    return known


def index_of(customers: NDArray[np.int64], ids: NDArray[np.int64]) -> NDArray[np.int32]:
    """int32: the place of each id among `customers` (sorted), NOBODY where it is not there."""
    if not len(customers):
        return np.full(len(ids), NOBODY, dtype=np.int32)
    place = np.searchsorted(customers, ids).clip(0, len(customers) - 1)
    return np.where(customers[place] == ids, place, NOBODY).astype(np.int32)


def _make(trace: Trace, snapshot: Snapshot) -> Arrays:
    start = row_starts(snapshot)
    customers = customers_of(trace)
    owner = np.full(int(start[-1]), NOBODY, dtype=np.int32)
    groups = [index_of(customers, np.asarray(bucket.customer)) for bucket in trace.buckets]
    for bucket, group in zip(trace.buckets, groups, strict=True):
        owner[flat(np.asarray(bucket.ref), start)] = np.repeat(group, np.diff(bucket.offsets))
    return {
        "customers": customers,
        "owner": owner,
        "row_start": start,
        "group": np.concatenate([np.empty(0, np.int32), *groups]),
        "group_start": np.cumsum([0, *(len(group) for group in groups)]).astype(np.int64),
    }
