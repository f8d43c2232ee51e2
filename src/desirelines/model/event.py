"""What an event looks like as columns.

An event is one row. Beside the base columns it carries only the columns its source's mapping names, each
under a prefix that states its role and type, so that two sources can never disagree about a column:

=============  =======================  ==========================================
prefix         arrow type               holds
=============  =======================  ==========================================
``id_``        string                   an identifier of a person, by kind
``object_``    string                   an object the event is about, by kind
``text_``      string                   a text property
``number_``    float64                  a number
``flag_``      bool                     yes or no
``date_``      date32                   a day that stays a day
``time_``      timestamp[us, UTC]       an instant
``money_``     decimal128(20, 4)        an amount; its currency is in ``currency_<name>``
``currency_``  string                   ISO 4217 code of the amount with the same name
=============  =======================  ==========================================
"""

from __future__ import annotations

import re
from typing import Literal

import pyarrow as pa

INSTANT = pa.timestamp("us", tz="UTC")
MONEY = pa.decimal128(20, 4)

PropertyType = Literal["text", "number", "flag", "date", "time", "money"]

PROPERTY_TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "number": pa.float64(),
    "flag": pa.bool_(),
    "date": pa.date32(),
    "time": INSTANT,
    "money": MONEY,
}

NAME = re.compile(r"[a-z][a-z0-9_]{0,62}\Z")
"""What a source, an identifier kind, an object kind or a property may be called."""

EVENT_BASE = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("event", pa.string(), nullable=False),
        pa.field("message_id", pa.string()),  # null: the source has no key, the store names the event by its content
        pa.field("at", INSTANT, nullable=False),
        pa.field("rank", pa.int32(), nullable=False),
        pa.field("sequence", pa.int64(), nullable=False),
        pa.field("channel", pa.string()),
    ]
)

LINKS = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("a_kind", pa.string(), nullable=False),
        pa.field("a_value", pa.string(), nullable=False),
        pa.field("b_kind", pa.string(), nullable=False),
        pa.field("b_value", pa.string(), nullable=False),
    ]
)

TRAITS = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),  # identifier kind, or object kind in the table of objects
        pa.field("value", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("text", pa.string()),
        pa.field("number", pa.float64()),
        pa.field("at", INSTANT),
        pa.field("sequence", pa.int64(), nullable=False),
    ]
)

OBJECTS = TRAITS

FIGURES = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("touchpoint", pa.string()),
        pa.field("channel", pa.string()),
        pa.field("on", pa.date32(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("value", pa.float64(), nullable=False),
        pa.field("unit", pa.string()),
        pa.field("sequence", pa.int64(), nullable=False),
    ]
)

OBSERVATIONS = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("touchpoint", pa.string(), nullable=False),
        pa.field("at", INSTANT, nullable=False),
        pa.field("observer", pa.string()),
        pa.field("score", pa.float64()),
        pa.field("note", pa.string()),
        pa.field("photo", pa.string()),
        pa.field("sequence", pa.int64(), nullable=False),
    ]
)

REFUSED = pa.schema(
    [
        pa.field("reason", pa.string(), nullable=False),
        pa.field("detail", pa.string(), nullable=False),
        pa.field("line", pa.int64(), nullable=False),
        pa.field("event", pa.string()),  # which of the row's events was refused; null: the whole row
        pa.field("row", pa.string(), nullable=False),
    ]
)


def property_column(kind: PropertyType, name: str) -> str:
    """The column that holds property `name` of type `kind`."""
    return f"{kind}_{name}"
