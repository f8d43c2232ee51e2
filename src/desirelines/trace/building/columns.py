"""The store's columns: one .npy file each, all buckets behind one another."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from desirelines.model.progress import Progress
from desirelines.trace.bucket import Int
from desirelines.trace.building.reading import Read
from desirelines.trace.building.sort import AT, CUSTOMER, NAMES, RANK_EVENT, REF, WIDTH, sort_bucket
from desirelines.trace.compiled import compiled, map_array
from desirelines.trace.run import threads

Finals = tuple[Int, Int, Int]

PER_EVENT = {"at": np.int64, "event": np.uint32, "channel": np.uint16, "source": np.uint16, "ref": np.int64}


@dataclass
class Columns:
    """All buckets: events [n] and groups [g]; bucket b has the events event_bounds[b]:event_bounds[b + 1]."""

    event_bounds: Int
    group_bounds: Int
    offsets: Int
    """[g + buckets] each bucket's offsets, from 0"""
    subject: Int
    customer: Int
    at: Int
    event: NDArray[np.uint32]
    channel: NDArray[np.uint16]
    source: NDArray[np.uint16]
    ref: Int
    person: Int | None = None
    """[n] the customer of each event: only while a store of objects is built"""

    @staticmethod
    def load(folder: Path, event_bounds: Int, group_bounds: Int) -> Columns:
        arrays = [map_array(folder / f"{name}.npy") for name in ("offsets", "subject", "customer", *PER_EVENT)]
        return Columns(event_bounds, group_bounds, *arrays)

    def save(self, folder: Path, counts: Int) -> None:
        """Everything reaches the disk: after a rename there must be no store with holes."""
        for name in ("offsets", "subject", "customer"):
            np.save(folder / f"{name}.npy", getattr(self, name))
        np.save(folder / "counts.npy", counts)
        for name in PER_EVENT:
            cast(Any, getattr(self, name)).flush()
        for path in folder.glob("*.npy"):
            with path.open("rb+") as file:
                os.fsync(file.fileno())


def new_column(folder: Path, name: str, kind: Any, length: int) -> NDArray[Any]:
    """A column in a file, to be filled in place."""
    return cast(NDArray[Any], np.lib.format.open_memmap(folder / f"{name}.npy", "w+", kind, (length,)))


@compiled
def _fill(rows: Int, order: Int, finals: Finals, at: Int, event: Any, channel: Any, source: Any, ref: Int) -> None:
    names, channels, sources = finals
    for place in range(order.size):
        row = order[place]
        at[place] = rows[row, AT]
        ref[place] = rows[row, REF]
        event[place] = names[rows[row, RANK_EVENT] & 0xFFFFFFFF]
        source[place] = sources[rows[row, NAMES] >> 32]
        code = rows[row, NAMES] & 0xFFFFFFFF
        channel[place] = channels[code - 1] + 1 if code > 0 else 0


def write_buckets(
    read: list[Read], bits: int, folder: Path, finals: Finals, with_person: bool, progress: Progress
) -> tuple[Columns, Int]:
    """Sort each bucket and write its columns; also the places [t] of events that tie with the event before them.

    `finals`: the final codes of event, channel and source numbers. A group's customer is its subject for now.
    """
    sizes = np.zeros(1 << bits, np.int64)
    for one in read:
        sizes += np.diff(one.bounds)
    bounds = np.concatenate([[0], np.cumsum(sizes)])
    filled = {name: new_column(folder, name, kind, int(bounds[-1])) for name, kind in PER_EVENT.items()}
    person = np.empty(int(bounds[-1]), np.int64) if with_person else None

    def sort(bucket: int) -> tuple[Int, Int, Int]:
        parts = [one.rows[one.bounds[bucket] : one.bounds[bucket + 1]] for one in read]
        rows = parts[0] if len(parts) == 1 else np.concatenate([np.empty((0, WIDTH), np.int64), *parts])
        order, offsets, subject, ties = sort_bucket(rows)
        low, high = bounds[bucket], bounds[bucket + 1]
        _fill(rows, order, finals, *(np.asarray(filled[name][low:high]) for name in PER_EVENT))
        if person is not None:
            person[low:high] = rows[order, CUSTOMER]
        return offsets, subject, ties + low

    found = []
    with ThreadPoolExecutor(threads()) as pool:
        for done, answer in enumerate(pool.map(sort, range(1 << bits))):
            found.append(answer)
            progress("trace", 0.6 + 0.35 * (done + 1) / (1 << bits))
    subject = np.concatenate([answer[1] for answer in found])
    groups = np.concatenate([[0], np.cumsum([len(answer[1]) for answer in found])])
    offsets = np.concatenate([answer[0] for answer in found])
    ties = np.concatenate([answer[2] for answer in found])
    return Columns(bounds, groups, offsets, subject, subject, **filled, person=person), ties
