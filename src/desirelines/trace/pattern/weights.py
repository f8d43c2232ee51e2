"""For every event of a journey how late a `within` group must have begun for a match to follow.

One walk from the last event back gives for every position and all that is awaited the earliest event that the clock may have
begun with, 0 where no clock runs, NEVER where no match follows. One clock runs at a time, so this is exact. Limits of gaps are
windows that move one way only, whose least value a queue keeps; so time grows with the length of the journey, not its square.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desirelines.errors import TooLarge
from desirelines.trace.bucket import Int
from desirelines.trace.compiled import compiled
from desirelines.trace.pattern.automaton import (
    AFTER_LEAST,
    AFTER_MOST,
    BAR,
    DONE,
    FRESH,
    HIGH,
    LEAST,
    LIMITED,
    LOW,
    MOST,
    NEXT,
    STARTS,
    TARGET,
    WAIT,
    WAY,
    Net,
)

NEVER: Final = 2**31 - 1
MOST_CELLS: Final = 2**27
"""Numbers of 4 bytes that one journey may need."""
Table = NDArray[np.int32]
whole: Any = np.int64


class Room(NamedTuple):
    """Memory for one journey of up to n events."""

    kinds: Table
    """[n]"""
    at: Int
    """[n]"""
    table: Table
    """[(n + 1) * (p + w)] row i + 1 is that of event i; row 0 stands before the first"""
    queue: Table
    """[w * n] events whose values may be the least of a window, the latest first"""
    ends: Int
    """[w, 3] where each queue begins and ends, and the next event to come into its window"""
    bar: Int
    """[b] the next event of the barred kinds"""
    clock: Int
    """[d] the earliest event that a group ending here may begin with"""
    live: NDArray[np.bool_]
    """[w]"""


def new_room(net: Net, count: int) -> Room:
    """Raises TooLarge where that is too much."""
    positions, waits = len(net.clock), len(net.waits)
    cells = (count + 1) * (positions + 2 * waits)
    if cells > MOST_CELLS:
        raise TooLarge(
            f"a journey of {count:,} events and a pattern of {positions:,} need {cells:,} numbers at once; "
            f"at most {MOST_CELLS:,} are held",
            hint="cut journeys by a gap, or ask for less",
        )
    return Room(
        np.empty(count, np.int32), np.empty(count, np.int64), np.empty((count + 1) * (positions + waits), np.int32),
        np.empty(waits * count, np.int32), np.empty((waits, 3), np.int64), np.empty(len(net.bars), np.int64),
        np.empty(len(net.within), np.int64), np.empty(waits, np.bool_),
    )  # fmt: skip


@compiled
def weigh(net: Net, count: int, room: Room) -> None:
    """Fill the table for the first `count` events."""
    options, waits, kinds, at, table, queue, ends = net.options, net.waits, room.kinds, room.at, room.table, room.queue, room.ends
    positions, bar, clock = whole(net.clock.size), room.bar, room.clock
    width, stride = positions + len(waits), whole(kinds.size)
    for wait in range(len(waits)):
        ends[wait, 0], ends[wait, 1], ends[wait, 2] = 0, 0, count - 1
    for index in range(bar.size):
        bar[index] = count
    for event in range(count - 1, -2, -1):
        row = (event + 1) * width
        after = row + width
        for wait in range(len(waits)):
            to, least = waits[wait, TARGET], whole(NEVER)
            if to < 0:
                least = whole(0) if bar[waits[wait, BAR]] == count else whole(NEVER)
            elif waits[wait, LIMITED] == 0:
                if event + 1 < count:
                    least = whole(table[after + to])
                    if waits[wait, STARTS] != 0:
                        least = whole(0) if event + 1 >= least else whole(NEVER)
                    if bar[waits[wait, BAR]] > event + 1:
                        least = min(least, whole(table[after + positions + wait]))
            elif event >= 0:  # nothing limits what comes before the first event
                least = whole(_window(waits, wait, table, width, queue, wait * stride, ends, at, event, bar[waits[wait, BAR]]))
            table[row + positions + wait] = least
        if event < 0:
            break
        for index in range(clock.size):
            earliest = min(clock[index], event) if event < count - 1 else event
            while earliest > 0 and at[event] - at[earliest - 1] <= net.within[index]:
                earliest -= 1
            clock[index] = earliest
        for place in range(positions):
            table[row + place] = NEVER
        kind = kinds[event]
        for index in range(net.taken[kind], net.taken[kind + 1]):
            place, least = net.places[index], whole(NEVER)
            for option in range(net.bounds[place], net.bounds[place + 1]):
                way, low = options[option, WAY], options[option, LOW]
                if way == NEXT:
                    if event + 1 < count and options[option, LEAST] <= at[event + 1] - at[event] <= options[option, MOST]:
                        value = whole(table[after + low])
                        if options[option, FRESH] != 0:
                            value = whole(0) if event + 1 >= value else whole(NEVER)
                        least = min(least, value)
                elif way == WAIT:
                    for wait in range(low, options[option, HIGH]):
                        least = min(least, whole(table[row + positions + wait]))
                elif way == DONE or event == count - 1:
                    least = whole(0)
            if net.clock[place] >= 0:
                least = max(least, clock[net.clock[place]])
            table[row + place] = least
        for index in range(bar.size):
            if net.bars[index, kind] == 1:
                bar[index] = event


@compiled
def _window(
    waits: Int, wait: int, table: Table, width: int, queue: Table, base: int, ends: Int, at: Int, event: int, barred: int
) -> int:
    """The least value of what is awaited, over the events after this one that its limits allow."""
    low, high, comes, to, starts = ends[wait, 0], ends[wait, 1], ends[wait, 2], waits[wait, TARGET], waits[wait, STARTS] != 0
    while comes > event and at[comes] - at[event] >= waits[wait, AFTER_LEAST]:
        value = whole(table[(comes + 1) * width + to])
        if starts:
            value = whole(0) if comes >= value else whole(NEVER)
        if value < NEVER:
            while high > low and (starts or table[(queue[base + high - 1] + 1) * width + to] >= value):
                high -= 1
            queue[base + high] = comes
            high += 1
        comes -= 1
    while high > low and (queue[base + low] > barred or at[queue[base + low]] - at[event] > waits[wait, AFTER_MOST]):
        low += 1
    ends[wait, 0], ends[wait, 1], ends[wait, 2] = low, high, comes
    if high == low:
        return NEVER
    return 0 if starts else int(table[(queue[base + low] + 1) * width + to])
