"""Building and opening the trace store: derived, so losing it costs a rebuild and nothing more."""

from __future__ import annotations

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from pathlib import Path
from time import time
from typing import Any
from uuid import uuid4

import numpy as np

from desirelines.errors import BadInput, NotFound, TooLarge
from desirelines.model.event import NAME
from desirelines.model.progress import Progress, silent
from desirelines.trace.bucket import Bucket, Int, KnownCounts, Trace
from desirelines.trace.building.columns import PER_EVENT, Columns, write_buckets
from desirelines.trace.building.objects import regroup
from desirelines.trace.building.reading import CUSTOMER, QUARTER_US, ROWS, Events, Persons, Read, Reader
from desirelines.trace.building.ties import settle
from desirelines.trace.compiled import map_array
from desirelines.trace.run import threads

FORMAT = 1
PER_BUCKET = 160_000
MAX_BITS = 10
STALE_SECONDS = 24 * 3600
IN_MEMORY = 30_000_000


def build(
    snapshot: Events,
    identities: Persons,
    folder: Path,
    subject: str = CUSTOMER,
    progress: Progress = silent,
    bucket_bits: int | None = None,
    in_memory: int = IN_MEMORY,
) -> Trace:
    """The trace store of `subject` (`customer` or an object kind) in `folder`, built if it is not there already.

    It is built aside and put in place by a rename; stores that are open stay valid. Raises BadInput for an object kind
    that no event names. `bucket_bits`: 2 ** bits buckets, chosen by size when None. Above `in_memory` events rows
    wait on disk until they are sorted, 56 bytes each, so that memory does not grow with the lake.
    """
    _check_subject(snapshot, subject)
    bits = _bits(snapshot.count("events")) if bucket_bits is None else bucket_bits
    key = _key(snapshot, identities, bits)
    place = folder / f"{subject}-{key}"
    if not (place / "trace.json").exists():
        draft = folder / f"{subject}-draft-{uuid4().hex}"
        draft.mkdir(parents=True)
        try:
            aside = draft if snapshot.count("events") > in_memory else None
            _write(Reader(snapshot, identities, subject, bits, aside), draft, key, progress)
            _install(draft, place)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    _point(folder, subject, place.name)
    progress("trace", 1.0)
    return _open(place)


def open_trace(folder: Path, subject: str = CUSTOMER) -> Trace:
    """The store of `subject` that was built last. Raises NotFound when there is none."""
    for _ in range(5):  # another process may put a new one in place between reading the name and opening
        try:
            return _open(folder / (folder / f"{subject}.current").read_text().strip())
        except FileNotFoundError:
            continue
    raise NotFound(f"there is no trace of {subject} yet", hint="import events, or rebuild the trace")


def _check_subject(snapshot: Events, subject: str) -> None:
    kinds = sorted(name.removeprefix("object_") for name in snapshot.columns("events") if name.startswith("object_"))
    if subject != CUSTOMER and (subject not in kinds or not NAME.match(subject)):
        raise BadInput(f"no event names an object of kind {subject!r}", hint=f"subjects: {', '.join([CUSTOMER, *kinds])}")


