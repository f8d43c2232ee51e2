"""What has been found out about a plan while sequences were walked through it: it changes the time taken, never an answer.

Rows of costs, less their least one, are few, and so are the sets of states that cheapest ways pass between two events.
So is what an event does to them, which is worked out once and looked up from then on.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.aligning.machine import LETTER, Machine
from desirelines.trace.aligning.steps import AFTER, END, FROM, KIND, NEVER, Moves, Row, bound_costs, most_moves, whole, worthwhile
from desirelines.trace.bucket import Int
from desirelines.trace.compiled import compiled

Table = NDArray[np.int32]

ROWS, SETS, EDGES = range(3)
"""How many there are, in `Memo.counts`; ROWS and SETS also where they are in `Memo.vectors`."""
WHERE, STEP, ONWARD, MOVES = range(4)
"""Columns of an edge: a set of states and a step; the set after the event, and where the edge's moves end."""
CELLS: Final = 2**20
"""Numbers a table holds, of 4 bytes each."""
MOST: Final = 2**15
"""Entries a table holds."""
FULL = -1


class Memo(NamedTuple):
    """Tables of one thread. An event before row r whose code is the plan's letter x is step r * letters + x."""

    counts: Int
    vectors: Table
    """[2, r, s] rows of costs, less the least, and sets of states: 1 for each state in the set, else 0. Row 0 is that of
    the end, set 0 is the state that journeys start from."""
    slots: Table
    """[2, …] hash tables of the vectors"""
    steps: Table
    """[r * letters + x, 2] the row before the event (FULL: not known yet) and how much its least cost is dearer"""
    edges: Table
    """[1, e, 4]"""
    edge_slots: Table
    """[1, …]"""
    moves: Moves
    """[m, 4] those of the edges, one after the other"""
    work: Table
    """[6, s] `worthwhile` uses the last three"""
    key: Row
    """[2] of an edge"""


def new_memo(plan: Machine, cells: int = CELLS) -> Memo:
    """One that knows nothing yet, of at most some 40 megabytes; memory that is not used costs nothing."""
    states = len(plan.accepting)
    count = max(min(MOST, cells // max(states, 2 * plan.letters)), 4)
    slots = 2 << int(count).bit_length()

    def table(*shape: int) -> Table:
        return np.full(shape, -1, np.int32)

    memo = Memo(
        np.zeros(3, np.int64), table(2, count, states), table(2, slots), table(count * plan.letters + 1, 2),
        table(1, 4 * count, 4), table(1, 4 * slots), np.empty((max(cells, most_moves(plan)), 4), np.int32),
        table(6, states), table(2),
    )  # fmt: skip
    forget(plan, memo)
    return memo


def forget(plan: Machine, memo: Memo) -> None:
    """Start anew."""
    for table in (memo.slots, memo.edge_slots, memo.steps[: int(memo.counts[ROWS]) * plan.letters]):
        table.fill(-1)
    row, start = memo.work[0], memo.work[1]
    bound_costs(plan, row, END, row)
    start.fill(0)
    start[0] = 1
    interned(memo.vectors, memo.slots, ROWS, 0, row)
    interned(memo.vectors, memo.slots, SETS, 0, start)
    memo.counts[:] = 1, 1, 0


@compiled
def interned(tables: Table, slots: Table, one: int, count: int, key: Row) -> Any:
    """Where the row that begins with `key` is in tables[one], which holds `count`: put there if it is new, FULL without room."""
    mixed = np.uint64(0)
    for index in range(key.size):
        mixed = (mixed ^ np.uint64(key[index])) * np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(29)
    last = whole(slots.shape[1] - 1)
    slot = whole(mixed & np.uint64(last))
    while slots[one, slot] >= 0:
        row, index = whole(slots[one, slot]), 0
        while index < key.size and tables[one, row, index] == key[index]:
            index += 1
        if index == key.size:
            return row
        slot = (slot + 1) & last
    if count == tables.shape[1]:
        return FULL
    slots[one, slot] = count
    for index in range(key.size):
        tables[one, count, index] = key[index]
    return count


@compiled
def step_back(plan: Machine, memo: Memo, row: int, code: int) -> Any:
    """The row before an event with this code, and the step's entry filled in; FULL when there is no room."""
    later, due, least = memo.work[0], memo.work[1], whole(NEVER)
    for state in range(later.size):
        later[state] = memo.vectors[ROWS, row, state]
    bound_costs(plan, later, code, due)
    for state in range(later.size):
        due[state] = min(due[state], later[state] + 1)
        least = min(least, whole(due[state]))
    for state in range(later.size):
        due[state] = due[state] - least if later[state] < NEVER else NEVER
    found = interned(memo.vectors, memo.slots, whole(ROWS), memo.counts[ROWS], due)
    if found != FULL:
        memo.counts[ROWS] = max(memo.counts[ROWS], found + 1)
        step = row * plan.letters + plan.symbols[code, LETTER]
        memo.steps[step, 0], memo.steps[step, 1] = found, least
    return found


@compiled
def edge_of(plan: Machine, memo: Memo, where: int, step: int, code: int) -> Any:
    """What an event with this code does to a set of states, at a step; FULL when there is no room."""
    count, key = memo.counts[EDGES], memo.key
    key[0], key[1] = where, step
    edge = interned(memo.edges, memo.edge_slots, whole(0), count, key)
    if edge < count:  # also FULL
        return edge
    later, due, wanted = memo.work[0], memo.work[1], memo.work[2]
    low, row = whole(memo.edges[0, edge - 1, MOVES]) if edge > 0 else 0, step // plan.letters if code != END else 0
    for state in range(later.size):
        later[state] = memo.vectors[ROWS, row, state]
        wanted[state] = memo.vectors[SETS, where, state]
    if low + 2 * len(plan.moves) + 4 * later.size > len(memo.moves):
        return FULL
    bound_costs(plan, later, code, due)
    high = worthwhile(plan, later, due, code, wanted, memo.work, memo.moves, low)
    for state in range(later.size):
        wanted[state] = 0
    for move in range(low, high):
        if memo.moves[move, KIND] & AFTER:
            wanted[memo.moves[move, FROM]] = 1
    onward = interned(memo.vectors, memo.slots, whole(SETS), memo.counts[SETS], wanted)
    if onward == FULL:
        return FULL
    memo.counts[SETS] = max(memo.counts[SETS], onward + 1)
    memo.counts[EDGES], memo.edges[0, edge, ONWARD], memo.edges[0, edge, MOVES] = edge + 1, onward, high
    return edge
