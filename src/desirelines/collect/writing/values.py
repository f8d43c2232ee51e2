"""Values of the lake as OCEL says them, and back to what a log called its events and relations."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from desirelines.collect.formats.ocel import Related
from desirelines.collect.writing.keys import Key
from desirelines.collect.writing.ocel import Value

_TYPES = {"number": "float", "flag": "boolean", "time": "time", "date": "time", "money": "float", "text": "string"}
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_WHOLE = re.compile(r"[+-]?[0-9]+\Z")


def type_of(key: Key) -> str:
    """OCEL's type of an attribute's values."""
    return "integer" if key.format == "whole" else _TYPES[key.type]


def said(key: Key, value: Any, type_: str) -> Value:
    """A value, of an event or as the text of a trait, as `type_` says it; a text where it is none of that."""
    try:
        return _said(value, type_)
    except (ValueError, KeyError):
        return str(value)


def _said(value: Any, type_: str) -> Value:
    if type_ == "integer":
        return int(value) if not isinstance(value, str) or _WHOLE.match(value) else int(float(value))
    if type_ == "float":
        return float(value)
    if type_ == "boolean":
        return value if isinstance(value, bool) else {"true": True, "false": False}[value]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}" if value == int(value) else repr(value)
    if isinstance(value, date):
        return zulu(value)
    return zulu(datetime.fromisoformat(value)) if type_ == "time" else _text(value)


def _text(value: Any) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def zulu(at: date) -> str:
    """A time in UTC as ISO; a day is its midnight."""
    whole = at if isinstance(at, datetime) else datetime(at.year, at.month, at.day, tzinfo=UTC)
    whole = whole.astimezone(UTC) if whole.tzinfo else whole.replace(tzinfo=UTC)
    return whole.isoformat().replace("+00:00", "Z")


def last_part(message_id: str) -> str:
    """The last part of a key, as it was before it was written with bars between."""
    bar = message_id.rfind("|")
    while bar > 0 and (bar - len(message_id[:bar].rstrip("\\"))) % 2:  # a bar behind a backslash is one of the part's own
        bar = message_id.rfind("|", 0, bar)
    return _ESCAPED.sub(r"\1", message_id[bar + 1 :])


def related_of(text: str | None) -> list[Related]:
    """Relations as they are kept; none from a text that is something else."""
    try:
        data = json.loads(text) if text else []
        return [Related(str(one["id"]), str(one["qualifier"]), str(one["type"]) or None) for one in data]
    except (ValueError, TypeError, KeyError, RecursionError):
        return []
