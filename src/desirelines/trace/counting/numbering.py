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
def numbered(keys: Int, every: bool) -> tuple[NDArray[np.int32], Int]:
    """A number [n] for each key, -1 for negative ones unless `every`, and the keys by number."""
    capacity, place, count = 1 << 12, 0, 0
    while capacity < 2 * min(keys.size, 1 << 17):
        capacity *= 2
    number, found = np.empty(keys.size, np.int32), np.empty(capacity // 2, np.int64)
    while True:
        table = _laid(found, count, capacity)
        place, count = _meet(keys, every, place, number, found, count, table)
        if place == keys.size:
            return number, longer(found, count, count)
        capacity *= 4
        found = longer(found, count, capacity // 2)


@compiled
def _meet(
    keys: Int, every: bool, place: int, number: NDArray[np.int32], found: Int, count: int, table: NDArray[np.int32]
) -> tuple[int, int]:
    """Number keys from `place` on, until none is left or the table is full. The arrays stay the same in this loop: one that
    may grow them is five times slower."""
    last = np.uint64(table.size - 1)
    while place < keys.size:
        key = keys[place]
        if key < 0 and not every:
            number[place] = -1
            place += 1
            continue
        slot = mixed(key) & last
        while table[slot] >= 0 and found[table[slot]] != key:
            slot = (slot + np.uint64(1)) & last
        if table[slot] < 0:
            if count == found.size:
                break
            table[slot] = count
            found[count] = key
            count += 1
        number[place] = table[slot]
        place += 1
    return place, count


@compiled
def _laid(found: Int, count: int, capacity: int) -> NDArray[np.int32]:
    """A table of so many places with the keys found so far."""
    table = np.full(capacity, -1, np.int32)
    last = np.uint64(capacity - 1)
    for index in range(count):
        slot = mixed(found[index]) & last
        while table[slot] >= 0:
            slot = (slot + np.uint64(1)) & last
        table[slot] = index
    return table
