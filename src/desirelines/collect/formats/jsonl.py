"""JSON lines: one object on each line; nested values have dotted names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pyarrow as pa

from desirelines.collect.formats.stream import Stream
from desirelines.collect.formats.stretch import Indices, Piece, Refusal, Stretch, named, raw_text
from desirelines.collect.limits import Limits
from desirelines.errors import BadInput
from desirelines.model.hint import nearest

_ABSENT = object()
_FIRST_LOOK = 1_000


class Number(str):
    """A number's own text, so that no digit is lost."""


@dataclass(frozen=True)
class Line:
    """One line that was read: its number, its text and what it says."""

    number: int
    text: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class JsonLines:
    """A file of JSON lines. It has no header: `columns` is None."""

    path: Path
    encoding: str
    size: int
    limits: Limits
    columns: None = None

    def pieces(self, wanted: Sequence[str]) -> Iterator[Piece]:
        with Stream(self.path, self.encoding, self.limits) as stream:
            tail, number, more = b"", 1, True
            while more:
                fresh = stream.read(self.limits.chunk)
                more = bool(fresh)
                data = tail + fresh
                end = data.rfind(b"\n") + 1 if more else len(data)
                tail = data[end:]
                yield partial(self._stretch, data[:end], number, stream, tuple(wanted), stream.position)
                number += data.count(b"\n", 0, end)
                if len(tail) > self.limits.record:
                    yield partial(self._too_long, tail[: self.limits.record], number, stream.position)
                    tail = _after_line(stream, self.limits.chunk)
                    number += 1

    def _stretch(self, data: bytes, first: int, stream: Stream, wanted: tuple[str, ...], position: int) -> Stretch:
        kept: list[Line] = []
        refused: list[Refusal] = []
        for number, raw in enumerate(data.split(b"\n"), first):
            if raw.strip():
                one = self._line(raw, number, stream)
                (kept if isinstance(one, Line) else refused).append(one)  # type: ignore[arg-type]
        return stretch_of(kept, refused, wanted, position)

    def _line(self, raw: bytes, number: int, stream: Stream) -> Line | Refusal:
        if len(raw) > self.limits.record:
            return self._too_long(raw[: self.limits.record], number, 0).refused[0]
        try:
            text = raw.decode("utf-8").strip()
        except UnicodeDecodeError as error:
            original = stream.original(raw)
            shown = " ".join(f"{byte:02x}" for byte in raw[error.start : error.start + 8])
            row = raw_text(original.decode(stream.encoding, "replace"), {"bytes": original.hex()})
            return Refusal("encoding", f"bytes {shown} are not {stream.encoding}", number, row)
        return read_line(text, number)

    def _too_long(self, data: bytes, number: int, position: int) -> Stretch:
        detail = f"the line is longer than {self.limits.record:,} bytes; only so much of it is kept"
        row = raw_text(data.decode("utf-8", "replace"), {})
        return stretch_of([], [Refusal("malformed", detail, number, row)], (), position)


def open_jsonl(path: Path, encoding: str | None, wanted: Sequence[str], limits: Limits) -> JsonLines:
    """Raises BadInput if the file is empty, or if none of its first lines holds any of the wanted columns."""
    with Stream(path, encoding, limits) as stream:
        head = stream.read(limits.chunk)
        table = JsonLines(path, stream.encoding, stream.size, limits)
    if not head.strip():
        raise BadInput(f"{named(path)} is empty", hint="each line must be a JSON object")
    lines = [read_line(raw, 1) for raw in head.decode("utf-8", "replace").split("\n")[:_FIRST_LOOK]]
    objects = [line.data for line in lines if isinstance(line, Line)]
    keys = list(dict.fromkeys(str(key) for data in objects for key in data))
    if (
        wanted
        and objects
        and not any(value_at(data, name, name.split(".")) is not _ABSENT for data in objects for name in wanted)
    ):
        message = f"no line of {named(path)} holds any column that the source names, such as `{wanted[0]}`"
        raise BadInput(message, hint=nearest(wanted[0], keys), code="missing_column")
    return table


def read_line(text: str, number: int) -> Line | Refusal:
    """What one line says. Of two equal keys in an object the last one stands, as everywhere in Python."""
    try:
        data = json.loads(text, parse_int=Number, parse_float=Number, parse_constant=no_constant)
        if isinstance(data, dict):
            text.encode("utf-8")
            return Line(number, text, data)
        detail = f"the line is {_said(data)}, not a JSON object"
    except RecursionError:
        detail = "the JSON is nested too deeply"
    except ValueError as error:
        detail = f"this is not JSON: {error}"[:200]
    return Refusal("malformed", detail, number, raw_text(text, {}))


def stretch_of(
    kept: Sequence[Line], refused: Sequence[Refusal], wanted: Iterable[str], position: int, own_times: bool = False
) -> Stretch:
    """A stretch of lines that were read."""
    wanted = list(wanted)
    columns: dict[str, pa.Array] = {}
    absent: dict[str, Any] = {}
    encodable = np.ones(len(kept), np.bool_)
    for name in wanted:
        way = name.split(".")
        values = [value_at(line.data, name, way) for line in kept]
        absent[name] = np.fromiter((value is _ABSENT for value in values), np.bool_, len(kept))
        cells = [None if value is _ABSENT else cell(value) for value in values]
        try:
            columns[name] = pa.array(cells, pa.string())
        except UnicodeEncodeError:
            encodable &= np.fromiter((_encodes(one) for one in cells), np.bool_, len(kept))
    if not encodable.all():
        lost = [_surrogate(kept[index]) for index in np.flatnonzero(~encodable).tolist()]
        good = [kept[index] for index in np.flatnonzero(encodable).tolist()]
        return stretch_of(good, [*refused, *lost], wanted, position, own_times)
    lines = np.fromiter((line.number for line in kept), np.int64, len(kept))
    count = len(kept) + len(refused)
    return Stretch(count, position, lines, columns, partial(_texts, kept), absent, tuple(refused), own_times)


def value_at(data: Mapping[str, Any], name: str, way: Sequence[str]) -> Any:
    """The value a column's name points to: a key of that very name, else a way through nested objects and lists."""
    if name in data:
        return data[name]
    here: Any = data
    for part in way:
        if isinstance(here, dict) and part in here:
            here = here[part]
        elif isinstance(here, list) and part.isdecimal() and len(part) < 6 and int(part) < len(here):
            here = here[int(part)]
        else:
            return _ABSENT
    return here


def cell(value: Any) -> str | None:
    """A JSON value as the text of a cell: numbers keep their digits, objects and lists stay JSON."""
    if isinstance(value, str):
        return str(value)
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _texts(kept: Sequence[Line], rows: Indices) -> list[str]:
    return [kept[int(row)].text for row in rows]


def _surrogate(line: Line) -> Refusal:
    return Refusal("encoding", "half a character (a lone surrogate) stands in a value", line.number, line.text)


def _encodes(text: str | None) -> bool:
    return text is None or not any(0xD800 <= ord(letter) <= 0xDFFF for letter in text)


def no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")


def _said(data: Any) -> str:
    kinds = {list: "a list", Number: "a number", str: "a text", bool: "true or false", type(None): "null"}
    return kinds.get(type(data), "something else")


def _after_line(stream: Stream, size: int) -> bytes:
    """What stands after the line that is being read."""
    while block := stream.read(size):
        end = block.find(b"\n")
        if end >= 0:
            return block[end + 1 :]
    return b""
