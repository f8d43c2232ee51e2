"""What a column looks like, from its name and its first rows. A guess, to be looked over."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from desirelines.collect.guessing.dates import time_format
from desirelines.collect.intake import CURRENCIES, read_flags, read_numbers

PERSON = re.compile(
    r"customer|client|user|person|member|visitor|household|contact|buyer|patient|passenger|subscriber|resp(ondent|num)|author"
    r"|lead|mql"
)
_EMAIL = re.compile(r"\S+@\S+\.\S+\Z")
_ID = re.compile(
    r"(^|[_\s:.-])(id|ids|key|uuid|guid)$|^id[_\s-]|[a-z](Id|ID)$|^case:concept:name$"
    r"|(invoice|order|ticket|case|customer|account|policy|booking|receipt|serial|resp)[_\s-]?(no|nr|num|number)$"
    r"|(user|customer|client|member|visitor|person|account|contact|order|session)id$"
)
_CODE = re.compile(r"zip|postal|postcode|phone|mobile|code$")
_EVENT = re.compile(r"^(event|event_?name|event_?type|activity|action|concept:name|verb)$")
CHANNEL = re.compile(r"channel|medium|^origin$|^utm_source$")
_AMOUNT = re.compile(r"price|amount|cost|total|revenue|freight|fee|paid|payment|sales|spend|value")
FEW = 200


@dataclass(frozen=True)
class ColumnGuess:
    """One column. `looks_like`: person, object, event, channel, time, date, number, money, currency, flag, text or blank.

    `format` is how its times are written (None: ISO); `note` says what cannot be told.
    """

    name: str
    samples: tuple[str, ...]
    looks_like: str
    format: str | None = None
    note: str = ""
    distinct: int = 0
    blank_rate: float = 0.0
    unique: bool = False
    decimal: str = "."


def look(name: str, column: pa.Array, own_times: bool) -> ColumnGuess:
    """`column`: trimmed text, or the format's own type; blank is null."""
    given = column.drop_null()
    text = given if pa.types.is_string(given.type) else pc.cast(given, pa.string())
    values = text.unique()
    blank = column.null_count / len(column) if len(column) else 1.0
    kind, written, note, decimal = _kind(name, given, text, values, own_times)
    unique = len(values) == len(column) > 0
    samples = tuple(value[:120] for value in values.slice(0, 5).to_pylist())
    return ColumnGuess(name, samples, kind, written, note, len(values), round(blank, 4), unique, decimal)


def _kind(name: str, given: pa.Array, text: pa.Array, values: pa.Array, own_times: bool) -> tuple[str, str | None, str, str]:
    """What it looks like, how its times are written, what is doubtful, the decimal sign."""
    if not len(values):
        return "blank", None, "", "."
    if pa.types.is_timestamp(given.type) or pa.types.is_date(given.type):
        return ("time" if pa.types.is_timestamp(given.type) else "date"), None, "", "."
    if pa.types.is_boolean(given.type):
        return "flag", None, "", "."
    time = time_format(name, values, own_times)
    if time:
        return time.looks_like, time.format, time.note, "."
    return _plain(name, text, values)


def _plain(name: str, text: pa.Array, values: pa.Array) -> tuple[str, str | None, str, str]:
    low = name.lower()
    some = values.slice(0, 500).to_pylist()
    few = len(values) <= FEW and len(values) <= max(2, len(text) // 2)
    if np.mean([bool(_EMAIL.match(value)) for value in some]) > 0.9:
        return "person", None, "", "."
    if _EVENT.match(low) and few:
        return "event", None, "", "."
    if _ID.search(name) or _ID.search(low):
        return ("person" if PERSON.search(low) else "object"), None, "", "."
    if all(value.upper() in CURRENCIES for value in some):
        return "currency", None, "", "."
    if len(values) <= 2 and not read_flags(values).bad.any():
        return "flag", None, "", "."
    padded = any(len(value) > 1 and value[0] == "0" and value.isdecimal() for value in some)
    for decimal in (".", ","):
        if not padded and not _CODE.search(low) and np.mean(read_numbers(values, decimal).bad) < 0.01:
            return ("money" if _AMOUNT.search(low) else "number"), None, "", decimal
    if CHANNEL.search(low) and few:
        return "channel", None, "", "."
    return "text", None, "", "."
