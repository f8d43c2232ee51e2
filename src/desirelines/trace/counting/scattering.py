"""Pairs of a key and a value laid into parts by a hash of the key, on all threads: each part is then small enough to work on."""

from __future__ import annotations

from typing import Any

import numpy as np

from desirelines.trace.bucket import Int
from desirelines.trace.compiled import compiled
from desirelines.trace.counting.scratch import Room
from desirelines.trace.run import each, threads


def scattered(keys: Int, values: Int, bits: int, room: Room | None = None) -> tuple[Int, Int, Int]:
    """keys [n] and values [n] in 2 ** bits parts, in each part in their order; and where the parts begin [p + 1]. They lie in
    `room` where one is given."""
    room = room or Room()
    to_keys, to_values = room.array("keys", len(keys), np.int64), room.array("values", len(keys), np.int64)
    if bits == 0:
        to_keys[:], to_values[:] = keys, values
        return to_keys, to_values, np.array([0, len(keys)], np.int64)
    chunks = threads() if len(keys) > 1 << 16 else 1
    cuts = np.linspace(0, len(keys), chunks + 1).astype(np.int64)
    shares = list(zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True))
    tallies = np.stack(each(lambda share: _tallied(keys, share[0], share[1], bits), shares))
    ends = np.cumsum(tallies.T.ravel())  # part by part, and in a part chunk by chunk
    begin = (ends - tallies.T.ravel()).reshape(-1, chunks)

    def lay(chunk: int) -> None:
        _lay(keys, values, *shares[chunk], bits, begin[:, chunk].copy(), to_keys, to_values)

    each(lay, range(chunks))
    return to_keys, to_values, np.append(begin[:, 0], len(keys))


@compiled
def part_of(key: int, bits: Any) -> Any:
    """The top `bits`, at least one, of a mixed key. (Whoever looks it up in a table of its own must mix it in another way.)"""
    one = np.uint64(key)
    one = (one ^ one >> np.uint64(32)) * np.uint64(0x9E3779B97F4A7C15)
    return (one ^ one >> np.uint64(29)) * np.uint64(0xBF58476D1CE4E5B9) >> (np.uint64(64) - bits)


@compiled
def _tallied(keys: Int, low: int, high: int, bits: int) -> Int:
    tally = np.zeros(1 << bits, np.int64)
    for place in range(np.uint64(low), np.uint64(high)):
        tally[part_of(keys[place], np.uint64(bits))] += 1
    return tally


@compiled
def _lay(keys: Int, values: Int, low: int, high: int, bits: int, begin: Int, to_keys: Int, to_values: Int) -> None:
    for place in range(np.uint64(low), np.uint64(high)):
        part = part_of(keys[place], np.uint64(bits))
        to = np.uint64(begin[part])
        begin[part] += 1
        to_keys[to], to_values[to] = keys[place], values[place]
