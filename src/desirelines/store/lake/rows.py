"""What the store adds to rows before they rest: ids, content digests, person, the links that events prove."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from desirelines.model.digest import chain, key64, row_digests, seeds
from desirelines.model.event import LINKS
from desirelines.store.lake.decide import IDENTITY, fresh
from desirelines.store.lake.placeholders import placeholders
from desirelines.store.lake.tables import NOT_CONTENT, TABLES, Table, column_type

HEX = np.frombuffer(b"0123456789abcdef", np.uint8)


def shaped(table: Table, rows: pa.Table) -> pa.Table:
    """The rows with every base column and the types the lake keeps. Raises ValueError for a column it cannot have."""
    columns: dict[str, Any] = {}
    for name in dict.fromkeys([*(field.name for field in table.schema), *rows.column_names]):
        kind = column_type(table, name)
        if name not in rows.column_names:
            columns[name] = pa.nulls(len(rows), kind)
        else:
            column = rows.column(name)
            columns[name] = column if column.type == kind else column.cast(kind)
    return pa.table(columns)


def content_columns(table: pa.Table) -> list[str]:
    """The columns that make a row's content."""
    return [name for name in table.column_names if name not in NOT_CONTENT]


@dataclass(frozen=True)
class Named:
    """Rows ready to be written, with their identities (IDENTITY [n], `row` still to be set) and the links they prove."""

    rows: pa.Table
    identities: NDArray[Any]
    links: pa.Table | None = None


def identities(low: NDArray[np.uint64], high: NDArray[np.uint64], content: NDArray[Any] | int = 0) -> NDArray[Any]:
    """IDENTITY records [n] with no row yet."""
    records = np.empty(len(low), IDENTITY)
    records["low"], records["high"], records["content"], records["row"] = low, high, content, 0
    return records


def name_events(rows: pa.Table, keyed: bool, recent: NDArray[np.int64]) -> Named:
    """Fill message_id, person and content of events. `recent` [2^k, 2]: links seen lately, updated."""
    low, high = row_digests(rows, content_columns(rows), "content")
    content = low.view(np.int64)
    if keyed:
        found = event_identities(rows.column("message_id"), content)
    else:
        found = identities(low, high)
        rows = _set(rows, "message_id", hex_text(low, high))
    person, links = _people(rows, recent)
    rows = _set(_set(rows, "person", pa.array(person, mask=person == 0)), "content", pa.array(content))
    return Named(rows, found, links)


def event_identities(message_ids: pa.ChunkedArray, content: NDArray[np.int64]) -> NDArray[Any]:
    """Identities of keyed events (one source)."""
    low, high = seeds(len(content), "message")
    chain("message_id", message_ids, low, high)
    return identities(low, high, content)


def plain_identities(table: Table, rows: pa.Table) -> NDArray[Any]:
    """Identities of the rows of a table other than events."""
    if table.name == "links":
        a, b = (np.asarray(rows.column(name)).view(np.uint64) for name in "ab")
        return identities(np.minimum(a, b), np.maximum(a, b))
    low, high = row_digests(rows, table.identity or content_columns(rows), table.name)
    value = row_digests(rows, table.value, "value")[0].view(np.int64) if table.value else 0
    return identities(low, high, value)


def _set(rows: pa.Table, name: str, column: Any) -> pa.Table:
    return rows.set_column(rows.schema.get_field_index(name), name, column)


def _people(rows: pa.Table, recent: NDArray[np.int64]) -> tuple[NDArray[np.int64], pa.Table | None]:
    """person [n] (0: nobody) and the links between all identifiers of one event."""
    person = np.zeros(len(rows), np.int64)
    named: list[tuple[str, NDArray[np.int64]]] = []
    for name in rows.column_names:
        if name.startswith("id_"):
            keys = people_keys(name.removeprefix("id_"), rows.column(name))
            person = np.where(person == 0, keys, person)
            named.append((name, keys))
    found = [_pairs(rows, one, other, recent) for one, other in combinations(named, 2)]
    return person, pa.concat_tables(found) if found else None


def people_keys(kind: str, values: pa.ChunkedArray) -> NDArray[np.int64]:
    """Keys [n] of identifiers of one kind; 0 for a null and for a placeholder."""
    keys = key64(kind, values)
    keys[placeholders(values)] = 0
    return keys


def _pairs(
    rows: pa.Table, one: tuple[str, NDArray[np.int64]], other: tuple[str, NDArray[np.int64]], recent: NDArray[np.int64]
) -> pa.Table:
    (a_name, a), (b_name, b) = one, other
    both = np.flatnonzero((a != 0) & (b != 0))
    chosen = pa.array(both[fresh(recent, a[both], b[both])])  # most events repeat a link: few get further than this
    texts = {
        "source": rows.column("source"),
        "a_kind": pa.scalar(a_name.removeprefix("id_")),
        "a_value": rows.column(a_name),
        "b_kind": pa.scalar(b_name.removeprefix("id_")),
        "b_value": rows.column(b_name),
    }
    columns = {
        name: pa.repeat(value, len(chosen)) if isinstance(value, pa.Scalar) else value.take(chosen) for name, value in texts.items()
    }
    return pa.table({**columns, "a": a[chosen.to_numpy()], "b": b[chosen.to_numpy()]})


def name_links(rows: pa.Table) -> pa.Table:
    """Links as given, with the keys of their ends."""
    ends = {}
    for end in "ab":
        keys = np.zeros(len(rows), np.int64)
        kinds = pc.dictionary_encode(rows.column(f"{end}_kind").combine_chunks())
        for index, kind in enumerate(kinds.dictionary.to_pylist()):
            at = np.flatnonzero(kinds.indices.to_numpy() == index)
            keys[at] = key64(kind, rows.column(f"{end}_value").take(pa.array(at)))
        ends[end] = keys
    return pa.table({**{field.name: rows.column(field.name) for field in LINKS}, **ends}, schema=TABLES["links"].schema)


def hex_text(low: NDArray[np.uint64], high: NDArray[np.uint64]) -> pa.Array:
    """128-bit digests as 32 hex digits [n]."""
    data = np.stack([low, high], axis=1).view(np.uint8)
    digits = np.empty((len(low), 32), np.uint8)
    digits[:, 0::2], digits[:, 1::2] = HEX[data >> 4], HEX[data & 15]
    offsets = np.arange(len(low) + 1, dtype=np.int32) * 32
    return pa.StringArray.from_buffers(len(low), pa.py_buffer(offsets), pa.py_buffer(digits))


def unhex(texts: pa.ChunkedArray) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The digests [n] that the first 32 digits of keyless message ids say."""
    cut = pc.utf8_slice_codeunits(texts, 0, 32).combine_chunks()
    _, _, data = cut.buffers()
    digits = np.frombuffer(data or b"", np.uint8, count=len(cut) * 32).astype(np.uint8)
    values = (np.where(digits >= 97, digits - 87, digits - 48)).astype(np.uint8).reshape(-1, 32)
    words = np.ascontiguousarray((values[:, 0::2] << 4) | values[:, 1::2]).view(np.uint64)
    return words[:, 0].copy(), words[:, 1].copy()
