"""The kernel for steps in order with all that may be asked of them: optional steps, exclusions, strictness, shared names.

A chain waits on ways: from the step it served last to each step that may come next. Events that are excluded somewhere
between the two close a way to the chains that wait on it; in a strict funnel every other event does.
"""

from __future__ import annotations

import numpy as np

from desirelines.trace.bucket import Codes, Int, Mask
from desirelines.trace.compiled import compiled, longer
from desirelines.trace.funnel.steps import NEVER, Table

UNSERVED = 2**62


@compiled
def ordered_chains(
    offsets: Int,
    event: Int,
    clock: Int,
    codes: Codes,
    serves: Table,
    bars: Table,
    optional: Mask,
    origin: Int,
    target: Int,
    between: Int,
    window: int,
) -> tuple[Int, Int]:
    """reached [u] and places [u * steps] (indices in `event`, -1 where not served) of every entry, lane by lane.

    An entry ends when it converts, or when none of its chains can go on; the next first step begins another.
    """
    steps, ways, count = optional.size, origin.size, 0
    reached, place = np.empty(64, np.int64), np.empty(64 * steps, np.int64)
    since, fresh = np.empty(ways, np.int64), np.empty(steps, np.int64)
    chains = np.empty((ways + steps + 1, steps), np.int64)
    for lane in range(offsets.size - 1):
        at = offsets[lane]
        while at < offsets[lane + 1]:
            far, where, stop = _entry(
                at, offsets[lane + 1], event, clock, codes, serves, bars, optional, origin, target, between, window, since, fresh
            )
            if far > 0:
                if count == reached.size:
                    reached, place = longer(reached, count, 2 * count), longer(place, count * steps, 2 * count * steps)
                _choose(
                    at, where, stop, far, event, clock, codes, serves, bars, optional, origin, target, between, window, chains
                )
                reached[count] = far
                for step in range(steps):
                    served = chains[ways + steps, step]
                    place[count * steps + step] = -1 if served == UNSERVED else served
                count += 1
            at = stop
    return longer(reached, count, count), longer(place, count * steps, count * steps)


@compiled
def _entry(
    low: int,
    high: int,
    event: Int,
    clock: Int,
    codes: Codes,
    serves: Table,
    bars: Table,
    optional: Mask,
    origin: Int,
    target: Int,
    between: Int,
    window: int,
    since: Int,
    fresh: Int,
) -> tuple[int, int, int]:
    """The first entry of a lane's rest: its furthest required step (from 1; 0: there is no entry), where that is first
    reached, and one past the entry's last event. `since` [way]: the latest beginning of a chain that waits there."""
    last, far, where = np.int64(serves.size - 1), 0, low
    for way in range(since.size):
        since[way] = NEVER
    for at in range(low, high):
        code, now, going = min(np.int64(codes[event[at]]), last), clock[at], False
        bits, ends = np.int64(serves[code]), np.int64(bars[code])
        for step in range(fresh.size):
            fresh[step] = NEVER
        if bits & 1:
            fresh[0] = now
        for way in range(since.size):
            if now - since[way] <= window:
                going = True
                if bits >> target[way] & 1:
                    fresh[target[way]] = max(fresh[target[way]], since[way])
        if far > 0 and not going:
            return far, where, at
        for step in range(far, fresh.size):
            if fresh[step] != NEVER and not optional[step]:
                far, where = step + 1, at
        if far == fresh.size:
            return far, where, at + 1
        for way in range(since.size):
            since[way] = max(NEVER if ends & between[way] else since[way], fresh[origin[way]])
    return far, where, high


@compiled
def _choose(
    low: int,
    where: int,
    stop: int,
    far: int,
    event: Int,
    clock: Int,
    codes: Codes,
    serves: Table,
    bars: Table,
    optional: Mask,
    origin: Int,
    target: Int,
    between: Int,
    window: int,
    chains: Int,
) -> None:
    """The first in order of the chains that reach step `far` at `where`, and the optional steps that it goes on to.

    Rows of `chains`: for each way the first in order of the chains that wait there; for each step the first of those that
    this event lengthens; the answer. UNSERVED as the first step: there is no such chain.
    """
    last, ways = np.int64(serves.size - 1), origin.size
    best = ways + optional.size
    for row in range(best):
        chains[row, 0] = UNSERVED
    for at in range(low, stop):
        if at > where and (not optional[far] or clock[at] - clock[chains[best, 0]] > window):
            return
        code = min(np.int64(codes[event[at]]), last)
        bits, ends = np.int64(serves[code]), np.int64(bars[code])
        for row in range(ways, best):
            chains[row, 0] = UNSERVED
        if bits & 1 and at <= where and clock[at] >= clock[where] - window:
            for step in range(optional.size):
                chains[ways, step] = UNSERVED
            chains[ways, 0] = at
        for way in range(ways):
            if bits >> target[way] & 1 and chains[way, 0] != UNSERVED:
                chains[way, target[way]] = at
                _keep_first(chains, way, ways + target[way], optional)
                chains[way, target[way]] = UNSERVED
        if at >= where:
            for row in range(best):
                if at == where and row != ways + far - 1:
                    chains[row, 0] = UNSERVED
            if at == where:
                chains[best, 0] = UNSERVED
            for row in range(ways, best):
                _keep_first(chains, row, best, optional)
        for way in range(ways):
            if ends & between[way]:
                chains[way, 0] = UNSERVED
            _keep_first(chains, ways + origin[way], way, optional)


@compiled
def _keep_first(chains: Int, one: int, other: int, optional: Mask) -> None:
    """Put a chain in another's row if it comes before it: by its required steps, one by one, then by its optional ones."""
    if chains[one, 0] == UNSERVED:
        return
    before, equal = chains[other, 0] == UNSERVED, chains[other, 0] != UNSERVED
    for turn in range(2):
        for step in range(optional.size):
            if equal and optional[step] == (turn == 1) and chains[one, step] != chains[other, step]:
                before, equal = chains[one, step] < chains[other, step], False
    if before:
        for step in range(optional.size):
            chains[other, step] = chains[one, step]
