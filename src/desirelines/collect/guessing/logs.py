"""Logs say themselves what their attributes are: a proposed source for XES and for OCEL."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from desirelines.collect.formats import ocel as own
from desirelines.collect.formats.ocel import OcelLog
from desirelines.collect.formats.xes import CASE, CLASSIFIER, NUMBER, ROW, TRACE
from desirelines.collect.formats.xes_attributes import UNDER
from desirelines.collect.formats.xes_parse import XesParser
from desirelines.collect.guessing.looks import CHANNEL, FEW, ColumnGuess
from desirelines.collect.guessing.propose import slug
from desirelines.collect.intake import read_numbers
from desirelines.collect.source import Event, Property, Source, Traits

_NAME, _TIME, _ID = "concept:name", "time:timestamp", "identity:id"
_LONGEST = 63
_PERSON = re.compile(r"customer|client|member|visitor|household|buyer|patient|passenger|subscriber")
"""Object types that are people; one at most is taken, since people whom one event names are joined."""
_LOOKS = {
    "date": "time", "time": "time", "int": "number", "integer": "number", "float": "number", "boolean": "flag",
}  # fmt: skip


@dataclass
class Draft:
    """What becomes of a log's columns. `types`: of each column's values, as the log says them."""

    sample: pa.Table
    types: Mapping[str, Iterable[str]]
    notes: list[str] = field(default_factory=list)
    made: dict[str, str | Property] = field(default_factory=dict)
    """Columns that became a property."""

    def looks(self, name: str) -> str:
        """What a column looks like."""
        found = {_LOOKS.get(type_, "text") for type_ in self.types.get(name, ())}
        return found.pop() if len(found) == 1 else "text"

    def property(self, name: str) -> str | Property:
        """A column as a property of the type that the log gives it; a text where not every value would be kept."""
        if name not in self.made:
            self.made[name] = self._property(name)
        return self.made[name]

    def _property(self, name: str) -> str | Property:
        types, looks = set(self.types.get(name, ())), self.looks(name)
        if looks == "number" and read_numbers(self.sample.column(name).combine_chunks().drop_null()).bad.any():
            self.notes.append(f"`{name}` holds numbers that do not all fit a number: they are kept as text")
            return Property(column=name, format="whole") if types <= {"int", "integer"} else name
        if looks == "number":
            return Property(column=name, type="number", format="whole" if types <= {"int", "integer"} else None)
        if looks == "time":
            return Property(column=name, type="time")
        if looks == "flag":
            return Property(column=name, type="flag")
        return Property(column=name, format="id") if types == {"id"} else name

    def properties(self, names: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str | Property]:
        """Columns by the names that properties may have."""
        found: dict[str, str | Property] = {}
        used = set(taken)
        for name in names:
            title = _free(_title(name), used)
            used.add(title)
            found[title] = self.property(name)
        return found


def _title(column: str) -> str:
    """What a property of this column is called."""
    if column.endswith(UNDER):
        return f"{slug(column.removesuffix(UNDER))[: _LONGEST - 6]}_under"
    return slug(column.removeprefix(CASE).removeprefix(TRACE).rpartition("/")[2])


def _free(title: str, used: Container[str]) -> str:
    """The title, or with a number behind it where it is used already."""
    found, number = title, 1
    while found in used:
        number += 1
        found = f"{title[: _LONGEST - 5]}_{number}"
    return found


def guess_columns(draft: Draft, roles: Mapping[str, str]) -> tuple[ColumnGuess, ...]:
    """What each column looks like; `roles`: of those that the proposal gave one."""
    return tuple(_column(draft, name, roles) for name in draft.sample.column_names)


def _column(draft: Draft, name: str, roles: Mapping[str, str]) -> ColumnGuess:
    column = draft.sample.column(name).combine_chunks()
    given = column.drop_null()
    values = given.unique()
    property_ = draft.property(name) if len(given) else name
    looks = roles.get(name) or (draft.looks(name) if len(given) else "blank")
    return ColumnGuess(
        name,
        tuple(value[:120] for value in values.slice(0, 5).to_pylist()),
        looks,
        property_.format if isinstance(property_, Property) else None,
        "",
        len(values),
        round(column.null_count / len(column), 4) if len(column) else 1.0,
        len(values) == len(column) > 0,
    )


def propose_xes(name: str, draft: Draft, parser: XesParser) -> tuple[Source, dict[str, str]]:
    """A source for a XES log, and the roles of its columns."""
    there = {column for column in draft.sample.column_names if draft.sample.column(column).null_count < len(draft.sample)}
    case = next((one for one in (f"{CASE}{_NAME}", f"{CASE}{_ID}", NUMBER) if one in there), None)
    if case is not None:
        what = {NUMBER: "its number in the file", f"{CASE}{_ID}": "its id"}.get(case, "its name")
        draft.notes.append(f"each case is taken as one person, known by {what}, until another source links it to somebody")
    if case == NUMBER:
        draft.notes.append("cases have no names: the same numbers in another file would be the same cases")
    channel = next((one for one in draft.sample.column_names if _is_channel(draft, one)), None)
    events = [one for one in draft.sample.column_names if _is_of_event(one) and one in there]
    own_keys = _unique(draft.sample, _ID) and _ID in there
    used = {_NAME, _TIME, channel}
    traits = [one for one in draft.sample.column_names if one.startswith(TRACE) and one != f"{TRACE}{_NAME}" and one in there]
    for title, keys in parser.classifiers.items():
        if len(keys) > 1:
            draft.notes.append(f"the log also names its events by {' and '.join(keys)}: see the column `{CLASSIFIER}{title}`")
    event = Event(
        event_column=_NAME,
        time=_TIME,
        channel_column=channel,
        properties=draft.properties(one for one in events if one not in used),
        when={ROW: "event"} if traits else {},
    )
    source = Source(
        source=name,
        about=f"A log of events, guessed from the first {len(draft.sample):,} rows; look it over.",
        format="xes",
        key=(_ID,) if own_keys else (),
        people={"case": case} if case else {},
        events=(event,),
        traits=(Traits(of="case", properties=draft.properties(traits)),) if traits and case else (),
    )
    roles = {_NAME: "event", _TIME: "time", **({case: "person"} if case else {}), **({channel: "channel"} if channel else {})}
    return source, roles


def _is_of_event(name: str) -> bool:
    return not name.startswith((CASE, TRACE, CLASSIFIER)) and name != ROW


def _is_channel(draft: Draft, name: str) -> bool:
    """A text with few values that is called as channels are, be it the event's or its case's."""
    plain = name.removeprefix(CASE)
    if name.startswith((TRACE, CLASSIFIER)) or not CHANNEL.search(plain.lower()) or draft.looks(name) != "text":
        return False
    return 0 < len(draft.sample.column(name).drop_null().unique()) <= FEW


def _unique(sample: pa.Table, name: str) -> bool:
    """Does every event have a value of its own?"""
    if name not in sample.column_names:
        return False
    events = sample.filter(pc.is_valid(sample.column(_TIME))) if _TIME in sample.column_names else sample
    column = events.column(name)
    return not column.null_count and len(column.unique()) == len(column) > 1


def propose_ocel(name: str, draft: Draft, log: OcelLog) -> tuple[Source, dict[str, str]]:
    """A source for an OCEL log, and the roles of its columns."""
    kinds: dict[str, str] = {}
    for type_ in log.reader.object_types:
        kinds[_free(slug(type_), kinds)] = type_
    person = next((kind for kind in kinds if _PERSON.search(kind)), None)
    if person:
        draft.notes.append(f"`{kinds[person]}` is taken as the person; the other types are objects")
    else:
        draft.notes.append("no type of object is a person: its journeys are those of its objects")
    columns = {kind: f"{own.TYPE}{type_}" for kind, type_ in kinds.items()}
    traits = tuple(
        Traits(of=kind, at=own.KNOWN_AT, properties=_about(draft, type_, log.reader.object_types[type_]))
        for kind, type_ in kinds.items()
    )
    event = Event(
        event_column=own.ACTIVITY,
        time=own.TIME,
        when={own.ROW: "event"},
        properties={"objects": own.OBJECTS, **draft.properties(log.attributes, ("objects",))},
    )
    source = Source(
        source=name,
        about="A log of events and their objects; look it over.",
        format="ocel",
        key=(own.EVENT_ID,),
        people={person: columns[person]} if person else {},
        objects={kind: column for kind, column in columns.items() if kind != person},
        events=(event,),
        traits=traits,
    )
    roles = {own.ACTIVITY: "event", own.TIME: "time", own.EVENT_ID: "object", own.OBJECT_ID: "object"}
    return source, roles | {column: "person" if kind == person else "object" for kind, column in columns.items()}


def _about(draft: Draft, type_: str, attributes: Iterable[str]) -> dict[str, str | Property]:
    """What is kept of an object: its type, what it is related to, its attributes."""
    fixed: dict[str, str | Property] = {"type": own.OBJECT_TYPE, "related": own.RELATED}
    return fixed | draft.properties((own.attribute_column(type_, one) for one in attributes), fixed)
