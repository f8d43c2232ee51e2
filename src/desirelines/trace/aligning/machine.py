"""A planned journey as arrays, in the form and order in which the alignment kernel walks it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from desirelines.errors import BadInput
from desirelines.model.automaton import SILENT, Automaton
from desirelines.trace.bucket import Int, Mask


class Machine(NamedTuple):
    """Moves [t] sorted by origin; those of state s are bounds[s]:bounds[s + 1]. Few arrays: each takes long to compile."""

    bounds: Int
    moves: Int
    """[t, 3] ORIGIN, TARGET, and EXPECTED, a plan position or SILENT"""
    symbols: Int
    """[largest symbol + 1, 3] the moves that expect symbol x are by_symbol[symbols[x, LOW]:symbols[x, HIGH]]; LETTER counts
    the symbols that some move expects from 0, and is -1 for the others"""
    by_symbol: Int
    order: Int
    """[s] states, each after those it leads to, as far as loops allow"""
    accepting: Mask
    position_symbol: Int
    """[p] code of each plan position"""
    letters: int
    """How many symbols moves expect"""
    looped: int
    """1 when moves form a cycle, else 0"""


ORIGIN, TARGET, EXPECTED = range(3)
LOW, HIGH, LETTER = range(3)


def machine(automaton: Automaton) -> Machine:
    """Raises BadInput when no end can be reached, or when silent moves form a cycle."""
    states = automaton.state_count
    moves = np.argsort(automaton.origin, kind="stable")
    origin, target, position = (
        np.asarray(column, np.int64)[moves] for column in (automaton.origin, automaton.target, automaton.position)
    )
    bounds = np.searchsorted(origin, np.arange(states + 1)).astype(np.int64)
    symbols = np.array([place.symbol for place in automaton.positions], dtype=np.int64)
    order, looped = _post_order(states, bounds, target)
    _check(states, order, bounds, target, position, np.asarray(automaton.accepting, np.bool_))
    loud = np.flatnonzero((position != SILENT) & np.isin(origin, order))
    symbol = symbols[position[loud]]
    by_symbol = loud[np.argsort(symbol, kind="stable")].astype(np.int64)
    places = np.searchsorted(np.sort(symbol), np.arange(int(symbols.max(initial=-1)) + 2))
    known = np.diff(places) > 0
    table = np.column_stack((places[:-1], places[1:], np.where(known, np.cumsum(known) - 1, -1))).astype(np.int64)
    accepting = np.array(automaton.accepting, dtype=np.bool_)
    every = np.column_stack((origin, target, position))
    return Machine(bounds, every, table, by_symbol, order, accepting, symbols, int(known.sum()), int(looped))


def _post_order(states: int, bounds: Int, target: Int) -> tuple[Int, bool]:
    """States reached from 0, each after all it leads to but for loops; and whether there is a loop."""
    order: list[int] = []
    state = [0] * states  # 0 not seen, 1 on the way, 2 done
    looped = False
    stack = [(0, int(bounds[0]))]
    state[0] = 1
    while stack:
        here, move = stack.pop()
        if move == bounds[here + 1]:
            state[here] = 2
            order.append(here)
            continue
        stack.append((here, move + 1))
        to = int(target[move])
        looped = looped or state[to] == 1
        if state[to] == 0:
            state[to] = 1
            stack.append((to, int(bounds[to])))
    return np.array(order, dtype=np.int64), looped


def _check(states: int, order: Int, bounds: Int, target: Int, position: Int, accepting: Mask) -> None:
    if not accepting[order].any():
        raise BadInput("the planned journey has no end that can be reached", hint="let the last step be an end")
    silent = np.where(position == SILENT)[0]
    starts = np.searchsorted(bounds, silent, side="right") - 1
    ways = [(int(start), int(to)) for start, to in zip(starts, target[silent], strict=True)]
    alive = set(range(states))
    while ways:  # take away states that no silent move leaves, until only cycles are left
        leaving = {start for start, to in ways if to in alive}
        if leaving == alive:
            raise BadInput("silent moves of the planned journey form a cycle", hint="take one of them away")
        alive, ways = leaving, [(start, to) for start, to in ways if start in leaving and to in leaving]
