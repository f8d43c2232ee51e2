"""OCEL 2.0, as JSON or SQLite: each event is a row, each object, and each moment at which an object's attributes changed.

Events come first, wherever they stand in the file. What an event or an object is related to stands in one column as JSON,
whole; beside it the first object of each type (by id) has a column of its own. Both files of one log give equal rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Protocol

from desirelines.collect.formats.jsonl import Line, stretch_of
from desirelines.collect.formats.stretch import Piece, Refusal, Stretch, row_text

ROW = "ocel:row"
"""`event` or `object`."""
EVENT_ID, ACTIVITY, TIME, OBJECTS = "ocel:eid", "ocel:activity", "ocel:timestamp", "ocel:objects"
OBJECT_ID, OBJECT_TYPE, KNOWN_AT, RELATED = "ocel:oid", "ocel:type", "ocel:time", "ocel:related"
TYPE = "ocel:type:"
"""Before an object type's name: the column of the first object of that type."""
OWN = (ROW, EVENT_ID, ACTIVITY, TIME, OBJECTS, OBJECT_ID, OBJECT_TYPE, KNOWN_AT, RELATED)
TYPES = ("string", "time", "integer", "float", "boolean")
_ROWS = 5_000

Cells = dict[str, str | None]
Types = Mapping[str, Mapping[str, str]]
"""Type of event or object to attribute to one of `TYPES`."""


@dataclass(frozen=True)
class Related:
    """An object that something is related to; `type` None: the log has no such object."""

    id: str
    qualifier: str
    type: str | None


@dataclass(frozen=True)
class LogEvent:
    """`attributes`: name to value."""

    id: str | None
    type: str | None
    time: str | None
    attributes: Mapping[str, str | None]
    related: Sequence[Related] = ()


@dataclass(frozen=True)
class LogObject:
    """`values`: attribute, value, since when; in any order."""

    id: str
    type: str
    values: Sequence[tuple[str, str | None, str | None]] = ()
    related: Sequence[Related] = ()


@dataclass(frozen=True)
class Broken:
    """A part of the file that is neither: what is wrong, and its text as JSON."""

    detail: str
    text: str
    reason: str = "malformed"


def nameless(text: str) -> Broken:
    """An object of which nobody can say which it is."""
    return Broken("an object has no id or no type", text, "missing_key")


Record = LogEvent | LogObject | Broken


class Reader(Protocol):
    """A file of either kind, looked into."""

    @property
    def event_types(self) -> Types: ...

    @property
    def object_types(self) -> Types: ...

    def records(self) -> Iterator[tuple[Record, int]]:
        """What it holds, each with how far reading has come."""


@dataclass(frozen=True)
class OcelLog:
    """`attributes`: the column of each attribute of an event, with its type."""

    path: Path
    size: int
    reader: Reader
    columns: tuple[str, ...]
    attributes: Mapping[str, str]
    taken: frozenset[str]
    """Columns that no attribute of an event may have."""

    def pieces(self, wanted: Sequence[str]) -> Iterator[Piece]:
        records = self.reader.records()
        number = 1
        while held := list(islice(records, _ROWS)):
            yield partial(self._stretch, held, number, tuple(wanted))
            number += sum(_rows_of(record) for record, _ in held)

    def relations(self) -> Iterator[Sequence[Related]]:
        """What each event is related to."""
        return (record.related for record, _ in self.reader.records() if isinstance(record, LogEvent))

    def _stretch(self, held: Sequence[tuple[Record, int]], number: int, wanted: Sequence[str]) -> Stretch:
        says = [name for name in wanted if name != ROW and not name.startswith(TYPE)]
        kept: list[Line] = []
        refused: list[Refusal] = []
        for record, _ in held:
            if isinstance(record, Broken):
                refused.append(Refusal(record.reason, record.detail, number, record.text))
            elif isinstance(record, LogEvent):
                kept.append(_line(number, self._event(record)))
            elif f"{TYPE}{record.type}" in wanted:
                rows = enumerate(_object(record), number)  # a row of which nothing is asked for is none
                kept += [_line(place, row) for place, row in rows if any(row.get(name) is not None for name in says)]
            number += _rows_of(record)
        return stretch_of(kept, refused, wanted, held[-1][1])

    def _event(self, event: LogEvent) -> Cells:
        cells: Cells = {event_column(name, self.taken): value for name, value in event.attributes.items()}
        for one in sorted(event.related, key=lambda one: one.id, reverse=True):
            if one.type is not None:
                cells[f"{TYPE}{one.type}"] = one.id
        known: Cells = {ROW: "event", EVENT_ID: event.id, ACTIVITY: event.type, TIME: event.time}
        return cells | known | {OBJECTS: _as_json(event.related)}


