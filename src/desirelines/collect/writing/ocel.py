"""What an OCEL 2.0 log is made of on its way out, and the same as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from desirelines.collect.formats.ocel import Related
from desirelines.collect.writing.aside import written

Value = str | float | int | bool
Declared = Mapping[str, Mapping[str, str]]
"""Type to attribute to one of OCEL's types of values."""
BEGINNING = "1970-01-01T00:00:00Z"
"""Since when an attribute holds of which nobody says since when."""
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class OutEvent:
    """An event; `time` is ISO in UTC."""

    id: str
    type: str
    time: str
    attributes: Mapping[str, Value]
    related: Sequence[Related] = ()


@dataclass(frozen=True)
class OutObject:
    """An object; `values`: attribute, value and since when, in the order of time."""

    id: str
    type: str
    values: Sequence[tuple[str, Value, str]] = ()
    related: Sequence[Related] = ()


class OutLog(Protocol):
    """A log that can be walked through."""

    @property
    def event_types(self) -> Declared: ...
    @property
    def object_types(self) -> Declared: ...
    def objects(self) -> Iterator[OutObject]: ...
    def events(self) -> Iterator[OutEvent]: ...


@dataclass
class Tally:
    """How much was written."""

    events: int = 0
    objects: int = 0
    relations: int = field(default=0)

    def add(self, one: OutEvent | OutObject) -> None:
        self.events += isinstance(one, OutEvent)
        self.objects += isinstance(one, OutObject)
        self.relations += len(one.related)


def write_json(path: Path, log: OutLog) -> Tally:
    """Write a log as JSON. Raises BadInput if the file is there already or cannot be made, Unavailable if the disk is full."""
    tally = Tally()
    with written(path) as file:
        for name, types in (("objectTypes", log.object_types), ("eventTypes", log.event_types)):
            file.write("{" if name == "objectTypes" else ",\n")
            file.write(f'"{name}":[')
            file.writelines(_lines(_type(*one) for one in types.items()))
            file.write("]")
        file.write(',\n"objects":[')
        file.writelines(_lines(_object(one) for one in _counted(log.objects(), tally)))
        file.write('],\n"events":[')
        file.writelines(_lines(_event(one) for one in _counted(log.events(), tally)))
        file.write("]}\n")
    return tally


def _counted(things: Iterable[Any], tally: Tally) -> Iterator[Any]:
    for one in things:
        tally.add(one)
        yield one


def _lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Rows on a line each, with commas between."""
    for index, row in enumerate(rows):
        yield f"{',' if index else ''}\n{_json(row)}"


def _type(name: str, attributes: Mapping[str, str]) -> dict[str, Any]:
    return {"name": name, "attributes": [{"name": attribute, "type": type_} for attribute, type_ in attributes.items()]}


def _object(one: OutObject) -> dict[str, Any]:
    values = [{"name": name, "time": at, "value": value} for name, value, at in one.values]
    return {"id": one.id, "type": one.type, "attributes": values, "relationships": _related(one)}


def _event(one: OutEvent) -> dict[str, Any]:
    values = [{"name": name, "value": value} for name, value in one.attributes.items()]
    return {"id": one.id, "type": one.type, "time": one.time, "attributes": values, "relationships": _related(one)}


def _related(one: OutEvent | OutObject) -> list[dict[str, str]]:
    return [{"objectId": to.id, "qualifier": to.qualifier} for to in one.related]
