"""Names of variants for addresses: from the names in the sequence, so that the same sequence keeps its name."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.map.kernel import kernel


def variant_keys(codes: NDArray[np.uint32], offsets: NDArray[np.int64], names: Sequence[str]) -> NDArray[np.uint64]:
    """uint64[v]: a name for each sequence; codes beyond `names` are all called nothing."""
    hashes = np.array([_hash(name) for name in [*names, ""]], dtype=np.uint64)
    return np.asarray(_keys(codes, offsets, hashes))


def spell_key(key: int) -> str:
    """As it stands in an address: 16 hexadecimal digits."""
    return f"{int(key):016x}"


def _hash(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little")


@kernel
def _keys(codes: Any, offsets: Any, hashes: Any) -> Any:
    found = np.empty(offsets.size - 1, dtype=np.uint64)
    for variant in range(found.size):
        mixed = np.uint64(0x9E3779B97F4A7C15)
        for i in range(offsets[variant], offsets[variant + 1]):
            mixed = (mixed ^ hashes[min(np.int64(codes[i]), hashes.size - 1)]) * np.uint64(0xBF58476D1CE4E5B9)
            mixed ^= mixed >> np.uint64(31)
        found[variant] = mixed
    return found
