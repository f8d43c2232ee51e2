"""`model.identity.is_placeholder` over whole columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from desirelines.model.identity import PLACEHOLDERS, is_placeholder

F = TypeVar("F", bound=Callable[..., Any])
_compiled = cast("Callable[[F], F]", numba.njit(nogil=True, cache=True))

LONGEST = 16
MULTIPLIER = 0x9E3779B97F4A7C15
ZEROS = np.zeros(256, np.bool_)
ZEROS[list(b"0-_{}.: ")] = True
BLANKS = np.zeros(256, np.bool_)
BLANKS[[9, 10, 11, 12, 13, 28, 29, 30, 31, 32]] = True
NO, YES, ASK = 0, 1, 2


def _table() -> NDArray[np.uint64]:
    """Open-addressed table [256, 2] of the placeholders, each packed into 16 bytes."""
    table = np.zeros((256, 2), np.uint64)
    for text in sorted(PLACEHOLDERS - {""}):
        data = text.encode()
        if len(data) > LONGEST or not text.isascii():
            raise ValueError(f"the placeholder {text!r} is not {LONGEST} ASCII characters or less")
        low, high = (int.from_bytes(data[i : i + 8], "little") for i in (0, 8))
        slot = (((low ^ (high * 31)) * MULTIPLIER) % 2**64) >> 56
        while table[slot].any():
            slot = (slot + 1) % 256
        table[slot] = low, high
    return table


TABLE = _table()


@_compiled
def _known(data: Any, first: Any, last: Any, table: Any) -> Any:
    """Is the text data[first:last], of at most 16 bytes and lowered here, in the table?"""
    low = np.uint64(0)
    high = np.uint64(0)
    for place in range(first, last):
        byte = np.uint64(data[place])
        if byte >= np.uint64(65) and byte <= np.uint64(90):
            byte += np.uint64(32)
        shift = np.uint64(8) * np.uint64((place - first) & 7)
        if place - first < 8:
            low |= byte << shift
        else:
            high |= byte << shift
    slot = ((low ^ (high * np.uint64(31))) * np.uint64(MULTIPLIER)) >> np.uint64(56)
    while table[slot, 0] != 0:
        if table[slot, 0] == low and table[slot, 1] == high:
            return True
        slot = (slot + np.uint64(1)) & np.uint64(255)
    return False


@_compiled
def _judge(data: Any, offsets: Any, table: Any, zeros: Any, blanks: Any, verdicts: Any) -> None:
    """verdicts [n]: NO or YES; ASK for a text with letters beyond ASCII that might be one."""
    for row in range(verdicts.size):
        first, last = np.int64(offsets[row]), np.int64(offsets[row + 1])
        while first < last and blanks[data[first]]:
            first += 1
        while last > first and blanks[data[last - 1]]:
            last -= 1
        letters = 0
        wide = False
        only_zeros = True
        zeros_or_blanks = True
        for place in range(first, last):
            byte = data[place]
            if byte >= 128:
                wide = True
                continue
            letters += 1
            only_zeros = only_zeros and zeros[byte]
            zeros_or_blanks = zeros_or_blanks and (zeros[byte] or blanks[byte])
            if letters > LONGEST and not zeros_or_blanks:
                break
        if letters > LONGEST and not zeros_or_blanks:
            verdicts[row] = NO
        elif wide:
            verdicts[row] = ASK
        elif only_zeros or (last - first <= LONGEST and _known(data, first, last, table)):
            verdicts[row] = YES
        else:
            verdicts[row] = NO


def placeholders(values: pa.Array | pa.ChunkedArray) -> NDArray[np.bool_]:
    """True [n] where a text stands for nobody; False for a null."""
    if isinstance(values, pa.ChunkedArray):
        return np.concatenate([placeholders(chunk) for chunk in values.chunks] or [np.empty(0, np.bool_)])
    if pa.types.is_dictionary(values.type):
        found = placeholders(values.dictionary.cast(pa.string()))
        spread = pa.array(found).take(values.indices).fill_null(False)
        return np.asarray(spread.to_numpy(zero_copy_only=False), np.bool_)
    if not pa.types.is_string(values.type):
        values = values.cast(pa.string())
    if len(values) == values.null_count:
        return np.zeros(len(values), np.bool_)
    _, offsets, data = values.buffers()
    places = np.frombuffer(offsets, np.int32, count=len(values) + 1, offset=values.offset * 4)
    verdicts = np.zeros(len(values), np.uint8)
    _judge(np.frombuffer(data or b"\0", np.uint8), places, TABLE, ZEROS, BLANKS, verdicts)
    if values.null_count:
        verdicts[np.asarray(values.is_null().to_numpy(zero_copy_only=False), np.bool_)] = NO
    unsure = np.flatnonzero(verdicts == ASK)
    if len(unsure):
        asked = pc.dictionary_encode(values.take(pa.array(unsure)))
        answers = np.array([is_placeholder(text) for text in asked.dictionary.to_pylist()], np.uint8)
        verdicts[unsure] = answers[asked.indices.to_numpy()]
    return np.asarray(verdicts == YES, np.bool_)
