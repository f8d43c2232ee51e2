"""CSV and TSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv
from numpy.typing import NDArray

from desirelines.collect.formats.records import Block, GivenUp, blocks
from desirelines.collect.formats.scan import Found, scan
from desirelines.collect.formats.stream import Stream
from desirelines.collect.formats.stretch import Indices, Piece, Refusal, Stretch, named, raw_text, row_text
from desirelines.collect.limits import Limits
from desirelines.errors import BadInput, TooLarge

DELIMITERS = (",", ";", "\t", "|")
_HEADER_BYTES = 4_000_000


@dataclass(frozen=True)
class Delimited:
    """A delimited file whose header has been read; it is opened again to be read."""

    path: Path
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    begins: int
    """Bytes of UTF-8 before the first record."""
    line: int
    """Physical line of the first record."""
    size: int
    limits: Limits

    def pieces(self, wanted: Sequence[str]) -> Iterator[Piece]:
        with Stream(self.path, self.encoding, self.limits) as stream:
            head = b""
            while len(head) < self.begins:  # the same bytes as when the header was read, so they cannot run out
                head += stream.read(self.begins - len(head))
            for block in blocks(stream, head[self.begins :], self.delimiter, self.line, self.limits):
                yield partial(self._stretch, block, tuple(wanted), stream)

    def _stretch(self, block: Block, wanted: tuple[str, ...], stream: Stream) -> Stretch:
        found = block.found
        bad_bytes = _not_text(block.data, found)
        good = (found.cells == len(self.columns)) & ~bad_bytes
        refused = [self._malformed(block, int(index), bool(bad_bytes[index]), stream) for index in np.flatnonzero(~good)]
        refused += [self._given_up(one) for one in block.given_up]
        data, kept = _only(block.data, found, good)
        return Stretch(
            rows=len(found.starts) + len(block.given_up),
            position=block.position,
            lines=kept.lines,
            columns=split(data, self.columns, wanted, self.delimiter),
            texts=partial(texts, data, kept, self.columns, self.delimiter),
            refused=tuple(refused),
        )

    def _malformed(self, block: Block, index: int, bad_bytes: bool, stream: Stream) -> Refusal:
        found = block.found
        record = block.data[int(found.starts[index]) : int(found.ends[index])]
        line, how = int(found.lines[index]), self._how()
        if not bad_bytes:
            detail = f"{found.cells[index]} cells instead of {len(self.columns)}"
            return Refusal("malformed", detail, line, raw_text(record.decode("utf-8"), how))
        original = stream.original(record)
        detail = f"bytes {_bad_hex(original, self.encoding)} are not {self.encoding}"
        text = raw_text(original.decode(self.encoding, "replace"), {**how, "bytes": original.hex()})
        return Refusal("encoding", detail, line, text)

    def _given_up(self, one: GivenUp) -> Refusal:
        return Refusal("malformed", one.detail, one.line, raw_text(one.data.decode("utf-8", "replace"), self._how()))

    def _how(self) -> Mapping[str, object]:
        return {"columns": self.columns, "delimiter": self.delimiter}


def open_delimited(
    path: Path, encoding: str | None, delimiter: str | None, header_line: int, wanted: Sequence[str], limits: Limits
) -> Delimited:
    """Read the header. Without a delimiter, the one that finds most of `wanted`, then most columns, is taken."""
    with Stream(path, encoding, limits) as stream:
        head = stream.read(_HEADER_BYTES)
        while len(head) < min(_HEADER_BYTES, limits.record) and (more := stream.read(_HEADER_BYTES - len(head))):
            head += more
        begins = _after_lines(head, header_line - 1)
        if begins is None or not head[begins:].strip():
            what = "is empty" if not head.strip() else f"has no line {header_line} to be its header"
            raise BadInput(f"{named(path)} {what}", hint="the first line must name the columns")
        choices = [delimiter] if delimiter else list(DELIMITERS)
        header, chosen, used, line = max(
            (_header(head[begins:], one, header_line) for one in choices),
            key=lambda choice: (len(set(choice[0]) & set(wanted)), len(choice[0])),
        )
        if len(header) > limits.columns:
            raise TooLarge(f"{named(path)} has {len(header):,} columns", hint=f"at most {limits.columns:,} can be read")
        return Delimited(path, stream.encoding, chosen, header, begins + used, line, stream.size, limits)


def _after_lines(data: bytes, lines: int) -> int | None:
    place = 0
    for _ in range(lines):
        ends = [end for end in (data.find(b"\n", place), data.find(b"\r", place)) if end >= 0]
        if not ends:
            return None
        place = min(ends) + (2 if data[min(ends) : min(ends) + 2] == b"\r\n" else 1)
    return place


def _header(data: bytes, delimiter: str, line: int) -> tuple[tuple[str, ...], str, int, int]:
    """Column names, the delimiter, the bytes they take and the line after them."""
    window = data[:65_536] if b"\n" in data[:65_536] else data
    found = scan(np.frombuffer(window, np.uint8), ord(delimiter), line, final=False)
    if not len(found.starts):
        found = scan(np.frombuffer(data, np.uint8), ord(delimiter), line, final=True)
    if not len(found.starts):
        return (data.decode("utf-8", "replace")[:100],), delimiter, len(data), line + 1
    start, end = int(found.starts[0]), int(found.ends[0])
    names = cells_of(data[start:end].decode("utf-8", "replace"), delimiter)
    used, after = (int(found.starts[1]), int(found.lines[1])) if len(found.starts) > 1 else (found.used, found.line)
    return unique_names(names), delimiter, used, after


def unique_names(names: Sequence[str]) -> tuple[str, ...]:
    """Names as columns are called: trimmed, `column_3` for a blank third one, `name_2` for the second of a name."""
    taken: dict[str, None] = {}
    given = {name.strip() for name in names}
    for index, name in enumerate(names, 1):
        base = plain = name.strip() or f"column_{index}"
        count = 1
        while plain in taken or (plain != name.strip() and plain in given):
            count += 1
            plain = f"{base}_{count}"
        taken[plain] = None
    return tuple(taken)


def cells_of(record: str, delimiter: str) -> list[str]:
    """The cells of one record."""
    data = record.encode("utf-8", "replace")
    found = scan(np.frombuffer(data, np.uint8), ord(delimiter), 1, final=True)
    if len(found.starts) != 1:
        return next(csv.reader(io.StringIO(record[:100_000], newline=""), delimiter=delimiter), [record])
    names = tuple(str(index) for index in range(int(found.cells[0])))
    return [column[0].as_py() or "" for column in split(data, names, names, delimiter).values()]


def split(data: bytes | memoryview, columns: Sequence[str], wanted: Sequence[str], delimiter: str) -> dict[str, pa.Array]:
    """The wanted columns of records that all have `columns`, as text; blank is null."""
    places = {name: str(index) for index, name in enumerate(columns)}
    names = [name for name in dict.fromkeys(wanted) if name in places]
    if not len(data) or not names:
        return {name: pa.array([], pa.string()) for name in names}
    table = arrow_csv.read_csv(
        pa.py_buffer(data),
        read_options=arrow_csv.ReadOptions(
            column_names=list(places.values()), use_threads=False, block_size=max(64, len(data) + 1)
        ),
        parse_options=arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(places.values(), pa.string()),
            include_columns=[places[name] for name in names],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
            null_values=[""],
            check_utf8=False,
        ),
    )
    return {name: _one(table.column(index)) for index, name in enumerate(names)}


def _one(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays(column.chunks)


def texts(data: bytes | memoryview, found: Found, columns: Sequence[str], delimiter: str, rows: Indices) -> list[str]:
    """Rows of whole records as they are stored."""
    chosen = b"\n".join(bytes(data[int(found.starts[row]) : int(found.ends[row])]) for row in rows)
    cells = split(chosen, columns, columns, delimiter)
    table = [column.to_pylist() for column in cells.values()]
    return [row_text(dict(zip(cells, (cell or "" for cell in row), strict=True))) for row in zip(*table, strict=True)]


def _not_text(data: bytes, found: Found) -> NDArray[np.bool_]:
    """Which records hold bytes that are not UTF-8."""
    bad = np.zeros(len(found.starts), np.bool_)
    place, view = 0, memoryview(data)[: found.used]
    while place < len(view):
        try:
            str(view[place:], "utf-8")
        except UnicodeDecodeError as error:
            index = int(np.searchsorted(found.starts, place + error.start, side="right")) - 1
            bad[index] = True
            place = int(found.starts[index + 1]) if index + 1 < len(bad) else len(view)
        else:
            break
    return bad


def _only(data: bytes, found: Found, good: NDArray[np.bool_]) -> tuple[bytes | memoryview, Found]:
    """The good records' bytes, and where they are in them."""
    if good.all():
        return memoryview(data)[: found.used], found
    starts, ends = found.starts[good], found.ends[good]
    kept = b"\n".join(data[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True))
    sizes = ends - starts
    begins = np.concatenate([[0], np.cumsum(sizes + 1)[:-1]]).astype(np.int64) if len(sizes) else starts
    return kept, Found(begins, begins + sizes, found.lines[good], found.cells[good], len(kept), found.line, False)


def _bad_hex(data: bytes, encoding: str) -> str:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return " ".join(f"{byte:02x}" for byte in data[error.start : error.start + 8])
    return " ".join(f"{byte:02x}" for byte in data[:8])
