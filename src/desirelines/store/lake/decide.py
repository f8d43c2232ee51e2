"""Which rows stay: one kernel over one partition of row identities."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., Any])
_compiled = cast("Callable[[F], F]", numba.njit(nogil=True, cache=True))

IDENTITY = np.dtype([("low", "u8"), ("high", "u8"), ("content", "i8"), ("row", "i8")])
"""What is known of a row while all are compared. `row` counts from 0 over the import; -1: it is in the lake already."""
VERDICT = np.dtype([("row", "i8"), ("verdict", "i8")])
"""What becomes of a row that does not simply stay: see below."""

DUPLICATE = -1
CONFLICT = -2
"""A verdict above 0 is the ordinal of a row among its equals: it stays under another id."""

FIRST, LATEST, ORDINAL = 0, 1, 2
PARTITIONS = 256


@_compiled
def _decide(low: Any, high: Any, content: Any, row: Any, mode: Any, slots: Any, seen: Any, there: Any, verdicts: Any) -> None:
    """Fill verdicts [n]. slots [2^k > n] empty (-1); seen, there [n] zeros: rows of the import so far and of the lake, per identity."""
    mask = np.uint64(slots.size - 1)
    for lake_first in (True, False):
        for index in range(low.size):
            if (row[index] < 0) != lake_first:
                continue
            slot = (low[index] >> np.uint64(8)) & mask
            while True:
                holder = slots[slot]
                if holder < 0 or (low[holder] == low[index] and high[holder] == high[index]):
                    break
                slot = (slot + np.uint64(1)) & mask
            if holder < 0:
                slots[slot] = index
                holder = index
            elif mode == 2:  # the n-th of equal rows is the n-th of those in the lake
                verdicts[index] = seen[holder] if seen[holder] >= there[holder] else DUPLICATE
            elif content[holder] != content[index]:
                verdicts[index] = CONFLICT
            elif mode == 1 and row[holder] >= 0:
                verdicts[holder] = DUPLICATE
                slots[slot] = index
            else:
                verdicts[index] = DUPLICATE
            if lake_first:
                there[holder] += 1
            else:
                seen[holder] += 1


def decide(records: NDArray[Any], mode: int) -> NDArray[Any]:
    """The VERDICTs of those rows of a partition (IDENTITY [n], in order) that do not simply stay."""
    count = len(records)
    slots = np.full(1 << max(4, (2 * count).bit_length()), -1, np.int64)
    verdicts = np.zeros(count, np.int64)
    low, high, content, row = (np.ascontiguousarray(records[name]) for name in ("low", "high", "content", "row"))
    _decide(low, high, content, row, mode, slots, np.zeros(count, np.int64), np.zeros(count, np.int64), verdicts)
    chosen = np.flatnonzero((verdicts != 0) & (row >= 0))
    found = np.empty(len(chosen), VERDICT)
    found["row"], found["verdict"] = row[chosen], verdicts[chosen]
    return found


@_compiled
def mark(bits: Any, low: Any) -> None:
    """Note digests in a bit table of 2^k bytes."""
    mask = np.uint64(bits.size * 8 - 1)
    for index in range(low.size):
        place = (low[index] >> np.uint64(20)) & mask
        bits[place >> np.uint64(3)] |= np.uint8(1 << (place & np.uint64(7)))


@_compiled
def marked(bits: Any, low: Any) -> NDArray[np.bool_]:
    """False where a digest was surely never noted."""
    mask = np.uint64(bits.size * 8 - 1)
    found = np.empty(low.size, np.bool_)
    for index in range(low.size):
        place = (low[index] >> np.uint64(20)) & mask
        found[index] = (bits[place >> np.uint64(3)] >> np.uint8(place & np.uint64(7))) & np.uint8(1)
    return found


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
