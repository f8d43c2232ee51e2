"""The alignment kernel for plans with a table of keys: what most sequences take.

Of equally cheap ways with the same matched positions the best one matches each to the first event that will do, for an
event that is matched later may as well be matched there. So the canonical way is found by two walks: from the last event
back, the key of the rest from every state; from the first event on, the states that share the best positions so far (mostly
one) and the smallest first position among their keys. See `forks` for what is missing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.aligning.desk import Desk, new_desk
from desirelines.trace.aligning.forks import FULL, lacking, resolved
from desirelines.trace.aligning.keys import Keys
from desirelines.trace.aligning.marks import OUT_OF_ORDER, PLANNED, REPEATED, UNPLANNED
from desirelines.trace.bucket import Codes, Int
from desirelines.trace.compiled import compiled, longer

MISSED, MATCHED = range(2)
"""Columns of `Desk.seen`."""
LEFT = -1
"""In place of a cost: a sequence that needs more memory than a desk has."""


@compiled
def _read(keys: Keys, desk: Desk, codes: Codes, low: int, high: int, position: NDArray[np.int32], mark: NDArray[np.uint8]) -> int:
    """Put the events that the plan knows on the desk; returns how many."""
    last, count = np.int64(keys.letter.size - 1), 0
    foreign = keys.letter[last]
    for event in range(low, high):
        letter = keys.letter[min(np.int64(codes[event]), last)]
        desk.letter[count], desk.place[count] = letter, event
        count += 1 if letter < foreign else 0
        position[event], mark[event] = -1, UNPLANNED
    return count


@compiled
def _back(keys: Keys, desk: Desk, count: int) -> None:
    """Fill the rows. Indices are unsigned: that saves a test for each."""
    rows, table, width = desk.rows, keys.table, desk.rows.shape[1]
    costs = ~((np.int64(1) << keys.bits) - 1)
    for state in range(width):
        rows[count, state] = table[len(table) - 1, state]
    for step in range(count - 1, -1, -1):
        here, after, letter = np.uint64(step), np.uint64(step + 1), np.uint64(desk.letter[step])
        goal, over = np.uint64(keys.goals[letter]), np.uint64(keys.goals[letter + np.uint64(1)])
        base = rows[after, np.uint64(keys.target[goal])] & costs
        for state in range(width):
            rows[here, state] = min(rows[after, state], table[goal, state] + base)
        goal += np.uint64(1)
        while goal < over:
            base = rows[after, np.uint64(keys.target[goal])] & costs
            for state in range(width):
                rows[here, state] = min(rows[here, state], table[goal, state] + base)
            goal += np.uint64(1)


@compiled
def _step(keys: Keys, desk: Desk, size: int, now: int, place: int, before: int, here: int, edge: int) -> Any:
    """Write the edges of a turn from `edge` on, from states before event `before` that match `place` (counted from 1; 0: that
    end) at event `here`; returns where they end, FULL without room, and how many states they lead to."""
    rows, one, put, after = desk.rows, np.int64(1) << keys.bits, desk.put, 0
    low = high = np.int64(len(keys.table) - 1)
    if place > 0:
        letter = keys.symbol[place - 1]
        low, high = keys.goals[letter], keys.goals[letter + 1] - 1
    put[0, -1] += 1
    for index in range(size):
        state = desk.states[now, index]
        key = rows[before, state]
        if key & (one - 1) != place:
            continue
        for goal in range(low, high + 1):
            to = keys.target[goal]
            if place > 0 and keys.table[goal, state] + (rows[here + 1, to] & ~(one - 1)) != key:
                continue
            if edge == len(desk.edges):
                return FULL, after
            desk.edges[edge, 0], desk.edges[edge, 1] = state, goal
            edge += 1
            if put[0, to] != put[0, -1]:
                put[0, to], desk.states[1 - now, after] = put[0, -1], to
                after += 1
    return edge, after


@compiled
def _forth(
    keys: Keys, desk: Desk, number: int, position: NDArray[np.int32], mark: NDArray[np.uint8], missing: Int, count: int
) -> Any:
    """Write down position and mark of what is matched, and what is missing from `count` on; returns where that ends, or FULL."""
    places: Any = (np.int64(1) << keys.bits) - 1
    step, size, now, turn = 0, 1, 0, 0
    desk.states[now, 0], desk.turns[0] = 0, 0
    while True:
        before, place = step, places
        for index in range(size):
            place = min(place, desk.rows[step, desk.states[now, index]] & places)
        if place > 0:
            letter = keys.symbol[place - 1]
            while desk.letter[step] != letter:
                step += 1
            position[desk.place[step]], mark[desk.place[step]] = place - 1, PLANNED
            desk.seen[letter, MATCHED], goal = number, keys.goals[letter]
            if size == 1 and turn == 0 and keys.goals[letter + 1] == goal + 1:  # there is no other way
                count = lacking(keys, desk, goal, desk.states[now, 0], missing, count)
                desk.states[now, 0], step = keys.target[goal], step + 1
                continue
        edges, after = _step(keys, desk, size, now, place, before, step, desk.turns[turn])
        if edges == FULL:
            return FULL
        if turn == 0 and edges == 1:
            count = lacking(keys, desk, desk.edges[0, 1], desk.edges[0, 0], missing, count)
        else:
            turn += 1
            desk.turns[turn] = edges
            if place == 0 or after == 1:
                count, turn = resolved(keys, desk, turn, missing, count), 0
        if place == 0 or count == FULL:
            return count
        step, size, now = step + 1, after, 1 - now


@compiled
def _explained(
    keys: Keys, desk: Desk, number: int, known: int, mark: NDArray[np.uint8], missing: Int, first: int, count: int
) -> int:
    """Mark the events that the plan knows and that are not matched; returns where that ends of missing[first:count] that stays.

    A missing touchpoint whose event came at another place is explained by it: that is one deviation, not two. Of each
    letter's missing positions the last ones stay missing.
    """
    seen, symbol = desk.seen, keys.symbol
    for index in range(first, count):
        seen[symbol[missing[index]], MISSED] += 1
    for step in range(known):  # without branches: none of them could be foreseen
        letter, event = desk.letter[step], desk.place[step]
        alone = np.int64(mark[event] != PLANNED)
        moved = alone & np.int64(seen[letter, MISSED] > 0)
        again = alone & ~moved & np.int64(seen[letter, MATCHED] == number)
        seen[letter, MISSED] -= moved
        seen[letter, MATCHED] += moved * (number - seen[letter, MATCHED])
        mark[event] = alone * UNPLANNED + moved * (OUT_OF_ORDER - UNPLANNED) + again * (REPEATED - UNPLANNED)
    left = count
    for index in range(count - 1, first - 1, -1):
        letter = symbol[missing[index]]
        if seen[letter, MISSED] > 0:
            seen[letter, MISSED] -= 1
            left -= 1
            missing[left] = missing[index]
    for index in range(left, count):
        missing[first + index - left] = missing[index]
    return first + count - left


@compiled
def straight(
    keys: Keys, offsets: Int, codes: Codes, cost: Int, position: NDArray[np.int32], mark: NDArray[np.uint8],
    kept: Int, cells: int, forks: int,
) -> Int:  # fmt: skip
    """Align sequences [q]: fills cost [q], position [n], mark [n] and kept [q], how many positions stay missing; returns those.

    A desk holds at most so many `cells` of keys and so many edges where ways fork. What needs more is LEFT.
    """
    room, most, first = min(1024, cells), cells // keys.table.shape[1], 0
    desk, missing = new_desk(keys, room, forks), np.empty(1024, np.int64)
    for one in range(offsets.size - 1):
        low, high = offsets[one], offsets[one + 1]
        cost[one], kept[one] = LEFT, 0
        if high - low > most:
            continue
        if high - low > room:
            room = min(2 * (high - low), most)
            desk = new_desk(keys, room, forks)
        known = _read(keys, desk, codes, low, high, position, mark)
        _back(keys, desk, known)
        price = (desk.rows[0, 0] >> keys.bits) + high - low
        if first + price > missing.size:
            missing = longer(missing, first, 2 * (first + price))
        end = _forth(keys, desk, one + 1, position, mark, missing, first)
        if end == FULL:
            continue
        if price > 0:
            end = _explained(keys, desk, one + 1, known, mark, missing, first, end)
        cost[one], kept[one], first = price, end - first, end
    return longer(missing, first, first)
