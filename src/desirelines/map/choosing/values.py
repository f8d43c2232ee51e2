"""The value that each event has of something: a property, an object, the channel, a trait of its customer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.map.choosing.owners import index_of
from desirelines.map.choosing.traits import Traits
from desirelines.map.claiming.bind import flat, row_starts
from desirelines.map.shelf import Arrays, shelf_key, shelved
from desirelines.map.texts import pack, unpack
from desirelines.model.event import NAME, PROPERTY_TYPES
from desirelines.model.hint import nearest
from desirelines.store import Snapshot
from desirelines.trace import Trace

Codes = NDArray[np.int32]
NONE = -1
HINT = "such as channel, source, text:device, object:order, trait:state"


@dataclass(frozen=True)
class Values:
    """`codes` [n] for each bucket: the place of each event's value among `labels`, NONE where it has none."""

    labels: pa.Array
    """in the order of their texts, each once"""
    codes: tuple[Codes, ...]


@dataclass(frozen=True)
class Known:
    """What is known of customers: their traits, whose `customer` counts along `customers` (ids, sorted)."""

    traits: Traits
    customers: NDArray[np.int64]


def values_of(said: str, trace: Trace, snapshot: Snapshot, folder: Path, known: Known | None = None) -> Values:
    """`said`: see HINT; `text:` takes a property of any type. Values of properties and objects are kept under `folder`.

    `known` is needed for traits. Raises BadInput for what no event, or no customer, has.
    """
    kind, _, name = said.strip().partition(":")
    if kind in ("channel", "source") and not name:
        return _of_column(trace, kind)
    if kind == "trait" and name and known is not None:
        return _of_trait(trace, known, name)
    if kind not in ("text", "object") or not name:
        raise BadInput(f"`{said[:80]}` is nothing that events have values of", hint=HINT)
    columns = _columns(snapshot, kind, name)
    key = shelf_key(trace.key, snapshot.data_version, said)
    shelf = shelved(folder, f"values-{trace.subject}-{kind}-{name}", key, lambda: (_of_rows(trace, snapshot, columns), {}))
    a = shelf.arrays
    codes = tuple(a["codes"][a["bucket"][index] : a["bucket"][index + 1]] for index in range(len(trace.buckets)))
    return Values(unpack(a["offsets"], a["letters"]), codes)


def _of_column(trace: Trace, kind: str) -> Values:
    if kind == "source":
        return Values(_texts(trace.sources), tuple(bucket.source.astype(np.int32) for bucket in trace.buckets))
    return Values(_texts(trace.channels[1:]), tuple(bucket.channel.astype(np.int32) - 1 for bucket in trace.buckets))


def _texts(names: Iterable[str]) -> pa.Array:
    return pa.array(names, pa.large_string())


def _of_trait(trace: Trace, known: Known, name: str) -> Values:
    traits = known.traits
    if name not in traits.names:
        raise BadInput(f"no customer has a trait `{name[:80]}`", hint=nearest(name, traits.names))
    index = traits.names.index(name)
    mine = slice(int(traits.offsets[index]), int(traits.offsets[index + 1]))
    number = pa.array(traits.number[mine], from_pandas=True)
    text = traits.text[mine]
    said = pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.large_string()), text)
    labels, codes = _ranked(pc.coalesce(pc.cast(number, pa.large_string()), said))
    of_customer = np.full(len(known.customers) + 1, NONE, np.int32)  # the last entry: nobody known
    of_customer[traits.customer[mine]] = codes
    return Values(
        labels,
        tuple(
            np.repeat(of_customer[index_of(known.customers, np.asarray(bucket.customer))], np.diff(bucket.offsets))
            for bucket in trace.buckets
        ),
    )


def _columns(snapshot: Snapshot, kind: str, name: str) -> list[str]:
    """The columns of the events that hold it."""
    kinds = PROPERTY_TYPES if kind == "text" else ("object",)
    columns = snapshot.columns("events")
    wanted = [f"object_{name}"] if kind == "object" else [f"{one}_{name}" for one in PROPERTY_TYPES]
    found = [column for column in wanted if column in columns]
    if not found or not NAME.match(name):
        noun = "property" if kind == "text" else "object"
        there = {column.partition("_")[2] for column in columns if column.partition("_")[0] in kinds}
        raise BadInput(f"no event has a{'n' * (noun == 'object')} {noun} `{name[:80]}`", hint=nearest(name, sorted(there)))
    return found


def _of_rows(trace: Trace, snapshot: Snapshot, columns: list[str]) -> Arrays:
    texts = [column for column in columns if column.startswith(("text_", "object_"))]
    chunks: list[pa.Array] = []
    for file in snapshot.files("events"):
        table = snapshot.read("events", columns, file, dictionary=texts)
        chunks.append(pc.coalesce(*(_as_text(table.column(column)) for column in columns)).combine_chunks())
    whole = pa.chunked_array(chunks, pa.large_string())
    labels, codes = _ranked(whole)
    start = row_starts(snapshot)
    parts = [codes[flat(np.asarray(bucket.ref), start)] for bucket in trace.buckets]
    offsets, letters = pack(labels)
    bounds = np.cumsum([0, *(len(part) for part in parts)]).astype(np.int64)
    return {"codes": np.concatenate([np.empty(0, np.int32), *parts]), "bucket": bounds, "offsets": offsets, "letters": letters}


def _as_text(column: pa.ChunkedArray) -> Any:
    """Numbers as short as they are exact, amounts without zeros at the end, instants with their microseconds."""
    kind = column.type
    if pa.types.is_decimal(kind):
        column = column.cast(pa.float64())
    if pa.types.is_timestamp(kind):
        return pc.strftime(column, "%Y-%m-%dT%H:%M:%SZ").cast(pa.large_string())
    return column.cast(pa.large_string())


def _ranked(texts: Any) -> tuple[pa.Array, Codes]:
    """The distinct texts in order, and of each text its place among them, NONE for null."""
    whole = pa.chunked_array([texts]) if isinstance(texts, pa.Array) else texts
    encoded = whole.dictionary_encode().unify_dictionaries()
    pieces = [np.empty(0, np.int32), *(chunk.indices.fill_null(NONE).to_numpy().astype(np.int32) for chunk in encoded.chunks)]
    labels = encoded.chunks[0].dictionary if encoded.num_chunks else _texts(())
    order = pc.sort_indices(labels).to_numpy().astype(np.int64)
    rank = np.empty(len(order) + 1, np.int32)
    rank[order] = np.arange(len(order))
    rank[-1] = NONE  # -1 takes the last entry
    return labels.take(pa.array(order)), rank[np.concatenate(pieces)]
