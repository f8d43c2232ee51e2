"""XXH64 (https://github.com/Cyan4973/xxHash, doc/xxhash_spec.md) of whole stripes: as fast as memory is read."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.compiled import compiled, plain

STRIPE = 32
"""Bytes; what is checked has a length that is a multiple of it."""


@compiled
def _turn(value: Any, bits: Any) -> Any:
    return (value << np.uint64(bits)) | (value >> np.uint64(64 - bits))


@compiled
def _xxh64(words: NDArray[np.uint64]) -> Any:
    one, two, three = np.uint64(0x9E3779B185EBCA87), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9)
    four = np.uint64(0x85EBCA77C2B2AE63)
    a, b, c, d = one + two, two, np.uint64(0), np.uint64(0) - one
    for place in range(0, words.size, 4):
        a = _turn(a + words[place] * two, 31) * one
        b = _turn(b + words[place + 1] * two, 31) * one
        c = _turn(c + words[place + 2] * two, 31) * one
        d = _turn(d + words[place + 3] * two, 31) * one
    mixed = _turn(a, 1) + _turn(b, 7) + _turn(c, 12) + _turn(d, 18)
    for lane in (a, b, c, d):
        mixed = (mixed ^ (_turn(lane * two, 31) * one)) * one + four
    mixed += np.uint64(words.size * 8)
    mixed = (mixed ^ (mixed >> np.uint64(33))) * two
    mixed = (mixed ^ (mixed >> np.uint64(29))) * three
    return mixed ^ (mixed >> np.uint64(32))


def checksum(content: NDArray[Any]) -> int:
    """XXH64 with seed 0 of a contiguous array of at least one and only whole stripes."""
    words = content.view(np.uint64)
    return int(_xxh64(words))


def digest(values: NDArray[np.int64]) -> int:
    """The checksum of values [n] of any number: what is no whole stripe counts for itself."""
    whole = len(values) // 4 * 4
    rest = np.zeros(4, np.int64)
    rest[: len(values) - whole] = values[whole:]
    return checksum(plain(np.concatenate([values[:whole], rest]) if whole < len(values) or not whole else values, np.int64))
