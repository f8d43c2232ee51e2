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
    rows: Int = field(default_factory=lambda: np.empty((0, WIDTH), np.int64))
    file: Int = field(default_factory=lambda: np.empty(0, np.int64))
    origin: Int = field(default_factory=lambda: np.empty(0, np.int64))
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
    taken: list[tuple[Int, Int, Int]] = []
    origin = 1
    for index in np.unique(bucket).tolist():
        mine = np.flatnonzero(bucket == index)
        subject = buckets[index].subject
        group = np.searchsorted(subject, customers[mine])
        there = group < len(subject)
        there[there] = subject[group[there]] == customers[mine][there]
        if there.any():
            group = group[there]
            taken.append(_taken_out(buckets[index], group, target[mine][there], files, origin))
            found.gone[index] = np.zeros(len(subject), np.bool_)
            found.gone[index][group] = True
            origin += len(group)
    if taken:
        _settle(found, reader, *(np.concatenate(column) for column in zip(*taken, strict=True)))
    return found


def _taken_out(bucket: Bucket, group: Int, target: Int, files: Int, origin: int) -> tuple[Int, Int, Int]:
    """The events of some groups as rows [m, WIDTH] of their targets, their files [m] and origins [m], numbered from `origin`."""
    start, length = bucket.offsets[group], bucket.offsets[group + 1] - bucket.offsets[group]
    ends = np.cumsum(length)
    place = np.arange(int(ends[-1])) + np.repeat(start - (ends - length), length)
    ref, source = bucket.ref[place], bucket.source[place].astype(np.int64)
    rows = np.empty((len(place), WIDTH), np.int64)
    rows[:, SUBJECT], rows[:, AT] = np.repeat(target, length), bucket.at[place]
    rows[:, SEQUENCE], rows[:, RANK_ROW] = np.arange(len(place)), ref & LOW  # in the order they had; no rank
    rows[:, NAMES] = bucket.event[place].astype(np.int64) << 32 | bucket.channel[place].astype(np.int64) << 16 | source
    return rows, files[ref >> 32], np.repeat(np.arange(origin, origin + len(group)), length)


def _settle(found: Moves, reader: Reader, rows: Int, file: Int, origin: Int) -> None:
    """Ask the lake whose the events without a target are, each file once; who is nobody's is counted as unknown."""
    asked = rows[:, SUBJECT] == 0
    for index in np.unique(file[asked]).tolist():
        mine = np.flatnonzero(asked & (file == index))
        rows[mine, SUBJECT] = reader.customers_at(index, rows[mine, RANK_ROW])
    lost = rows[:, SUBJECT] == 0
    if lost.any():
        at = rows[lost, AT]
        at.setflags(write=False)  # as the reader's are
        quarter, source, known, _ = counted(at, rows[lost, NAMES] & 0xFFFF, np.ones(len(at), np.int64))
        found.counts.append((quarter, source, -known, known))
    found.rows, found.file, found.origin = rows[~lost], file[~lost], origin[~lost]


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
    subject = np.ascontiguousarray(found.rows[:, SUBJECT])
    bucket = buckets_of(subject, subject, bits)
    order = np.argsort(bucket, kind="stable")
    there, first = np.unique(bucket[order], return_index=True)
    parts = np.split(order, first[1:]) if len(order) else []
    return {int(one): (found.rows[mine], found.file[mine], found.origin[mine]) for one, mine in zip(there, parts, strict=True)}
