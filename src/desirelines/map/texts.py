"""Texts as plain arrays, so that they can stand on a shelf."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Packed = tuple[NDArray[np.int64], NDArray[np.uint8]]


def pack(texts: Any) -> Packed:
    """offsets [n + 1] and UTF-8 bytes of texts [n] (null: empty)."""
    column = pa.chunked_array(texts) if isinstance(texts, pa.Array) else texts
    column = column.cast(pa.large_string()).fill_null("").combine_chunks()
    whole = column if isinstance(column, pa.Array) else pa.concat_arrays(column.chunks)
    if not len(whole):
        return np.zeros(1, np.int64), np.empty(0, np.uint8)
    places = np.frombuffer(whole.buffers()[1], np.int64)[whole.offset : whole.offset + len(whole) + 1]
    letters = np.frombuffer(whole.buffers()[2] or b"", np.uint8)[places[0] : places[-1]]
    return places - places[0], letters


def unpack(offsets: NDArray[np.int64], letters: NDArray[np.uint8]) -> pa.Array:
    """The texts again, without copying."""
    return pa.Array.from_buffers(pa.large_string(), len(offsets) - 1, [None, pa.py_buffer(offsets), pa.py_buffer(letters)])
