"""Identifiers joined by links: connected components by union-find over a hash table, and fast look-up of keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., Any])
_compiled = cast("Callable[[F], F]", numba.njit(nogil=True, cache=True))

Keys = NDArray[np.int64]
SIGN = np.int64(-(2**63))


@_compiled
def _number(ends: Any, places: Any, slots: Any, keys: Any, named: Any, count: Any, numbers: Any) -> Any:
    """Give each key of ends [m] a number in order of first appearance. Returns how many there are now.

    slots [2^k] hold numbers or -1; keys, named [>= count + m] hold, by number, the key and the place it was first seen at.
    All go on from call to call.
    """
    mask = np.int64(slots.size - 1)
    for index in range(ends.size):
        key = ends[index]
        slot = (key ^ (key >> 32)) & mask
        while slots[slot] >= 0 and keys[slots[slot]] != key:
            slot = (slot + 1) & mask
        if slots[slot] < 0:
            slots[slot] = count
            keys[count] = key
            named[count] = places[index]
            count += 1
        numbers[index] = slots[slot]
    return count


@_compiled
def _unite(a: Any, b: Any, keys: Any, parent: Any) -> None:
    """Join the nodes a [m] and b [m]; a root is the node with the smallest key (read unsigned) of its component."""
    for index in range(a.size):
        x, y = a[index], b[index]
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        while parent[y] != y:
            parent[y] = parent[parent[y]]
            y = parent[y]
        if x != y:
            if np.uint64(keys[x]) < np.uint64(keys[y]):
                parent[y] = x
            else:
                parent[x] = y


@_compiled
def _roots(keys: Any, parent: Any, customer: Any) -> None:
    for node in range(parent.size):
        root = node
        while parent[root] != root:
            parent[root] = parent[parent[root]]
            root = parent[root]
        customer[node] = keys[root]


def numbered(a: Keys, b: Keys, places: Keys) -> tuple[Keys, Keys, NDArray[np.int32], NDArray[np.int32]]:
    """The distinct keys [n] of links a [m], b [m]; where each is named; the links as indices into the keys.

    places [m] say where a link lies; the answer is twice that, and one more where the key is the link's b.
    """
    slots = np.full(1 << max(4, (4 * len(a)).bit_length()), -1, np.int32)
    keys, named = np.empty(2 * len(a), np.int64), np.empty(2 * len(a), np.int64)
    ends = np.empty(len(a), np.int32), np.empty(len(b), np.int32)
    count = _number(a, places * 2, slots, keys, named, 0, ends[0])
    count = _number(b, places * 2 + 1, slots, keys, named, count, ends[1])
    return keys[:count].copy(), named[:count].copy(), *ends


def components(keys: Keys, a: NDArray[np.int32], b: NDArray[np.int32]) -> Keys:
    """The smallest key (read unsigned) [n] that each key is joined with, along links a [m], b [m] (indices into keys)."""
    parent = np.arange(len(keys), dtype=np.int32)
    customer = np.empty(len(keys), np.int64)
    _unite(a, b, keys, parent)
    _roots(keys, parent, customer)
    return customer


def components_reference(keys: Keys, a: NDArray[np.int32], b: NDArray[np.int32]) -> Keys:
    """The same, as one would say it."""
    group = [{node} for node in range(len(keys))]
    for x, y in zip(a.tolist(), b.tolist(), strict=True):
        if group[x] is not group[y]:
            group[x] |= group[y]
            for node in group[y]:
                group[node] = group[x]
    smallest = [min((int(keys[node]) % 2**64, int(keys[node])) for node in one)[1] for one in group]
    return np.array(smallest, dtype=np.int64)


@_compiled
def _bucket(keys: Any, shift: Any, firsts: Any) -> None:
    """firsts [2^k + 1]: where the keys of each bucket begin once sorted; the bucket is the key's highest bits."""
    for key in keys:
        firsts[(np.uint64(key ^ SIGN) >> shift) + np.uint64(1)] += 1
    for bucket in range(firsts.size - 1):
        firsts[bucket + 1] += firsts[bucket]


@_compiled
def _sort(keys: Any, shift: Any, firsts: Any, sorted_keys: Any, order: Any) -> None:
    place = firsts[:-1].copy()
    for index in range(keys.size):
        bucket = np.uint64(keys[index] ^ SIGN) >> shift
        at = place[bucket]
        place[bucket] += 1
        while at > firsts[bucket] and sorted_keys[at - 1] > keys[index]:
            sorted_keys[at] = sorted_keys[at - 1]
            order[at] = order[at - 1]
            at -= 1
        sorted_keys[at] = keys[index]
        order[at] = index


@_compiled
def _find(wanted: Any, shift: Any, firsts: Any, keys: Any, values: Any, found: Any) -> None:
    """found [m] becomes the value of each wanted key; a key that is not there is its own."""
    for index in range(wanted.size):
        key = wanted[index]
        found[index] = key
        bucket = np.uint64(key ^ SIGN) >> shift
        for place in range(firsts[bucket], firsts[bucket + np.uint64(1)]):
            if keys[place] == key:
                found[index] = values[place]
                break


def buckets(keys: Keys) -> tuple[np.uint64, Keys]:
    """(shift, firsts) of digests [n]: as they are evenly spread, each bucket holds one or two."""
    bits = max(1, len(keys).bit_length() - 1)
    shift = np.uint64(64 - bits)
    firsts = np.zeros((1 << bits) + 1, np.int64)
    _bucket(keys, shift, firsts)
    return shift, firsts


def sort_keys(keys: Keys) -> tuple[Keys, NDArray[np.int32]]:
    """Distinct digests [n], sorted, and the order that sorts them."""
    shift, firsts = buckets(keys)
    sorted_keys, order = np.empty_like(keys), np.empty(len(keys), np.int32)
    _sort(keys, shift, firsts, sorted_keys, order)
    return sorted_keys, order


def look_up(wanted: Keys, index: tuple[np.uint64, Keys], keys: Keys, values: Keys) -> Keys:
    """The values [m] of wanted keys [m]; a key that is not among keys [n] gives itself."""
    found = np.empty(len(wanted), np.int64)
    _find(np.ascontiguousarray(wanted, np.int64), *index, keys, values, found)
    return found
