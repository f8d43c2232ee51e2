"""What happens next after an event."""

from __future__ import annotations

import numpy as np

from desirelines.trace.bucket import NOTHING_SKIPPED, Codes, Int, Part
from desirelines.trace.compiled import compiled, plain
from desirelines.trace.counting.transitions import limit_of

OVER = -1
"""Instead of a code: the journey ends there."""


def code_after(part: Part, event: Int, skip: int = NOTHING_SKIPPED) -> Int:
    """[u] The code of the next kept event of the same journey, or OVER. `event` [u]: indices in the bucket, inside journeys."""
    journey = np.searchsorted(part.journeys.start, event, "right") - 1
    return _after(plain(event, np.int64), plain(part.journeys.end[journey], np.int64), part.codes, limit_of(skip))


@compiled
def _after(event: Int, end: Int, codes: Codes, limit: int) -> Int:
    found = np.empty(event.size, np.int64)
    for row in range(event.size):
        found[row], place = OVER, event[row] + 1
        while place < end[row] and np.int64(codes[place]) >= limit:
            place += 1
        if place < end[row]:
            found[row] = codes[place]
    return found
