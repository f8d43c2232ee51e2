"""From the lake's links to identities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from desirelines.identify.components import components, numbered, sort_keys
from desirelines.identify.held import Counts, held_values
from desirelines.identify.people import Identities
from desirelines.store import Snapshot

DEFAULT_JOINS = 50
"""How many values of one kind a value may be linked with, unless its own kind says otherwise."""


def resolve(snapshot: Snapshot, joins: Mapping[str, int]) -> Identities:
    """Join identifiers along the links. `joins`: kind to how many values of one kind a value of it may be linked with.

    A value linked with more is held: none of its links is applied. What was imported when, and in which order, decides
    nothing.
    """
    links = _read(snapshot)
    keys, named, a, b = numbered(links.a, links.b, links.place)
    over = _over_joining(links, keys, a, b, joins)
    if over:
        blocked = np.zeros(len(keys), np.bool_)
        blocked[list(over)] = True
        stays = ~(blocked[a] | blocked[b])
        a, b = a[stays], b[stays]
    customer = components(keys, a, b)
    sorted_keys, order = sort_keys(keys)
    counts = {int(keys[node]): count for node, count in over.items()}
    held_keys = np.array(sorted(counts), np.int64)
    return Identities(sorted_keys, customer[order], held_values(snapshot, counts), held_keys, named[order])


@dataclass(frozen=True)
class _Links:
    """Keys of both ends [m], their kinds [m] as indices into `kinds`, and place [m]: file index << 32 | row."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    a_kind: NDArray[np.int32]
    b_kind: NDArray[np.int32]
    place: NDArray[np.int64]
    kinds: list[str]


def _read(snapshot: Snapshot) -> _Links:
    kinds: dict[str, int] = {}
    parts = []
    for index, path in enumerate(snapshot.files("links")):
        rows = snapshot.read("links", ["a", "b", "a_kind", "b_kind"], path, dictionary=("a_kind", "b_kind"))
        ends = [np.asarray(rows.column(name).to_numpy()) for name in "ab"]
        codes = [_codes(rows.column(name), kinds) for name in ("a_kind", "b_kind")]
        place = np.arange(index << 32, (index << 32) + len(rows), dtype=np.int64)
        joins = (ends[0] != 0) & (ends[1] != 0) & (ends[0] != ends[1])  # 0: a placeholder
        parts.append([column if joins.all() else column[joins] for column in (*ends, *codes, place)])
    if not parts:
        keys, codes_of_none = np.empty(0, np.int64), np.empty(0, np.int32)
        return _Links(keys, keys, codes_of_none, codes_of_none, keys, [])
    a, b, a_kind, b_kind, place = (np.concatenate(column) for column in zip(*parts, strict=True))
    return _Links(a, b, a_kind, b_kind, place, list(kinds))


def _codes(column: pa.ChunkedArray, kinds: dict[str, int]) -> NDArray[np.int32]:
    """Indices [n] into `kinds`, which grows."""
    codes = []
    for chunk in column.chunks:
        words = chunk if pa.types.is_dictionary(chunk.type) else chunk.dictionary_encode()
        mapped = np.array([kinds.setdefault(text, len(kinds)) for text in words.dictionary.to_pylist()], np.int32)
        codes.append(mapped[words.indices.to_numpy()])
    return np.concatenate(codes) if codes else np.empty(0, np.int32)


def _over_joining(
    links: _Links, keys: NDArray[np.int64], a: NDArray[np.int32], b: NDArray[np.int32], joins: Mapping[str, int]
) -> dict[int, Counts]:
    """Nodes linked with too many values of one kind, with how many values each is linked with."""
    limits = np.array([joins.get(kind, DEFAULT_JOINS) for kind in links.kinds], np.int64)
    degree = np.bincount(a, minlength=len(keys)) + np.bincount(b, minlength=len(keys))
    if len(limits) == 0 or degree.max(initial=0) <= limits.min():
        return {}
    suspect = degree > limits.min()
    found: list[NDArray[np.int64]] = []
    for node, other, kind, other_kind in ((a, b, links.a_kind, links.b_kind), (b, a, links.b_kind, links.a_kind)):
        chosen = np.flatnonzero(suspect[node])
        found.append(np.stack([node[chosen], kind[chosen], other_kind[chosen], other[chosen]], axis=1).astype(np.int64))
    ends = np.unique(np.concatenate(found), axis=0)
    groups, counts = np.unique(ends[:, :3], axis=0, return_counts=True)
    held = np.unique(groups[counts > limits[groups[:, 1]], 0])
    totals = {int(node): 0 for node in held}
    kinds: dict[int, str] = {}
    for (node, kind, _), count in zip(groups.tolist(), counts.tolist(), strict=True):
        if node in totals:
            totals[node] += count
            kinds[node] = links.kinds[kind]
    return {node: Counts(kinds[node], count) for node, count in totals.items()}
