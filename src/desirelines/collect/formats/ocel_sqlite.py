"""OCEL 2.0 as SQLite. The file is only read; joins that need room use the engine's own temporary files."""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from desirelines.collect.formats.ocel import Broken, LogEvent, LogObject, Record, Related, nameless, row_text_of
from desirelines.collect.formats.stream import regular
from desirelines.collect.formats.stretch import named
from desirelines.collect.limits import Limits
from desirelines.errors import BadInput, Unavailable
from desirelines.model.hint import nearest

_NEEDED = ("event", "object", "event_map_type", "object_map_type")
_NOT_ATTRIBUTES = ("ocel_id", "ocel_time", "ocel_changed_field")
_DECLARED = {"INTEGER": "integer", "REAL": "float", "BOOLEAN": "boolean", "TIMESTAMP": "time"}
_GATHER = """
CREATE TEMP TABLE {short} (n INTEGER PRIMARY KEY, id, kind);
INSERT INTO {short} (id, kind) SELECT ocel_id, ocel_type FROM main.{long};
CREATE INDEX temp.{short}_id ON {short}(id);
CREATE INDEX temp.{short}_kind ON {short}(kind);
"""
_RELATED = """
SELECT s.n, r.{end}, r.ocel_qualifier, o.kind FROM main.{table} r JOIN {short} s ON s.id = r.{start}
LEFT JOIN o ON o.id = r.{end} ORDER BY s.n
"""

Values = tuple[int, str | None, str | None, Mapping[str, str | None], str | None]
"""Place, time, changed field, values, id: a row of one type's table, or of nothing where it has none."""


@dataclass(frozen=True)
class SqliteReader:
    path: Path
    limits: Limits
    event_types: Mapping[str, Mapping[str, str]]
    object_types: Mapping[str, Mapping[str, str]]
    event_tables: Mapping[str, str]
    object_tables: Mapping[str, str]

    def records(self) -> Iterator[tuple[Record, int]]:
        with _opened(self.path, self.limits) as base:
            tables = _tables(base)
            base.executescript(_GATHER.format(short="e", long="event") + _GATHER.format(short="o", long="object"))
            for done, record in enumerate(chain(self._events(base, tables), self._objects(base, tables)), 1):
                yield record, done

    def _objects(self, base: sqlite3.Connection, tables: Mapping[str, str]) -> Iterator[LogObject | Broken]:
        related = _Related(base, tables, "object_object", "o", "ocel_source_id", "ocel_target_id")
        rows = self._rows(base, "o", self.object_types, self.object_tables)
        for (place, own, kind), values in groupby(rows, key=lambda row: row[:3]):
            changes = [change for row in values for change in _changes(row[3])]
            to = related.of(place)
            yield LogObject(own, kind, changes, to) if own and kind else nameless(row_text_of([own, kind]))

    def _events(self, base: sqlite3.Connection, tables: Mapping[str, str]) -> Iterator[LogEvent]:
        related = _Related(base, tables, "event_object", "e", "ocel_event_id", "ocel_object_id")
        for place, own, kind, row in self._rows(base, "e", self.event_types, self.event_tables):
            attributes = {name: value for name, value in row.items() if name not in _NOT_ATTRIBUTES and value is not None}
            yield LogEvent(own, kind, row.get("ocel_time"), attributes, related.of(place))

    def _rows(
        self, base: sqlite3.Connection, short: str, types: Mapping[str, Mapping[str, str]], tables: Mapping[str, str]
    ) -> Iterator[tuple[int, str | None, str | None, dict[str, str | None]]]:
        """Place, id, type and values, in the order of the places; an object may come several times, one after another."""
        kinds = [row[0] for row in base.execute(f"SELECT DISTINCT kind FROM {short}")]
        return heapq.merge(*(_of_type(base, short, kind, tables.get(str(_text(kind)))) for kind in kinds), key=lambda row: row[0])


class _Related:
    """The relations of what is asked for in the order of its places."""

    def __init__(self, base: sqlite3.Connection, tables: Mapping[str, str], table: str, short: str, start: str, end: str) -> None:
        there = table in tables
        query = _RELATED.format(table=table, short=short, start=start, end=end)
        self._rows: Iterator[Any] = iter(base.execute(query)) if there else iter(())
        self._next = next(self._rows, None)

    def of(self, place: int) -> list[Related]:
        found = []
        while self._next is not None and self._next[0] <= place:
            at, to, qualifier, kind = self._next
            if at == place and to is not None:
                found.append(Related(str(_text(to)), _text(qualifier) or "", _text(kind)))
            self._next = next(self._rows, None)
        return found


