"""What one event means for every state of a plan: the costs of the row before it, and the moves that are worth their cost.

A row holds, for each state, the least cost of bringing the rest of a sequence to an end from there. Between two matches
the order of unplanned events and missing positions makes no difference, so ways take their unplanned events first: a
state is fresh until the first missing position, and bound from then on, until the next match or the end.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.model.automaton import SILENT
from desirelines.trace.aligning.chains import EVENT, JUMP, MATCH, NEXT, POSITION, UNKNOWN, compare
from desirelines.trace.aligning.machine import EXPECTED, HIGH, LOW, ORIGIN, TARGET, Machine
from desirelines.trace.bucket import Int
from desirelines.trace.compiled import compiled

Row = NDArray[np.int32]
Moves = NDArray[np.int32]
"""[m, 4] moves worth their cost, those a move builds on before it; columns as follows"""

TO, FROM, PLACE, KIND = range(4)
"""TO and FROM are states, bound ones after all fresh ones; PLACE is a plan position or SILENT: nothing to be written down."""
whole: Any = np.int64
"""Kernels are compiled once when all their numbers are whole numbers of this type, and no constants."""
FIRST, AFTER, OVER = 1, 2, 4
"""KIND: the first move offered to TO; FROM is a fresh state after the event; nothing more is expected."""
NEVER = 2**30
END = -1
"""In place of a code: the sequence is over."""


@compiled
def bound_costs(plan: Machine, later: Row, code: int, due: Row) -> None:
    """Fill `due` with the costs of bound states before an event with this code; `later` is the row after it."""
    for state in range(due.size):
        due[state] = NEVER
    if code == END:
        for index in range(plan.order.size):
            if plan.accepting[plan.order[index]]:
                due[plan.order[index]] = 0
    else:
        for index in range(plan.symbols[code, LOW], plan.symbols[code, HIGH]):
            move = plan.by_symbol[index]
            state, least = plan.moves[move, ORIGIN], later[plan.moves[move, TARGET]]
            due[state] = min(due[state], least)
    again = True
    while again:
        again = False
        for index in range(plan.order.size):
            state = plan.order[index]
            least = due[state]
            for move in range(plan.bounds[state], plan.bounds[state + 1]):
                least = min(least, due[plan.moves[move, TARGET]] + (1 if plan.moves[move, EXPECTED] >= 0 else 0))
            if least < due[state]:
                due[state] = least
                again = plan.looped == 1


@compiled
def _add(moves: Moves, top: int, to: int, start: int, place: int, kind: int) -> int:
    """Write one move down; returns the new top."""
    moves[top, TO], moves[top, FROM], moves[top, PLACE], moves[top, KIND] = to, start, place, kind
    return top + 1


@compiled
def _bound_moves(plan: Machine, later: Row, due: Row, code: int, state: int, moves: Moves, top: int) -> int:
    """The moves of one bound state that are worth their cost."""
    here, kind = due.size + state, FIRST
    if code == END and plan.accepting[state]:
        return _add(moves, top, here, state, whole(SILENT), whole(FIRST | OVER))
    for move in range(plan.bounds[state], plan.bounds[state + 1]):
        place, to = plan.moves[move, EXPECTED], plan.moves[move, TARGET]
        if place >= 0 and code == plan.position_symbol[place] and later[to] == due[state]:
            top, kind = _add(moves, top, here, to, place, kind | AFTER), 0
        if due[to] + (1 if place >= 0 else 0) == due[state]:
            top, kind = _add(moves, top, here, due.size + to, place, kind), 0
    return top


@compiled
def worthwhile(
    plan: Machine, later: Row, due: Row, code: int, wanted: Row, work: NDArray[np.int32], moves: Moves, top: int
) -> int:
    """Write down, from `top` on, the moves that are worth their cost from the wanted fresh states; returns the new top.

    At most `most_moves` are. `later` and `due` as in `bound_costs`; `wanted` [s] is 0 or 1; `work` [6, s] lends its last three.
    """
    seen, stack, turn = work[3], work[4], work[5]
    for state in range(due.size):
        seen[state] = 0
    for state in range(due.size):
        if wanted[state] == 0 or min(later[state], due[state]) >= NEVER:
            continue
        alone = later[state] + 1 if code != END else NEVER  # the event unplanned
        kind = FIRST
        if alone <= due[state]:
            top, kind = _add(moves, top, state, state, whole(SILENT), whole(FIRST | AFTER)), 0
        if alone < due[state]:
            continue
        depth = 0
        if seen[state] == 0:
            seen[state], stack[0], turn[0], depth = 1, state, plan.bounds[state], 1
        while depth > 0:  # what a bound state builds on comes before it
            here, move = whole(stack[depth - 1]), turn[depth - 1]
            if move == plan.bounds[here + 1]:
                top = _bound_moves(plan, later, due, code, here, moves, top)
                depth -= 1
                continue
            turn[depth - 1] += 1
            to = plan.moves[move, TARGET]
            if seen[to] == 0 and due[to] + (1 if plan.moves[move, EXPECTED] >= 0 else 0) == due[here]:
                seen[to], stack[depth], turn[depth] = 1, to, plan.bounds[to]
                depth += 1
        top = _add(moves, top, state, due.size + state, whole(SILENT), kind)
    return top


def most_moves(plan: Machine) -> int:
    """More than `worthwhile` ever writes down."""
    return 2 * len(plan.moves) + 4 * len(plan.accepting)


@compiled
def follow(moves: Moves, low: int, high: int, event: int, nodes: Int, top: int, chain: Int, later: Int) -> int:
    """Make the chains before an event of those after it, by moves[low:high]; returns the new top of the nodes."""
    for move in range(low, high):
        to, place, kind = moves[move, TO], moves[move, PLACE], moves[move, KIND]
        onward = whole(-1)
        if kind & OVER == 0:
            onward = later[moves[move, FROM]] if kind & AFTER else chain[moves[move, FROM]]
        mine = onward
        if place >= 0:
            mine = whole(top)
            nodes[top, POSITION], nodes[top, NEXT], nodes[top, JUMP] = place, onward, UNKNOWN
            if kind & AFTER:
                nodes[top, EVENT], nodes[top, MATCH] = event, top
            else:
                nodes[top, EVENT], nodes[top, MATCH] = -1, (nodes[onward, MATCH] if onward >= 0 else -1)
        if kind & FIRST or compare(nodes, mine, chain[to]) < 0:
            chain[to] = mine
            if place >= 0:
                top += 1
    return top
