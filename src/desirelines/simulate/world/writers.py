"""Files of the silos, written in stretches: text lines, Parquet and workbooks, the same bytes for the same rows."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from openpyxl import Workbook

Cell = str | float | int | date | datetime | None


class Lines:
    """A text file of lines. Columns are joined as they are: whoever gives a text with a delimiter in it quotes it first."""

    def __init__(self, path: Path, delimiter: str, header: Sequence[str] = (), encoding: str = "utf-8") -> None:
        self.path = path
        self.delimiter = delimiter
        self.encoding = encoding
        self.rows = 0
        self._file = path.open("wb")
        if header:
            self.raw((delimiter.join(header) + "\n").encode(encoding))
            self.rows = 0

    def add(self, columns: Sequence[pa.Array | str]) -> None:
        """Write one line per row; null becomes nothing."""
        line = pc.binary_join_element_wise(*columns, self.delimiter, null_handling="replace", null_replacement="")
        self.add_lines(line)

    def add_lines(self, line: pa.Array) -> None:
        """Write whole lines."""
        if len(line) == 0:
            return
        ended = pc.binary_join_element_wise(line, "", "\n")
        data = ended.buffers()[2].to_pybytes()[: pc.sum(pc.binary_length(ended)).as_py()]
        self._file.write(data if self.encoding == "utf-8" else data.decode().encode(self.encoding))
        self.rows += len(line)

    def raw(self, line: bytes) -> None:
        """Write bytes as they are, as one line."""
        self._file.write(line)
        self.rows += 1

    def flush(self) -> None:
        self._file.flush()

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


class Rows:
    """A Parquet file, one row group a stretch."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.path = path
        self.rows = 0
        self._writer = pq.ParquetWriter(path, schema, compression="zstd", compression_level=1)

    def add(self, table: pa.Table) -> None:
        self._writer.write_table(table)
        self.rows += table.num_rows

    def close(self) -> None:
        self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def json_lines(fields: Mapping[str, pa.Array]) -> pa.Array:
    """One JSON object per row from texts that are JSON already (see `quoted`); a null leaves its field out."""
    names = list(fields)
    parts = [pc.binary_join_element_wise(f'"{name}": ', fields[name], "") for name in names]
    body = pc.binary_join_element_wise(*parts, ", ", null_handling="skip")
    return pc.binary_join_element_wise("{", body, "}", "")


def quoted(texts: pa.Array) -> pa.Array:
    """Texts without quotes or backslashes in them as JSON strings."""
    return pc.binary_join_element_wise('"', texts, '"', "")


def write_workbook(path: Path, sheets: Mapping[str, Iterable[Sequence[Cell]]]) -> None:
    """An .xlsx file that holds no time of its own, so that the same rows give the same bytes."""
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    with zipfile.ZipFile(held) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-10-01T00:00:00Z", content)
            target.writestr(zipfile.ZipInfo(name, (2026, 10, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
