"""Logs out: what is in the lake, written as other tools read it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from desirelines.collect.source import Source
from desirelines.collect.writing.aside import Written
from desirelines.collect.writing.keys import CASE_NAME, Key, LogFormat, Outside, outside
from desirelines.collect.writing.lake import LakeLog
from desirelines.collect.writing.ocel import write_json
from desirelines.collect.writing.ocel_sqlite import write_sqlite
from desirelines.collect.writing.xes import Cases, write_xes
from desirelines.store import Snapshot

__all__ = ["CASE_NAME", "Cases", "Key", "LogFormat", "Outside", "Written", "outside", "write_ocel", "write_xes"]


def write_ocel(
    path: Path, format_: Literal["ocel-json", "ocel-sqlite"], snapshot: Snapshot, sources: Mapping[str, Source | None]
) -> Written:
    """The lake as an OCEL 2.0 log. `sources`: those of the lake; None: its file is gone.

    Raises BadInput if the file is there already or cannot be made, Unavailable when the disk is full.
    """
    log = LakeLog(snapshot, {name: outside(name, source, "ocel") for name, source in sources.items()})
    tally = write_json(path, log) if format_ == "ocel-json" else write_sqlite(path, log)
    return Written(path.name, format_, tally.events, objects=tally.objects, relations=tally.relations)
