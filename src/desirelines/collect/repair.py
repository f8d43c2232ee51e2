"""Refused rows, as they were stored, read again with a mended source."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from desirelines.collect.columns import named_columns
from desirelines.collect.formats import Line, Refusal, cells_of, raw_text, read_line, row_text, stretch_of
from desirelines.collect.intake import take_in
from desirelines.collect.limits import LIMITS, Limits
from desirelines.collect.source import Source
from desirelines.model.receipt import Batch

_ROWS = 5_000


def repair_rows(source: Source, rows: Iterable[tuple[int, str]], zone: str = "UTC", limits: Limits = LIMITS) -> Iterator[Batch]:
    """Batches from stored rows: pairs of line and row text. A row that still cannot be split is refused again as it was.

    Every part of a row is given again, also those that were accepted the first time: they are duplicates. A row that comes
    several times, because several of its parts were refused, is read once.
    """
    waiting = _once(rows)
    wanted = named_columns(source)
    done = 0
    while held := list(islice(waiting, _ROWS)):
        kept: list[Line] = []
        refused: list[Refusal] = []
        for line, text in held:
            one = _again(source, line, text)
            (kept if isinstance(one, Line) else refused).append(one)  # type: ignore[arg-type]
        done += len(held)
        stretch = stretch_of(kept, refused, wanted, done, own_times=source.format in ("parquet", "xlsx"))
        yield take_in(source, stretch, zone, limits)


def _once(rows: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    seen: set[int] = set()
    for row in rows:
        mark = hash(row)
        if mark not in seen:
            seen.add(mark)
            yield row


def _again(source: Source, line: int, text: str) -> Line | Refusal:
    """The row as cells, if it can be split now."""
    try:
        stored = json.loads(text)
    except (ValueError, RecursionError):
        return Refusal("malformed", "the stored row is not JSON", line, raw_text(text, {}))
    if isinstance(stored, dict):
        return read_line(text, line)
    if isinstance(stored, list) and len(stored) == 2 and isinstance(stored[0], str) and isinstance(stored[1], dict):
        return _raw(source, line, text, stored[0], stored[1])
    return Refusal("malformed", "the stored row is neither cells nor text", line, text)


def _raw(source: Source, line: int, stored: str, text: str, how: Mapping[str, Any]) -> Line | Refusal:
    """A row that could not be split: its bytes in the source's encoding, its text at the source's delimiter."""
    if isinstance(how.get("bytes"), str):
        encoding = source.options.encoding or "utf-8"
        try:
            text = bytes.fromhex(how["bytes"]).decode(encoding)
        except (ValueError, LookupError):
            return Refusal("encoding", f"the row's bytes are not {encoding}", line, stored)
    if source.format in ("xes", "ocel"):
        return Refusal("malformed", "only the whole file, mended, can bring this in", line, stored)
    columns = how.get("columns")
    if not isinstance(columns, list):
        read = read_line(text, line)
        return read if isinstance(read, Line) else Refusal(read.reason, read.detail, line, stored)
    cells = cells_of(text, source.options.delimiter or str(how.get("delimiter") or ","))
    if len(cells) != len(columns):
        return Refusal("malformed", f"{len(cells)} cells instead of {len(columns)}", line, stored)
    row = dict(zip(map(str, columns), cells, strict=True))
    return Line(line, row_text(row), row)
