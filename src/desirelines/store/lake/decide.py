"""Which rows stay: one kernel over one partition of row identities."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., Any])
_compiled = cast("Callable[[F], F]", numba.njit(nogil=True, cache=True))

LOW, HIGH, CONTENT, ROW = 0, 1, 2, 3
"""What is known of a row while all are compared: its identity, its content, its place in the import (-1: in the lake)."""
IDENTITY_WIDTH = 4
VERDICT_WIDTH = 2
"""What becomes of a row that does not simply stay: its place, its verdict."""

DUPLICATE = -1
CONFLICT = -2
"""A verdict above 0 is the ordinal of a row among its equals: it stays under another id."""

FIRST, LATEST, ORDINAL = 0, 1, 2
PARTITIONS = 256


@_compiled
def _decide(records: Any, mode: Any, slots: Any, seen: Any, there: Any, verdicts: Any) -> None:
    """Fill verdicts [n] for records [n, 4]. slots [2^k > n] are -1.

    seen, there [n] are zeros and count, per identity, the rows of the import so far and those of the lake.
    """
    mask = np.int64(slots.size - 1)
    for lake_first in (True, False):
        for index in range(records.shape[0]):
            if (records[index, ROW] < 0) != lake_first:
                continue
            slot = (records[index, LOW] >> 8) & mask
            while True:
                holder = slots[slot]
                if holder < 0 or (records[holder, LOW] == records[index, LOW] and records[holder, HIGH] == records[index, HIGH]):
                    break
                slot = (slot + 1) & mask
            if holder < 0:
                slots[slot] = index
                holder = index
            elif mode == ORDINAL:  # the n-th of equal rows is the n-th of those in the lake
                verdicts[index] = seen[holder] if seen[holder] >= there[holder] else DUPLICATE
            elif records[holder, CONTENT] != records[index, CONTENT]:
                verdicts[index] = CONFLICT
            elif mode == LATEST and records[holder, ROW] >= 0:
                verdicts[holder] = DUPLICATE
                slots[slot] = index
            else:
                verdicts[index] = DUPLICATE
            if lake_first:
                there[holder] += 1
            else:
                seen[holder] += 1


def decide(records: NDArray[np.int64], mode: int) -> NDArray[np.int64]:
    """(place, verdict) [m, 2] of those rows of a partition (records [n, 4], in order) that do not simply stay."""
    count = len(records)
    slots = np.full(1 << max(4, (2 * count).bit_length()), -1, np.int64)
    verdicts = np.zeros(count, np.int64)
    _decide(records, mode, slots, np.zeros(count, np.int64), np.zeros(count, np.int64), verdicts)
    chosen = np.flatnonzero((verdicts != 0) & (records[:, ROW] >= 0))
    return np.stack([records[chosen, ROW], verdicts[chosen]], axis=1)


@_compiled
def mark(bits: Any, records: Any) -> None:
    """Note the identities of records [n, 4] in a table of 2^k bytes."""
    mask = np.int64(bits.size * 8 - 1)
    for index in range(records.shape[0]):
        place = (records[index, LOW] >> 20) & mask
        bits[place >> 3] |= np.uint8(1 << (place & 7))


@_compiled
def marked(bits: Any, records: Any) -> NDArray[np.bool_]:
    """False [n] where an identity was surely never noted."""
    mask = np.int64(bits.size * 8 - 1)
    found = np.empty(records.shape[0], np.bool_)
    for index in range(records.shape[0]):
        place = (records[index, LOW] >> 20) & mask
        found[index] = (bits[place >> 3] >> np.uint8(place & 7)) & 1
    return found


def partition(records: NDArray[np.int64]) -> NDArray[np.int64]:
    """The partition [n] of each identity."""
    return records[:, LOW] & (PARTITIONS - 1)


@_compiled
def fresh(recent: Any, a: Any, b: Any) -> NDArray[np.bool_]:
    """False [n] where the pair (a, b) was seen lately. `recent` [2^k, 2] forgets a pair when another takes its place."""
    mask = np.uint64(recent.shape[0] - 1)
    found = np.empty(a.size, np.bool_)
    for index in range(a.size):
        slot = ((np.uint64(a[index]) * np.uint64(31)) ^ np.uint64(b[index])) & mask
        found[index] = recent[slot, 0] != a[index] or recent[slot, 1] != b[index]
        recent[slot, 0] = a[index]
        recent[slot, 1] = b[index]
    return found