def open_sqlite(path: Path, limits: Limits) -> tuple[SqliteReader, int]:
    """The reader and how many events and objects there are. Raises BadInput for what is no OCEL 2.0."""
    regular(path)
    with _opened(path, limits) as base:
        tables = _tables(base)
        for name in _NEEDED:
            if name not in tables:
                raise BadInput(f"{named(path)} is no OCEL 2.0 log: it has no table `{name}`", hint=nearest(name, list(tables)))
        found: dict[str, tuple[dict[str, str], dict[str, dict[str, str]]]] = {}
        for what in ("event", "object"):
            maps = base.execute(f"SELECT ocel_type, ocel_type_map FROM {what}_map_type").fetchall()
            places = {str(_text(kind)): f"{what}_{_text(short)}" for kind, short in maps if kind is not None}
            types = {kind: _attributes(base, place) if place in tables else {} for kind, place in places.items()}
            found[what] = ({kind: place for kind, place in places.items() if place in tables}, types)
        size = sum(base.execute(f"SELECT count(*) FROM {what}").fetchone()[0] for what in ("event", "object"))
    (event_tables, event_types), (object_tables, object_types) = found["event"], found["object"]
    return SqliteReader(path, limits, event_types, object_types, event_tables, object_tables), int(size)


def _of_type(
    base: sqlite3.Connection, short: str, kind: Any, table: str | None
) -> Iterator[tuple[int, str | None, str | None, dict[str, str | None]]]:
    """The things of one type with the rows of its table; one whose row is missing comes with nothing."""
    if table is None:
        query = f"SELECT s.n, s.id FROM {short} s WHERE s.kind IS ? ORDER BY s.n"
        names: list[str] = []
    else:
        cursor = base.execute(f"SELECT * FROM main.{_quoted(table)} LIMIT 0")
        names = [one[0] for one in cursor.description]
        join = f"LEFT JOIN main.{_quoted(table)} t ON t.ocel_id = s.id"
        query = f"SELECT s.n, s.id, t.* FROM {short} s {join} WHERE s.kind IS ? ORDER BY s.n"
    for place, own, *values in base.execute(query, (kind,)):
        yield place, _text(own), _text(kind), {name: _text(value) for name, value in zip(names, values, strict=True)}


def _changes(row: Mapping[str, str | None]) -> Iterator[tuple[str, str | None, str | None]]:
    """What a row of an object's table says: of a change only the field that changed."""
    changed, at = row.get("ocel_changed_field"), row.get("ocel_time")
    for name, value in row.items():
        if name not in _NOT_ATTRIBUTES and value is not None and (changed is None or changed not in row or name == changed):
            yield name, value, at


def _attributes(base: sqlite3.Connection, table: str) -> dict[str, str]:
    columns = base.execute(f"PRAGMA main.table_info({_quoted(table)})").fetchall()
    return {
        str(_text(row[1])): _DECLARED.get(str(_text(row[2])).upper(), "string")
        for row in columns
        if _text(row[1]) not in _NOT_ATTRIBUTES
    }


def _tables(base: sqlite3.Connection) -> dict[str, str]:
    """Ordinary tables by name: a view or a virtual table may do more than hold rows."""
    rows = base.execute("SELECT name, sql FROM main.sqlite_master WHERE type = 'table'").fetchall()
    return {str(name): str(sql) for name, sql in rows if not str(sql).lstrip().upper().startswith("CREATE VIRTUAL")}


@contextmanager
def _opened(path: Path, limits: Limits) -> Iterator[sqlite3.Connection]:
    """Raises BadInput for a file that is broken or none, Unavailable where there is no room for temporary files."""
    try:
        address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as base:
            base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.record)
            base.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            base.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
            for setting in ("trusted_schema = OFF", "cell_size_check = ON", "temp_store = FILE", "mmap_size = 0"):
                base.execute(f"PRAGMA {setting}")
            yield base
    except (sqlite3.Error, UnicodeError) as error:
        if "full" in str(error):
            raise Unavailable(f"{named(path)} needs more room for temporary files", hint="free some space on the disk") from error
        raise BadInput(f"{named(path)} is not an SQLite file that can be read", hint=str(error)[:200]) from error


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: Any) -> str | None:
    """A cell as text: numbers as they are written, bytes as the text they should be."""
    if value is None or isinstance(value, str):
        return value
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else repr(value)
