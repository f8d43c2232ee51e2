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
from desirelines.store.lake.decide import CONTENT, HIGH, IDENTITY_WIDTH, LOW, ROW, fresh
from desirelines.store.lake.hexes import hex_text
from desirelines.store.lake.placeholders import placeholders
from desirelines.store.lake.tables import NOT_CONTENT, TABLES, Table, column_type


def shaped(table: Table, rows: pa.Table) -> pa.Table:
    """The rows with every base column and the types the lake keeps.

    Raises ValueError for a column it cannot have, or a base column that lacks values.
    """
    for name in table.required:
        if name not in rows.column_names or rows.column(name).null_count:
            raise ValueError(f"{table.name} has rows without {name}")
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
    """Rows ready to be written, with their identities ([n, 4], the places still to be set) and the links they prove.

    `placeholders`: identifier columns that hold some.
    """

    rows: pa.Table
    identities: NDArray[np.int64]
    links: pa.Table | None = None
    placeholders: tuple[str, ...] = ()


def identities(low: NDArray[np.uint64], high: NDArray[np.uint64], content: NDArray[np.int64] | int = 0) -> NDArray[np.int64]:
    """Identity records [n, 4] with no place yet."""
    records = np.empty((len(low), IDENTITY_WIDTH), np.int64)
    records[:, LOW], records[:, HIGH], records[:, CONTENT], records[:, ROW] = low.view(np.int64), high.view(np.int64), content, 0
    return records


def name_events(rows: pa.Table, keyed: bool, recent: NDArray[np.int64]) -> Named:
    """Fill message_id, person and content of events. `recent` [2^k, 2]: links seen lately, updated (see `fresh`)."""
    low, high = row_digests(rows, content_columns(rows), "content")
    content = low.view(np.int64)
    if keyed:
        if rows.column("message_id").null_count:
            raise ValueError("events has rows without message_id, though the source has a key")
        found = event_identities(rows.column("message_id"), content)
    else:
        found = identities(low, high)
        rows = _set(rows, "message_id", hex_text(low, high))
    people = _people(rows)
    person = np.zeros(len(rows), np.int64)
    for _, keys in people:
        person = np.where(person == 0, keys, person)
    rows = _set(_set(rows, "person", pa.array(person, mask=person == 0)), "content", pa.array(content))
    empty = [name for name, keys in people if np.count_nonzero(keys == 0) > rows.column(name).null_count]
    return Named(rows, found, _links(rows, people, recent), tuple(empty))


def event_identities(message_ids: pa.ChunkedArray, content: NDArray[np.int64]) -> NDArray[np.int64]:
    """Identities of keyed events (one source)."""
    low, high = seeds(len(content), "message")
    chain("message_id", message_ids, low, high)
    return identities(low, high, content)


def plain_identities(table: Table, rows: pa.Table) -> NDArray[np.int64]:
    """Identities of the rows of a table other than events."""
    if table.name == "links":
        a, b = (np.asarray(rows.column(name)).view(np.uint64) for name in "ab")
        found = identities(np.minimum(a, b), np.maximum(a, b))
        empty = np.flatnonzero((a == 0) | (b == 0))
        if len(empty):  # placeholders have no key: such links are told apart by what they say
            low, high = row_digests(rows.take(pa.array(empty)), LINKS.names, "links")
            found[empty] = identities(low, high)
        return found
    low, high = row_digests(rows, table.identity or content_columns(rows), table.name)
    value = row_digests(rows, table.value, "value")[0].view(np.int64) if table.value else 0
    return identities(low, high, value)


def _set(rows: pa.Table, name: str, column: Any) -> pa.Table:
    return rows.set_column(rows.schema.get_field_index(name), name, column)


def _people(rows: pa.Table) -> list[tuple[str, NDArray[np.int64]]]:
    """Each column of identifiers, in the order of the columns, with its keys [n] (0: nobody)."""
    names = [name for name in rows.column_names if name.startswith("id_")]
    return [(name, people_keys(name.removeprefix("id_"), rows.column(name))) for name in names]


def event_links(rows: pa.Table, recent: NDArray[np.int64]) -> pa.Table | None:
    """The links that events prove: between all identifiers of one event."""
    return _links(rows, _people(rows), recent)


def _links(rows: pa.Table, people: list[tuple[str, NDArray[np.int64]]], recent: NDArray[np.int64]) -> pa.Table | None:
    found = [_pairs(rows, one, other, recent) for one, other in combinations(people, 2)]
    return pa.concat_tables(found) if found else None


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
        name: pa.repeat(value, len(chosen)) if isinstance(value, pa.Scalar) else value.take(chosen)
        for name, value in texts.items()
    }
    return pa.table({**columns, "a": a[chosen.to_numpy()], "b": b[chosen.to_numpy()]})


def name_links(rows: pa.Table) -> pa.Table:
    """Links as given, with the keys of their ends; a placeholder's is 0."""
    ends = {}
    for end in "ab":
        keys = np.zeros(len(rows), np.int64)
        kinds = pc.dictionary_encode(rows.column(f"{end}_kind").combine_chunks())
        for index, kind in enumerate(kinds.dictionary.to_pylist()):
            at = np.flatnonzero(kinds.indices.to_numpy() == index)
            keys[at] = people_keys(kind, rows.column(f"{end}_value").take(pa.array(at)))
        ends[end] = keys
    return pa.table({**{field.name: rows.column(field.name) for field in LINKS}, **ends}, schema=TABLES["links"].schema)
