"""Bringing a store to a newer lake and newer identities: what is new is landed in its place, the rest is kept or copied."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from desirelines.model.progress import Progress
from desirelines.trace.bucket import Bucket, Int
from desirelines.trace.building.blocks import Block, Room
from desirelines.trace.building.columns import final_codes
from desirelines.trace.building.counts import merged
from desirelines.trace.building.landing import Growth, landing, settled_runs
from desirelines.trace.building.manifest import Manifest, read_numbers, write_numbers
from desirelines.trace.building.merge import lay
from desirelines.trace.building.moves import moves, scattered
from desirelines.trace.building.people import Before, change
from desirelines.trace.building.reading import CUSTOMER, Events, Persons, Reader
from desirelines.trace.building.shards import open_buckets, write_shards
from desirelines.trace.building.ties import reorder
from desirelines.trace.run import threads

MOST_NEW = 2
"""A store that would grow to more than so many times its events is built anew."""


def can_grow(old: Manifest, folder: Path, snapshot: Events, bits: int) -> bool:
    """Whether growing is possible, and less work than sorting anew: all files are there still, and most events are known."""
    names = {file.name for file in snapshot.files("events")}
    if old.subject != CUSTOMER or bits < old.bits or not names.issuperset(old.files):
        return False
    _, _, known, unknown = read_numbers(folder, old.counts)
    return int(known.sum() + unknown.sum()) * MOST_NEW >= snapshot.count("events")


def grow(old: Manifest, folder: Path, reader: Reader, draft: Path, key: str, progress: Progress) -> Manifest:
    """The same store with what is new. Raises manifest.Damaged."""
    snapshot, people = reader.snapshot, reader.identities
    buckets = open_buckets(folder, old.blocks)
    quarter, source, known, unknown = read_numbers(folder, old.counts)
    before = Before(*read_numbers(folder, old.people))
    names = [file.name for file in snapshot.files("events")]
    place = {name: index for index, name in enumerate(names)}
    files = np.array([place.pop(name) for name in old.files], np.int64)
    reader.events.go_on(old.events)
    reader.channels.go_on(old.channels[1:])
    reader.sources.go_on(old.sources)
    with ThreadPoolExecutor(threads()) as pool:
        read = list(pool.map(reader.read, place.values()))
    moved = moves(reader, buckets, old.bits, before, change(before, people), files)
    final = final_codes(reader.events, reader.channels, reader.sources)
    landing_there = scattered(moved, reader.bits)
    growth = Growth(old, buckets, reader.bits, final, files, [*read, *moved.read], landing_there, moved.gone)
    counts = merged([(quarter, source, known, unknown), *(one.counts for one in read), *moved.counts], final.source)
    progress("trace", 0.3)
    blocks = _write(growth, snapshot, draft, progress)
    same = _same(before, people)
    return Manifest(
        CUSTOMER, key, snapshot.data_version, reader.bits, tuple(names), final.events, final.channels, final.sources,
        write_numbers(draft, "counts.bin", counts),
        old.people if same else write_numbers(draft, "people.bin", (people.keys, people.customer, people.held_keys)), blocks,
    )  # fmt: skip


def _same(before: Before, now: Persons) -> bool:
    pairs = ((before.keys, now.keys), (before.customer, now.customer), (before.held_keys, now.held_keys))
    return all(np.array_equal(one, other) for one, other in pairs)


def _write(growth: Growth, snapshot: Events, draft: Path, progress: Progress) -> tuple[Block, ...]:
    """Lay old and new events together, bucket by bucket; files into which nothing comes stay."""
    with ThreadPoolExecutor(threads()) as pool:
        landings = list(pool.map(lambda index: landing(growth, index), range(1 << growth.bits)))
    orders = settled_runs(growth, snapshot, landings)
    recode = growth.recode
    codes = (growth.files, growth.final.event, growth.final.channel, growth.final.source)

    def make(index: int, room: Room) -> Bucket:
        old, one = growth.source(index), landings[index]
        bucket = room.bucket(len(one.subject), int(one.offsets[-1]))
        bucket.offsets[:], bucket.subject[:], bucket.customer[:] = one.offsets, one.subject, one.subject
        lay(one.place, one.out_from, one.out_to, recode, codes, _events(old), _events(one.new), _events(bucket))
        if index in orders:
            reorder(bucket, *orders[index])
        return bucket

    def stays(shard: range) -> Sequence[Block]:
        kept = not recode and not growth.split and all(landings[index].plain for index in shard)
        return growth.old.blocks[shard.start : shard.stop] if kept else ()

    return write_shards(draft, growth.bits, make, lambda share: progress("trace", 0.3 + 0.65 * share), stays)


def _events(bucket: Bucket) -> tuple[Int, Int, object, object, object]:
    return bucket.at, bucket.ref, bucket.event, bucket.channel, bucket.source
