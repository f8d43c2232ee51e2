"""Formats: every file becomes stretches of rows, and what cannot be split into cells is refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desirelines.collect.formats.delimited import DELIMITERS, Delimited, cells_of, open_delimited, split, unique_names
from desirelines.collect.formats.jsonl import JsonLines, Line, open_jsonl, read_line, stretch_of
from desirelines.collect.formats.parquet import ParquetTable, open_parquet, said
from desirelines.collect.formats.scan import scan
from desirelines.collect.formats.stream import ENCODINGS, Stream, encoding_fault, regular
from desirelines.collect.formats.stretch import Piece, Refusal, Stretch, Table, named, raw_text, row_text
from desirelines.collect.formats.workbook import Workbook, open_workbook, uncomputed
from desirelines.collect.limits import Limits
from desirelines.collect.source import Source

__all__ = [
    "DELIMITERS", "ENCODINGS", "Delimited", "JsonLines", "Line", "ParquetTable", "Piece", "Refusal", "Stream", "Stretch",
    "Table", "Workbook", "cells_of", "encoding_fault", "named", "open_delimited", "open_jsonl", "open_parquet",
    "open_table", "open_workbook", "raw_text", "read_line", "regular", "row_text", "said", "scan", "split", "stretch_of",
    "uncomputed", "unique_names",
]  # fmt: skip


def open_table(source: Source, path: Path, wanted: Sequence[str], limits: Limits) -> Table:
    """The file as a table, its header read. Raises BadInput, NotFound or TooLarge; leaves nothing open."""
    options = source.options
    if source.format == "jsonl":
        return open_jsonl(path, options.encoding, wanted, limits)
    if source.format == "parquet":
        return open_parquet(path, wanted, limits)
    if source.format == "xlsx":
        return open_workbook(path, options.sheet, options.header_line, limits)
    delimiter = options.delimiter or ("\t" if source.format == "tsv" else None)
    return open_delimited(path, options.encoding, delimiter, options.header_line, wanted, limits)
