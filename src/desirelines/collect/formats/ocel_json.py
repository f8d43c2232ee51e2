"""OCEL 2.0 as JSON, walked element by element: memory holds one element, and the type of every object's id."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from desirelines.collect.formats.jsonl import Number, cell, no_constant
from desirelines.collect.formats.ocel import TYPES, Broken, LogEvent, LogObject, Record, Related, nameless, row_text_of
from desirelines.collect.formats.stream import Stream
from desirelines.collect.formats.stretch import named, raw_text
from desirelines.collect.limits import Limits
from desirelines.errors import BadInput

_DECODER = json.JSONDecoder(parse_int=Number, parse_float=Number, parse_constant=no_constant)
_BLANK = re.compile(r"[ \t\r\n]*")
_SHOWN = 400


class Breach(Exception):
    """The JSON does not go on."""

    def __init__(self, detail: str, text: str) -> None:
        super().__init__(detail)
        self.detail = detail
        self.text = text


class Walk:
    """A JSON document as text that comes piece by piece."""

    def __init__(self, stream: Stream, limits: Limits) -> None:
        self.stream = stream
        self.limits = limits
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text = ""
        self._place = 0

    def elements(self) -> Iterator[tuple[str, Any]]:
        """Name of the list and element, for each list of the outermost object. Raises Breach."""
        self._expect("{")
        if self._skips("}"):
            return
        while True:
            name = self._value()
            self._expect(":")
            if self._skips("["):
                if not self._skips("]"):
                    yield str(name), self._value()
                    while not self._ends("]"):
                        yield str(name), self._value()
            else:
                self._value()
            if self._ends("}"):
                return

    def _more(self) -> bool:
        fresh = self.stream.read(self.limits.chunk)
        try:
            text = self._decoder.decode(fresh, final=not fresh)
        except UnicodeDecodeError as error:
            raise Breach("bytes that are not UTF-8 stand there", self._shown()) from error
        self._text, self._place = self._text[self._place :] + text, 0
        return bool(fresh)

    def _next(self) -> str:
        """The next sign that is no blank; nothing at the end."""
        while True:
            found = _BLANK.match(self._text, self._place)
            self._place = found.end() if found else self._place
            if self._place < len(self._text):
                return self._text[self._place]
            if not self._more():
                return ""

    def _skips(self, sign: str) -> bool:
        if self._next() == sign:
            self._place += 1
            return True
        return False

    def _expect(self, sign: str) -> None:
        if not self._skips(sign):
            raise Breach(f"`{sign}` is missing" if self._text else "the file breaks off", self._shown())

    def _ends(self, sign: str) -> bool:
        """After a value: True at the end of the list or object, False where another one follows."""
        if self._skips(sign):
            return True
        self._expect(",")
        return False

    def _value(self) -> Any:
        self._next()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._place)
            except RecursionError as error:
                raise Breach("it is nested too deeply", self._shown()) from error
            except ValueError as error:
                if len(self._text) - self._place > self.limits.record:
                    raise Breach(f"{error} (within {self.limits.record:,} characters)", self._shown()) from error
                if not self._more():
                    raise Breach(str(error), self._shown()) from error
                continue
            if end < len(self._text) or not self._more():  # a number that reaches the end may go on
                self._place = end if end < len(self._text) else len(self._text)
                return value

    def _shown(self) -> str:
        return self._text[self._place : self._place + _SHOWN]


@dataclass
class Survey:
    """What a first look says: the types, and of which type each object is."""

    event_types: dict[str, dict[str, str]] = field(default_factory=dict)
    object_types: dict[str, dict[str, str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    lists: set[str] = field(default_factory=set)
    broken: str = ""


@dataclass(frozen=True)
class JsonReader:
    path: Path
    limits: Limits
    survey: Survey

    @property
    def event_types(self) -> Mapping[str, Mapping[str, str]]:
        return self.survey.event_types

    @property
    def object_types(self) -> Mapping[str, Mapping[str, str]]:
        return self.survey.object_types

    def records(self) -> Iterator[tuple[Record, int]]:
        """Events, then objects, wherever they stand: the file is walked once for each."""
        for half, wanted in enumerate(("events", "objects")):
            with Stream(self.path, None, self.limits) as stream:
                try:
                    for name, data in Walk(stream, self.limits).elements():
                        if name == wanted:
                            yield self._record(name, data), (half * stream.size + stream.position) // 2
                except Breach as breach:
                    if half:  # the fault is met twice and told once
                        detail = f"the JSON breaks off or does not read: {breach.detail}; nothing behind it was read"
                        yield Broken(detail[:500], raw_text(breach.text, {})), stream.size

    def _record(self, name: str, data: Any) -> Record:
        if not isinstance(data, dict):
            return Broken(f"`{name}` holds something that is no object", raw_text(row_text_of(data), {}))
        related = [self._related(one) for one in _dicts(data.get("relationships"))]
        kept = [one for one in related if one is not None]
        if name == "events":
            values = {cell(one.get("name")) or "": cell(one.get("value")) for one in _dicts(data.get("attributes"))}
            return LogEvent(cell(data.get("id")), cell(data.get("type")), cell(data.get("time")), values, kept)
        own, kind = cell(data.get("id")), cell(data.get("type"))
        if not own or not kind:
            return nameless(row_text_of(data))
        return LogObject(own, kind, [_change(one) for one in _dicts(data.get("attributes"))], kept)

    def _related(self, data: Mapping[str, Any]) -> Related | None:
        to = cell(data.get("objectId"))
        return Related(to, cell(data.get("qualifier")) or "", self.survey.kinds.get(to)) if to else None


def open_json(path: Path, limits: Limits) -> tuple[JsonReader, int]:
    """The reader and the size. Raises BadInput for what is no OCEL 2.0."""
    with Stream(path, None, limits) as stream:
        size = stream.size
    about = path.stat()
    survey = _survey(path, limits, about.st_size, about.st_mtime_ns)
    if not survey.lists & {"events", "objects"}:
        hint = survey.broken or "it holds lists called eventTypes, objectTypes, events and objects"
        raise BadInput(f"{named(path)} is no OCEL 2.0 log", hint=hint[:300])
    return JsonReader(path, limits, survey), size


@lru_cache(maxsize=1)
def _survey(path: Path, limits: Limits, size: int, changed_ns: int) -> Survey:
    """A first look through the whole file, remembered for as long as the file stays as it is."""
    found = Survey()
    with Stream(path, None, limits) as stream:
        try:
            for name, data in Walk(stream, limits).elements():
                found.lists.add(name)
                if isinstance(data, dict):
                    _look(found, name, data)
        except Breach as breach:
            found.broken = breach.detail
    return found


def _look(found: Survey, name: str, data: Mapping[str, Any]) -> None:
    kind = cell(data.get("name" if name.endswith("Types") else "type"))
    if name in ("events", "eventTypes"):
        types = found.event_types
    elif name in ("objects", "objectTypes"):
        types = found.object_types
    else:
        return
    if kind is None:
        return
    attributes = types.setdefault(kind, {})
    if name == "objects" and (own := cell(data.get("id"))) is not None:
        found.kinds[own] = kind
    for one in _dicts(data.get("attributes")):
        attribute, declared = cell(one.get("name")), cell(one.get("type"))
        if attribute and name.endswith("Types"):
            attributes[attribute] = declared if declared in TYPES else "string"
        elif attribute:
            attributes.setdefault(attribute, "string")


def _change(data: Mapping[str, Any]) -> tuple[str, str | None, str | None]:
    """Attribute, value, since when."""
    return cell(data.get("name")) or "", cell(data.get("value")), cell(data.get("time"))


def _dicts(data: Any) -> list[dict[str, Any]]:
    return [one for one in data if isinstance(one, dict)] if isinstance(data, list) else []
