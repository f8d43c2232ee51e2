"""Arrow texts as bytes that a kernel can walk: trimming, control characters, sizes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., Any])
compiled = cast("Callable[[F], F]", numba.njit(nogil=True, cache=True, boundscheck=False))

Mask = NDArray[np.bool_]
_NOTHING = np.zeros(1, np.uint8)


def texts_of(array: pa.Array) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Offsets (n+1) and bytes of a text array; a null has no bytes."""
    _, offsets, data = array.buffers()
    if offsets is None or not len(array):
        return np.zeros(len(array) + 1, np.int32), _NOTHING
    places = np.frombuffer(offsets, np.int32, len(array) + 1, array.offset * 4)
    return places, np.frombuffer(data, np.uint8) if data is not None and data.size else _NOTHING


def valid(array: pa.Array) -> Mask:
    """Where an array is not null."""
    if not array.null_count:
        return np.ones(len(array), np.bool_)
    return cast("Mask", pc.is_valid(array).to_numpy(zero_copy_only=False))


def sizes(array: pa.Array) -> NDArray[np.int32]:
    """Bytes of each text."""
    return np.diff(texts_of(array)[0])


def trimmed(array: pa.Array) -> pa.Array:
    """Texts without blanks around them; blank ones are null."""
    if _has_edges(*texts_of(array)):
        array = pc.utf8_trim_whitespace(array)
    blank = (sizes(array) == 0) & valid(array)
    return pc.if_else(pa.array(~blank), array, pa.scalar(None, array.type)) if blank.any() else array


def controlled(array: pa.Array) -> Mask:
    """Texts with NUL or another control character; tabs and line ends are none."""
    found = np.zeros(len(array), np.bool_)
    _controlled(*texts_of(array), found)
    return found


@compiled
def _controlled(places: Any, data: Any, found: Any) -> None:
    first, last = places[0], places[len(places) - 1]
    dirty = False
    for place in range(first, last):
        byte = data[place]
        dirty |= (byte < 32) & (byte != 9) & (byte != 10) & (byte != 13) | (byte == 127)
    if not dirty:
        return
    for row in range(len(found)):
        for place in range(places[row], places[row + 1]):
            byte = data[place]
            if byte == 127 or (byte < 32 and byte != 9 and byte != 10 and byte != 13):
                found[row] = True


@compiled
def _has_edges(places: Any, data: Any) -> bool:
    """Does any text begin or end with what may be a blank, in ASCII or beyond?"""
    for row in range(len(places) - 1):
        start, end = places[row], places[row + 1]
        if start == end:
            continue
        first, last = data[start], data[end - 1]
        if first <= 32 or last <= 32 or first == 0xC2 or (first >= 0xE1 and first <= 0xE3):
            return True
        if last >= 0x80 and end - start >= 2:
            before = data[end - 2]
            if before == 0xC2 and (last == 0xA0 or last == 0x85):
                return True
            if end - start >= 3 and (before == 0x80 or before == 0x81 or before == 0x9A) and data[end - 3] >= 0xE1:
                return True
    return False
