"""Digests as text and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., Any])
_compiled = cast("Callable[[F], F]", numba.njit(nogil=True, cache=True))

HEX = np.frombuffer(b"0123456789abcdef", np.uint8).copy()
DIGITS = 32


@_compiled
def _write(words: Any, alphabet: Any, digits: Any) -> None:
    """digits [n, 32] from the bytes words [n, 16]."""
    for row in range(words.shape[0]):
        for place in range(words.shape[1]):
            digits[row, 2 * place] = alphabet[words[row, place] >> 4]
            digits[row, 2 * place + 1] = alphabet[words[row, place] & 15]


@_compiled
def _read(data: Any, offsets: Any, words: Any) -> None:
    """words [n, 16] from the first 32 hex digits of each text; a shorter text gives zeros."""
    for row in range(words.shape[0]):
        first = offsets[row]
        if offsets[row + 1] - first < DIGITS:
            continue
        for place in range(DIGITS):
            byte = data[first + place]
            value = byte - 87 if byte >= 97 else byte - 48
            words[row, place >> 1] = np.uint8(words[row, place >> 1] << 4) | np.uint8(value & 15)


def hex_text(low: NDArray[np.uint64], high: NDArray[np.uint64]) -> pa.Array:
    """128-bit digests as texts [n] of 32 hex digits."""
    digits = np.empty((len(low), DIGITS), np.uint8)
    _write(np.stack([low, high], axis=1).view(np.uint8), HEX, digits)
    offsets = np.arange(len(low) + 1, dtype=np.int32) * DIGITS
    return pa.StringArray.from_buffers(len(low), pa.py_buffer(offsets), pa.py_buffer(digits))


def unhex(texts: pa.ChunkedArray) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The digests [n] that texts begin with."""
    words = np.zeros((len(texts), DIGITS // 2), np.uint8)
    place = 0
    for chunk in texts.chunks:
        _, offsets, data = chunk.buffers()
        numbers = np.frombuffer(offsets, np.int32, count=len(chunk) + 1, offset=chunk.offset * 4)
        _read(np.frombuffer(data or b"\0", np.uint8), numbers, words[place : place + len(chunk)])
        place += len(chunk)
    pairs = words.view(np.uint64)
    return pairs[:, 0].copy(), pairs[:, 1].copy()
