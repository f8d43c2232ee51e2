"""XLSX: one sheet, its cells as they were last computed. A row's place is its number in the sheet."""

from __future__ import annotations

import datetime
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pyarrow as pa

from desirelines.collect.formats.delimited import unique_names
from desirelines.collect.formats.parquet import said
from desirelines.collect.formats.stream import regular
from desirelines.collect.formats.stretch import Indices, Piece, Stretch, named, row_text
from desirelines.collect.limits import Limits
from desirelines.errors import BadInput, NotFound, TooLarge
from desirelines.model.hint import nearest

_ROWS = 20_000
_BROKEN = (
    OSError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    SyntaxError,
    zipfile.BadZipFile,
    EOFError,
    zlib.error,
)


@dataclass(frozen=True)
class Workbook:
    path: Path
    sheet: str
    sheets: tuple[str, ...]
    columns: tuple[str, ...]
    header_line: int
    size: int
    """Rows of the sheet, as far as it says so."""

    def pieces(self, wanted: Sequence[str]) -> Iterator[Piece]:
        places = [(self.columns.index(name), name) for name in dict.fromkeys(wanted) if name in self.columns]
        held: list[tuple[int, tuple[Any, ...]]] = []
        for number, cells in _rows(self.path, self.sheet, self.header_line + 1):
            held.append((number, cells))
            if len(held) >= _ROWS:
                yield partial(self._stretch, held, places)
                held = []
        yield partial(self._stretch, held, places)

    def _stretch(self, held: Sequence[tuple[int, tuple[Any, ...]]], places: Sequence[tuple[int, str]]) -> Stretch:
        lines = np.fromiter((number for number, _ in held), np.int64, len(held))
        columns = {name: _column([cells[place] if place < len(cells) else None for _, cells in held]) for place, name in places}
        position = int(lines[-1]) if len(lines) else self.size
        return Stretch(len(held), position, lines, columns, partial(self._texts, held), own_times=True)

    def _texts(self, held: Sequence[tuple[int, tuple[Any, ...]]], rows: Indices) -> list[str]:
        found = []
        for row in rows.tolist():
            cells = zip_longest(self.columns, held[row][1][: len(self.columns)])
            found.append(row_text({name: said(value) or "" for name, value in cells}))
        return found


def open_workbook(path: Path, sheet: str | None, header_line: int, limits: Limits) -> Workbook:
    """Raises BadInput, NotFound (no such sheet) or TooLarge before any cell is read."""
    regular(path)
    _bound(path, limits)
    with _Opened(path) as book:
        sheets = tuple(book.sheetnames)
        worksheets = [one.title for one in book.worksheets]
        chosen = sheet or (worksheets[0] if worksheets else "")
        if chosen not in worksheets:
            raise NotFound(f"{named(path)} has no sheet `{chosen}`", hint=nearest(chosen, worksheets))
        size = int(book[chosen].max_row or 0)
    number, cells = next(_rows(path, chosen, header_line), (0, ()))
    if number != header_line:
        raise BadInput(f"line {header_line} of sheet `{chosen}` is blank", hint="it must name the columns: set `header_line`")
    names = [said(value) or "" for value in cells]
    while names and not names[-1].strip():
        names.pop()
    if len(names) > limits.columns:
        raise TooLarge(f"sheet `{chosen}` has {len(names):,} columns", hint=f"at most {limits.columns:,} can be read")
    return Workbook(path, chosen, sheets, unique_names(names), header_line, size)


def uncomputed(path: Path, sheet: str, rows: int) -> int:
    """How many formulas in the first rows hold no computed value, so that their cells read as blank."""
    count = 0
    with _Opened(path) as values, _Opened(path, formulas=True) as formulas:
        pairs = zip(values[sheet].iter_rows(max_row=rows), formulas[sheet].iter_rows(max_row=rows), strict=False)
        for computed, written in pairs:
            for one, other in zip(computed, written, strict=False):
                count += one.value is None and getattr(other, "data_type", "") == "f"
    return count


class _Opened:
    """A workbook that is closed afterwards. It is opened by content, whatever the file's name ends with."""

    def __init__(self, path: Path, formulas: bool = False) -> None:
        self._path = path
        self._file = path.open("rb")
        try:
            with _quiet():
                self.book = openpyxl.load_workbook(self._file, read_only=True, data_only=not formulas, keep_links=False)
        except _BROKEN as error:
            self._file.close()
            raise _broken(path, error) from error

    def __enter__(self) -> Any:
        return self.book

    def __exit__(self, *_: object) -> None:
        self.book.close()
        self._file.close()


@contextmanager
def _quiet() -> Iterator[None]:
    """The reader's own warnings are not the caller's: what it cannot read becomes text and is judged as such."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _rows(path: Path, sheet: str, first: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Rows from `first` on that hold anything, with their numbers."""
    with _Opened(path) as book:
        page = book[sheet]
        page.reset_dimensions()
        rows = enumerate(page.iter_rows(min_row=first, values_only=True), first)
        while True:
            try:
                with _quiet():
                    held = list(islice(rows, 1_000))
            except _BROKEN as error:
                raise _broken(path, error) from error
            if not held:
                return
            yield from (row for row in held if any(value is not None and value != "" for value in row[1]))


def _column(values: Sequence[Any]) -> pa.Array:
    """Dates as naive timestamps where all are dates, else text."""
    given = [value for value in values if value is not None]
    if given and all(isinstance(value, datetime.datetime) for value in given):
        return pa.array(values, pa.timestamp("us"))
    return pa.array([said(value) for value in values], pa.string())


def _bound(path: Path, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _broken(path, error) from error
    unpacked = sum(one.file_size for one in members)
    packed = max(1, sum(one.compress_size for one in members))
    if len(members) > limits.members:
        raise TooLarge(f"{named(path)} holds {len(members):,} files", hint=f"a workbook may hold {limits.members:,}")
    if unpacked > limits.unpacked or (unpacked > limits.ratio_from and unpacked > limits.ratio * packed):
        raise TooLarge(f"{named(path)} unpacks to {unpacked:,} bytes", hint="save the sheet as CSV")


def _broken(path: Path, error: Exception) -> BadInput:
    hint = "save it as .xlsx or CSV (older .xls files and files with a password cannot be read)"
    if type(error).__module__.startswith("defusedxml"):
        hint = "it defines entities, which no workbook needs"
    return BadInput(f"{named(path)} is not a workbook that can be read", hint=hint)
