"""Cases written as a XES log."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from desirelines.collect.formats.xes import CASE
from desirelines.collect.formats.xes_attributes import SINGLE, UNDER, Node, from_json
from desirelines.collect.writing.aside import written
from desirelines.collect.writing.keys import CASE_NAME, Key, Outside
from desirelines.model.event import PROPERTY_TYPES

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="nested-attributes" xmlns="http://www.xes-standard.org/">
\t<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
\t<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
\t<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
\t<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
\t<extension name="Identity" prefix="identity" uri="http://www.xes-standard.org/identity.xesext"/>
\t<extension name="Cost" prefix="cost" uri="http://www.xes-standard.org/cost.xesext"/>
\t<global scope="trace">
\t\t<string key="concept:name" value="UNKNOWN"/>
\t</global>
\t<global scope="event">
\t\t<string key="concept:name" value="UNKNOWN"/>
\t\t<date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/>
\t</global>
\t<classifier name="Event Name" keys="concept:name"/>
"""
_TAIL = "</log>\n"
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_SPECIAL = re.compile('[&<>"\t\n\r]')
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WHOLE = re.compile(r"[+-]?[0-9]+\Z")
_NAME, _TIME = Key("concept:name"), Key("time:timestamp", "time")


@dataclass(frozen=True)
class Cases:
    """Some cases [c]: their names, and `rows` of the lake's events, those of case i being `offsets[i]:offsets[i + 1]`.

    `traits`: for each case the attributes of its own.
    """

    names: Sequence[str]
    offsets: NDArray[np.int64]
    rows: pa.Table
    traits: Sequence[Mapping[str, tuple[Key, str]]] = field(default_factory=list)


def write_xes(path: Path, batches: Iterable[Cases], sources: Mapping[str, Outside], naming: Sequence[str]) -> tuple[int, int]:
    """Write a log; answers its cases and events. `naming`: columns of the lake that name cases, which events need not repeat.

    Raises BadInput if the file is there already or cannot be made, Unavailable if the disk is full.
    """
    cases = events = 0
    with written(path) as file:
        file.write(_HEAD)
        for batch in batches:
            file.writelines(_traces(batch, sources, frozenset(naming)))
            cases += len(batch.names)
            events += len(batch.rows)
        file.write(_TAIL)
    return cases, events


def _traces(batch: Cases, sources: Mapping[str, Outside], naming: frozenset[str]) -> Iterator[str]:
    of_events, of_cases = _attributes(batch, sources, naming)
    for index, name in enumerate(batch.names):
        own = batch.traits[index] if batch.traits else {}
        start, end = int(batch.offsets[index]), int(batch.offsets[index + 1])
        yield f"\t<trace>\n\t\t{plain('string', 'concept:name', name)}\n"
        told = {key: trait(key_, text) for key, (key_, text) in own.items()}
        for row in range(start, end):
            for key, text in of_cases.get(row, {}).items():
                told.setdefault(key, text)
        for key, text in told.items():
            if key != "concept:name":
                yield f"\t\t{text}\n"
        for row in range(start, end):
            yield f"\t\t<event>\n\t\t\t{of_events[row]}\n\t\t</event>\n"
        yield "\t</trace>\n"


def _attributes(
    batch: Cases, sources: Mapping[str, Outside], naming: frozenset[str]
) -> tuple[list[str], dict[int, dict[str, str]]]:
    """Each event's attributes as XML, and those of the cases that events carry: row, then attribute."""
    rows = batch.rows
    of_events = [""] * len(rows)
    of_cases: dict[int, dict[str, str]] = {}
    case_of = np.repeat(np.arange(len(batch.names)), np.diff(batch.offsets))
    names = pa.array(batch.names, pa.string()).take(pa.array(case_of))
    for source in pc.unique(rows.column("source")).to_pylist():
        mine = np.flatnonzero(np.asarray(pc.equal(rows.column("source"), source).to_numpy()))
        part = rows.take(pa.array(mine))
        lines: list[list[str]] = [[] for _ in mine]
        for key, texts in _columns(part, names.take(pa.array(mine)), sources.get(source, Outside(source)), naming):
            case = key.name.startswith(CASE)
            for place, text in enumerate(texts):
                if text and case:
                    of_cases.setdefault(int(mine[place]), {})[key.name.removeprefix(CASE)] = text
                elif text:
                    lines[place].append(text)
        for place, row in enumerate(mine.tolist()):
            of_events[row] = "\n\t\t\t".join(lines[place])
    return of_events, of_cases


