"""Actual journeys cut from the trace by a planned journey's boundaries."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from desirelines.map.choosing.owners import customers_of, index_of
from desirelines.map.claiming.flags import Mask, event_flags
from desirelines.map.matching.matched import Journeys
from desirelines.plan import Journey, duration_us
from desirelines.store import Snapshot
from desirelines.trace import JourneyBucket, Trace, cut, threads


def cut_journeys(trace: Trace, snapshot: Snapshot | None = None, journey: Journey | None = None) -> Journeys:
    """All actual journeys, in the order of the trace. Without a planned journey each subject's events are one.

    `snapshot` is only asked where a boundary's rule names properties.
    """
    starts, ends, gap_us = _boundaries(trace, snapshot, journey)
    return cut_at(trace, starts, ends, gap_us)


def cut_at(
    trace: Trace, starts: Sequence[Mask] | None = None, ends: Sequence[Mask] | None = None, gap_us: int | None = None
) -> Journeys:
    """As `trace.cut`, over all buckets; `starts`, `ends`: bool[events] for each bucket."""

    def over(index: int) -> JourneyBucket:
        return cut(trace.buckets[index], starts[index] if starts else None, ends[index] if ends else None, gap_us)

    with ThreadPoolExecutor(threads()) as pool:
        parts = list(pool.map(over, range(len(trace.buckets))))
    customers = customers_of(trace)
    who = [
        index_of(customers, np.asarray(bucket.customer))[part.group] for bucket, part in zip(trace.buckets, parts, strict=True)
    ]
    ended = [bucket.at[part.end - 1] for bucket, part in zip(trace.buckets, parts, strict=True)]
    none = np.empty(0, np.int64)
    columns = [np.concatenate([none, *(getattr(part, name) for part in parts)]) for name in ("start", "end", "group", "began_at")]
    bounds = np.cumsum([0, *(len(part.start) for part in parts)]).astype(np.int64)
    customer = np.concatenate([np.empty(0, np.int32), *who])
    return Journeys(bounds, columns[0], columns[1], columns[2], columns[3], np.concatenate([none, *ended]), customer, customers)


def bucket_of(journeys: Journeys, index: int) -> JourneyBucket:
    """The journeys of one bucket, as kernels take them."""
    mine = journeys.of(index)
    return JourneyBucket(journeys.start[mine], journeys.end[mine], journeys.group[mine], journeys.began_at[mine])


def _boundaries(
    trace: Trace, snapshot: Snapshot | None, journey: Journey | None
) -> tuple[tuple[Mask, ...] | None, tuple[Mask, ...] | None, int | None]:
    if journey is None or snapshot is None:
        return None, None, None
    starts = event_flags(trace, snapshot, journey.starts) if journey.starts else None
    ends = event_flags(trace, snapshot, journey.ends) if journey.ends else None
    return starts, ends, duration_us(journey.gap) if journey.gap else None
