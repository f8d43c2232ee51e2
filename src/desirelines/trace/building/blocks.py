"""A bucket as bytes: its columns one behind the other, each on a boundary of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from desirelines.trace.bucket import Bucket
from desirelines.trace.building.checksum import checksum
from desirelines.trace.building.files import Bytes, as_kind

ALIGN = 64
PER_GROUP = ("subject", "customer")
PER_EVENT: Mapping[str, Any] = {"at": np.int64, "ref": np.int64, "event": np.uint32, "channel": np.uint16, "source": np.uint16}

Lengths = Mapping[str, tuple[int, Any]]
"""How many values of which kind each column has, in the order they lie in."""


@dataclass(frozen=True)
class Block:
    """Where a bucket lies: bytes [start, start + size) of a file, and what their checksum must be."""

    file: str
    start: int
    groups: int
    events: int
    checksum: int

    @property
    def size(self) -> int:
        return layout_of(_lengths(self.groups, self.events))[1]


def _lengths(groups: int, events: int) -> Lengths:
    found: dict[str, tuple[int, Any]] = {"offsets": (groups + 1, np.int64), **dict.fromkeys(PER_GROUP, (groups, np.int64))}
    return found | {name: (events, kind) for name, kind in PER_EVENT.items()}


def layout_of(lengths: Lengths) -> tuple[dict[str, tuple[int, int, Any]], int]:
    """Where each column begins, its length and kind; and the bytes of all."""
    found, start = {}, 0
    for name, (count, kind) in lengths.items():
        found[name] = (start, count, kind)
        start += -(-count * np.dtype(kind).itemsize // ALIGN) * ALIGN
    return found, start


def columns_in(content: Bytes, lengths: Lengths) -> dict[str, Any]:
    """The columns that these bytes hold: views, nothing is read."""
    return {name: as_kind(content, *place) for name, place in layout_of(lengths)[0].items()}


def bucket_in(content: Bytes, groups: int, events: int) -> Bucket:
    """The bucket that these bytes hold."""
    return Bucket(**columns_in(content, _lengths(groups, events)))


class Room:
    """Memory that bucket after bucket is laid out in, so that its pages are warm."""

    def __init__(self) -> None:
        self._bytes: Bytes = np.empty(0, np.uint8)
        self.content: Bytes = self._bytes

    def bucket(self, groups: int, events: int) -> Bucket:
        """An empty bucket to be filled in place; it is this room's content until the next one."""
        layout, size = layout_of(_lengths(groups, events))
        if size > self._bytes.size:
            self._bytes = np.empty(size + size // 4, np.uint8)
        self.content = self._bytes[:size]
        starts = [start for start, _, _ in layout.values()] + [size]
        for end in starts[1:]:
            self.content[end - ALIGN if end >= ALIGN else 0 : end] = 0  # what no column fills must not be what lay here before
        return bucket_in(self.content, groups, events)

    def block(self, file: str, start: int, bucket: Bucket) -> Block:
        return Block(file, start, len(bucket.subject), len(bucket.at), checksum(self.content))
