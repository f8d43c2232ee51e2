"""What comes into each bucket of a growing store: sorted, placed among the events there are, its open order settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from desirelines.trace.bucket import Bucket, Int, Mask
from desirelines.trace.building.columns import Final, fill_events
from desirelines.trace.building.manifest import Manifest
from desirelines.trace.building.merge import Runs, land
from desirelines.trace.building.reading import LOW, Events, Read
from desirelines.trace.building.sort import WIDTH, buckets_of, sort_bucket
from desirelines.trace.building.ties import BY_ALL, settle

NOTHING = np.empty(0, np.int64)


@dataclass(frozen=True)
class Growth:
    """The old store, what its codes and files are called now, and what comes and goes by bucket.

    `files` [f]: what each of its files is called now. `moved`: rows, file and origin of events, by new bucket; `gone`: groups
    that are taken out, by old bucket.
    """

    old: Manifest
    buckets: tuple[Bucket, ...]
    bits: int
    final: Final
    files: Int
    read: Sequence[Read]
    moved: Mapping[int, tuple[Int, Int, Int]]
    gone: Mapping[int, Mask]

    @property
    def recode(self) -> bool:
        """Whether a file or a code has another number than before."""
        codes = [(self.files, len(self.files)), (self.final.event, len(self.old.events))]
        codes += [(self.final.channel, len(self.old.channels)), (self.final.source, len(self.old.sources))]
        return any(not np.array_equal(code[:count], np.arange(count)) for code, count in codes)

    @property
    def split(self) -> int:
        """How often the old buckets are halved."""
        return self.bits - self.old.bits

    def source(self, index: int) -> Bucket:
        """The old bucket whose customers a new one has."""
        return self.buckets[index >> self.split]


@dataclass(frozen=True)
class Landing:
    """What comes into a bucket, sorted, and where it lands; see `merge.land`."""

    new: Bucket
    place: Int
    offsets: Int
    subject: Int
    runs: Runs
    out_from: Int
    out_to: Int

    @property
    def plain(self) -> bool:
        """Nothing comes and nothing goes."""
        return not len(self.place) and not len(self.out_from)


def landing(growth: Growth, index: int) -> Landing:
    """Sort what comes into a bucket and find its places."""
    read = [one for one in growth.read if one.bounds[index] < one.bounds[index + 1]]
    rows = [np.empty((0, WIDTH), np.int64), *(one.of(index) for one in read)]
    file = [np.full(len(part), one.file) for one, part in zip(read, rows[1:], strict=True)]
    origin = [np.zeros(len(part), np.int64) for part in file]
    if index in growth.moved:
        for parts, moved in zip((rows, file, origin), growth.moved[index], strict=True):
            parts.append(moved)
    every = np.concatenate(rows)
    order, at, offsets, subject, ties = sort_bucket(every)
    count = len(order)
    names = np.empty(count, np.uint32), np.empty(count, np.uint16), np.empty(count, np.uint16)
    new = Bucket(offsets, subject, subject, at, *names, np.empty(count, np.int64))
    fill_events(new, every, order, at, np.concatenate([NOTHING, *file]), growth.final)
    tied = np.zeros(len(order), np.bool_)
    tied[ties] = True
    old = growth.source(index)
    gone = growth.gone.get(index >> growth.split, np.zeros(len(old.subject), np.bool_))
    if growth.split:
        gone = gone | (buckets_of(old.subject, old.subject, growth.bits) != index)
    origins = np.concatenate([NOTHING, *origin])[order]
    return Landing(new, *land(old.offsets, old.subject, old.at, gone, offsets, subject, at, origins, tied))


def settled_runs(growth: Growth, snapshot: Events, landings: Sequence[Landing]) -> dict[int, tuple[Int, Int]]:
    """By bucket: places of events whose order was open, and the order they have."""
    refs, runs, places, count = [NOTHING], [NOTHING], {}, 0
    for index, one in enumerate(landings):
        old_from, old_to, new_from, new_to, at = one.runs
        if not len(at):
            continue
        old, new = old_to - old_from, new_to - new_from
        ends = np.cumsum(old + new)
        ref = np.empty(int(ends[-1]), np.int64)
        before = growth.source(index).ref[_spread(old_from, old)]
        ref[_spread(ends - old - new, old)] = growth.files[before >> 32] << 32 | before & LOW
        ref[_spread(ends - new, new)] = one.new.ref[_spread(new_from, new)]
        refs.append(ref)
        runs.append(np.repeat(np.arange(count, count + len(at)), old + new))
        places[index] = _spread(at, old + new)
        count += len(at)
    order = settle(snapshot, np.concatenate(refs), np.concatenate(runs), BY_ALL)
    found, first = {}, 0
    for index, mine in places.items():
        found[index] = (mine, order[first : first + len(mine)] - first)
        first += len(mine)
    return found


def _spread(start: Int, length: Int) -> Int:
    """The numbers of all stretches [start, start + length), one after the other."""
    ends = np.cumsum(length)
    spread: Int = np.repeat(start - (ends - length), length) + np.arange(int(length.sum()))
    return spread
