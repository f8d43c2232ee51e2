"""Neighbouring buckets share a file: never more than SHARDS files are open, however many buckets there are."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from desirelines.trace.bucket import Bucket
from desirelines.trace.building.blocks import Block, Room, bucket_in
from desirelines.trace.building.checksum import checksum
from desirelines.trace.building.files import Bytes, Writer, map_file
from desirelines.trace.building.manifest import Damaged, mapped
from desirelines.trace.run import threads

SHARD_BITS = 6
"""At most 2 ** SHARD_BITS files."""

Mark = tuple[str, int, int, int]

_verified: set[Mark] = set()
_rooms = threading.local()

Make = Callable[[int, Room], Bucket]
"""Lays a bucket out in the room."""
Stays = Callable[[range], Sequence[Block]]
"""The blocks in which a shard's buckets lie already; none where one of them is new."""


def write_shards(
    folder: Path, bits: int, make: Make, done: Callable[[float], None], stays: Stays = lambda _: ()
) -> tuple[Block, ...]:
    """Write the buckets into new files of `folder`, shard by shard."""
    per = 1 << max(bits - SHARD_BITS, 0)
    shards = [range(first, first + per) for first in range(0, 1 << bits, per)]
    found: list[Block] = []
    with ThreadPoolExecutor(threads()) as pool:
        for index, blocks in enumerate(pool.map(lambda shard: stays(shard) or _write(folder, shard, make), shards)):
            found += blocks
            done((index + 1) / len(shards))
    return tuple(found)


def _write(folder: Path, shard: range, make: Make) -> list[Block]:
    if not hasattr(_rooms, "room"):
        _rooms.room = Room()
    room: Room = _rooms.room
    name, found = f"{shard.start:04d}.bin", []
    with Writer(folder / name) as file:
        for index in shard:
            bucket = make(index, room)
            found.append(room.block(f"{folder.name}/{name}", file.size, bucket))
            file.write(room.content)
    return found


class Rewriting:
    """Blocks just written, open to be changed in place: their files do not grow, so a full disk is no matter."""

    def __init__(self, folder: Path, blocks: tuple[Block, ...]) -> None:
        self._folder = folder
        self._blocks = blocks
        self._files: dict[str, Bytes] = {}

    def bucket(self, index: int) -> Bucket:
        block = self._blocks[index]
        return bucket_in(self._content(block), block.groups, block.events)

    def blocks(self, changed: Iterable[int]) -> tuple[Block, ...]:
        """All blocks, with new checksums of those that were changed."""
        found = list(self._blocks)
        for index in changed:
            found[index] = replace(found[index], checksum=checksum(self._content(found[index])))
        return tuple(found)

    def _content(self, block: Block) -> Bytes:
        if block.file not in self._files:
            self._files[block.file] = map_file(self._folder / block.file, write=True)
        return self._files[block.file][block.start : block.start + block.size]


def open_buckets(folder: Path, blocks: Sequence[Block]) -> tuple[Bucket, ...]:
    """All buckets, mapped; what this process has not checked yet is checked first. Raises Damaged."""
    files = [list(group) for _, group in groupby(blocks, key=lambda block: block.file)]
    contents = [_mapped(folder, shard) for shard in files]
    with ThreadPoolExecutor(threads()) as pool:
        list(pool.map(lambda one: _check(folder, *one), zip(contents, files, strict=True)))
    return tuple(
        bucket_in(content[block.start : block.start + block.size], block.groups, block.events)
        for content, shard in zip(contents, files, strict=True)
        for block in shard
    )


def _mapped(folder: Path, shard: Sequence[Block]) -> Bytes:
    content = mapped(folder, shard[0].file)
    if len(content) != shard[-1].start + shard[-1].size:
        raise Damaged(f"{shard[0].file} is not as long as it was written")
    return content


def _check(folder: Path, content: Bytes, shard: Sequence[Block]) -> None:
    mark = _mark(folder / shard[0].file)
    if mark in _verified:
        return
    for block in shard:
        if checksum(content[block.start : block.start + block.size]) != block.checksum:
            raise Damaged(f"{block.file} is not what was written")
    _verified.add(mark)


def trust(folder: Path, blocks: Sequence[Block]) -> None:
    """Files that this process has just written need no check by it."""
    _verified.update(_mark(folder / file) for file in {block.file for block in blocks})


def _mark(path: Path) -> Mark:
    found = path.stat()
    return str(path), found.st_ino, found.st_size, found.st_mtime_ns


def forget_checks() -> None:
    """Check every file again when it is opened next, as a new process does."""
    _verified.clear()
