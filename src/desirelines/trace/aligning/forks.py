"""What is missing on the best way: along one step of it, and along a stretch where equally good ways lie side by side."""

from __future__ import annotations

from typing import Any

import numpy as np

from desirelines.trace.aligning.desk import Desk
from desirelines.trace.aligning.keys import Keys
from desirelines.trace.aligning.machine import EXPECTED, TARGET
from desirelines.trace.bucket import Int
from desirelines.trace.compiled import compiled

FULL = -1
AWAY = -2
NONE = 2**62


@compiled
def lacking(keys: Keys, desk: Desk, goal: int, state: int, missing: Int, count: int) -> int:
    """Put what is missing on the way from a state to a goal into `missing` from `count` on; returns where that ends.

    Of the shortest ways it is the one whose missing positions are lexicographically smallest.
    """
    key, table, put, one = keys.table[goal, state], keys.table, desk.put, np.int64(1) << keys.bits
    steps = (key >> keys.bits) + (1 if goal < len(table) - 1 else 0)
    size, now, then = 1, 2, 3
    desk.states[now, 0] = state
    for _ in range(steps):
        put[1, -1] += 1
        least, index, after = NONE, 0, 0
        while index < size:  # grows by what silent moves lead to
            here = desk.states[now, index]
            index += 1
            for move in range(keys.bounds[here], keys.bounds[here + 1]):
                place, to = keys.moves[move, EXPECTED], keys.moves[move, TARGET]
                if place < 0 and table[goal, to] == key and put[1, to] != put[1, -1]:
                    put[1, to], desk.states[now, size] = put[1, -1], to
                    size += 1
                if place < 0 or place > least or table[goal, to] != key - one:
                    continue
                if place < least:
                    least, after = place, 0
                    put[2, -1] += 1
                if put[2, to] != put[2, -1]:
                    put[2, to], desk.states[then, after] = put[2, -1], to
                    after += 1
        missing[count] = least
        count, key, size, now, then = count + 1, key - one, after, then, now
    return count


@compiled
def _first(nodes: Int, one: int, other: int) -> bool:
    """Whether chain `one` comes before chain `other`, which is as long."""
    while one != other:
        if nodes[one, 0] != nodes[other, 0]:
            return bool(nodes[one, 0] < nodes[other, 0])
        one, other = nodes[one, 1], nodes[other, 1]
    return False


@compiled
def resolved(keys: Keys, desk: Desk, turns: int, missing: Int, count: int) -> Any:
    """Put what is missing along the first `turns` of the desk into `missing` from `count` on; returns where it ends, or FULL.

    All ways begin at one state and end at one state or with the plan, and match the same positions to the same events.
    From the last turn back: the best chain of each state is made of those of the states after it.
    """
    now, later, top, nodes = 0, 1, 0, desk.nodes
    last = desk.edges[desk.turns[turns] - 1, 1]
    desk.chain[later, keys.target[last]] = -1
    for turn in range(turns - 1, -1, -1):
        for state in range(desk.chain.shape[1]):
            desk.chain[now, state] = AWAY
        for edge in range(desk.turns[turn], desk.turns[turn + 1]):
            state, goal, begin = desk.edges[edge, 0], desk.edges[edge, 1], top
            chain = desk.chain[later, keys.target[goal]]
            if chain == AWAY:  # a state that went on to match a larger position
                continue
            end = lacking(keys, desk, goal, state, missing, count)
            if top + end - count > len(nodes):
                return FULL
            for place in range(end - 1, count - 1, -1):
                nodes[top, 0], nodes[top, 1] = missing[place], chain
                chain = top
                top += 1
            if desk.chain[now, state] == AWAY or _first(nodes, chain, desk.chain[now, state]):
                desk.chain[now, state] = chain
            else:
                top = begin
        now, later = later, now
    node = desk.chain[later, desk.edges[0, 0]]
    while node >= 0:
        missing[count] = nodes[node, 0]
        count, node = count + 1, nodes[node, 1]
    return count
