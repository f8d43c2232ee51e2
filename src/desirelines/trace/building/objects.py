"""Objects (orders, tickets …) of one customer lie side by side, so that customers can be counted bucket by bucket.

They are sorted by object first: that is how the customer of an object's earliest known event is found.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from desirelines.trace.bucket import Bucket, Int
from desirelines.trace.building.blocks import PER_EVENT, Block, Room
from desirelines.trace.building.columns import Final, fill_events, rows_of
from desirelines.trace.building.files import Writer, as_kind, map_file
from desirelines.trace.building.reading import ROWS, Events, Read, Reader
from desirelines.trace.building.shards import write_shards
from desirelines.trace.building.sort import OWNER, buckets_of, sort_bucket
from desirelines.trace.building.ties import BY_ID, reorder, runs_of, settle
from desirelines.trace.compiled import compiled
from desirelines.trace.run import threads

ZEROS = 1 << 22


@compiled
def _owners(start: Int, length: Int, person: Int) -> Int:
    """[g] the customer of each group's earliest event that has one, else 0."""
    owner = np.zeros(start.size, np.int64)
    for group in range(start.size):
        for event in range(start[group], start[group] + length[group]):
            if person[event] != 0:
                owner[group] = person[event]
                break
    return owner


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


@dataclass(frozen=True)
class _Sorted:
    """All objects, sorted. `whole`: one bucket of all events, without groups; `person` [n] the customer of each event."""

    whole: Bucket
    person: Int
    start: Int
    length: Int
    subject: Int


def write_objects(
    reader: Reader, read: Sequence[Read], final: Final, folder: Path, done: Callable[[float], None]
) -> tuple[Block, ...]:
    """Sort by object, then lay the objects into the buckets of their customers, ordered by customer, then object."""
    found = _sort(reader.snapshot, read, final, folder, 1 << reader.bits)
    owner = _owners(found.start, found.length, found.person)
    to = buckets_of(owner, found.subject, reader.bits)
    order = np.lexsort((found.subject, owner, to))
    bounds = np.searchsorted(to[order], np.arange((1 << reader.bits) + 1))

    def make(index: int, room: Room) -> Bucket:
        mine = order[bounds[index] : bounds[index + 1]]
        length = found.length[mine]
        bucket = room.bucket(len(mine), int(length.sum()))
        bucket.offsets[0] = 0
        np.cumsum(length, out=bucket.offsets[1:])
        bucket.subject[:], bucket.customer[:] = found.subject[mine], owner[mine]
        source = _moves(found.start[mine], length)
        for name in PER_EVENT:
            np.take(getattr(found.whole, name), source, out=getattr(bucket, name))
        return bucket

    return write_shards(folder, reader.bits, make, lambda share: done(0.5 + 0.5 * share))


def _sort(snapshot: Events, read: Sequence[Read], final: Final, folder: Path, buckets: int) -> _Sorted:
    sizes = np.sum([np.zeros(buckets, np.int64), *(np.diff(one.bounds) for one in read)], axis=0)
    bounds = np.concatenate([[0], np.cumsum(sizes)])
    whole, person = _columns(folder / f"{ROWS}-sorted", int(bounds[-1]))

    def sort(index: int) -> tuple[Int, Int, Int]:
        rows, file = rows_of(read, index)
        order, at, offsets, subject, ties = sort_bucket(rows)
        low, high = bounds[index], bounds[index + 1]
        part = Bucket(offsets, subject, subject, *(getattr(whole, name)[low:high] for name in BUCKET_COLUMNS))
        fill_events(part, rows, order, at, file, final)
        person[low:high] = rows[order, OWNER]
        return offsets + low, subject, ties + low

    with ThreadPoolExecutor(threads()) as pool:
        parts = list(pool.map(sort, range(buckets)))
    places, run = runs_of(np.concatenate([part[2] for part in parts]))
    order = settle(snapshot, whole.ref[places], run, BY_ID)
    reorder(whole, places, order)
    person[places] = person[places][order]
    start = np.concatenate([part[0][:-1] for part in parts])
    length = np.concatenate([np.diff(part[0]) for part in parts])
    return _Sorted(whole, person, start, length, np.concatenate([part[1] for part in parts]))


BUCKET_COLUMNS = ("at", "event", "channel", "source", "ref")


def _columns(place: Path, events: int) -> tuple[Bucket, Int]:
    """Columns of all events in a file of their own, which is written once before it is mapped: so a full disk is met here."""
    kinds = {**PER_EVENT, "person": np.int64}
    starts = np.cumsum([0, *(-(-events * np.dtype(kind).itemsize // 8) * 8 for kind in kinds.values())])
    none = np.zeros(ZEROS, np.uint8)
    with Writer(place) as file:
        while file.size < max(starts[-1], 1):
            file.write(none)
    content = map_file(place, write=True)
    found = {name: as_kind(content, int(start), events, kind) for (name, kind), start in zip(kinds.items(), starts, strict=False)}
    person = found.pop("person")
    groups = np.zeros(1, np.int64)
    return Bucket(groups, groups[:0], groups[:0], **found), person
