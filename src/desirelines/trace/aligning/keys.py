"""What it takes to match an event, for every state of a plan at once: a table, if the plan is small enough for one.

A key is a cost and, in its lowest bits, the first plan position that is matched, counted from 1 (0: none). The smaller key
is the better way, so one minimum finds both the least cost and the first position in the order of ties.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.aligning.machine import EXPECTED, LETTER, TARGET, Machine
from desirelines.trace.bucket import Int

STATES: Final = 256
"""At most so many states …"""
MOVES: Final = 4096
"""… and moves …"""
CELLS: Final = 2**12
"""… and targets of one letter, times states: with more, walking the moves takes less time than the table."""
NEVER: Final = 2**60
"""Beyond every key; two of them and all that a sequence takes away can be added."""
LANES: Final = 4
"""States are padded to a multiple, so that a core works on several at once."""


class Keys(NamedTuple):
    """A goal is a letter and a state that a match of the letter leads to; the last goal is the plan's end."""

    table: Int
    """[goals, w] from each state to the goal, past what is missing before it. A match saves the cost of the event unplanned,
    which is taken off beforehand; an event that is not matched then changes nothing."""
    target: Int
    """[goals] the state"""
    goals: Int
    """[letters + 1] those of letter x are goals[x]:goals[x + 1]"""
    letter: NDArray[np.int32]
    """[largest symbol + 2] letter of each symbol; `letters` where no move expects it, and in the last entry"""
    symbol: Int
    """[p] letter of each plan position"""
    bounds: Int
    moves: Int
    """As in `Machine`."""
    bits: int
    """How many bits of a key the position takes"""


def keys(plan: Machine) -> Keys | None:
    """None when the plan is too large."""
    states = len(plan.accepting)
    if states > STATES or len(plan.moves) > MOVES:
        return None
    symbol = plan.position_symbol[plan.moves[plan.by_symbol, EXPECTED]]
    wanted = np.column_stack((plan.symbols[symbol, LETTER], plan.moves[plan.by_symbol, TARGET])).reshape(-1, 2)
    goals, goal = np.unique(wanted, axis=0, return_inverse=True)
    bounds = np.searchsorted(goals[:, 0], np.arange(plan.letters + 1)).astype(np.int64)
    width = -(-states // LANES) * LANES
    if int(np.diff(bounds).max(initial=0)) * width > CELLS:
        return None
    bits = len(plan.position_symbol).bit_length()
    far, one = _distances(plan), 1 << bits
    table = np.full((len(goals) + 1, width), NEVER, np.int64)
    for row, move in zip(goal.ravel().tolist(), plan.by_symbol.tolist(), strict=True):
        origin, _, place = plan.moves[move].tolist()
        table[row, :states] = np.minimum(table[row, :states], _key(far[:, origin], one, place + 1 - one))
    ends = far[:, plan.accepting].min(axis=1)
    table[-1, :states] = _key(ends, one, 0)
    letters = np.append(np.where(plan.symbols[:, LETTER] < 0, plan.letters, plan.symbols[:, LETTER]), plan.letters)
    mine = letters[np.minimum(plan.position_symbol, len(letters) - 1)]
    return Keys(table, np.append(goals[:, 1], 0), bounds, letters.astype(np.int32), mine, plan.bounds, plan.moves, bits)


def _key(missing: Int, one: int, position: int) -> Int:
    return np.where(missing < NEVER, missing * one + position, NEVER)


def _distances(plan: Machine) -> Int:
    """[s, s] the least number of missing positions from one state to another."""
    states = len(plan.accepting)
    far = np.full((states, states), NEVER, np.int64)
    np.fill_diagonal(far, 0)
    again = True
    while again:
        before = far.copy()
        for state in plan.order.tolist():
            for move in plan.moves[plan.bounds[state] : plan.bounds[state + 1]]:
                far[state] = np.minimum(far[state], far[move[TARGET]] + (1 if move[EXPECTED] >= 0 else 0))
        np.minimum(far, NEVER, out=far)
        again = bool(plan.looped) and not np.array_equal(before, far)
    return far
