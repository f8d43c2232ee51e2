"""An OCEL 2.0 log written as SQLite, with the tables that its standard names."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from desirelines.collect.writing.aside import beside
from desirelines.collect.writing.ocel import BEGINNING, Declared, OutEvent, OutLog, OutObject, Tally, Value
from desirelines.errors import BadInput, Unavailable

_SQL_TYPES = {"string": "TEXT", "integer": "INTEGER", "float": "REAL", "boolean": "BOOLEAN", "time": "TIMESTAMP"}
_TABLES = """
CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
CREATE TABLE event (ocel_id TEXT PRIMARY KEY, ocel_type TEXT REFERENCES event_map_type(ocel_type));
CREATE TABLE object (ocel_id TEXT PRIMARY KEY, ocel_type TEXT REFERENCES object_map_type(ocel_type));
CREATE TABLE event_object (ocel_event_id TEXT REFERENCES event(ocel_id), ocel_object_id TEXT REFERENCES object(ocel_id),
    ocel_qualifier TEXT, PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier));
CREATE TABLE object_object (ocel_source_id TEXT REFERENCES object(ocel_id), ocel_target_id TEXT REFERENCES object(ocel_id),
    ocel_qualifier TEXT, PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier));
"""
_FIXED = {"event": ("ocel_id", "ocel_time"), "object": ("ocel_id", "ocel_time", "ocel_changed_field")}
_AT_ONCE = 5_000
_INT64 = 2**63


def write_sqlite(path: Path, log: OutLog) -> Tally:
    """Write a log as SQLite. Raises BadInput if the file is there already or cannot be made, Unavailable if the disk is full."""
    tally = Tally()
    with beside(path) as draft:
        try:
            with closing(sqlite3.connect(draft, isolation_level=None)) as base:
                base.execute("PRAGMA journal_mode = OFF")  # the file is there whole or not at all, whatever happens here
                base.execute("PRAGMA synchronous = OFF")
                base.execute("BEGIN")
                for statement in filter(str.strip, _TABLES.split(";")):
                    base.execute(statement)
                events, objects = _Types(base, "event", log.event_types), _Types(base, "object", log.object_types)
                _fill(base, tally, log.objects(), objects)
                _fill(base, tally, log.events(), events)
                base.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if "unable to open" in str(error):
                raise BadInput(f"{path} cannot be written", hint="name a file in a folder that is there") from error
            raise Unavailable(f"{path} was not written: {error}", hint="free some space and run it again") from error
    return tally


class _Types:
    """The tables of the types of events, or of objects."""

    def __init__(self, base: sqlite3.Connection, what: str, declared: Declared) -> None:
        self.what = what
        self.inserts: dict[str, str] = {}
        """Type to the statement that puts a row into its table."""
        self.columns: dict[str, Mapping[str, str]] = {}
        """Type to attribute to column."""
        shorts = _distinct({name: re.sub(r"[^0-9A-Za-z]", "", name) or what for name in declared}, ("map_type", "object"))
        for name, attributes in declared.items():
            base.execute(f"INSERT INTO {what}_map_type VALUES (?, ?)", (name, shorts[name]))
            columns = _distinct({one: one for one in attributes}, _FIXED["object"])
            types = [f"{_quoted(columns[one])} {_SQL_TYPES[type_]}" for one, type_ in attributes.items()]
            fixed = ["ocel_id TEXT", "ocel_time TIMESTAMP", *(["ocel_changed_field TEXT"] if what == "object" else [])]
            table = _quoted(f"{what}_{shorts[name]}")
            base.execute(f"CREATE TABLE {table} ({', '.join([*fixed, *types])})")
            names = [*_FIXED[what], *columns.values()]
            self.columns[name] = columns
            self.inserts[name] = f"INSERT INTO {table} ({', '.join(map(_quoted, names))}) VALUES ({', '.join('?' * len(names))})"

    def rows(self, one: OutEvent | OutObject) -> Iterator[list[Any]]:
        """The rows of its type's table that say what one event or object is."""
        attributes = self.columns[one.type]
        if isinstance(one, OutEvent):
            yield [one.id, one.time, *(_cell(one.attributes.get(name)) for name in attributes)]
            return
        first, changes = _beginning(one.values)
        since = one.values[0][2] if one.values else BEGINNING
        yield [one.id, since, None, *(_cell(first.get(name)) for name in attributes)]
        for name, value, at in changes:
            yield [one.id, at, attributes[name], *(_cell(value) if other == name else None for other in attributes)]


def _fill(base: sqlite3.Connection, tally: Tally, things: Iterator[Any], types: _Types) -> None:
    what = types.what
    relations = "event_object" if what == "event" else "object_object"
    while some := list(islice(things, _AT_ONCE)):
        base.executemany(f"INSERT OR IGNORE INTO {what} VALUES (?, ?)", [(one.id, one.type) for one in some])
        related = [(one.id, to.id, to.qualifier) for one in some for to in one.related]
        base.executemany(f"INSERT OR IGNORE INTO {relations} VALUES (?, ?, ?)", related)
        by_type: dict[str, list[list[Any]]] = {}
        for one in some:
            tally.add(one)
            by_type.setdefault(one.type, []).extend(types.rows(one))
        for name, rows in by_type.items():
            base.executemany(types.inserts[name], rows)


def _beginning(values: Sequence[tuple[str, Value, str]]) -> tuple[dict[str, Value], list[tuple[str, Value, str]]]:
    """The values since the first moment, one of each attribute; and every other, which is a change."""
    first: dict[str, Value] = {}
    changes = []
    for name, value, at in values:
        if at == values[0][2] and name not in first:
            first[name] = value
        else:
            changes.append((name, value, at))
    return first, changes


def _distinct(wanted: Mapping[str, str], taken: Iterable[str]) -> dict[str, str]:
    """Names that SQLite, to which capitals are no difference, can tell apart: with a number behind where it could not."""
    used = {name.lower() for name in taken}
    found = {}
    for key, name in wanted.items():
        plain, number = name, 1
        while plain.lower() in used:
            number += 1
            plain = f"{name}_{number}"
        used.add(plain.lower())
        found[key] = plain
    return found


def _cell(value: Value | None) -> Value | None:
    """A value as SQLite holds it: numbers beyond 64 bits are texts."""
    return str(value) if isinstance(value, int) and not -_INT64 <= value < _INT64 else value


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
