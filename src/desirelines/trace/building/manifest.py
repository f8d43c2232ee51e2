"""What a store is made of: one small file that names all others with their checksums. Replacing it is the only change."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from desirelines.trace.bucket import Int
from desirelines.trace.building.blocks import Block
from desirelines.trace.building.checksum import STRIPE, checksum
from desirelines.trace.building.files import Bytes, Writer, as_kind, map_file, replace_text

FORMAT = 2


class Damaged(Exception):
    """The store on disk is not what was written."""


@dataclass(frozen=True)
class Numbers:
    """Some arrays of whole numbers in a file of their own."""

    file: str
    sizes: tuple[int, ...]
    checksum: int


@dataclass(frozen=True)
class Patch:
    """Where lies what a bucket gained and lost since its block was written: `groups` as they are now, new events, and
    stretches of events that are left out; see `patches`."""

    file: str
    start: int
    groups: int
    events: int
    outs: int
    checksum: int


@dataclass(frozen=True)
class Manifest:
    """`files`: names of the lake's files, in the order that `Bucket.ref` counts them. `people`: keys, customer, held keys.

    `patches`: one or None per block.
    """

    subject: str
    key: str
    data_version: int
    bits: int
    files: tuple[str, ...]
    events: tuple[str, ...]
    channels: tuple[str, ...]
    sources: tuple[str, ...]
    counts: Numbers
    people: Numbers
    blocks: tuple[Block, ...]
    patches: tuple[Patch | None, ...]
    format: int = FORMAT

    @property
    def is_patched(self) -> bool:
        return any(patch is not None for patch in self.patches)

    def at(self, data_version: int) -> Manifest:
        """The same content at another version of the data."""
        return replace(self, data_version=data_version)


def write_numbers(folder: Path, name: str, arrays: Sequence[Int]) -> Numbers:
    """Write arrays of int64 into `folder / name`; the file is told relative to the folder above."""
    size = sum(len(array) for array in arrays)
    words = STRIPE // 8
    whole = np.zeros(max(-(-size // words), 1) * words, np.int64)
    np.concatenate([np.empty(0, np.int64), *arrays], out=whole[:size])
    with Writer(folder / name) as file:
        file.write(whole)
    return Numbers(f"{folder.name}/{name}", tuple(len(array) for array in arrays), checksum(whole))


def mapped(folder: Path, file: str) -> Bytes:
    """A file of the store. Raises Damaged where it is gone or empty."""
    try:
        return map_file(folder / file)
    except (FileNotFoundError, ValueError) as error:
        raise Damaged(f"{file} is not there") from error


def read_numbers(folder: Path, numbers: Numbers) -> list[Int]:
    """The arrays, mapped. Raises Damaged."""
    content = mapped(folder, numbers.file)
    if len(content) % STRIPE or len(content) < 8 * sum(numbers.sizes) or checksum(content) != numbers.checksum:
        raise Damaged(f"{numbers.file} is not what was written")
    starts = np.cumsum([0, *numbers.sizes])
    return [as_kind(content, 8 * int(start), size, np.int64) for start, size in zip(starts, numbers.sizes, strict=False)]


def place_of(folder: Path, subject: str) -> Path:
    return folder / f"{subject}.store"


def write_manifest(folder: Path, manifest: Manifest) -> None:
    text = json.dumps(asdict(manifest), ensure_ascii=False)
    replace_text(place_of(folder, manifest.subject), f"{_digest(text)}\n{text}")


def read_manifest(folder: Path, subject: str) -> Manifest | None:
    """The store of `subject`; None where none was built, or by another release. Raises Damaged."""
    try:
        digest, _, text = place_of(folder, subject).read_text(encoding="utf-8").partition("\n")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise Damaged("the list of its files is not what was written") from error
    if digest != _digest(text):
        raise Damaged("the list of its files is not what was written")
    found: dict[str, Any] = json.loads(text)
    if found["format"] != FORMAT:
        return None
    numbers = {name: Numbers(**found[name] | {"sizes": tuple(found[name]["sizes"])}) for name in ("counts", "people")}
    names = {name: tuple(found[name]) for name in ("files", "events", "channels", "sources")}
    blocks = tuple(Block(**block) for block in found["blocks"])
    patches = tuple(None if patch is None else Patch(**patch) for patch in found["patches"])
    return Manifest(**found | numbers | names | {"blocks": blocks, "patches": patches})


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
