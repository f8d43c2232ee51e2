"""The lake as an OCEL 2.0 log: its events, what they are about, and what is known of that.

Identifiers of people are objects like others, of their kind; those that are known to belong together are related as
`same person`. What came from an OCEL log returns as it was: types, attributes, relations and their qualifiers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any

import pyarrow as pa

from desirelines.collect.formats.ocel import OBJECT_TYPE, RELATED, Related, common
from desirelines.collect.writing.keys import Key, Outside
from desirelines.collect.writing.ocel import BEGINNING, Declared, OutEvent, OutObject, Value
from desirelines.collect.writing.values import last_part, related_of, said, type_of, zulu
from desirelines.model.event import PROPERTY_TYPES, PropertyType
from desirelines.store import Snapshot, quote

EVENTS = 20_000
OBJECTS = 200_000
"""So many rows are held at a time."""
SAME = "same person"
_ROLES: dict[str, PropertyType] = {"number": "number", "flag": "flag", "date": "date", "time": "time", "money": "money"}
_LEFT_OUT = ("person", "content", "rank", "sequence")
_KNOWN = """
SELECT kind, value, name, text, "at", sequence, source FROM objects
UNION ALL SELECT kind, value, name, text, "at", sequence, source FROM traits
"""


class LakeLog:
    """`ways`: of each source of the lake."""

    def __init__(self, snapshot: Snapshot, ways: Mapping[str, Outside]) -> None:
        self.snapshot = snapshot
        self.ways = ways
        self._columns = snapshot.columns("events")
        self._owners = [name for name in self._columns if name.startswith(("id_", "object_"))]
        self._types = {kind: type_ for way in ways.values() for kind, type_ in way.kinds.items()}
        self._kinds = {type_: kind for kind, type_ in self._types.items()}
        self._several = sum(way.has_ids for way in ways.values()) > 1

    @cached_property
    def event_types(self) -> Declared:
        """The attributes that events of each name have, with their types."""
        values = [name for name in self._columns if _is_value(name)]
        counts = "".join(f", count({quote(name)})" for name in values)
        query = f"SELECT event, source{counts} FROM events GROUP BY event, source ORDER BY event, source"
        found: dict[str, dict[str, str]] = {}
        for event, source, *given in _rows(self.snapshot.sql(query)):
            types = found.setdefault(event, {})
            for name, count in zip(values, given, strict=True):
                key = self._key(source, name) if count else None
                if key is not None:
                    types[key.name] = common(types.get(key.name, type_of(key)), type_of(key))
        return found

    @cached_property
    def object_types(self) -> Declared:
        """The attributes that objects of each type have, with their types."""
        found: dict[str, dict[str, str]] = {type_: {} for type_ in self._types.values()}
        for (kind,) in _rows(self.snapshot.sql(f"SELECT DISTINCT kind FROM ({self._pairs}) ORDER BY kind")):
            found.setdefault(self._type(kind), {})
        query = f"SELECT DISTINCT kind, name, source FROM ({_KNOWN}) ORDER BY kind, name, source"
        for kind, name, source in _rows(self.snapshot.sql(query)):
            key = self._trait(source, kind, name)
            if key.name not in (OBJECT_TYPE, RELATED):
                types = found[self._type(kind)]
                types[key.name] = common(types.get(key.name, type_of(key)), type_of(key))
        return found

    def events(self) -> Iterator[OutEvent]:
        """Every event, in the order of time."""
        query = 'SELECT (file_index << 32) | row_index FROM events ORDER BY "at", rank, sequence, message_id'
        places = self.snapshot.sql(query).column(0).to_numpy()
        columns = [name for name in self._columns if name not in _LEFT_OUT]
        for start in range(0, len(places), EVENTS):
            for row in self.snapshot.events_at(columns, places[start : start + EVENTS]).to_pylist():
                yield self._event(row)

    def objects(self) -> Iterator[OutObject]:
        """Every object that an event, a trait or a link names, by kind and id."""
        count = self.snapshot.sql(f"SELECT count(*) FROM ({self._pairs})").column(0)[0].as_py()
        count += self.snapshot.count("objects") + self.snapshot.count("traits")
        parts = max(1, count // OBJECTS)
        for part in range(parts):
            links = self._links(part, parts)
            query = f"""
            SELECT p.kind, p.value, k.name, k.text, k."at", k.source FROM ({self._pairs}) p
            LEFT JOIN ({_KNOWN}) k USING (kind, value) WHERE hash(p.kind, p.value) % ? = ?
            ORDER BY p.kind, p.value, k."at" NULLS FIRST, k.name, k.sequence, k.text
            """
            rows = _rows(self.snapshot.sql(query, [parts, part]))
            for (kind, value), known in groupby(rows, key=lambda row: (row[0], row[1])):
                yield self._object(kind, value, [row[2:] for row in known], links.get((kind, value), []))

    # what each is

    def _event(self, row: Mapping[str, Any]) -> OutEvent:
        way = self._way(row["source"])
        types = self.event_types[row["event"]]
        attributes: dict[str, Value] = {}
        for name, value in row.items():
            key = self._key(way.source, name) if value is not None and _is_value(name) else None
            if key is not None:
                attributes[key.name] = said(key, value, types[key.name])
        return OutEvent(self._event_id(row, way), row["event"], zulu(row["at"]), attributes, self._about(row, way))

    def _event_id(self, row: Mapping[str, Any], way: Outside) -> str:
        """The id of its log; else one that no other source has."""
        if way.has_ids:
            own = last_part(row["message_id"])
            return f"{way.source}:{own}" if self._several else own
        return f"{way.source}:{row['message_id']}"

    def _about(self, row: Mapping[str, Any], way: Outside) -> list[Related]:
        if way.relations:
            related = related_of(row.get(way.relations))
            return [Related(self._id(self._kinds.get(one.type or "", ""), one.id), one.qualifier, one.type) for one in related]
        found = {}
        for column in self._owners:
            kind = column.partition("_")[2]
            if row[column] is not None:
                found[kind, row[column]] = Related(self._id(kind, row[column]), kind, self._type(kind))
        return list(found.values())

    def _object(self, kind: str, value: str, known: Sequence[Any], links: Sequence[tuple[str, str]]) -> OutObject:
        types = self.object_types[self._type(kind)]
        values: dict[tuple[str, Value, str], None] = {}
        related = [Related(self._id(*to), SAME, None) for to in links]
        for name, text, at, source in known:
            if name is None:
                continue
            key = self._trait(source, kind, name)
            if key.name == RELATED:
                to = related_of(text)
                related += [Related(self._id(self._kinds.get(one.type or "", ""), one.id), one.qualifier, one.type) for one in to]
            elif key.name != OBJECT_TYPE:
                values[key.name, said(key, text, types[key.name]), BEGINNING if at is None else zulu(at)] = None
        once = dict.fromkeys(related)
        return OutObject(self._id(kind, value), self._type(kind), list(values), list(once))

    # names

    def _way(self, source: str) -> Outside:
        return self.ways.get(source) or Outside(source)

    def _key(self, source: str, column: str) -> Key | None:
        """The attribute of a column; None for the one that holds relations."""
        way = self._way(source)
        role, _, title = column.partition("_")
        if column == way.relations:
            return None
        if role == "currency" and column not in way.events:
            return Key(f"{title}_currency")
        return way.events.get(column) or Key(title or column, _ROLES.get(role, "text"))

    def _trait(self, source: str, kind: str, name: str) -> Key:
        return self._way(source).traits.get((kind, name)) or Key(name)

    def _type(self, kind: str) -> str:
        return self._types.get(kind, kind)

    def _id(self, kind: str, value: str) -> str:
        """An object's id: OCEL knows one for all types, so where two kinds have the same they say their kind too."""
        return f"{kind}:{value}" if self._meet and kind else value

    @cached_property
    def _meet(self) -> bool:
        query = f"SELECT 1 FROM ({self._pairs}) GROUP BY value HAVING count(DISTINCT kind) > 1 LIMIT 1"
        return len(self.snapshot.sql(query)) > 0

    @cached_property
    def _pairs(self) -> str:
        """SQL of every kind and value that anything names, each once."""
        parts = ["SELECT kind, value FROM objects", "SELECT kind, value FROM traits"]
        parts += [f"SELECT {end}_kind AS kind, {end}_value AS value FROM links" for end in "ab"]
        for column in self._owners:
            kind = column.partition("_")[2]
            parts.append(f"SELECT '{kind}' AS kind, {quote(column)} AS value FROM events WHERE {quote(column)} IS NOT NULL")
        return " UNION ".join(parts)

    def _links(self, part: int, parts: int) -> dict[tuple[str, str], list[tuple[str, str]]]:
        query = """
        SELECT DISTINCT a_kind, a_value, b_kind, b_value FROM links WHERE hash(a_kind, a_value) % ? = ? ORDER BY ALL
        """
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for a_kind, a_value, b_kind, b_value in _rows(self.snapshot.sql(query, [parts, part])):
            found.setdefault((a_kind, a_value), []).append((b_kind, b_value))
        return found


def _is_value(column: str) -> bool:
    """Does a column of events hold an attribute?"""
    role, _, title = column.partition("_")
    return column == "channel" or (bool(title) and (role in PROPERTY_TYPES or role == "currency"))


def _rows(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    return zip(*(column.to_pylist() for column in table.columns), strict=True)
