"""What the columns of the lake are called in a log: the way back through a source, so that what came from a log returns to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from desirelines.collect.formats.ocel import EVENT_ID, OBJECT_TYPE, OBJECTS, RELATED, TYPE
from desirelines.collect.formats.xes import CASE, CLASSIFIER, TRACE
from desirelines.collect.intake import column_of, named
from desirelines.collect.source import Event, Source, Traits
from desirelines.model.event import PropertyType, property_column

LogFormat = Literal["xes", "ocel"]
CASE_NAME = f"{CASE}concept:name"


@dataclass(frozen=True)
class Key:
    """An attribute: its name in the log, and what kind of values it has; `format` as in a source's property."""

    name: str
    type: PropertyType = "text"
    format: str | None = None


@dataclass(frozen=True)
class Outside:
    """One source's columns as a log calls them.

    `events`: column of the lake to attribute; `kinds`: kind to object type, or to the attribute that names it; `traits`: kind
    and name to attribute. `own`: the source reads logs of this very format, so that nothing has to be made up.
    """

    source: str
    own: bool = False
    events: Mapping[str, Key] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    traits: Mapping[tuple[str, str], Key] = field(default_factory=dict)
    relations: str = ""
    """The column that holds all an event is related to, as JSON; nothing where there is none."""
    has_ids: bool = False
    """The last part of a message id is the event's id in the log."""


def outside(name: str, source: Source | None, format_: LogFormat) -> Outside:
    """The way back of a source; None: its file is gone, and columns are called as the lake calls them."""
    if source is None:
        return Outside(name)
    own = source.format == format_
    called = {"xes": _in_xes, "ocel": _in_ocel}[format_] if own else None
    events: dict[str, Key] = {}
    for event in source.events:
        for title, asked in named(event.properties).items():
            key = called(asked.column) if called else title
            events[property_column(asked.type, title)] = Key(key, asked.type, asked.format)
        if called:
            events |= {name: Key(called(column)) for name, column in _more(event).items()}
    kinds = source.people | source.objects
    found = {kind: column.removeprefix(TYPE) if format_ == "ocel" else column for kind, column in kinds.items()} if own else {}
    relations = next((column for column, key in events.items() if own and key.name == OBJECTS), "")
    return Outside(name, own, events, found, _traits(source, found, own), relations, own and source.key == (EVENT_ID,))


def _more(event: Event) -> dict[str, str]:
    """What a log calls the event's name, time and channel, where it has words of its own."""
    found = {"event": event.event_column, "at": column_of(event.time), "channel": event.channel_column}
    return {name: column for name, column in found.items() if column and not column.startswith(CLASSIFIER)}


def _traits(source: Source, kinds: Mapping[str, str], own: bool) -> dict[tuple[str, str], Key]:
    found: dict[tuple[str, str], Key] = {}
    for traits in source.traits:
        for title, asked in named(traits.properties).items():
            name = _trait(asked.column, traits, kinds) if own else title
            found[traits.of, title] = Key(name, asked.type, asked.format)
    return found


def _trait(column: str, traits: Traits, kinds: Mapping[str, str]) -> str:
    """An attribute of a case, or of an object of one type; the log's own columns stay as they are called."""
    if column in (OBJECT_TYPE, RELATED):
        return column
    return column.removeprefix(TRACE).removeprefix(CASE).removeprefix(f"{kinds.get(traits.of, '')}/")


def _in_xes(column: str) -> str:
    return column


def _in_ocel(column: str) -> str:
    return column.removeprefix("event/")
