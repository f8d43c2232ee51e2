"""The kernel for the plain case: distinct steps in order within a time, one pass, few branches.

Most events serve no step, so a first loop without any branch notes those that do; only they are looked at closely. Per
step it is enough to know the latest beginning of a chain that has come so far: who began later has more of the window left.
Once a journey is through, its chain begins with the first event from which the window holds, and takes each step's first event.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Codes, Int, Mask
from desirelines.trace.compiled import compiled, longer
from desirelines.trace.funnel.steps import NEVER

Bytes = NDArray[np.uint8]
Short = NDArray[np.uint32]
STRETCH = 16_384
"""So many events, or one journey, are noted at a time: memory that is used again is not paid for again."""


@compiled
def note(codes: Codes, low: Any, high: Any, wanted: Bytes, noted: Short) -> int:
    """Write down the places from `low` to `high` with a code that is `wanted`; its last entry stands for all codes above.

    Answers how many; behind them stands `high`.
    """
    count, last = np.uint64(0), np.uint32(wanted.size - 1)
    for event in range(np.uint64(low), np.uint64(high)):
        noted[count] = event
        count += np.uint64(wanted[min(codes[event], last)] != 0)
    noted[count] = high
    return int(count)


@compiled
def plain_chains(
    start: Int, end: Int, keep: Mask, at: Int, codes: Codes, number: Bytes, steps: int, window: int
) -> tuple[Int, Int, Int, Int]:
    """journey, reached [u], places and times [u * steps] of each journey's chain.

    `number` [codes]: which step a code serves, from 1; 0: none.
    """
    one: Any = np.int64(0)
    count: Any = np.int64(0)
    journey, reached = np.empty(0, np.int64), np.empty(0, np.int64)
    place, times = np.empty(0, np.int64), np.empty(0, np.int64)
    noted, begun = np.empty(STRETCH + 1, np.uint32), np.empty(steps + 1, np.int64)
    while one < start.size:
        stop = one + 1
        while stop < start.size and end[stop] - start[one] <= STRETCH:
            stop += 1
        if count + stop - one > journey.size:
            size = 2 * (count + stop - one)
            journey, reached = longer(journey, count, size), longer(reached, count, size)
            place, times = longer(place, count * steps, size * steps), longer(times, count * steps, size * steps)
        if end[stop - 1] - start[one] >= noted.size:
            noted = np.empty(end[stop - 1] - start[one] + 1, np.uint32)
        note(codes, start[one], end[stop - 1], number, noted)
        count = _walk(
            one, stop, start, end, keep, at, codes, number, steps, window, noted, begun, journey, reached, place, times, count
        )
        one = stop
    return (
        longer(journey, count, count), longer(reached, count, count),
        longer(place, count * steps, count * steps), longer(times, count * steps, count * steps),
    )  # fmt: skip


@compiled
def _walk(
    low: int,
    high: int,
    start: Int,
    end: Int,
    keep: Mask,
    at: Int,
    codes: Codes,
    number: Bytes,
    steps: int,
    window: int,
    noted: Short,
    begun: Int,
    journey: Int,
    reached: Int,
    place: Int,
    times: Int,
    count: int,
) -> int:
    """Add the chains of the journeys from `low` to `high`; answers how many there are now. `begun` [step]: the latest
    beginning of a chain that has come so far; `begun[0]`: now."""
    upto = 0
    for one in range(low, high):
        if not keep[one]:
            continue
        while noted[upto] < start[one]:
            upto += 1
        if noted[upto] >= end[one]:
            continue
        for level in range(steps + 1):
            begun[level] = NEVER
        first, far, where = upto, np.int64(0), upto
        while noted[upto] < end[one]:
            serves = np.uint64(number[codes[noted[upto]]])
            begun[0] = at[noted[upto]]
            since = begun[serves - np.uint64(1)]
            if begun[0] - since <= window:
                begun[serves] = max(begun[serves], since)
                if np.int64(serves) > far:
                    far, where = np.int64(serves), upto
            upto += 1
        if far > 0:
            earliest = at[noted[where]] - window
            for step in range(far):
                while number[codes[noted[first]]] != step + 1 or at[noted[first]] < earliest:
                    first += 1
                place[count * steps + step], times[count * steps + step] = noted[first], at[noted[first]]
            for step in range(far, steps):
                place[count * steps + step], times[count * steps + step] = -1, 0
            journey[count], reached[count] = one, far
            count += 1
    return count
