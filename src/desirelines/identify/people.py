"""Whose an identifier is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.identify.components import buckets, look_up


@dataclass(frozen=True)
class Held:
    """A value that is not applied. `linked`: distinct values it is linked with; `events`: events that name it."""

    kind: str
    value: str
    reason: Literal["placeholder", "over-joining"]
    linked: int
    events: int


@dataclass(frozen=True)
class Identities:
    """keys [n] sorted identifier keys that were ever linked; customer [n] the smallest (unsigned) key joined with each.

    held_keys [h] sorted keys of over-joining values. Placeholders have no key in the lake and appear in `held` only.
    named [n]: a link that names each key, 2 * (file index << 32 | row), one more where the key is the link's b; or None.
    """

    keys: NDArray[np.int64]
    customer: NDArray[np.int64]
    held: tuple[Held, ...]
    held_keys: NDArray[np.int64]
    named: NDArray[np.int64] | None = None
    _index: tuple[np.uint64, NDArray[np.int64]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", buckets(self.keys))

    def customer_of(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """Customers [m] of identifier keys [m]: a key never linked is its own; 0 (nobody) for 0 and for held keys."""
        found = look_up(keys, self._index, self.keys, self.customer)
        if len(self.held_keys):
            found[np.isin(keys, self.held_keys)] = 0
        return found

    def keys_of(self, customer: int) -> NDArray[np.int64]:
        """The keys [k] of a customer's identifiers; the customer itself where nothing was ever linked."""
        found = self.keys[self.customer == customer]
        return found if len(found) else np.array([customer], np.int64)

    def links_of(self, customer: int) -> NDArray[np.int64]:
        """A link [k] that names each identifier of a customer, as in `named`."""
        return np.empty(0, np.int64) if self.named is None else self.named[self.customer == customer]


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
