"""Numbers for keys, in the order in which they first occur."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Int
from desirelines.trace.compiled import compiled, longer


@compiled
def mixed(key: Any) -> Any:
    """The finaliser of splitmix64: every bit of the answer hangs on every bit of the key."""
    one = np.uint64(key)
    one = (one ^ (one >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    one = (one ^ (one >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return one ^ (one >> np.uint64(31))


@compiled
def numbered(keys: Int) -> tuple[NDArray[np.int32], Int]:
    """A number [n] for each key, -1 for negative ones, and the keys by number."""
    capacity = 1 << 12
    table, found = np.full(capacity, -1, np.int32), np.empty(capacity // 2, np.int64)
    number = np.empty(keys.size, np.int32)
    count = 0
    for place in range(keys.size):
        key = keys[place]
        if key < 0:
            number[place] = -1
            continue
        slot = mixed(key) & np.uint64(capacity - 1)
        while table[slot] >= 0 and found[table[slot]] != key:
            slot = (slot + np.uint64(1)) & np.uint64(capacity - 1)
        if table[slot] < 0:
            if count == found.size:
                capacity *= 4
                found = longer(found, count, capacity // 2)
                table = _laid(found, count, capacity)
                slot = mixed(key) & np.uint64(capacity - 1)
                while table[slot] >= 0:
                    slot = (slot + np.uint64(1)) & np.uint64(capacity - 1)
            table[slot] = count
            found[count] = key
            count += 1
        number[place] = table[slot]
    return number, longer(found, count, count)


@compiled
def _laid(found: Int, count: int, capacity: int) -> NDArray[np.int32]:
    table = np.full(capacity, -1, np.int32)
    for index in range(count):
        slot = mixed(found[index]) & np.uint64(capacity - 1)
        while table[slot] >= 0:
            slot = (slot + np.uint64(1)) & np.uint64(capacity - 1)
        table[slot] = index
    return table
