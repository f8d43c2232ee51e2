"""How interactions come in: sources, formats, the intake's named checks, and what was refused and why.

A source file says what a table's columns mean (`read_source`); a file under it becomes batches (`read`); what is refused is
kept with its row and can be read again under a mended source (`repair_rows`). `guess` proposes a source for a file nobody
has described, `preview` shows what an import would do.
"""

from __future__ import annotations

from desirelines.collect.again import file_digest, once
from desirelines.collect.check import check_source
from desirelines.collect.columns import named_columns
from desirelines.collect.exchange import read_source, source_of, write_source
from desirelines.collect.export import safe_cell
from desirelines.collect.guessing import ColumnGuess, Guess, guess
from desirelines.collect.limits import LIMITS, Limits
from desirelines.collect.preview import Preview, PreviewEvent, PreviewRefusal, PreviewRow, Would, preview
from desirelines.collect.read import caveats, read
from desirelines.collect.repair import repair_rows
from desirelines.collect.shelf import SourceShelf, UploadShelf
from desirelines.collect.source import (
    Event,
    Figure,
    Observation,
    Options,
    Property,
    Source,
    Time,
    Traits,
)
from desirelines.collect.writing import CASE_NAME, Cases, Key, LogFormat, Outside, Written, outside, write_ocel, write_xes

__all__ = [
    "CASE_NAME",
    "LIMITS",
    "Cases",
    "ColumnGuess",
    "Event",
    "Figure",
    "Guess",
    "Key",
    "Limits",
    "LogFormat",
    "Observation",
    "Options",
    "Outside",
    "Preview",
    "PreviewEvent",
    "PreviewRefusal",
    "PreviewRow",
    "Property",
    "Source",
    "SourceShelf",
    "Time",
    "Traits",
    "UploadShelf",
    "Would",
    "Written",
    "caveats",
    "check_source",
    "file_digest",
    "guess",
    "named_columns",
    "once",
    "outside",
    "preview",
    "read",
    "read_source",
    "repair_rows",
    "safe_cell",
    "source_of",
    "write_ocel",
    "write_source",
    "write_xes",
]  # fmt: skip