def _columns(part: pa.Table, names: pa.Array, way: Outside, naming: frozenset[str]) -> Iterator[tuple[Key, list[str]]]:
    """The attribute of each column, and its XML in each row; nothing where it has no value."""
    yield _NAME, _each(part.column("event"), _NAME)
    yield _TIME, _each(part.column("at"), _TIME)
    for column in part.column_names:
        role, _, title = column.partition("_")
        values = part.column(column)
        key = way.events.get(column)
        if role in ("id", "object") and title:
            key = Key(way.kinds.get(title, title))
            if column in naming and key.name in (CASE_NAME, title):  # told by the case, unless it is another
                key = Key(title)
                values = pc.if_else(pc.equal(values, names), pa.scalar(None, pa.string()), values)
        elif key is None and (column == "channel" or (role in PROPERTY_TYPES and title)):
            key = Key(title or column)
        if key is None or key.name in (_NAME.name, _TIME.name):
            continue
        texts = _money(values, part.column(f"currency_{title}"), key.name) if role == "money" else _each(values, key)
        yield key, _without(texts, part, way, key.name)


def _without(texts: list[str], part: pa.Table, way: Outside, key: str) -> list[str]:
    """An attribute's values but where the whole of it, with what is under it, is written anyway."""
    column = next((name for name, one in way.events.items() if one.name == key + UNDER), None)
    if column is None or column not in part.column_names:
        return texts
    whole = pc.is_valid(part.column(column)).to_pylist()
    return ["" if given else text for text, given in zip(texts, whole, strict=True)]


def _each(values: pa.ChunkedArray, key: Key) -> list[str]:
    """XML of every value; equal ones are made once."""
    coded = pc.dictionary_encode(values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values)
    coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
    made = [typed(key, value) for value in coded.dictionary.to_pylist()]
    return ["" if index is None else made[index] for index in coded.indices.to_pylist()]


def _money(amounts: pa.ChunkedArray, currencies: pa.ChunkedArray, key: str) -> list[str]:
    found = []
    for amount, currency in zip(amounts.to_pylist(), currencies.to_pylist(), strict=True):
        node = Node("float", key, None if amount is None else f"{amount.normalize():f}")
        node.under = [Node("string", "currency", currency)] if currency else []
        found.append("" if amount is None else xml(node))
    return found


def typed(key: Key, value: Any) -> str:
    """One value as an attribute of its type; what was of a case loses its prefix, the case says it."""
    name = key.name.removeprefix(CASE)
    if name.endswith(UNDER) and isinstance(value, str) and (node := from_json(value)) is not None:
        node.key = name.removesuffix(UNDER)
        return xml(node)
    if isinstance(value, bool):
        return plain("boolean", name, "true" if value else "false")
    if isinstance(value, float):
        return plain("int", name, str(int(value))) if key.format == "whole" else plain("float", name, repr(value))
    if isinstance(value, date):
        return plain("date", name, instant(value))
    if key.format == "whole" and _WHOLE.match(value):
        return plain("int", name, value)
    return plain("id" if key.format == "id" else "string", name, value)


def trait(key: Key, text: str) -> str:
    """A trait, which is kept as a text, as an attribute of its type."""
    try:
        if key.type == "number":
            return typed(key, float(text))
        if key.type in ("time", "date"):
            return typed(key, datetime.fromisoformat(text))
    except ValueError:
        return plain("string", key.name, text)
    return typed(key, text == "true") if key.type == "flag" else typed(key, text)


def instant(value: date) -> str:
    """A time in UTC; a day is its midnight."""
    at = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=UTC)
    at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    return at.isoformat(timespec="microseconds" if at.microsecond % 1000 else "milliseconds")


def plain(kind: str, key: str, value: str) -> str:
    """An attribute without others under it."""
    return f'<{kind} key="{escaped(key)}" value="{escaped(value)}"/>'


def xml(node: Node) -> str:
    """An attribute with all that is under it."""
    key = f' key="{escaped(node.key)}"' if node.key is not None else ""
    value = f' value="{escaped(node.value)}"' if node.value is not None and node.type in SINGLE else ""
    under = "".join(xml(one) for one in node.under)
    return f"<{node.type}{key}{value}>{under}</{node.type}>" if under else f"<{node.type}{key}{value}/>"


def escaped(text: str) -> str:
    """A text as the value of an attribute: what XML cannot hold at all becomes U+FFFD."""
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], _FORBIDDEN.sub("\ufffd", text))
