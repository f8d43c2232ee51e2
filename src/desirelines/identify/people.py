"""Whose an identifier is: links applied, but for those of values that would join strangers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desirelines.errors import BadInput

DEFAULT_JOINS = 50
"""How many values of one other kind a value may be linked with."""


@dataclass(frozen=True)
class Held:
    """A value that is not applied. `linked`: values it is linked with; `events`: events that name it."""

    kind: str
    value: str
    reason: Literal["placeholder", "over-joining"]
    linked: int
    events: int


@dataclass(frozen=True)
class Identities:
    """keys [n] sorted identifier keys that were ever linked; customer [n] the smallest (unsigned) key joined with each.

    held_keys [h] sorted keys of over-joining values. Placeholders have no key in the lake and appear in `held` only.
    """

    keys: NDArray[np.int64]
    customer: NDArray[np.int64]
    held: tuple[Held, ...]
    held_keys: NDArray[np.int64]

    def customer_of(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """Customers [m] of identifier keys [m]: a key never linked is its own; 0 for nobody, of 0 and of held keys."""
        found = np.asarray(keys, np.int64).copy()
        if len(self.keys) and len(found):
            place = np.minimum(np.searchsorted(self.keys, found), len(self.keys) - 1)
            hit = self.keys[place] == found
            found[hit] = self.customer[place[hit]]
        if len(self.held_keys):
            found[np.isin(keys, self.held_keys)] = 0
        return found


def customer_name(key: int) -> str:
    """The name of a customer: ``c`` and 16 hex digits."""
    return f"c{key & 0xFFFFFFFFFFFFFFFF:016x}"


def customer_key(name: str) -> int:
    """The key that `customer_name` names. Raises BadInput."""
    digits = name[1:]
    if len(name) != 17 or name[0] != "c" or any(digit not in "0123456789abcdef" for digit in digits):
        raise BadInput(f"{name!r} names no customer", hint="a customer's name is c and 16 hex digits")
    key = int(digits, 16)
    return key - 2**64 if key >= 2**63 else key


def limit_of(joins: Mapping[str, int], kind: str) -> int:
    return joins.get(kind, DEFAULT_JOINS)
