"""Digests of values: SipHash-2-4 with 128 bits over Arrow buffers, chained over columns.

A row's digest starts at a fixed key. Every value that is not null is hashed under the digest so far, mixed with the
digest of its column's name, and gives the next digest. So a null and an absent column are the same, and columns are
taken in the order of their names, not of their places. Digests are stored: what is written here can never change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias, TypeVar, cast

import numba
import numpy as np
import pyarrow as pa
from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import types
from numba.extending import intrinsic
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., Any])
Column: TypeAlias = "pa.Array | pa.ChunkedArray"

_compiled = cast("Callable[[F], F]", numba.njit(nogil=True, cache=True, boundscheck=False))
_inlined = cast("Callable[[F], F]", numba.njit(nogil=True, cache=True, boundscheck=False, inline="always"))

_SEED = (0x6465736972656C69, 0x6E65732D64696731)  # "desireli", "nes-dig1": read once, never changed


@intrinsic  # type: ignore[untyped-decorator]
def _load(_context: Any, _address: Any, _offset: Any) -> Any:
    """Eight bytes at address + offset as a little-endian number, aligned or not."""

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        place = builder.inttoptr(builder.add(*arguments), ir.IntType(64).as_pointer())
        word = builder.load(place)
        word.align = 1
        return word

    return types.uint64(types.int64, types.int64), generate


@intrinsic  # type: ignore[untyped-decorator]
def _load_byte(_context: Any, _address: Any, _offset: Any) -> Any:
    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        place = builder.inttoptr(builder.add(*arguments), ir.IntType(8).as_pointer())
        return builder.zext(builder.load(place), ir.IntType(64))

    return types.uint64(types.int64, types.int64), generate


@_inlined
def _round(v0: Any, v1: Any, v2: Any, v3: Any) -> Any:
    v0 += v1
    v1 = (v1 << np.uint64(13)) | (v1 >> np.uint64(51))
    v1 ^= v0
    v0 = (v0 << np.uint64(32)) | (v0 >> np.uint64(32))
    v2 += v3
    v3 = (v3 << np.uint64(16)) | (v3 >> np.uint64(48))
    v3 ^= v2
    v0 += v3
    v3 = (v3 << np.uint64(21)) | (v3 >> np.uint64(43))
    v3 ^= v0
    v2 += v1
    v1 = (v1 << np.uint64(17)) | (v1 >> np.uint64(47))
    v1 ^= v2
    v2 = (v2 << np.uint64(32)) | (v2 >> np.uint64(32))
    return v0, v1, v2, v3


@_compiled
def _siphash(address: Any, start: Any, length: Any, k0: Any, k1: Any) -> Any:
    """SipHash-2-4-128 of `length` bytes at `address + start` under the key (k0, k1): two unsigned 64-bit numbers."""
    v0 = np.uint64(0x736F6D6570736575) ^ k0
    v1 = np.uint64(0x646F72616E646F6D) ^ k1 ^ np.uint64(0xEE)
    v2 = np.uint64(0x6C7967656E657261) ^ k0
    v3 = np.uint64(0x7465646279746573) ^ k1
    whole = length & ~np.int64(7)
    place = np.int64(0)
    while place < whole:
        word = _load(address, start + place)
        v3 ^= word
        v0, v1, v2, v3 = _round(v0, v1, v2, v3)
        v0, v1, v2, v3 = _round(v0, v1, v2, v3)
        v0 ^= word
        place += 8
    word = np.uint64(length) << np.uint64(56)
    left = length - whole
    if left > 0 and length >= 8:  # the last eight bytes again, shifted: no byte after the value is read
        word |= _load(address, start + length - 8) >> (np.uint64(8 - left) * np.uint64(8))
    else:
        for index in range(left):
            word |= _load_byte(address, start + whole + index) << np.uint64(8 * index)
    v3 ^= word
    v0, v1, v2, v3 = _round(v0, v1, v2, v3)
    v0, v1, v2, v3 = _round(v0, v1, v2, v3)
    v0 ^= word
    v2 ^= np.uint64(0xEE)
    for _ in range(4):
        v0, v1, v2, v3 = _round(v0, v1, v2, v3)
    first = v0 ^ v1 ^ v2 ^ v3
    v1 ^= np.uint64(0xDD)
    for _ in range(4):
        v0, v1, v2, v3 = _round(v0, v1, v2, v3)
    return first, v0 ^ v1 ^ v2 ^ v3


@_compiled
def _chain_texts(address: Any, offsets: Any, index: Any, valid: Any, name0: Any, name1: Any, low: Any, high: Any) -> None:
    """low, high [n] become the next digests; `index` [n] or [0] (the i-th value is the i-th row's), `valid` [n] or [0]."""
    has_index = index.size > 0
    has_nulls = valid.size > 0
    for row in range(low.size):
        if has_nulls and not valid[row]:
            continue
        place = index[row] if has_index else row
        start = np.int64(offsets[place])
        length = np.int64(offsets[place + 1]) - start
        low[row], high[row] = _siphash(address, start, length, low[row] ^ name0, high[row] ^ name1)


@_compiled
def _chain_fixed(address: Any, width: Any, valid: Any, name0: Any, name1: Any, low: Any, high: Any) -> None:
    has_nulls = valid.size > 0
    for row in range(low.size):
        if not (has_nulls and not valid[row]):
            low[row], high[row] = _siphash(address, row * width, width, low[row] ^ name0, high[row] ^ name1)


def siphash128(key: bytes, value: bytes) -> bytes:
    """SipHash-2-4 with 16 bytes of output. `key` has 16 bytes."""
    k0, k1 = (np.uint64(int.from_bytes(part, "little")) for part in (key[:8], key[8:]))
    buffer = np.frombuffer(value or b"\0", np.uint8)
    low, high = _siphash(np.int64(buffer.ctypes.data), np.int64(0), np.int64(len(value)), k0, k1)
    return int(low).to_bytes(8, "little") + int(high).to_bytes(8, "little")


def _named(name: str) -> tuple[np.uint64, np.uint64]:
    digest = siphash128(_SEED[0].to_bytes(8, "little") + _SEED[1].to_bytes(8, "little"), name.encode())
    return np.uint64(int.from_bytes(digest[:8], "little")), np.uint64(int.from_bytes(digest[8:], "little"))


def chain(name: str, column: Column, low: NDArray[np.uint64], high: NDArray[np.uint64]) -> None:
    """Hash `column` [n] (text, number, flag, date, time or decimal) into the digests low, high [n], in place."""
    place = 0
    for chunk in column.chunks if isinstance(column, pa.ChunkedArray) else [column]:
        _chain(name, chunk, low[place : place + len(chunk)], high[place : place + len(chunk)])
        place += len(chunk)


def _chain(name: str, array: pa.Array, low: NDArray[np.uint64], high: NDArray[np.uint64]) -> None:
    if len(array) == 0 or array.null_count == len(array):
        return
    kind = array.type
    if pa.types.is_string_view(kind) or (pa.types.is_dictionary(kind) and not _is_text(kind.value_type)):
        array = array.cast(kind.value_type if pa.types.is_dictionary(kind) else pa.string())
    valid = _valid(array)
    name0, name1 = _named(name)
    if pa.types.is_dictionary(array.type):
        index = array.indices.fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
        address, offsets, owner = _texts(array.dictionary)
        _chain_texts(address, offsets, index, valid, name0, name1, low, high)
    elif _is_text(array.type):
        address, offsets, owner = _texts(array)
        _chain_texts(address, offsets, np.empty(0, np.int64), valid, name0, name1, low, high)
    else:
        owner = _fixed(array)
        _chain_fixed(np.int64(owner.ctypes.data), np.int64(owner.strides[0]), valid, name0, name1, low, high)
    del owner  # kept alive until here: the kernels were given its address


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _valid(array: pa.Array) -> NDArray[np.bool_]:
    if array.null_count == 0:
        return np.empty(0, np.bool_)
    return np.asarray(array.is_valid().to_numpy(zero_copy_only=False), np.bool_)


def _texts(array: pa.Array) -> tuple[np.int64, NDArray[Any], object]:
    """Address of the bytes, offsets [n + 1] into them, and what keeps them alive."""
    if pa.types.is_string_view(array.type):
        array = array.cast(pa.string())
    _, offsets, data = array.buffers()
    width = np.int64 if pa.types.is_large_string(array.type) else np.int32
    numbers = np.frombuffer(offsets, width, count=len(array) + 1, offset=array.offset * np.dtype(width).itemsize)
    return np.int64(data.address if data is not None else 0), numbers, (array, numbers)


def _fixed(array: pa.Array) -> NDArray[Any]:
    """The values as rows of 8 or 16 bytes; what is in the place of a null is never looked at."""
    kind = array.type
    if pa.types.is_decimal(kind):
        _, data = array.buffers()
        return np.frombuffer(data, np.dtype((np.void, 16)), count=len(array), offset=array.offset * 16)
    if pa.types.is_timestamp(kind):
        array = array.cast(pa.timestamp("us", tz=kind.tz)).view(pa.int64())
    elif pa.types.is_date(kind):
        array = array.cast(pa.date32()).view(pa.int32())
    elif pa.types.is_floating(kind):
        numbers = array.fill_null(0.0).to_numpy(zero_copy_only=False).astype(np.float64) + 0.0  # -0.0 is 0.0
        numbers[np.isnan(numbers)] = np.nan
        return np.asarray(numbers)
    zero = False if pa.types.is_boolean(array.type) else 0
    return np.ascontiguousarray(array.fill_null(zero).to_numpy(zero_copy_only=False).astype(np.int64))


def seeds(count: int, *names: str) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Fresh digests [count] to chain columns on; other `names` give digests that have nothing in common."""
    k0, k1 = np.uint64(_SEED[0]), np.uint64(_SEED[1])
    for name in names:
        name0, name1 = _named(name)
        key = int(k0 ^ name0).to_bytes(8, "little") + int(k1 ^ name1).to_bytes(8, "little")
        digest = siphash128(key, name.encode())
        k0, k1 = (np.uint64(int.from_bytes(part, "little")) for part in (digest[:8], digest[8:]))
    return np.full(count, k0, np.uint64), np.full(count, k1, np.uint64)


def row_digests(
    columns: Mapping[str, Column] | pa.Table, names: Iterable[str] | None = None, kind: str = "row"
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """128-bit digests (low, high) [n] of the rows over `names` (default: all), whatever the order of the columns."""
    if isinstance(columns, pa.Table):
        columns = {name: columns.column(name) for name in columns.column_names}
    count = len(next(iter(columns.values()))) if columns else 0
    low, high = seeds(count, kind)
    for name in sorted(columns if names is None else names):
        chain(name, columns[name], low, high)
    return low, high


def key64(kind: str, values: Column) -> NDArray[np.int64]:
    """The 64-bit key [n] of identifiers or objects (kind, value); a null has key 0, no value has it."""
    low, high = seeds(len(values), "key", kind)
    chain("value", values, low, high)
    keys = low.view(np.int64)
    keys[keys == 0] = 1
    if values.null_count:
        nulls = values.is_null()
        flat = nulls.combine_chunks() if isinstance(nulls, pa.ChunkedArray) else nulls
        keys[np.asarray(flat.to_numpy(zero_copy_only=False), np.bool_)] = 0
    return keys
