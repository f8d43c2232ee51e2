"""Records that do not fit in memory: kept in order, read back partition by partition."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

from desirelines.store.files import append_to

F = TypeVar("F", bound=Callable[..., Any])
_compiled = cast("Callable[[F], F]", numba.njit(nogil=True, cache=True))

BUFFER = 1 << 17
"""Records held in memory; beyond that they go to the file."""
Records = NDArray[np.int64]


@_compiled
def _spread(records: Any, parts: Any, bounds: Any, spread: Any) -> None:
    """Stable counting sort of records [n, w] by parts [n]; bounds [p + 1] come in as zeros and end as the parts' bounds."""
    for row in range(parts.size):
        bounds[parts[row] + 1] += 1
    for part in range(bounds.size - 1):
        bounds[part + 1] += bounds[part]
    place = bounds[:-1].copy()
    for row in range(parts.size):
        target = place[parts[row]]
        place[parts[row]] += 1
        for field in range(records.shape[1]):
            spread[target, field] = records[row, field]


class Spill:
    """An append-only file of records of `width` numbers each, every one in a partition 0..partitions-1.

    Memory: two buffers of BUFFER records and one small index per flush, whatever is added. The records of a partition
    come back in the order in which they were added.
    """

    def __init__(self, path: Path, width: int, partitions: int) -> None:
        self.path = path
        self.partitions = partitions
        self.count = 0
        self._buffer = np.empty((0, width), np.int64)
        self._parts = np.empty(0, np.int64)
        self._used = 0
        self._blocks: list[tuple[int, Records]] = []
        self._file = -1

    def add(self, parts: Records, records: Records) -> None:
        """Append records [n, width], the i-th to partition parts[i]."""
        self.count += len(records)
        place = 0
        while place < len(records):
            self._grow(self._used + len(records) - place)
            step = min(len(self._buffer) - self._used, len(records) - place)
            self._buffer[self._used : self._used + step] = records[place : place + step]
            self._parts[self._used : self._used + step] = parts[place : place + step]
            self._used += step
            place += step
            if self._used == BUFFER:
                self._flush()

    def _grow(self, wanted: int) -> None:
        size = min(BUFFER, max(wanted, 1024))
        if size > len(self._buffer):
            buffer, parts = np.empty((size, self._buffer.shape[1]), np.int64), np.empty(size, np.int64)
            buffer[: self._used], parts[: self._used] = self._buffer[: self._used], self._parts[: self._used]
            self._buffer, self._parts = buffer, parts

    def _sorted(self) -> tuple[Records, Records]:
        spread = np.empty((self._used, self._buffer.shape[1]), np.int64)
        bounds = np.zeros(self.partitions + 1, np.int64)
        _spread(self._buffer[: self._used], self._parts[: self._used], bounds, spread)
        return spread, bounds

    def _flush(self) -> None:
        records, bounds = self._sorted()
        written = sum(int(bounds[-1]) for _, bounds in self._blocks)
        append_to(self.path, records.data.cast("B"))
        self._blocks.append((written, bounds))
        self._used = 0

    def close(self) -> None:
        """No more is added; from now on `read` may be called, from any thread."""
        self._buffer, self._parts = self._sorted()
        self._used = 0
        if self._blocks:
            self._file = os.open(self.path, os.O_RDONLY)

    def read(self, part: int) -> Records:
        """The records of one partition, in the order they were added."""
        pieces = [(start + int(bounds[part]), int(bounds[part + 1] - bounds[part])) for start, bounds in self._blocks]
        held = self._buffer[self._parts[part] : self._parts[part + 1]]
        width = self._buffer.shape[1]
        found = np.empty((sum(count for _, count in pieces) + len(held), width), np.int64)
        place = 0
        for start, count in pieces:
            if count:
                os.preadv(self._file, [found[place : place + count].data.cast("B")], start * width * 8)
                place += count
        found[place:] = held
        return found

    def remove(self) -> None:
        """Close and forget the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
        self.path.unlink(missing_ok=True)
