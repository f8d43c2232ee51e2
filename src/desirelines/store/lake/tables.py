"""The tables of the lake: their columns and what makes two rows of one the same row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from desirelines.model.event import EVENT_BASE, FIGURES, INSTANT, LINKS, MONEY, OBJECTS, OBSERVATIONS, PROPERTY_TYPES, TRAITS


@dataclass(frozen=True)
class Table:
    """`identity`: columns that name a row (empty: its whole content without `sequence`); `value`: what must then agree.

    `latest`: among equal rows of one import the one with the highest sequence stays, else the first. `timed`: has `at`.
    `required`: columns without nulls.
    """

    name: str
    schema: pa.Schema
    identity: tuple[str, ...] = ()
    value: tuple[str, ...] = ()
    timed: bool = False
    latest: bool = False
    required: tuple[str, ...] = ()


def _required(schema: pa.Schema) -> tuple[str, ...]:
    return tuple(field.name for field in schema if not field.nullable)


def _wide(schema: pa.Schema, **added: pa.DataType) -> pa.Schema:
    """All columns may be null in files: a stricter table would be one that cannot grow."""
    fields = [pa.field(field.name, field.type) for field in schema]
    return pa.schema([*fields, *(pa.field(name, kind) for name, kind in added.items())])


EVENTS = Table("events", _wide(EVENT_BASE, person=pa.int64(), content=pa.int64()), timed=True, required=_required(EVENT_BASE))

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        EVENTS,
        Table("links", _wide(LINKS, a=pa.int64(), b=pa.int64()), required=_required(LINKS)),
        Table("traits", _wide(TRAITS), timed=True, latest=True, required=_required(TRAITS)),
        Table("objects", _wide(OBJECTS), timed=True, latest=True, required=_required(OBJECTS)),
        Table(
            "figures",
            _wide(FIGURES),
            identity=("source", "touchpoint", "channel", "on", "name"),
            value=("value", "unit"),
            required=_required(FIGURES),
        ),
        Table("observations", _wide(OBSERVATIONS), timed=True, required=_required(OBSERVATIONS)),
    )
}

NOT_CONTENT = frozenset({"source", "message_id", "rank", "sequence", "person", "content", "a", "b"})

TYPES: Mapping[str, pa.DataType] = {
    **{f"{prefix}_": kind for prefix, kind in PROPERTY_TYPES.items()},
    "id_": pa.string(),
    "object_": pa.string(),
    "currency_": pa.string(),
}
"""Prefix of a column beside the base ones to its type."""


def column_type(table: Table, name: str) -> pa.DataType:
    """The one type that column `name` may have. Raises ValueError for a name that no rule allows."""
    if name in table.schema.names:
        return table.schema.field(name).type
    prefix = name.partition("_")[0] + "_"
    if table is not EVENTS or prefix not in TYPES or name == prefix:
        raise ValueError(f"{table.name} has no column {name!r}")
    return TYPES[prefix]


DELTA_TYPES: Mapping[pa.DataType, str] = {
    pa.string(): "string",
    pa.int64(): "long",
    pa.int32(): "integer",
    pa.float64(): "double",
    pa.bool_(): "boolean",
    pa.date32(): "date",
    INSTANT: "timestamp",
    MONEY: "decimal(20,4)",
}
