"""XES: each event of a log is a row, and each case that says something of itself or has no events.

Columns of an event are called as its attributes are; `case:` before a name means an attribute of its case, `trace:` the
same, but only in the case's own row, in which `xes:row` is `trace` and not `event`. `a/b` is the attribute b under a,
`a/*` all of a and what is under it as JSON, and `classifier:x` the name that the log's classifier x gives. A row's place is its
number, from 1.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from xml.parsers import expat

import numpy as np
import pyarrow as pa

from desirelines.collect.formats.stream import Stream
from desirelines.collect.formats.stretch import Indices, Piece, Refusal, Stretch, named, raw_text, row_text
from desirelines.collect.formats.xes_attributes import UNDER, Node, Values, as_json, value_below
from desirelines.collect.formats.xes_parse import Row, XesParser
from desirelines.collect.limits import Limits
from desirelines.errors import BadInput
from desirelines.model.hint import nearest

CASE, TRACE, CLASSIFIER = "case:", "trace:", "classifier:"
NUMBER, ROW = "case:number", "xes:row"
Classifiers = dict[str, tuple[str, ...]]
_FIRST_LOOK = 1_000
_LONGEST_NAME = 1_000
_LOOK_BYTES = 1 << 18
_SHOWN_BYTES = 400


@dataclass(frozen=True)
class XesLog:
    """A log that has been looked into; it is opened again to be read. It has no header: `columns` is None."""

    path: Path
    size: int
    limits: Limits
    columns: None = None

    def pieces(self, wanted: Sequence[str]) -> Iterator[Piece]:
        names = tuple(dict.fromkeys(wanted))
        for rows, parser, fault, position in self._read(self.limits.chunk):
            yield partial(_stretch, rows, names, parser.classifiers, fault, position)

    def look(self, count: int) -> tuple[list[Row], XesParser]:
        """The first rows, and what read them: it knows the attributes' types and the log's classifiers."""
        found: list[Row] = []
        for rows, parser, _, _ in self._read(_LOOK_BYTES):
            found += islice(rows, count - len(found))
            known = parser
            if len(found) >= count:
                break
        return found, known

    def _read(self, size: int) -> Iterator[tuple[list[Row], XesParser, Refusal | None, int]]:
        """Rows as they come, and at the end what is wrong with the rest. Raises BadInput if there is nothing but that."""
        with Stream(self.path, None, self.limits) as stream:
            marked = stream.encoding != "utf-8"  # else the log itself says how it is written
            parser = XesParser(named(self.path), "utf-8" if marked else None, self.limits)
            while True:
                data = stream.read(size)
                try:
                    parser.feed(data)
                except expat.ExpatError as error:
                    rows = parser.take(True)
                    yield rows, parser, self._broken(error, parser, data), stream.position
                    return
                yield parser.take(not data), parser, None, stream.position
                if not data:
                    return

    def _broken(self, error: expat.ExpatError, parser: XesParser, data: bytes) -> Refusal:
        place = f"line {error.lineno:,}, column {error.offset + 1:,}"
        says = f"the XML breaks off or does not read at {place}: {expat.ErrorString(error.code)}"
        if parser.next_number == 1:
            raise BadInput(f"{named(self.path)}: {says}", hint="is it a XES log, and was it copied whole?")
        around = max(0, parser.broken_at - _SHOWN_BYTES // 2)
        text = raw_text(data[around : around + _SHOWN_BYTES].decode("utf-8", "replace"), {})
        return Refusal("malformed", f"{says}; nothing behind it was read", parser.next_number, text)


def open_xes(path: Path, wanted: Sequence[str], limits: Limits) -> XesLog:
    """Raises BadInput for what is no XES log, or if none of its first rows holds any of the wanted columns."""
    with Stream(path, None, limits) as stream:
        size = stream.size
    log = XesLog(path, size, limits)
    rows, parser = log.look(_FIRST_LOOK)
    if wanted and rows and not any(cell(row, name, parser.classifiers) is not None for name in wanted for row in rows):
        message = f"no event of {named(path)} holds any column that the source names, such as `{wanted[0]}`"
        raise BadInput(message, hint=nearest(wanted[0], list(columns_of(parser))), code="missing_column")
    return log


def repeated_names(path: Path, limits: Limits, whole: bool) -> int:
    """How many names are borne by several traces of a log, or of its beginning."""
    names = array("q")
    depth = trace = 0

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal depth, trace
        depth += 1
        if depth == 2 and element.rpartition(":")[2] == "trace":
            trace = depth
        elif depth == trace + 1 and attributes.get("key") == "concept:name":
            names.append(hash(attributes.get("value", "").strip()))

    def end(_: str) -> None:
        nonlocal depth, trace
        trace = 0 if depth == trace else trace
        depth -= 1

    with Stream(path, None, limits) as stream:
        parser = expat.ParserCreate("utf-8" if stream.encoding != "utf-8" else None)
        parser.StartElementHandler, parser.EndElementHandler = start, end
        with suppress(expat.ExpatError):  # what is broken is told where the rows are read
            while data := stream.read(limits.chunk):
                parser.Parse(data, False)
                if not whole:
                    break
    _, counts = np.unique(np.frombuffer(names, np.int64), return_counts=True)
    return int((counts > 1).sum())


def columns_of(parser: XesParser) -> dict[str, frozenset[str]]:
    """Every column met so far with the types of its values; those of cases as an event says them, then as their own rows do."""
    found = {name: frozenset(types - {"list", "container"}) for name, types in parser.types.items()}
    found = {name: types for name, types in found.items() if types and len(name) <= _LONGEST_NAME}
    of_cases = {name: types for name, types in found.items() if name.startswith(CASE)}
    number = {NUMBER: frozenset({"int"})} if parser.has_cases else {}
    of_events = {name: types for name, types in found.items() if name not in of_cases}
    joined = {f"{CLASSIFIER}{name}": frozenset({"string"}) for name, keys in parser.classifiers.items() if len(keys) > 1}
    own = {TRACE + name.removeprefix(CASE): types for name, types in of_cases.items() if name != f"{CASE}concept:name"}
    row = {ROW: frozenset({"string"})} if own else {}
    return {**row, **of_cases, **number, **of_events, **joined, **own}


def cell(row: Row, column: str, classifiers: Classifiers) -> str | None:
    """What stands in a column of a row."""
    prefix, colon, rest = column.partition(":")
    if colon and prefix == "case" and (found := _of_case(row, rest)) is not None:
        return found
    if column == ROW:
        return "event" if row.is_event else "trace"
    if colon and prefix == "trace":
        return None if row.is_event else _of(row.values, row.nested, rest)
    if not row.is_event:
        return None
    if colon and prefix == "classifier":
        return "+".join(row.values.get(key) or "" for key in classifiers[rest]) if rest in classifiers else None
    return _of(row.values, row.nested, column)


def _of_case(row: Row, key: str) -> str | None:
    if row.case is None:
        return None
    found = _of(row.case.values, row.case.nested, key)
    return str(row.case.number) if found is None and key == "number" else found


def _of(values: Values, nested: Sequence[Node], key: str) -> str | None:
    found = values.get(key)
    return value_below(nested, key) if found is None and nested and "/" in key else found


def _stretch(
    rows: Sequence[Row], wanted: Sequence[str], classifiers: Classifiers, broken: Refusal | None, position: int
) -> Stretch:
    of_cases = [name for name in wanted if name.startswith(TRACE)]
    kept: list[Row] = []
    refused = [broken] if broken else []
    for row in rows:
        if row.fault:
            refused.append(Refusal("malformed", row.fault, row.number, _text(row)))
        elif row.is_event or any(cell(row, name, classifiers) for name in of_cases):
            kept.append(row)
        elif row.is_empty:
            refused.append(
                Refusal("empty", "the case has no events, and nothing of its own that the source names", row.number, _text(row))
            )
    return Stretch(
        rows=len(kept) + len(refused),
        position=position,
        lines=np.fromiter((row.number for row in kept), np.int64, len(kept)),
        columns={name: pa.array([cell(row, name, classifiers) for row in kept], pa.string()) for name in wanted},
        texts=partial(_texts, kept),
        refused=sorted(refused, key=lambda one: one.line),
    )


def _texts(rows: Sequence[Row], chosen: Indices) -> list[str]:
    return [_text(rows[index]) for index in chosen.tolist()]


def _text(row: Row) -> str:
    """A row as it is stored: every attribute, whether a source names it or not."""
    cells: Values = {ROW: "event" if row.is_event else "trace"}
    if row.case is not None:
        cells[NUMBER] = str(row.case.number)
        cells |= _cells(CASE, row.case.values, row.case.nested)
    return row_text(cells | _cells("" if row.is_event else TRACE, row.values, row.nested))


def _cells(prefix: str, values: Values, nested: Sequence[Node]) -> Values:
    plain: Values = {prefix + key: value for key, value in values.items() if value is not None}
    below: Values = {f"{prefix}{node.key}{UNDER}": as_json(node) for node in nested}
    return plain | below
