"""What kind of file this is: format, encoding, delimiter, header line. Nothing is taken from its name but the name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from desirelines.collect.formats import DELIMITERS, SQLITE, Line, Stream, named, open_workbook, read_line, regular, scan
from desirelines.collect.limits import Limits
from desirelines.collect.source import Options
from desirelines.errors import BadInput

Format = Literal["csv", "tsv", "jsonl", "parquet", "xlsx", "xes", "ocel"]
_SAMPLE = 1_000_000
_PREAMBLE = 30
_XML = re.compile(rb"\s*(<\?xml|<!--|<!DOCTYPE|<(\w+:)?log[\s/>])")
_OCEL = re.compile(rb'\s*\{\s*"(eventTypes|objectTypes|events|objects)"\s*:\s*\[')
_OCEL_TYPES = re.compile(rb'"(eventTypes|objectTypes)"\s*:\s*\[')


@dataclass(frozen=True)
class Sniffed:
    """How to open the file. `options` hold only what reading would not find out by itself."""

    format: Format
    options: Options
    encoding: str = ""
    delimiter: str = ""
    sheets: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def sniff(path: Path, limits: Limits) -> Sniffed:
    """Raises NotFound or BadInput for what is no table."""
    with regular(path).open("rb") as file:
        start = file.read(len(SQLITE))
    if not start:
        raise BadInput(f"{named(path)} is empty", hint="was it copied whole?")
    if start == SQLITE:
        return Sniffed(
            "ocel", Options(), notes=("times that name no zone are the brand's: set `zone` where the log says another",)
        )
    if start.startswith(b"PAR1"):
        return Sniffed("parquet", Options())
    if start.startswith(b"PK\x03\x04"):
        book = open_workbook(path, None, 1, limits)
        note = (f"the first sheet is read; there are {len(book.sheets)}",) if len(book.sheets) > 1 else ()
        return Sniffed("xlsx", Options(), sheets=book.sheets, notes=note)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput(f"{named(path)} is an old or locked workbook", hint="save it as .xlsx without a password, or as CSV")
    return _text(path, limits)


def _text(path: Path, limits: Limits) -> Sniffed:
    with Stream(path, "latin-1", limits) as stream:
        marked = stream.encoding if stream.encoding != "latin-1" else None
        sample = stream.original(stream.read(_SAMPLE))
    declared, notes = (None, ()) if marked else _encoding(sample)
    with Stream(path, declared, limits) as stream:
        encoding, text = stream.encoding, stream.read(_SAMPLE)
    if _XML.match(text):
        return Sniffed("xes", Options())
    if _OCEL.match(text) and _OCEL_TYPES.search(text):
        return Sniffed("ocel", Options())
    if text.lstrip()[:1] == b"{" and isinstance(read_line(_first_line(text), 1), Line):
        return Sniffed("jsonl", Options(encoding=declared), encoding, notes=notes)
    if text.lstrip()[:1] in (b"[", b"{"):
        raise BadInput(f"{named(path)} is JSON, but not one object on each line", hint=_other_json(text))
    if b"\0" in text:
        raise BadInput(f"{named(path)} is no text", hint="CSV, TSV, JSON lines, Parquet, XLSX, XES and OCEL can be read")
    delimiter, header_line = _shape(text)
    if header_line > 1:
        notes = (*notes, f"the lines before line {header_line} are no table and are skipped")
    options = Options(encoding=declared, delimiter=None if delimiter in ",\t" else delimiter, header_line=header_line)
    return Sniffed("tsv" if delimiter == "\t" else "csv", options, encoding, delimiter, notes=notes)


def _other_json(text: bytes) -> str:
    if b'"ocel:global-log"' in text or b'"ocel:events"' in text:
        return "it is an OCEL log of the first version: save it as OCEL 2.0"
    return "write it as JSON lines"


def _first_line(text: bytes) -> str:
    return text.lstrip().split(b"\n", 1)[0].decode("utf-8", "replace")


def _encoding(sample: bytes) -> tuple[str | None, tuple[str, ...]]:
    """The encoding to declare (None: UTF-8), and what is doubtful about it."""
    half = len(sample) // 2 or 1
    for name, nuls in (("utf-16-le", sample[1::2].count(0)), ("utf-16-be", sample[::2].count(0))):
        if nuls > 0.4 * half:
            return name, ()
    text = sample.decode("utf-8", "replace")
    wrong = text.count("\ufffd") - (1 if text.endswith("\ufffd") else 0)
    right = sum(1 for letter in text if letter > "\x7f") - text.count("\ufffd")
    if wrong <= right:
        return None, ((f"{wrong} bytes are not UTF-8; their rows will be refused",) if wrong > 0 else ())
    return "cp1252", ("the text is not UTF-8; it is taken as cp1252 (Western European): look at the letters with accents",)


def _shape(text: bytes) -> tuple[str, int]:
    """The delimiter whose rows agree best about having several cells, and the line of the header."""
    best, chosen = (0.0, 0), (",", 1)
    for delimiter in DELIMITERS:
        found = scan(np.frombuffer(text, np.uint8), ord(delimiter), 1, final=False)
        cells = found.cells[:1_000].tolist() or [1 + text.count(delimiter.encode())]
        width, rows = Counter(cells[1:] or cells).most_common(1)[0]
        if width < 2:
            continue
        score = (round(rows / len(cells), 2), width)
        if score > best:
            lines = [int(line) for line, count in zip(found.lines.tolist(), cells, strict=False) if count == width]
            header = lines[0] if lines and lines[0] <= _PREAMBLE else 1
            best, chosen = score, (delimiter, header)
    return chosen
