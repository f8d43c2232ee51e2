"""The kernel for steps in any order: how many of them happen within one window."""

from __future__ import annotations

import numpy as np

from desirelines.trace.bucket import Codes, Int
from desirelines.trace.compiled import compiled, longer
from desirelines.trace.funnel.steps import NEVER, Table


@compiled
def unordered_chains(
    offsets: Int, event: Int, clock: Int, codes: Codes, serves: Table, bars: Table, steps: int, window: int
) -> tuple[Int, Int]:
    """As `ordered_chains`; here step k of a chain is the k-th of the steps that happened. An excluded event ends all chains."""
    count = 0
    reached, place = np.empty(64, np.int64), np.empty(64 * steps, np.int64)
    latest = np.empty(steps, np.int64)
    for lane in range(offsets.size - 1):
        at = offsets[lane]
        while at < offsets[lane + 1]:
            far, where, stop = _entry(at, offsets[lane + 1], event, clock, codes, serves, bars, window, latest)
            if far > 0:
                if count == reached.size:
                    reached, place = longer(reached, count, 2 * count), longer(place, count * steps, 2 * count * steps)
                reached[count] = far
                _lay(at, where, clock, event, codes, serves, window, latest, place, count * steps)
                count += 1
            at = stop
    return longer(reached, count, count), longer(place, count * steps, count * steps)


@compiled
def _entry(
    low: int, high: int, event: Int, clock: Int, codes: Codes, serves: Table, bars: Table, window: int, latest: Int
) -> tuple[int, int, int]:
    """The first entry: how many steps at most, where so many are first together, and one past the entry's last event.

    `latest` [step]: the clock of its last event.
    """
    last, far, where = np.int64(serves.size - 1), 0, low
    for step in range(latest.size):
        latest[step] = NEVER
    for at in range(low, high):
        code, now, going = min(np.int64(codes[event[at]]), last), clock[at], 0
        for step in range(latest.size):
            going += 1 if now - latest[step] <= window else 0
        if far > 0 and going == 0:
            return far, where, at
        if bars[code] != 0:
            for step in range(latest.size):
                latest[step] = NEVER
            continue
        for step in range(latest.size):
            if np.int64(serves[code]) >> step & 1:
                going += 0 if now - latest[step] <= window else 1
                latest[step] = now
                if going > far:
                    far, where = going, at
        if far == latest.size:
            return far, where, at + 1
    return far, where, high


@compiled
def _lay(
    low: int, where: int, clock: Int, event: Int, codes: Codes, serves: Table, window: int, seen: Int, place: Int, row: int
) -> None:
    """Each step's first event in the window that ends at `where`, in order of time."""
    last, count = np.int64(serves.size - 1), 0
    for step in range(seen.size):
        seen[step] = 0
        place[row + step] = -1
    for at in range(low, where + 1):
        bits = np.int64(serves[min(np.int64(codes[event[at]]), last)])
        for step in range(seen.size):
            if bits >> step & 1 and seen[step] == 0 and clock[at] >= clock[where] - window:
                seen[step] = 1
                place[row + count] = at
                count += 1
