"""Guessing: a file nobody has described becomes a proposed source, and what each column looks like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from desirelines.collect.check import check_source
from desirelines.collect.exchange import write_source
from desirelines.collect.formats import Line, OcelLog, Stream, Table, XesLog, columns_of, open_table, read_line, types_of
from desirelines.collect.guessing.logs import Draft, guess_columns, propose_ocel, propose_xes
from desirelines.collect.guessing.looks import ColumnGuess, look
from desirelines.collect.guessing.propose import propose, slug
from desirelines.collect.guessing.sniff import Sniffed, sniff
from desirelines.collect.intake import cleaned
from desirelines.collect.limits import LIMITS, Limits
from desirelines.collect.source import Options, Source
from desirelines.errors import BadInput

__all__ = ["ColumnGuess", "Guess", "guess"]

_LEAVES = 500


@dataclass(frozen=True)
class Guess:
    """`source` passes every check; `yaml` is the same as text. `notes` say what was assumed and cannot be told."""

    source: Source
    columns: tuple[ColumnGuess, ...]
    format: str
    encoding: str
    delimiter: str
    header_line: int
    sheet: str | None
    sheets: tuple[str, ...]
    rows: int
    """Rows looked at."""
    notes: tuple[str, ...]
    yaml: str


def guess(path: Path | str, name: str, limits: Limits = LIMITS) -> Guess:
    """Propose a source for a file. `name`: what to call it, such as the file's name. Raises NotFound or BadInput."""
    file = Path(path)
    sniffed = sniff(file, limits)
    called = slug(name.split(".")[0]) or "source"
    stub = Source(source=called, format=sniffed.format, options=sniffed.options)
    table = open_table(stub, file, (), limits)
    if isinstance(table, XesLog | OcelLog):
        return _of_log(called, sniffed, table, limits)
    sample, own_times = _sample(table, _names(table, file, sniffed.options, limits), limits.sample_rows)
    if not sample.num_columns:
        raise BadInput(f"`{file.name}` has no columns that can be read", hint="is it a table?")
    columns = tuple(look(column, sample.column(column).combine_chunks(), own_times) for column in sample.column_names)
    source, notes = propose(called, sniffed, columns, sample)
    faults = check_source(source)
    if faults:  # such as a table of nothing but texts: the columns are shown, the rest is the user's to say
        notes = (*notes, *(str(fault) for fault in faults))
    return Guess(
        source, columns, sniffed.format, sniffed.encoding, sniffed.delimiter, source.options.header_line, source.options.sheet,
        sniffed.sheets, len(sample), (*sniffed.notes, *notes), write_source(source),
    )  # fmt: skip


def _of_log(called: str, sniffed: Sniffed, log: XesLog | OcelLog, limits: Limits) -> Guess:
    """A log needs no guess about its types: it says them."""
    if isinstance(log, XesLog):
        _, parser = log.look(limits.sample_rows)
        types: Mapping[str, Iterable[str]] = columns_of(parser)
        names = list(types)[:_LEAVES]
    else:
        types, names = types_of(log), list(log.columns)
    sample, _ = _sample(log, names, limits.sample_rows)
    if not len(sample):
        raise BadInput(f"`{log.path.name}` holds no event", hint="was it copied whole?")
    draft = Draft(sample, types)
    source, roles = propose_ocel(called, draft, log) if isinstance(log, OcelLog) else propose_xes(called, draft, parser)
    columns = guess_columns(draft, roles)
    faults = check_source(source)
    notes = (*sniffed.notes, *draft.notes, *(str(fault) for fault in faults))
    return Guess(source, columns, sniffed.format, "", "", 1, None, (), len(sample), notes, write_source(source))


def _names(table: Table, path: Path, options: Options, limits: Limits) -> list[str]:
    """The columns; of JSON lines, the dotted names of single values in the first lines."""
    if table.columns is not None:
        return list(table.columns)
    with Stream(path, options.encoding, limits) as stream:
        text = stream.read(1 << 20).decode("utf-8", "replace")
    names: dict[str, None] = {}
    for raw in text.splitlines()[:1_000]:
        one = read_line(raw, 1)
        if isinstance(one, Line):
            _leaves(one.data, "", names)
    return list(names)[:_LEAVES]


def _leaves(data: object, prefix: str, names: dict[str, None]) -> None:
    if isinstance(data, dict):
        for key, value in data.items():
            _leaves(value, f"{prefix}.{key}" if prefix else str(key), names)
    elif prefix and not isinstance(data, list) and len(prefix) <= 1000:
        names[prefix] = None


def _sample(table: Table, names: list[str], rows: int) -> tuple[pa.Table, bool]:
    """The first rows, cleaned as the intake would, and whether the format has times of its own."""
    parts: list[pa.Table] = []
    count, own_times = 0, False
    for piece in table.pieces(names):
        stretch = piece().head(rows - count)
        count += stretch.rows
        own_times = stretch.own_times
        parts.append(pa.table({name: cleaned(column) for name, column in stretch.columns.items()}))
        if count >= rows:
            break
    return (pa.concat_tables(parts, promote_options="permissive") if parts else pa.table({})), own_times
