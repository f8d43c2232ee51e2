"""Whose events changed hands: the identities a store was built from, held against new ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desirelines.trace.bucket import Int, Mask
from desirelines.trace.building.reading import Persons
from desirelines.trace.compiled import compiled, longer, plain


@dataclass(frozen=True)
class Before:
    """Identities as a store keeps them."""

    keys: Int
    customer: Int
    held_keys: Int

    def customer_of(self, keys: Int) -> Int:
        """As `identify.Identities` answers."""
        found = np.array(keys, dtype=np.int64)
        if len(self.keys):
            place = np.searchsorted(self.keys, found).clip(0, len(self.keys) - 1)
            found = np.where(self.keys[place] == found, self.customer[place], found)
        return np.where(np.isin(keys, self.held_keys), 0, found) if len(self.held_keys) else found


@dataclass(frozen=True)
class Change:
    """Customers [c] of before, sorted, whose events may have another customer now.

    `target` [c]: whose all of them are; 0 where it depends on the event. `held`: whether other values are held back than before,
    so that also events of nobody may have a customer now.
    """

    customers: Int
    target: Int
    held: bool


@compiled
def _differing(keys: Int, customer: Int, new_keys: Int, new_customer: Int) -> Int:
    """The keys, of two sorted lists, that have another customer in each; a key that is not listed is its own."""
    found = np.empty(keys.size + new_keys.size, np.int64)
    count = old = new = 0
    while old < keys.size or new < new_keys.size:
        if new == new_keys.size or (old < keys.size and keys[old] < new_keys[new]):
            key, before, after = keys[old], customer[old], keys[old]
            old += 1
        elif old == keys.size or new_keys[new] < keys[old]:
            key, before, after = new_keys[new], new_keys[new], new_customer[new]
            new += 1
        else:
            key, before, after = keys[old], customer[old], new_customer[new]
            old += 1
            new += 1
        if before != after:
            found[count] = key
            count += 1
    return longer(found, count, count)


def change(before: Before, now: Persons) -> Change:
    """A customer's events move as one where its own key has gone to another and all its other keys with it."""
    arrays = [plain(array, np.int64) for array in (before.keys, before.customer, now.keys, now.customer)]
    keys = _differing(*arrays)
    held = not np.array_equal(np.sort(before.held_keys), np.sort(now.held_keys))
    if held:
        keys = np.union1d(keys, np.setxor1d(before.held_keys, now.held_keys))
    old, new = before.customer_of(keys), now.customer_of(keys)
    moved = (old != new) & (old != 0)
    old, new = old[moved], new[moved]
    customers, place = np.unique(old, return_inverse=True)
    low, high = np.full(len(customers), np.iinfo(np.int64).max), np.full(len(customers), np.iinfo(np.int64).min)
    np.minimum.at(low, place, new)
    np.maximum.at(high, place, new)
    whole: Mask = (low == high) & (now.customer_of(customers) == low)
    return Change(customers, np.where(whole, low, 0), held)
