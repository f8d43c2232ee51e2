"""Cutting a subject's events into journeys."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.trace.bucket import Bucket, Int, JourneyBucket, Mask
from desirelines.trace.compiled import compiled, longer, plain

NO_GAP = 2**62


def cut(
    bucket: Bucket,
    starts: Mask | None = None,
    ends: Mask | None = None,
    gap_us: int | None = None,
    codes: NDArray[np.unsignedinteger] | None = None,
) -> JourneyBucket:
    """The journeys of every subject of `bucket`.

    Without boundaries all events of a subject are one journey. `starts`: a journey begins only at such an event; events
    outside any journey are left out; a start event inside an open journey is an ordinary event. `ends`: a journey ends
    with such an event. `gap_us`: it ends before an event that comes more than so long after the one before it. After an
    end the next event (with `starts`: the next start event) begins another journey.

    `starts` and `ends` say it per event [n], or per code when `codes` [n] are given. Raises BadInput when their lengths
    do not fit.
    """
    at = plain(bucket.at, np.int64)
    is_start = _per_event(starts, codes, len(at), "starts")
    is_end = _per_event(ends, codes, len(at), "ends")
    if gap_us is not None and gap_us < 0:
        raise BadInput("a gap between events cannot be negative", hint="give the longest pause inside one journey")
    if starts is None and ends is None and gap_us is None:
        group = np.flatnonzero(np.diff(bucket.offsets))
        start, end = bucket.offsets[group], bucket.offsets[group + 1]
    else:
        gap = NO_GAP if gap_us is None else gap_us
        start, end, group = _cut(plain(bucket.offsets, np.int64), at, is_start, is_end, gap)
    return JourneyBucket(plain(start, np.int64), plain(end, np.int64), group, at[start])


def _per_event(marks: Mask | None, codes: NDArray[np.unsignedinteger] | None, count: int, name: str) -> Mask:
    if marks is None:
        return np.empty(0, dtype=np.bool_)
    if codes is None:
        if len(marks) != count:
            raise BadInput(f"`{name}` has {len(marks)} entries for {count} events", hint="one per event, or give `codes`")
        return plain(marks, np.bool_)
    if len(codes) != count or (count and int(codes.max()) >= len(marks)):
        raise BadInput(f"`{name}` has {len(marks)} entries, fewer than there are codes", hint="one entry per code")
    return plain(marks, np.bool_).take(codes)


@compiled
def _cut(offsets: Int, at: Int, is_start: Mask, is_end: Mask, gap_us: int) -> tuple[Int, Int, Int]:
    """start, end, group [j] of the journeys. An empty `is_start` lets any event begin one, an empty `is_end` ends none."""
    start, end, group = np.empty(at.size, np.int64), np.empty(at.size, np.int64), np.empty(at.size, np.int64)
    count = 0
    for one in range(offsets.size - 1):
        opened = False
        for event in range(offsets[one], offsets[one + 1]):
            if opened and at[event] - at[event - 1] > gap_us:
                opened = False
            if not opened and (is_start.size == 0 or is_start[event]):
                start[count], group[count] = event, one
                count += 1
                opened = True
            if opened:
                end[count - 1] = event + 1
                if is_end.size > 0 and is_end[event]:
                    opened = False
    return longer(start, count, count), longer(end, count, count), longer(group, count, count)
