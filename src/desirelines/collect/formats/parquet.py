"""Parquet: columns with types of their own. A row's place is its number, from 1."""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as parquet
from numpy.typing import NDArray

from desirelines.collect.formats.stream import regular
from desirelines.collect.formats.stretch import Indices, Piece, Refusal, Stretch, named, row_text
from desirelines.collect.limits import Limits
from desirelines.errors import BadInput, TooLarge

_ROWS = 65_536


@dataclass(frozen=True)
class ParquetTable:
    path: Path
    columns: tuple[str, ...]
    """Columns that hold single values."""
    nested: tuple[str, ...]
    size: int
    """Rows."""
    limits: Limits

    def pieces(self, wanted: Sequence[str]) -> Iterator[Piece]:
        texts = [name for name, kind in _kinds(self.path).items() if _is_text(kind)]
        done = 0
        try:
            with parquet.ParquetFile(self.path, read_dictionary=texts) as file:
                for batch in file.iter_batches(_ROWS, columns=list(self.columns), use_threads=False):
                    whole = self._plain(batch)
                    yield partial(_stretch, whole, done, tuple(wanted))
                    done += batch.num_rows
        except (pa.ArrowException, OSError) as error:
            raise BadInput(f"{named(self.path)} is broken: row {done + 1:,} cannot be read", hint=str(error)[:200]) from error

    def _plain(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Without dictionaries, unless writing a dictionary's long texts out would not end well."""
        if sum(_written_out(column) for column in batch.columns) > self.limits.unpacked:
            raise TooLarge(f"{named(self.path)} holds texts that fill more than {self.limits.unpacked:,} bytes in few rows")
        return pa.RecordBatch.from_arrays([_decoded(column) for column in batch.columns], names=batch.schema.names)


def open_parquet(path: Path, wanted: Sequence[str], limits: Limits) -> ParquetTable:
    """Raises BadInput for what is no Parquet file, or if a wanted column holds lists or structures."""
    regular(path)
    kinds = _kinds(path)
    nested = tuple(name for name, kind in kinds.items() if not _is_single(kind))
    for name in wanted:
        if name in nested:
            raise BadInput(
                f"column `{name}` of {named(path)} holds {_said(kinds[name])}", hint="give it a column of single values instead"
            )
    with parquet.ParquetFile(path) as file:
        rows = int(file.metadata.num_rows)
    plain = tuple(name for name in kinds if name not in nested)
    return ParquetTable(path, plain, nested, rows, limits)


def _kinds(path: Path) -> dict[str, pa.DataType]:
    try:
        with parquet.ParquetFile(path) as file:
            return {field.name: field.type for field in file.schema_arrow}
    except (pa.ArrowException, OSError, ValueError) as error:
        raise BadInput(f"{named(path)} is not a Parquet file", hint=str(error).splitlines()[0][:200]) from error


def _stretch(batch: pa.RecordBatch, done: int, wanted: Sequence[str]) -> Stretch:
    rows = batch.num_rows
    lines = np.arange(done + 1, done + rows + 1, dtype=np.int64)
    bad = _not_text(batch)
    refused = [_no_text(batch, index, done + index + 1) for index in np.flatnonzero(bad).tolist()]
    if refused:
        batch, lines = batch.filter(pa.array(~bad)), lines[~bad]
    return Stretch(
        rows=rows,
        position=done + rows,
        lines=lines,
        refused=refused,
        columns={name: batch.column(name) for name in dict.fromkeys(wanted) if name in batch.schema.names},
        texts=partial(_texts, batch),
        own_times=True,
    )


def _texts(batch: pa.RecordBatch, rows: Indices) -> list[str]:
    return [row_text({name: said(value) for name, value in row.items()}) for row in batch.take(pa.array(rows)).to_pylist()]


def _not_text(batch: pa.RecordBatch) -> NDArray[np.bool_]:
    """Which rows hold a text that is not UTF-8: the format promises it and nobody has checked."""
    bad = np.zeros(batch.num_rows, np.bool_)
    for column in batch.columns:
        if pa.types.is_string(column.type):
            try:
                column.validate(full=True)
            except pa.ArrowInvalid:
                cells = pc.cast(column, pa.binary()).to_pylist()
                bad |= np.fromiter((cell is not None and not _decodes(cell) for cell in cells), np.bool_, len(cells))
    return bad


def _no_text(batch: pa.RecordBatch, index: int, line: int) -> Refusal:
    row = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        cell = column.slice(index, 1)
        text = pa.types.is_string(column.type)
        value = pc.cast(cell, pa.binary())[0].as_py() if text else cell[0].as_py()
        row[name] = said(value.decode("utf-8", "replace") if isinstance(value, bytes) else value)
    return Refusal("encoding", "a text holds bytes that are not UTF-8", line, row_text(row))


def _decodes(cell: bytes) -> bool:
    try:
        cell.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def said(value: Any) -> str | None:
    """A typed value as text that reads back as the same."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, decimal.Decimal):
        return f"{value:f}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat(" ") if isinstance(value, datetime.datetime) else value.isoformat()
    return str(value)


def _decoded(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.dictionary_decode(), kind.value_type
    if _is_text(kind) and kind != pa.string():
        return pc.cast(column, pa.string())
    return column


def _written_out(column: pa.Array) -> int:
    if not pa.types.is_dictionary(column.type) or not _is_text(column.type.value_type) or not len(column.dictionary):
        return int(column.nbytes)
    sizes = pc.fill_null(pc.binary_length(column.dictionary), 0)
    return int(pc.sum(pc.take(sizes, column.indices)).as_py() or 0)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _is_single(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    binary = pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind)
    return not (pa.types.is_nested(kind) or binary or pa.types.is_binary_view(kind) or pa.types.is_interval(kind))


def _said(kind: pa.DataType) -> str:
    return "lists or structures" if pa.types.is_nested(kind) else f"values of type {kind}"
