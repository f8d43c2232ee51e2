"""From rows of a bucket, sorted, to its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from desirelines.trace.bucket import Bucket, Int
from desirelines.trace.building.reading import Names, Read
from desirelines.trace.building.sort import NAMES, RANK_ROW, WIDTH
from desirelines.trace.compiled import compiled


@dataclass(frozen=True)
class Final:
    """The codes of event, channel and source numbers, once all names are known; the names by code."""

    event: Int
    channel: Int
    source: Int
    events: tuple[str, ...]
    channels: tuple[str, ...]
    sources: tuple[str, ...]


def final_codes(events: Names, channels: Names, sources: Names) -> Final:
    """Codes are ranks of the names; a channel's number 0 and code 0 is none, the others follow."""
    (event_names, event), (channel_names, channel), (source_names, source) = (
        names.ranked() for names in (events, channels, sources)
    )
    return Final(event, np.concatenate([[0], channel + 1]), source, event_names, ("", *channel_names), source_names)


@compiled
def fill(
    rows: Int, order: Int, file: Int, event_code: Int, channel_code: Int, source_code: Int,
    ref: Int, event: Any, channel: Any, source: Any,
) -> None:  # fmt: skip
    """ref, event, channel and source [m] of rows in their order; `file` [m] is the lake's file of each row."""
    for place in range(order.size):
        row = order[place]
        names = rows[row, NAMES]
        ref[place] = file[row] << 32 | rows[row, RANK_ROW] & 0xFFFFFFFF
        event[place] = event_code[names >> 32]
        channel[place] = channel_code[names >> 16 & 0xFFFF]
        source[place] = source_code[names & 0xFFFF]


def fill_events(bucket: Bucket, rows: Int, order: Int, at: Int, file: Int, final: Final) -> None:
    """Fill a bucket's columns along its events; rows of events [m]."""
    bucket.at[:] = at
    codes = (final.event, final.channel, final.source)
    fill(rows, order, file, *codes, bucket.ref, bucket.event, bucket.channel, bucket.source)


def rows_of(read: Sequence[Read], bucket: int) -> tuple[Int, Int]:
    """All rows [m] of a bucket, and the file of each [m]."""
    parts = [one.of(bucket) for one in read]
    file = np.repeat(np.array([one.file for one in read], np.int64), [len(part) for part in parts])
    return parts[0] if len(parts) == 1 else np.concatenate(parts or [np.empty((0, WIDTH), np.int64)]), file
