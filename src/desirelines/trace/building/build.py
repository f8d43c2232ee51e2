"""Building and opening the trace store: derived, so losing it costs a rebuild and nothing more."""

from __future__ import annotations

import contextlib
import logging
import shutil
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from uuid import uuid4

import numpy as np

from desirelines.errors import BadInput, NotFound, Unavailable
from desirelines.model.event import NAME
from desirelines.model.progress import Progress, silent
from desirelines.trace.bucket import KnownCounts, Trace
from desirelines.trace.building.checksum import digest
from desirelines.trace.building.counts import QUARTER_US
from desirelines.trace.building.files import alone, disk_room
from desirelines.trace.building.full import write_all
from desirelines.trace.building.grow import can_grow, grow, merge_patches
from desirelines.trace.building.manifest import (
    FORMAT,
    Damaged,
    Manifest,
    place_of,
    read_manifest,
    read_numbers,
    write_manifest,
)
from desirelines.trace.building.patches import open_store
from desirelines.trace.building.reading import CUSTOMER, Events, Persons, Reader
from desirelines.trace.building.shards import trust

PER_BUCKET = 160_000
MAX_BITS = 10
IN_MEMORY = 55_000_000

log = logging.getLogger("desirelines")


def build(
    snapshot: Events,
    identities: Persons,
    folder: Path,
    subject: str = CUSTOMER,
    progress: Progress = silent,
    bucket_bits: int | None = None,
    in_memory: int = IN_MEMORY,
) -> Trace:
    """The trace store of `subject` (`customer` or an object kind) in `folder`, brought to this snapshot and these identities.

    What the store has already is kept, so that new events cost what they are; see `docs/trace.md`. Until all is written the
    store of before stays in use; stores that are open stay valid. A store that is damaged is built anew from the lake; that
    is logged and told in `Trace.repaired`. Raises BadInput for an object kind that no event names, Unavailable when the
    disk is full. `bucket_bits`: 2 ** bits buckets, chosen by size when None. Rows of more than `in_memory` events wait on disk
    until they are sorted, 40 bytes each, so that memory does not grow with the lake.
    """
    _check_subject(snapshot, subject)
    count = snapshot.count("events")
    bits = _bits(count) if bucket_bits is None else bucket_bits
    key = _key(snapshot, identities, bits)
    trace = _opened(folder, subject, key, snapshot.data_version)
    if trace is None:
        with disk_room(), alone(folder / f"{subject}.lock"):
            trace = _opened(folder, subject, key, snapshot.data_version)  # somebody may have built it while we waited
            if trace is None:
                trace = _build(Reader(snapshot, identities, subject, bits, in_memory=in_memory), folder, key, progress)
    progress("trace", 1.0)
    return trace


def open_trace(folder: Path, subject: str = CUSTOMER) -> Trace:
    """The store of `subject` that was built last. Raises NotFound when there is none, Unavailable when it is damaged."""
    damage = ""
    for _ in range(5):  # another process may put a new one in place between reading the list and opening the files
        try:
            manifest = read_manifest(folder, subject)
            if manifest is None:
                raise NotFound(f"there is no trace of {subject} yet", hint="import events, or rebuild the trace")
            return _open(folder, manifest)
        except Damaged as error:
            damage = str(error)
    raise Unavailable(f"the trace of {subject} is damaged: {damage}", hint="rebuild the trace: it comes back from the lake")


def merge_trace(folder: Path, subject: str = CUSTOMER) -> bool:
    """Merge what was laid aside into the store's files, so that opening it need not, and the next new events can be laid aside.

    The content stays the same, open stores stay valid. Answers whether there was anything to do. Raises Unavailable when the
    disk is full.
    """
    with disk_room(), alone(folder / f"{subject}.lock"):
        try:
            old = read_manifest(folder, subject)
            if old is None or not old.is_patched:
                return False
            with _draft(folder, subject) as draft:
                manifest = merge_patches(old, folder, draft)
                trust(folder, manifest.blocks)
                write_manifest(folder, manifest)
        except Damaged:  # whoever asks for it next builds it anew
            return False
        _sweep(folder, manifest)
        return True


def _opened(folder: Path, subject: str, key: str, data_version: int) -> Trace | None:
    """The store as it is, where that is what is wanted; None where it is not, or damaged."""
    try:
        manifest = read_manifest(folder, subject)
        wanted = manifest is not None and manifest.key == key and manifest.data_version == data_version
        return _open(folder, manifest) if manifest is not None and wanted else None
    except Damaged:
        return None


