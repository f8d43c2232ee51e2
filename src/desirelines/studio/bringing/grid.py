"""A file's cells as texts with their places: workbooks with merged cells, CSV in any encoding. Nothing in it is run."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from desirelines.collect import LIMITS
from desirelines.errors import BadInput, TooLarge

LARGEST = 10_000_000
"""Bytes of a file."""
UNPACKED = 60_000_000
"""Bytes of a workbook, unpacked: it is held in memory."""
MOST_ROWS, MOST_COLUMNS = 5_000, 300
_BROKEN = (
    OSError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    SyntaxError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
)
_SAVE = "save it as .xlsx or CSV (older .xls files and files with a password cannot be read)"
_FORMULA = ("'=", "'+", "'-", "'@", "'\t", "'\r", "'\n", "'＝", "'＋", "'－", "'＠")


@dataclass(frozen=True)
class Grid:
    """A sheet: rows of texts, all as long as the first; row and column count from 1."""

    sheet: str
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    def at(self, row: int, column: int) -> str:
        """Empty beyond the sheet's end."""
        inside = 1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[row - 1])
        return self.rows[row - 1][column - 1] if inside else ""

    @property
    def wide(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def place(self, row: int, column: int) -> str:
        """`Map!C7`, or `C7` where there is one sheet only."""
        return f"{self.sheet}!{get_column_letter(column)}{row}" if self.sheet else f"{get_column_letter(column)}{row}"


@dataclass(frozen=True)
class Book:
    grids: tuple[Grid, ...]
    notes: tuple[str, ...] = field(default=())


def read_grids(data: bytes, name: str) -> Book:
    """The sheets that can be seen. Raises BadInput or TooLarge."""
    if len(data) > LARGEST:
        raise TooLarge(f"`{name[-80:]}` is larger than {LARGEST // 1_000_000} MB", hint="take a copy with the map alone")
    if not data.strip():
        raise BadInput(f"`{name[-80:]}` is empty", hint="was it copied whole?")
    if data.startswith(b"PK\x03\x04"):
        return _workbook(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput(f"`{name[-80:]}` is an old or locked workbook", hint=_SAVE)
    return Book((_delimited(data, name),))


def _workbook(data: bytes, name: str) -> Book:
    _bound(data, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
            written = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            seen = [page for page in book.worksheets if page.sheet_state == "visible"]
            grids = tuple(_grid(page, written[page.title]) for page in seen)
    except _BROKEN as error:
        hint = "it defines entities, which no workbook needs" if type(error).__module__.startswith("defusedxml") else _SAVE
        raise BadInput(f"`{name[-80:]}` is not a workbook that can be read", hint=hint) from error
    hidden = [page.title for page in book.worksheets if page.sheet_state != "visible"]
    grids = tuple(one for one in grids if any(any(row) for row in one.rows))
    if not grids:
        raise BadInput(f"`{name[-80:]}` has no sheet with anything in it", hint="hidden sheets are not read" if hidden else "")
    return Book(grids, (f"hidden and not read: {', '.join(hidden)}",) if hidden else ())


def _bound(data: bytes, name: str) -> None:
    """As workbooks of data are held: no more inside than a map needs, and no bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BadInput(f"`{name[-80:]}` is not a workbook that can be read", hint=_SAVE) from error
    unpacked, packed = sum(one.file_size for one in members), max(1, sum(one.compress_size for one in members))
    bomb = unpacked > LIMITS.ratio_from // 10 and unpacked > LIMITS.ratio * packed
    if len(members) > LIMITS.members or unpacked > UNPACKED or bomb:
        raise TooLarge(f"`{name[-80:]}` unpacks to {unpacked:,} bytes", hint="save the map's sheet alone, or as CSV")


def _grid(page: Any, written: Any) -> Grid:
    """Values as they were last computed; a merged cell stands in each of its places."""
    wide, tall = min(page.max_column or 1, MOST_COLUMNS), min(page.max_row or 1, MOST_ROWS)
    cells = [[_said(one) for one in row] for row in page.iter_rows(max_row=tall, max_col=wide, values_only=True)]
    notes = (
        []
        if (page.max_column or 1) <= MOST_COLUMNS
        else [f"{page.title}: columns behind {get_column_letter(MOST_COLUMNS)} are not read"]
    )
    notes += [] if (page.max_row or 1) <= MOST_ROWS else [f"{page.title}: rows behind {MOST_ROWS:,} are not read"]
    for span in page.merged_cells.ranges:
        for row in range(span.min_row, min(span.max_row, tall) + 1):
            for column in range(span.min_col, min(span.max_col, wide) + 1):
                cells[row - 1][column - 1] = cells[span.min_row - 1][span.min_col - 1]
    empty = [
        f"{get_column_letter(place)}{number}"
        for number, row in enumerate(written.iter_rows(max_row=tall, max_col=wide), 1)
        for place, one in enumerate(row, 1)
        if getattr(one, "data_type", "") == "f" and not cells[number - 1][place - 1]
    ]
    if empty:
        more = f" and {len(empty) - 5} more" if len(empty) > 5 else ""
        notes.append(f"{page.title}: no value is saved with the formula in {', '.join(empty[:5])}{more}; they are read as empty")
    return Grid(str(page.title), _squared(cells), tuple(notes))


def _said(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    return unquoted(value.isoformat() if isinstance(value, (date, time)) else str(value))


def unquoted(text: str) -> str:
    """Without the apostrophe that keeps a text from being a formula, as our own files write it."""
    return text[1:].strip() if text.startswith(_FORMULA) else text.strip()


def _delimited(data: bytes, name: str) -> Grid:
    text, notes = _decoded(data, name)
    delimiter = _delimiter(text)
    try:
        rows = [
            [unquoted(one) for one in row[:MOST_COLUMNS]]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise BadInput(f"`{name[-80:]}` cannot be read as CSV", hint=f"{error}") from error
    if len(rows) > MOST_ROWS:
        notes = (*notes, f"rows behind {MOST_ROWS:,} are not read")
    return Grid("", _squared(rows[:MOST_ROWS]), notes)


def _decoded(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace"), ()
    try:
        text, notes = data.decode("utf-8"), tuple[str, ...]()
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
        notes = ("the text is not UTF-8; it is taken as cp1252 (Western European): look at the letters with accents",)
    if "\0" in text:
        raise BadInput(f"`{name[-80:]}` is no text and no workbook", hint="XLSX, CSV and CJML can be read")
    return text, notes


def _delimiter(text: str) -> str:
    """The one whose rows agree best about having several cells."""
    best, chosen = (0.0, 0), ","
    for one in ",;\t|":
        try:
            counts = [len(row) for row in list(csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=one))[:200] if row]
        except csv.Error:
            continue
        width, rows = Counter(counts).most_common(1)[0] if counts else (1, 0)
        if width > 1 and (rows / len(counts), width) > best:
            best, chosen = (rows / len(counts), width), one
    return chosen


def _squared(rows: Iterable[list[str]]) -> tuple[tuple[str, ...], ...]:
    """All rows as long as the longest; empty ones at the end are gone."""
    kept = list(rows)
    while kept and not any(kept[-1]):
        kept.pop()
    wide = max((len(row) for row in kept), default=0)
    return tuple((*row, *[""] * (wide - len(row))) for row in kept)
