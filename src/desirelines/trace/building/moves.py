"""Events of a store that have another customer now, taken out as rows to be landed again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from desirelines.trace.bucket import Bucket, Int, Mask
from desirelines.trace.building.counts import Counted, counted
from desirelines.trace.building.people import Before, Change
from desirelines.trace.building.reading import CUSTOMER, LOW, Read, Reader, numbers
from desirelines.trace.building.sort import AT, NAMES, RANK_ROW, SEQUENCE, SUBJECT, WIDTH, buckets_of


@dataclass
class Moves:
    """`gone`: by bucket, groups [g] that are taken out. `rows` [m, WIDTH], `file` and `origin` [m]: their events, to be landed.

    `read`: rows of nobody that have a customer now. `counts`: what that changes in the counts of known and unknown events.
    """

    gone: dict[int, Mask] = field(default_factory=dict)
    rows: list[Int] = field(default_factory=list)
    file: list[Int] = field(default_factory=list)
    origin: list[Int] = field(default_factory=list)
    read: list[Read] = field(default_factory=list)
    counts: list[Counted] = field(default_factory=list)


def moves(reader: Reader, buckets: Sequence[Bucket], bits: int, before: Before, change: Change, files: Int) -> Moves:
    """`buckets`: the store, 2 ** bits; `files`: the index that each file of the store has in the reader's snapshot."""
    found = Moves()
    customers, target = change.customers, change.target
    if change.held:
        found, others = _released(reader, before, files)
        both = np.union1d(customers, others)
        known = np.zeros(len(both), np.int64)
        known[np.searchsorted(both, customers)] = target
        known[np.isin(both, others)] = 0
        customers, target = both, known
    bucket = buckets_of(customers, customers, bits)
    origin = 1
    for index in np.unique(bucket).tolist():
        mine = np.flatnonzero(bucket == index)
        subject = buckets[index].subject
        group = np.searchsorted(subject, customers[mine])
        there = group < len(subject)
        there[there] = subject[group[there]] == customers[mine][there]
        if there.any():
            _take_out(found, reader, buckets[index], index, group[there], target[mine][there], files, origin)
            origin += int(there.sum())
    return found


def _take_out(found: Moves, reader: Reader, bucket: Bucket, index: int, group: Int, target: Int, files: Int, origin: int) -> None:
    """Add the events of some groups; where the target is 0 the lake is asked whose each event is."""
    start, length = bucket.offsets[group], bucket.offsets[group + 1] - bucket.offsets[group]
    total = int(length.sum())
    ends = np.cumsum(length)
    place = np.arange(total) + np.repeat(start - (ends - length), length)
    ref, subject = bucket.ref[place], np.repeat(target, length)
    file, row = files[ref >> 32], ref & LOW
    rows = np.empty((total, WIDTH), np.int64)
    rows[:, SUBJECT] = _asked(reader, file, row, subject)
    rows[:, AT], rows[:, SEQUENCE], rows[:, RANK_ROW] = bucket.at[place], np.arange(total), row
    source = bucket.source[place].astype(np.int64)
    rows[:, NAMES] = bucket.event[place].astype(np.int64) << 32 | bucket.channel[place].astype(np.int64) << 16 | source
    found.gone.setdefault(index, np.zeros(len(bucket.subject), np.bool_))[group] = True
    lost = rows[:, SUBJECT] == 0
    if lost.any():
        at = rows[lost, AT]
        at.setflags(write=False)  # as the reader's are
        known = counted(at, source[lost], np.ones(int(lost.sum()), np.int64))
        found.counts.append((known[0], known[1], -known[2], known[2]))
    found.rows.append(rows[~lost])
    found.file.append(file[~lost])
    found.origin.append(np.repeat(np.arange(origin, origin + len(group)), length)[~lost])


def _asked(reader: Reader, file: Int, row: Int, subject: Int) -> Int:
    """The customers [m], asked of the lake where `subject` is 0."""
    found = subject.copy()
    for index in np.unique(file[subject == 0]).tolist():
        mine = np.flatnonzero((subject == 0) & (file == index))
        found[mine] = reader.customers_at(index, row[mine])
    return found


def _released(reader: Reader, before: Before, files: Int) -> tuple[Moves, Int]:
    """Rows of nobody that have a customer now; and customers of before that have lost one. Reads one column of the lake."""
    found, others = Moves(), [np.empty(0, np.int64)]
    earlier = Reader(reader.snapshot, before, CUSTOMER, reader.bits)
    held = np.union1d(before.held_keys, reader.identities.held_keys)
    for index in files.tolist():
        path = reader.snapshot.files("events")[index]
        person = numbers(reader.snapshot.read("events", ["person"], path)["person"])
        rows = np.flatnonzero(np.isin(person, held))
        old, new = earlier.customers(person[rows], path, rows), reader.customers(person[rows], path, rows)
        others.append(old[(old != new) & (old != 0)])
        free = rows[(old == 0) & (new != 0)]
        if len(free):
            read = reader.read(index, free)
            quarter, source, known, _ = read.counts
            found.read.append(read)
            found.counts.append((quarter, source, known, -known))
    return found, np.unique(np.concatenate(others))


def scattered(found: Moves, bits: int) -> dict[int, tuple[Int, Int, Int]]:
    """Rows, files and origins of moved events by the bucket they land in."""
    if not found.rows:
        return {}
    rows, file, origin = (np.concatenate(parts) for parts in (found.rows, found.file, found.origin))
    subject = np.ascontiguousarray(rows[:, SUBJECT])
    bucket = buckets_of(subject, subject, bits)
    order = np.argsort(bucket, kind="stable")
    there, first = np.unique(bucket[order], return_index=True)
    parts = np.split(order, first[1:])
    return (
        {int(one): (rows[mine], file[mine], origin[mine]) for one, mine in zip(there, parts, strict=True)} if len(order) else {}
    )