def _object(record: LogObject) -> Iterator[Cells]:
    """A row for the object itself, and one for each moment since when some of its attributes hold."""
    mine: Cells = {ROW: "object", OBJECT_ID: record.id, f"{TYPE}{record.type}": record.id}
    about: Cells = {OBJECT_TYPE: record.type, RELATED: _as_json(record.related)}
    yield mine | about
    for at, values in _moments(record.values):
        since: Cells = {KNOWN_AT: at}
        yield mine | since | {attribute_column(record.type, name): value for name, value in values.items()}


def ocel_log(path: Path, size: int, reader: Reader) -> OcelLog:
    """The table that a reader's log is."""
    columns = list(OWN)
    for kind, attributes in reader.object_types.items():
        columns += [f"{TYPE}{kind}", *(attribute_column(kind, name) for name in attributes)]
    taken = frozenset(columns)
    found: dict[str, str] = {}
    for attributes in reader.event_types.values():
        for name, type_ in attributes.items():
            column = event_column(name, taken)
            found[column] = common(found.get(column, type_), type_)
    return OcelLog(path, size, reader, tuple(dict.fromkeys([*columns, *found])), found, taken)


def types_of(log: OcelLog) -> dict[str, tuple[str, ...]]:
    """Column to the type that the log gives its values; those of its own columns are texts or times."""
    found: dict[str, tuple[str, ...]] = {TIME: ("time",), KNOWN_AT: ("time",)}
    found |= {column: (type_,) for column, type_ in log.attributes.items()}
    for kind, attributes in log.reader.object_types.items():
        found |= {attribute_column(kind, name): (type_,) for name, type_ in attributes.items()}
    return found


def attribute_column(kind: str, name: str) -> str:
    """The column of an object's attribute."""
    return f"{kind}/{name}"


def event_column(name: str, taken: frozenset[str]) -> str:
    """The column of an event's attribute: its name, unless that is another column's."""
    return f"event/{name}" if name in taken else name


def common(one: str, other: str) -> str:
    """A type that holds the values of both."""
    if one == other:
        return one
    return "float" if {one, other} == {"integer", "float"} else "string"


def _moments(values: Iterable[tuple[str, str | None, str | None]]) -> list[tuple[str | None, Cells]]:
    """Values by the time since when they hold, in the order of the file; two of one attribute at one time stay two."""
    found: list[tuple[str | None, Cells]] = []
    places: dict[str | None, int] = {}
    for name, value, at in values:
        if value is None:
            continue
        place = places.get(at)
        if place is None or name in found[place][1]:
            places[at] = len(found)
            found.append((at, {name: value}))
        else:
            found[place][1][name] = value
    return found


def _rows_of(record: Record) -> int:
    return 1 + len(_moments(record.values)) if isinstance(record, LogObject) else 1


def _as_json(related: Sequence[Related]) -> str | None:
    """Relations as they are kept, in an order that no file decides: `[{"id", "type", "qualifier"}]`."""
    if not related:
        return None
    ordered = sorted({(one.id, one.qualifier, one.type or "") for one in related})
    return row_text_of([{"id": id_, "type": type_, "qualifier": how} for id_, how, type_ in ordered])


def row_text_of(data: object) -> str:
    """JSON as compact as it can be written."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _line(number: int, cells: Cells) -> Line:
    """A row as it is stored; what is no text at all is written as escapes."""
    text = row_text(cells)
    if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        text = json.dumps(cells)
    return Line(number, text, cells)
