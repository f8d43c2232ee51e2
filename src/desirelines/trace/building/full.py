"""All events of the lake, sorted anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from desirelines.model.progress import Progress
from desirelines.trace.bucket import Bucket, Int
from desirelines.trace.building.blocks import Block, Room
from desirelines.trace.building.columns import Final, fill_events, final_codes, rows_of
from desirelines.trace.building.counts import merged
from desirelines.trace.building.manifest import Manifest, write_numbers
from desirelines.trace.building.objects import write_objects
from desirelines.trace.building.reading import CUSTOMER, ROWS, Events, Read, Reader
from desirelines.trace.building.shards import Rewriting, write_shards
from desirelines.trace.building.sort import sort_bucket
from desirelines.trace.building.ties import BY_ID, reorder, runs_of, settle
from desirelines.trace.run import threads


def write_all(reader: Reader, draft: Path, key: str, progress: Progress) -> Manifest:
    """Read every file, write every bucket into `draft`."""
    snapshot = reader.snapshot
    files = snapshot.files("events")
    read: list[Read] = []
    with ThreadPoolExecutor(threads()) as pool:
        for one in pool.map(reader.read, range(len(files))):
            read.append(one)
            progress("trace", 0.6 * len(read) / len(files))
    final = final_codes(reader.events, reader.channels, reader.sources)
    counts = merged([one.counts for one in read], final.source) if read else (np.empty(0, np.int64),) * 4
    write = write_customers if reader.subject == CUSTOMER else write_objects
    blocks = write(reader, read, final, draft, lambda share: progress("trace", 0.6 + 0.35 * share))
    for rows in draft.glob(f"{ROWS}-*"):
        rows.unlink()
    people = reader.identities
    return Manifest(
        reader.subject, key, snapshot.data_version, reader.bits, tuple(file.name for file in files), final.events, final.channels,
        final.sources, write_numbers(draft, "counts.bin", counts),
        write_numbers(draft, "people.bin", (people.keys, people.customer, people.held_keys)), blocks,
        (None,) * len(blocks),
    )  # fmt: skip


def write_customers(
    reader: Reader, read: Sequence[Read], final: Final, draft: Path, done: Callable[[float], None]
) -> tuple[Block, ...]:
    """Sort each bucket of customers. Events that still tie are put in order at the end, with one look into the lake."""
    ties: dict[int, Int] = {}

    def make(index: int, room: Room) -> Bucket:
        rows, file = rows_of(read, index)
        order, at, offsets, subject, tied = sort_bucket(rows)
        bucket = room.bucket(len(subject), len(order))
        bucket.offsets[:], bucket.subject[:], bucket.customer[:] = offsets, subject, subject
        fill_events(bucket, rows, order, at, file, final)
        if len(tied):
            ties[index] = tied
        return bucket

    blocks = write_shards(draft, reader.bits, make, done)
    return settled(reader.snapshot, draft.parent, blocks, ties)


def settled(snapshot: Events, folder: Path, blocks: tuple[Block, ...], ties: Mapping[int, Int]) -> tuple[Block, ...]:
    """The same blocks, rewritten where events tie (`ties`: by bucket, places that are equal to the place before them)."""
    runs = {index: runs_of(places) for index, places in sorted(ties.items())}
    opened = Rewriting(folder, blocks)
    refs = [opened.bucket(index).ref[places] for index, (places, _) in runs.items()]
    starts = np.cumsum([0, *(int(run[-1]) + 1 for _, run in runs.values())])
    run = [run + start for (_, run), start in zip(runs.values(), starts, strict=False)]
    none = np.empty(0, np.int64)
    order = settle(snapshot, np.concatenate([none, *refs]), np.concatenate([none, *run]), BY_ID)
    first = 0
    for index, (places, _) in runs.items():
        reorder(opened.bucket(index), places, order[first : first + len(places)] - first)
        first += len(places)
    return opened.blocks(runs)