def _bits(events: int) -> int:
    """2 to 1024 buckets of about PER_BUCKET events."""
    return min(max((events // PER_BUCKET).bit_length(), 1), MAX_BITS)


def _key(snapshot: Events, identities: Persons, bits: int) -> str:
    digest = blake2b(f"{FORMAT} {bits} {snapshot.data_version}".encode(), digest_size=8)
    for file in snapshot.files("events"):
        digest.update(f"\n{file.name}".encode())
    for array in (identities.keys, identities.customer, identities.held_keys):
        digest.update(np.ascontiguousarray(array, dtype=np.int64).data)
    return digest.hexdigest()


def _write(reader: Reader, draft: Path, key: str, progress: Progress) -> None:
    snapshot, subject, bits = reader.snapshot, reader.subject, reader.bits
    count = len(snapshot.files("events"))
    read: list[Read] = []
    with ThreadPoolExecutor(threads()) as pool:
        for done, one in enumerate(pool.map(reader.read, range(count))):
            read.append(one)
            progress("trace", 0.6 * (done + 1) / count)
    names = [book.ranked() for book in (reader.events, reader.channels, reader.sources)]
    if max(len(names[1][0]), len(names[2][0])) >= 65535:
        raise TooLarge("events name more than 65,534 channels or sources", hint="map a column with fewer values")
    columns, ties = write_buckets(read, bits, draft, (names[0][1], names[1][1], names[2][1]), subject != CUSTOMER, progress)
    for rows in draft.glob(f"{ROWS}-*.npy"):
        rows.unlink()
    settle(snapshot, columns, ties)
    if subject != CUSTOMER:
        columns = regroup(columns, draft, bits)
    counts = _merged(read, names[2][1])
    meta = {
        "format": FORMAT, "subject": subject, "data_version": snapshot.data_version, "key": key,
        "events": names[0][0], "channels": ["", *names[1][0]], "sources": names[2][0],
        "event_bounds": columns.event_bounds.tolist(), "group_bounds": columns.group_bounds.tolist(),
    }  # fmt: skip
    columns.save(draft, counts)
    _save_text(draft / "trace.json", json.dumps(meta, ensure_ascii=False))


def _merged(read: list[Read], final: Int) -> Int:
    """[4, k] quarter's start, source, known, unknown of all files."""
    if not read:
        return np.zeros((4, 0), np.int64)
    slot, source, known, unknown = (
        np.concatenate([getattr(one, name) for one in read]) for name in ("slot", "source", "known", "unknown")
    )
    source = final[source] if len(source) else source
    there, inverse = np.unique(np.stack([slot, source]), axis=1, return_inverse=True)
    sums = [np.zeros(there.shape[1], np.int64), np.zeros(there.shape[1], np.int64)]
    np.add.at(sums[0], inverse.ravel(), known)
    np.add.at(sums[1], inverse.ravel(), unknown)
    return np.stack([there[0] * QUARTER_US, there[1], *sums])


def _save_text(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _install(draft: Path, place: Path) -> None:
    try:
        draft.rename(place)
    except OSError:
        if not (place / "trace.json").exists():  # else somebody built the same meanwhile: theirs is as good
            raise


def _point(folder: Path, subject: str, name: str) -> None:
    """Name the current store, then remove older ones: who has them open keeps their pages."""
    pointer = folder / f"{subject}.current"
    if not pointer.exists() or pointer.read_text().strip() != name:
        aside = folder / f"{subject}.{uuid4().hex}"
        _save_text(aside, name)
        aside.replace(pointer)
    for old in folder.glob(f"{subject}-*"):
        draft = old.name.startswith(f"{subject}-draft-")  # another one may be at work on it; after a day nobody is
        if old.name != name and (not draft or time() - old.stat().st_mtime > STALE_SECONDS):
            shutil.rmtree(old, ignore_errors=True)


def _open(place: Path) -> Trace:
    meta: dict[str, Any] = json.loads((place / "trace.json").read_text(encoding="utf-8"))
    columns = Columns.load(place, np.array(meta["event_bounds"]), np.array(meta["group_bounds"]))
    at, source, known, unknown = map_array(place / "counts.npy")
    counts = KnownCounts(at, source, known, unknown)
    return Trace(
        meta["subject"], meta["data_version"], meta["key"], place, tuple(_buckets(columns)), tuple(meta["events"]),
        tuple(meta["channels"]), tuple(meta["sources"]), int(known.sum()), int(unknown.sum()), counts,
    )  # fmt: skip


def _buckets(columns: Columns) -> list[Bucket]:
    found = []
    for index in range(len(columns.event_bounds) - 1):
        low, high = columns.event_bounds[index : index + 2]
        first, last = columns.group_bounds[index : index + 2]
        offsets = columns.offsets[first + index : last + index + 1]
        groups = [getattr(columns, name)[first:last] for name in ("subject", "customer")]
        found.append(Bucket(offsets, *groups, *(getattr(columns, name)[low:high] for name in PER_EVENT)))
    return found
