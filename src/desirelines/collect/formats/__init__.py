"""Formats: every file becomes stretches of rows, and what cannot be split into cells is refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desirelines.collect.formats.delimited import DELIMITERS, Delimited, cells_of, open_delimited, split, unique_names
from desirelines.collect.formats.jsonl import JsonLines, Line, open_jsonl, read_line, stretch_of
from desirelines.collect.formats.ocel import OcelLog, ocel_log, types_of
from desirelines.collect.formats.ocel_json import open_json
from desirelines.collect.formats.ocel_sqlite import open_sqlite
from desirelines.collect.formats.parquet import ParquetTable, open_parquet, said
from desirelines.collect.formats.scan import scan
from desirelines.collect.formats.stream import ENCODINGS, Stream, encoding_fault, regular
from desirelines.collect.formats.stretch import Piece, Refusal, Stretch, Table, named, raw_text, row_text
from desirelines.collect.formats.workbook import Workbook, open_workbook, uncomputed
from desirelines.collect.formats.xes import XesLog, columns_of, open_xes, repeated_names
from desirelines.collect.limits import Limits
from desirelines.collect.source import Source

__all__ = [
    "DELIMITERS", "ENCODINGS", "SQLITE", "Delimited", "JsonLines", "Line", "OcelLog", "ParquetTable", "Piece", "Refusal",
    "Stream", "Stretch", "Table", "Workbook", "XesLog", "cells_of", "columns_of", "encoding_fault", "named", "open_delimited",
    "open_jsonl", "open_ocel", "open_parquet", "open_table", "open_workbook", "open_xes", "raw_text", "read_line", "regular",
    "repeated_names", "row_text", "said", "scan", "split", "stretch_of", "types_of", "uncomputed", "unique_names",
]  # fmt: skip

SQLITE = b"SQLite format 3\0"
"""What every SQLite file begins with."""


def open_table(source: Source, path: Path, wanted: Sequence[str], limits: Limits) -> Table:
    """The file as a table, its header read. Raises BadInput, NotFound or TooLarge; leaves nothing open."""
    options = source.options
    if source.format == "jsonl":
        return open_jsonl(path, options.encoding, wanted, limits)
    if source.format == "parquet":
        return open_parquet(path, wanted, limits)
    if source.format == "xlsx":
        return open_workbook(path, options.sheet, options.header_line, limits)
    if source.format == "xes":
        return open_xes(path, wanted, limits)
    if source.format == "ocel":
        return open_ocel(path, limits)
    delimiter = options.delimiter or ("\t" if source.format == "tsv" else None)
    return open_delimited(path, options.encoding, delimiter, options.header_line, wanted, limits)


def open_ocel(path: Path, limits: Limits) -> OcelLog:
    """An OCEL 2.0 log, SQLite or JSON as the file itself says. Raises BadInput, NotFound or TooLarge."""
    with regular(path).open("rb") as file:
        packed = file.read(len(SQLITE)) == SQLITE
    reader, size = open_sqlite(path, limits) if packed else open_json(path, limits)
    return ocel_log(path, size, reader)
