"""Objects (orders, tickets …) of one customer lie side by side, so that customers can be counted bucket by bucket."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from desirelines.trace.bucket import Int
from desirelines.trace.building.columns import PER_EVENT, Columns, new_column
from desirelines.trace.building.sort import bucket_of
from desirelines.trace.compiled import compiled


@compiled
def _owners(start: Int, end: Int, person: Int) -> Int:
    """[g] the customer of each group's earliest event that has one, else 0."""
    owner = np.zeros(start.size, np.int64)
    for group in range(start.size):
        for event in range(start[group], end[group]):
            if person[event] != 0:
                owner[group] = person[event]
                break
    return owner


@compiled
def _buckets_of(owner: Int, subject: Int, bits: int) -> Int:
    bucket = np.empty(owner.size, np.int64)
    for group in range(owner.size):
        bucket[group] = bucket_of(owner[group] if owner[group] != 0 else subject[group], bits)
    return bucket


@compiled
def _moves(start: Int, length: Int) -> Int:
    """Where each event comes from when the groups are laid one behind the other."""
    source = np.empty(length.sum(), np.int64)
    place = 0
    for group in range(start.size):
        for step in range(length[group]):
            source[place] = start[group] + step
            place += 1
    return source


def regroup(columns: Columns, folder: Path, bits: int) -> Columns:
    """The same objects in the buckets of their customers, ordered by customer, then object."""
    counts = np.diff(columns.group_bounds)
    bucket = np.repeat(np.arange(len(counts)), counts)
    at = np.arange(len(bucket)) + bucket  # offsets have one entry more per bucket
    start = columns.offsets[at] + columns.event_bounds[bucket]
    length = columns.offsets[at + 1] - columns.offsets[at]
    assert columns.person is not None
    owner = _owners(start, start + length, columns.person)
    to = _buckets_of(owner, columns.subject, bits)
    order = np.lexsort((columns.subject, owner, to))
    groups = np.searchsorted(to[order], np.arange((1 << bits) + 1))
    ends = np.concatenate([[0], np.cumsum(length[order])])
    bounds = ends[groups]
    source = _moves(start[order], length[order])
    offsets = np.concatenate([ends[groups[i] : groups[i + 1] + 1] - bounds[i] for i in range(1 << bits)])
    moved = {}
    for name, kind in PER_EVENT.items():
        values = np.asarray(getattr(columns, name))[source]
        moved[name] = new_column(folder, name, kind, len(source))  # replaces the file: the old pages are gone by now
        moved[name][:] = values
    return Columns(bounds, groups, offsets, columns.subject[order], owner[order], **moved)
