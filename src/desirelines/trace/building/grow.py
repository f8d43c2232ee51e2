"""Bringing a store to a newer lake and newer identities: what is new is landed in its place, the rest is kept.

Few new events are laid aside as patches; many, and those that come to a store with patches, are merged into the buckets' files.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desirelines.model.progress import Progress
from desirelines.trace.bucket import Bucket, Codes, Int
from desirelines.trace.building.blocks import PER_EVENT, Block, Room
from desirelines.trace.building.columns import final_codes
from desirelines.trace.building.counts import merged
from desirelines.trace.building.landing import Growth, Landing, landing, settled_runs
from desirelines.trace.building.manifest import Manifest, Patch, read_numbers, write_numbers
from desirelines.trace.building.merge import lay
from desirelines.trace.building.moves import moves, scattered
from desirelines.trace.building.patches import open_store, release, write_patches
from desirelines.trace.building.people import Before, change
from desirelines.trace.building.reading import CUSTOMER, Events, Persons, Reader
from desirelines.trace.building.shards import write_shards
from desirelines.trace.building.ties import reorder
from desirelines.trace.run import threads

Patches = tuple[Patch | None, ...]

MOST_NEW = 2
"""A store that would grow to more than so many times its events is built anew."""
MOST_PATCHED = 16
"""Up to one event in so many is laid aside as a patch."""


def can_grow(old: Manifest, folder: Path, reader: Reader) -> bool:
    """Whether growing is possible, and less work than sorting anew: all files are there still, and most events are known."""
    names = {file.name for file in reader.snapshot.files("events")}
    if old.subject != CUSTOMER or reader.bits < old.bits or not names.issuperset(old.files):
        return False
    _, _, known, unknown = read_numbers(folder, old.counts)
    there, every = int(known.sum() + unknown.sum()), reader.snapshot.count("events")
    return every <= there * MOST_NEW and every - there <= reader.in_memory


def grow(old: Manifest, folder: Path, reader: Reader, draft: Path, key: str, progress: Progress) -> Manifest:
    """The same store with what is new. Raises manifest.Damaged."""
    snapshot, people = reader.snapshot, reader.identities
    buckets = open_store(folder, old)
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
    blocks, patches = _write(growth, snapshot, draft, progress)
    same = _same(before, people)
    return Manifest(
        CUSTOMER, key, snapshot.data_version, reader.bits, tuple(names), final.events, final.channels, final.sources,
        write_numbers(draft, "counts.bin", counts),
        old.people if same else write_numbers(draft, "people.bin", (people.keys, people.customer, people.held_keys)), blocks,
        patches,
    )  # fmt: skip


def _same(before: Before, now: Persons) -> bool:
    pairs = ((before.keys, now.keys), (before.customer, now.customer), (before.held_keys, now.held_keys))
    return all(np.array_equal(one, other) for one, other in pairs)


def _write(growth: Growth, snapshot: Events, draft: Path, progress: Progress) -> tuple[tuple[Block, ...], Patches]:
    """The blocks and patches of the store that is to be; what is new of them is written into `draft`."""
    with ThreadPoolExecutor(threads()) as pool:
        landings = list(pool.map(lambda index: landing(growth, index), range(1 << growth.bits)))
    orders = settled_runs(growth, snapshot, landings)
    if _are_few(growth, landings):
        return growth.old.blocks, write_patches(draft, landings, orders, growth.buckets)
    recode = growth.recode
    codes = (growth.files, growth.final.event, growth.final.channel, growth.final.source)

    def make(index: int, room: Room) -> Bucket:
        old, one = growth.source(index), landings[index]
        bucket = room.bucket(len(one.subject), int(one.offsets[-1]))
        bucket.offsets[:], bucket.subject[:], bucket.customer[:] = one.offsets, one.subject, one.subject
        lay(one.place, one.out_from, one.out_to, recode, codes, _events(old), _events(one.new), _events(bucket))
        if index in orders:
            reorder(bucket, *orders[index])
        release(old)
        return bucket

    def stays(shard: range) -> Sequence[Block]:
        kept = not recode and not growth.split and all(landings[index].plain for index in shard)
        return unpatched(growth.old, shard) if kept else ()

    blocks = write_shards(draft, growth.bits, make, lambda share: progress("trace", 0.3 + 0.65 * share), stays)
    return blocks, (None,) * len(blocks)


def _are_few(growth: Growth, landings: Sequence[Landing]) -> bool:
    """Whether what comes and goes may be laid aside: the rest keeps its place and its codes."""
    if growth.old.is_patched or growth.recode or growth.split:
        return False
    changed = sum(len(one.place) + int((one.out_to - one.out_from).sum()) for one in landings)
    return changed * MOST_PATCHED <= sum(block.events for block in growth.old.blocks)


def unpatched(old: Manifest, shard: range) -> Sequence[Block]:
    """The blocks of a shard's buckets, where none of them is patched."""
    return old.blocks[shard.start : shard.stop] if all(old.patches[index] is None for index in shard) else ()


def merge_patches(old: Manifest, folder: Path, draft: Path) -> Manifest:
    """The same store without patches. Raises manifest.Damaged."""
    buckets = open_store(folder, old)

    def make(index: int, room: Room) -> Bucket:
        one = buckets[index]
        bucket = room.bucket(len(one.subject), int(one.offsets[-1]))
        bucket.offsets[:], bucket.subject[:], bucket.customer[:] = one.offsets, one.subject, one.customer
        for name in PER_EVENT:
            getattr(bucket, name)[:] = getattr(one, name)
        release(one)
        return bucket

    blocks = write_shards(draft, old.bits, make, lambda _: None, lambda shard: unpatched(old, shard))
    return replace(old, blocks=blocks, patches=(None,) * len(blocks))


def _events(bucket: Bucket) -> tuple[Int, Int, Codes, NDArray[np.uint16], NDArray[np.uint16]]:
    return bucket.at, bucket.ref, bucket.event, bucket.channel, bucket.source