def _check_subject(snapshot: Events, subject: str) -> None:
    kinds = sorted(name.removeprefix("object_") for name in snapshot.columns("events") if name.startswith("object_"))
    if subject != CUSTOMER and (subject not in kinds or not NAME.match(subject)):
        raise BadInput(f"no event names an object of kind {subject!r}", hint=f"subjects: {', '.join([CUSTOMER, *kinds])}")


def _bits(events: int) -> int:
    """2 to 1024 buckets of about PER_BUCKET events."""
    return min(max((events // PER_BUCKET).bit_length(), 1), MAX_BITS)


def _key(snapshot: Events, identities: Persons, bits: int) -> str:
    """Names the content: what it was made of, and into how many buckets."""
    found = blake2b(f"{FORMAT} {bits}".encode(), digest_size=8)
    for file in snapshot.files("events"):
        found.update(f"\n{file.name}".encode())
    for array in (identities.keys, identities.customer, identities.held_keys):
        found.update(f"\n{len(array)} {digest(np.ascontiguousarray(array, dtype=np.int64))}".encode())
    return found.hexdigest()


def _build(reader: Reader, folder: Path, key: str, progress: Progress) -> Trace:
    """Write what is missing into a folder of its own, then name it the store."""
    with _draft(folder, reader.subject) as draft:
        manifest, repaired = _written(reader, folder, draft, key, progress)
        trust(folder, manifest.blocks)
        write_manifest(folder, manifest)
    trace = _open(folder, manifest, repaired)
    _sweep(folder, manifest)
    return trace


@contextlib.contextmanager
def _draft(folder: Path, subject: str) -> Iterator[Path]:
    """A new folder for files of the store; removed where what is done in it fails."""
    draft = folder / f"{subject}-{uuid4().hex}"
    draft.mkdir()
    try:
        yield draft
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _written(reader: Reader, folder: Path, draft: Path, key: str, progress: Progress) -> tuple[Manifest, str]:
    """The store of before with what is new, else one from the lake alone; and what was damaged in the one of before."""
    damage, in_memory = "", reader.in_memory
    try:
        old = read_manifest(folder, reader.subject)
        if old is not None and old.key == key:
            open_store(folder, old)
            read_numbers(folder, old.counts)
            read_numbers(folder, old.people)
            return old.at(reader.snapshot.data_version), ""
        if old is not None and can_grow(old, folder, reader):
            return grow(old, folder, reader, draft, key, progress), ""
    except Damaged as error:
        damage = str(error)
        log.warning("the trace of %s was damaged and is built anew from the lake: %s", reader.subject, damage)
    fresh = Reader(reader.snapshot, reader.identities, reader.subject, reader.bits, draft, in_memory)
    for place in draft.iterdir():
        place.unlink()
    return write_all(fresh, draft, key, progress), damage


def _sweep(folder: Path, manifest: Manifest) -> None:
    """Remove what the store does not name: older stores (who has them open keeps their pages) and builds that were killed."""
    used = {manifest.counts.file, manifest.people.file, *(block.file for block in manifest.blocks)}
    used |= {patch.file for patch in manifest.patches if patch is not None}
    kept = {file.partition("/")[0] for file in used}
    for place in folder.glob(f"{manifest.subject}-*"):
        if place.name not in kept:
            shutil.rmtree(place, ignore_errors=True)
        else:
            for file in place.iterdir():
                if f"{place.name}/{file.name}" not in used:
                    file.unlink(missing_ok=True)
    for old in (f"{manifest.subject}.current", f"{place_of(folder, manifest.subject).name}.draft"):
        (folder / old).unlink(missing_ok=True)


def _open(folder: Path, manifest: Manifest, repaired: str = "") -> Trace:
    buckets = open_store(folder, manifest)
    quarter, source, known, unknown = read_numbers(folder, manifest.counts)
    counts = KnownCounts(quarter * QUARTER_US, source, known, unknown)
    return Trace(
        manifest.subject, manifest.data_version, manifest.key, folder, buckets, manifest.events, manifest.channels,
        manifest.sources, int(known.sum()), int(unknown.sum()), counts, repaired,
    )  # fmt: skip
