"""Reading a file into batches: the header is judged at once, the rows as they are asked for."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from desirelines.collect.check import check_source
from desirelines.collect.columns import check_header, named_columns
from desirelines.collect.formats import OcelLog, Piece, Table, open_ocel, open_table, regular, repeated_names, uncomputed
from desirelines.collect.formats import Workbook as _Workbook
from desirelines.collect.formats.ocel import TYPE
from desirelines.collect.intake import take_in, zone_fault
from desirelines.collect.limits import LIMITS, Limits
from desirelines.collect.source import Source
from desirelines.errors import BadInput
from desirelines.model.progress import Progress, silent
from desirelines.model.receipt import Batch

NAME_OF_CASE = "case:concept:name"
LOOK_EVENTS = 10_000


def read(source: Source, path: Path | str, zone: str, progress: Progress = silent, limits: Limits = LIMITS) -> Iterator[Batch]:
    """Read a file into batches, in its order; memory does not grow with the file.

    `zone` is the brand's: naive times are read in it where the source names no zone. Raises at once NotFound, BadInput (no
    such format, columns missing; code `missing_column`) or TooLarge; while iterating only for a file that breaks off in a
    way that leaves nothing to read (a broken gzip or Parquet file). What is wrong with a row is never raised: it is in the
    batch's table `refused`.
    """
    table = opened(source, Path(path), zone, limits)
    return _batches(source, table, zone, progress, limits)


def opened(source: Source, path: Path, zone: str, limits: Limits) -> Table:
    """The table behind a path, fit for the source. Raises as `read` does."""
    faults = check_source(source)
    if faults:
        raise BadInput(str(faults[0]), hint=faults[0].hint, faults=tuple(faults))
    if (hint := zone_fault(zone)) is not None:
        raise BadInput(f"`{zone}` is no time zone", hint=hint)
    if not regular(path).stat().st_size:
        raise BadInput(f"`{path.name}` is empty", hint="was it copied whole?")
    table = open_table(source, path, named_columns(source), limits)
    check_header(source, table.columns, path)
    return table


def caveats(source: Source, path: Path | str, limits: Limits = LIMITS, whole: bool = True) -> tuple[str, ...]:
    """What a receipt should say about reading this file, beside its counts; that a source has no key, the store says.

    `whole`: look through all of a log, not only at its beginning.
    """
    found = []
    if source.format == "xes" and NAME_OF_CASE in (*source.people.values(), *source.objects.values()):
        count = repeated_names(Path(path), limits, whole)
        if count:
            found.append(f"{count:,} names are borne by several traces of the log: the traces of one name are one case")
    if source.format == "ocel":
        found += _several(source, open_ocel(Path(path), limits), whole)
    if source.format == "xlsx":
        table = open_table(source, Path(path), (), limits)
        if isinstance(table, _Workbook) and (count := uncomputed(table.path, table.sheet, limits.sample_rows)):
            found.append(f"{count:,} cells hold formulas without a computed value and read as blank: open and save the workbook")
    return tuple(found)


def _several(source: Source, log: OcelLog, whole: bool) -> list[str]:
    """What an event loses in a journey: the column of a kind holds one object."""
    kinds = {column: kind for kind, column in (source.people | source.objects).items()}
    counts: Counter[str] = Counter()
    for related in islice(log.relations(), None if whole else LOOK_EVENTS):
        types = Counter(one.type for one in related)
        counts.update(kind for type_, number in types.items() if number > 1 and (kind := kinds.get(f"{TYPE}{type_}")))
    return [
        f"{count:,} events name several objects of kind {kind}: all are kept, but each is in the journey of the first only"
        for kind, count in sorted(counts.items())
    ]


def _batches(source: Source, table: Table, zone: str, progress: Progress, limits: Limits) -> Iterator[Batch]:
    workers = max(1, min(8, os.cpu_count() or 1))
    waiting: deque[Future[Batch]] = deque()
    pieces = table.pieces(named_columns(source))

    def work(piece: Piece) -> Batch:
        return take_in(source, piece(), zone, limits)

    def done(first: Future[Batch]) -> Iterator[Batch]:
        batch = first.result()
        progress("reading", min(1.0, batch.position / table.size) if table.size else 1.0)
        if batch.rows:
            yield batch

    with ThreadPoolExecutor(workers, thread_name_prefix="collect") as pool:
        try:
            for piece in pieces:
                waiting.append(pool.submit(work, piece))
                if len(waiting) > workers:
                    yield from done(waiting.popleft())
            while waiting:
                yield from done(waiting.popleft())
        finally:
            for one in waiting:
                one.cancel()
