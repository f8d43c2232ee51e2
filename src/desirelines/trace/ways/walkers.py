"""Kernels over occurrences that walk along their journeys, one step at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Codes, Int, Mask, Part
from desirelines.trace.compiled import compiled, longer
from desirelines.trace.counting.gaps import by_cell

EVERY, EARLIEST, LATEST = range(3)
"""Which occurrences in a journey count."""
NOWHERE = -1
"""No event: here the journey is over (looking back: not begun)."""
END = 2**32
"""Stands where a code would, for the end of a journey. Codes are smaller."""
WIDE = 2**33
"""A node and what comes next make one number: node * WIDE + code."""


@dataclass(frozen=True)
class Walkers:
    """Occurrences [w] in one part, in the order of its journeys, each standing at an event."""

    part: Part
    place: Int
    """[w] event; outside its journey for one that has not set out"""
    journey: Int
    """[w] index in the part's journeys"""
    node: Int
    """[w] where in the tree it stands"""


@compiled
def occurrences(
    start: Int, end: Int, codes: Codes, keep: Mask, limit: int, focus: int, which: int, collapse: bool
) -> tuple[Int, Int]:
    """place and journey of the events whose code is `focus`; with `collapse` only the first of a run of them."""
    place, journey = np.empty(codes.size, np.int64), np.empty(codes.size, np.int64)
    count = 0
    for one in range(start.size):
        if not keep[one]:
            continue
        first, before = count, np.int64(-1)
        for event in range(start[one], end[one]):
            code = np.int64(codes[event])
            if code >= limit:
                continue
            if code == focus and not (collapse and before == code):
                count = count if which == EVERY else first
                place[count], journey[count] = event, one
                count += 1
                if which == EARLIEST:
                    break
            before = code
    return longer(place, count, count), longer(journey, count, count)


@compiled
def _next(codes: Codes, limit: int, low: int, high: int, place: int, forward: bool, collapse: bool) -> int:
    """The event one step on from `place` in the journey low..high, or NOWHERE. A run that collapses stands at its first."""
    step = 1 if forward else -1
    here = np.int64(codes[place]) if collapse and low <= place < high else np.int64(-1)
    event = place + step
    while low <= event < high and (np.int64(codes[event]) >= limit or np.int64(codes[event]) == here):
        event += step
    if event < low or event >= high:
        return NOWHERE
    if collapse and not forward:
        code, back = codes[event], event - 1
        while back >= low and (np.int64(codes[back]) >= limit or codes[back] == code):
            event = back if codes[back] == code else event
            back -= 1
    return int(event)


@compiled
def _slot(table: NDArray[np.int32], keys: Int, key: int) -> int:
    """Where in the hash table `key` stands, or would stand."""
    mixed = np.uint64(key) * np.uint64(0x9E3779B97F4A7C15)
    slot = np.int64(mixed >> np.uint64(20)) & (table.size - 1)
    while table[slot] >= 0 and keys[table[slot]] != key:
        slot = (slot + 1) & (table.size - 1)
    return int(slot)


@compiled
def look(
    start: Int, end: Int, codes: Codes, limit: int, forward: bool, collapse: bool, place: Int, journey: Int, node: Int
) -> tuple[Int, NDArray[np.int32], Int, Int]:
    """What comes next: for each walker [w] the event (NOWHERE: none) and the number of its crossing; and, per crossing
    [c], its key (node * WIDE + code or END) and how many walkers take it."""
    ahead, crossing = np.empty(place.size, np.int64), np.empty(place.size, np.int32)
    table, keys, counts = np.full(1024, -1, np.int32), np.empty(512, np.int64), np.zeros(512, np.int64)
    found = 0
    for one in range(place.size):
        mine = journey[one]
        event = _next(codes, limit, start[mine], end[mine], place[one], forward, collapse)
        key = node[one] * WIDE + (END if event == NOWHERE else np.int64(codes[event]))
        slot = _slot(table, keys, key)
        if table[slot] < 0:
            if found == keys.size:
                keys, counts = longer(keys, found, 2 * found), longer(counts, found, 2 * found)
                table = np.full(4 * found, -1, np.int32)
                for old in range(found):
                    table[_slot(table, keys, keys[old])] = old
                slot = _slot(table, keys, key)
            table[slot], keys[found], counts[found] = found, key, 0
            found += 1
        ahead[one], crossing[one] = event, table[slot]
        counts[table[slot]] += 1
    return ahead, crossing, longer(keys, found, found), longer(counts, found, found)


@compiled
def arrive(
    crossing: NDArray[np.int32], child: Int, at: Int, place: Int, ahead: Int, journey: Int, person: Int, size: int, timed: bool
) -> tuple[Int, Int, Int, Int, Int]:
    """Per node [size]: walkers, distinct journeys, distinct customers, steps with a time; and those times, node by node.

    `child` [c] is the node that a crossing leads to, -1: none. One journey's walkers stand together, and so do one
    customer's: that is what makes a stamp enough.
    """
    counts, journeys, people = np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(size, np.int64)
    last_journey, last_person, times = np.full(size, -1, np.int64), np.zeros(size, np.int64), np.zeros(size, np.int64)
    node, taken = np.empty(place.size, np.int64), np.empty(place.size, np.int64)
    count = 0
    for one in range(crossing.size):
        to = child[crossing[one]]
        if to < 0:
            continue
        counts[to] += 1
        if timed and ahead[one] != NOWHERE:
            node[count], taken[count] = to, abs(at[ahead[one]] - at[place[one]])
            times[to] += 1
            count += 1
        if last_journey[to] != journey[one]:
            last_journey[to] = journey[one]
            journeys[to] += 1
            whose = person[journey[one]]
            if whose != 0 and last_person[to] != whose:
                last_person[to] = whose
                people[to] += 1
    bounds = np.zeros(size + 1, np.int64)
    for to in range(size):
        bounds[to + 1] = bounds[to] + times[to]
    return counts, journeys, people, times, by_cell(node, taken, count, bounds)


@compiled
def onward(crossing: NDArray[np.int32], child: Int, opened: Int, ahead: Int, journey: Int) -> tuple[Int, Int, Int]:
    """place, journey and node of the walkers that go on: those whose node is opened, as node opened[node]."""
    place, mine, node = np.empty(crossing.size, np.int64), np.empty(crossing.size, np.int64), np.empty(crossing.size, np.int64)
    count = 0
    for one in range(crossing.size):
        to = child[crossing[one]]
        if to >= 0 and opened[to] >= 0:
            place[count], mine[count], node[count] = ahead[one], journey[one], opened[to]
            count += 1
    return longer(place, count, count), longer(mine, count, count), longer(node, count, count)
