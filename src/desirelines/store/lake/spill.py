"""Records that do not fit in memory: kept in order, read back partition by partition."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

BUFFER = 1 << 18
"""Records held in memory; beyond that they go to the file."""


class Spill:
    """An append-only file of records of one dtype, each in a partition 0..partitions-1.

    Memory: two buffers of BUFFER records and one small index per flush, whatever is added. Records of a partition come
    back in the order in which they were added.
    """

    def __init__(self, path: Path, dtype: np.dtype[Any], partitions: int) -> None:
        self.path = path
        self.partitions = partitions
        self.count = 0
        self._dtype = dtype
        self._buffer = np.empty(0, dtype)
        self._parts = np.empty(0, np.int64)
        self._used = 0
        self._blocks: list[tuple[int, NDArray[np.int64]]] = []
        self._written = 0

    def add(self, parts: NDArray[np.int64], records: NDArray[Any]) -> None:
        """Append records [n], the i-th to partition parts[i]."""
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
            buffer, parts = np.empty(size, self._dtype), np.empty(size, np.int64)
            buffer[: self._used], parts[: self._used] = self._buffer[: self._used], self._parts[: self._used]
            self._buffer, self._parts = buffer, parts

    def _sorted(self) -> tuple[NDArray[Any], NDArray[np.int64]]:
        parts = self._parts[: self._used]
        order = np.argsort(parts.astype(np.uint16 if self.partitions < 65536 else np.int64), kind="stable")
        ends = np.cumsum(np.bincount(parts, minlength=self.partitions))
        return self._buffer[: self._used][order], np.concatenate([np.zeros(1, np.int64), ends])

    def _flush(self) -> None:
        records, bounds = self._sorted()
        with self.path.open("ab") as file:
            records.tofile(file)
        self._blocks.append((self._written, bounds))
        self._written += len(records)
        self._used = 0

    def close(self) -> None:
        """No more is added; from now on `read` may be called, from any thread."""
        records, bounds = self._sorted()
        self._buffer, self._parts, self._used = records, bounds, 0

    def read(self, part: int) -> NDArray[Any]:
        """The records of one partition, in the order they were added."""
        pieces = [self._piece(start + bounds[part], bounds[part + 1] - bounds[part]) for start, bounds in self._blocks]
        pieces.append(self._buffer[self._parts[part] : self._parts[part + 1]])
        return np.concatenate([piece for piece in pieces if len(piece)] or [np.empty(0, self._dtype)])

    def _piece(self, start: int, count: int) -> NDArray[Any]:
        if count == 0:
            return np.empty(0, self._dtype)
        return np.fromfile(self.path, self._dtype, count=int(count), offset=int(start) * self._dtype.itemsize)
