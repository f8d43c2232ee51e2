"""One Delta table: its log is the truth of which files belong to it."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable, Field, Schema
from deltalake.transaction import AddAction, CommitProperties, Transaction, create_table_with_add_actions

from desirelines.store.files import remove, sync_file, sync_folder
from desirelines.store.lake.parquet import Part
from desirelines.store.lake.tables import DELTA_TYPES, Table

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ARROW_TYPES: Mapping[str, pa.DataType] = {text: kind for kind, text in DELTA_TYPES.items()}


@dataclass(frozen=True)
class Pinned:
    """One version of a table: file names, oldest first, with their rows; columns in the order they came."""

    version: int
    files: tuple[str, ...]
    rows: tuple[int, ...]
    columns: Mapping[str, pa.DataType]


def _stats(part: Part, timed: bool) -> str:
    """Delta's statistics of a file: rows and the bounds of `at`, nothing else ever."""
    stats: dict[str, object] = {"numRecords": part.rows}
    if timed and part.first_us is not None and part.last_us is not None:
        stats["minValues"] = {"at": _instant(part.first_us // 1000)}
        stats["maxValues"] = {"at": _instant(-(-part.last_us // 1000))}
    return json.dumps(stats)


def _instant(milliseconds: int) -> str:
    instant = EPOCH + timedelta(milliseconds=milliseconds)
    return f"{instant:%Y-%m-%dT%H:%M:%S}.{instant.microsecond // 1000:03d}Z"


def is_table(folder: Path) -> bool:
    return (folder / "_delta_log").is_dir() and any((folder / "_delta_log").glob("*.json"))


def append(folder: Path, table: Table, columns: Mapping[str, str], parts: Sequence[Part], transaction: str) -> int:
    """Add files that lie in the folder; once per `transaction`, however often it is called. Returns the version."""
    now = time.time_ns() // 1_000_000
    actions = [AddAction(part.name, part.bytes, {}, now, True, _stats(part, table.timed)) for part in parts]
    once = CommitProperties(app_transactions=[Transaction(transaction, 1)])
    if not is_table(folder):
        create_table_with_add_actions(
            str(folder),
            Schema([Field(name, kind) for name, kind in columns.items()]),
            actions,
            configuration=_configuration(table),
            commit_properties=once,
        )
    else:
        found = DeltaTable(str(folder))
        if found.transaction_version(transaction) is None:
            known = {one.name for one in found.schema().fields}
            grown = [Field(name, kind) for name, kind in columns.items() if name not in known]
            if grown:
                found.alter.add_columns(grown)
                found = DeltaTable(str(folder))
            found.create_write_transaction(actions, "append", found.schema(), commit_properties=once)
    sync_log(folder)
    return int(DeltaTable(str(folder)).version())


def _configuration(table: Table) -> dict[str, str | None]:
    indexed = {"delta.dataSkippingStatsColumns": "at"} if table.timed else {"delta.dataSkippingNumIndexedCols": "0"}
    return {**indexed, "delta.enableExpiredLogCleanup": "false", "delta.checkpointInterval": "20"}


def sync_log(folder: Path) -> None:
    """Put the log on the disk: the newest entries, and the folders' names."""
    log = folder / "_delta_log"
    entries = sorted(log.glob("*.json"))
    for path in [*entries[-2:], *log.glob("*.parquet"), *log.glob("_last_checkpoint")]:
        sync_file(path)
    sync_folder(log)
    sync_folder(folder)


def drop_torn(folder: Path, pinned: int) -> None:
    """Remove log entries after version `pinned` that a power loss left half written: nobody has read them."""
    for path in sorted((folder / "_delta_log").glob("*.json"), reverse=True):
        if int(path.stem) <= pinned or not _torn(path):
            return
        remove(path)


def _torn(path: Path) -> bool:
    try:
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    except ValueError:
        return True
    return not lines


def pin(folder: Path, version: int) -> Pinned:
    """Read one version of a table."""
    table = DeltaTable(str(folder), version=version)
    told = pa.RecordBatchReader.from_stream(table.get_add_actions(flatten=True))
    actions = told.read_all().select(["path", "num_records", "modification_time"])
    files = sorted(actions.to_pylist(), key=lambda file: (file["modification_time"], file["path"]))
    return Pinned(
        version,
        tuple(file["path"] for file in files),
        tuple(int(file["num_records"]) for file in files),
        {one.name: ARROW_TYPES[str(one.type.type)] for one in table.schema().fields},
    )
