"""Chains: what happens on a way through the plan, as linked lists of matched and of missing positions that share tails.

Of chains of equal cost the one wins whose matched plan positions are lexicographically smallest, then the events they
are matched to, then the missing positions in the order of the way. Putting a move in front of two chains does not
change which of them comes first.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from desirelines.trace.bucket import Int
from desirelines.trace.compiled import compiled

POSITION, EVENT, NEXT, MATCH, JUMP, HASH = range(6)
"""Columns of a node; EVENT is -1 where the position is missing, MATCH is the first matched node from here on or -1.

JUMP is the matched node BLOCK matched nodes further on (-1: none, UNKNOWN: not asked yet), HASH of the positions before it.
"""
BLOCK = 512
UNKNOWN = -2


@compiled
def _after(nodes: Int, node: int) -> Any:
    """The next matched node, -1 at the end."""
    onward = nodes[node, NEXT]
    return nodes[onward, MATCH] if onward >= 0 else -1


@compiled
def _look_ahead(nodes: Int, node: int) -> None:
    """Fill JUMP and HASH of a matched node, once."""
    if nodes[node, JUMP] != UNKNOWN:
        return
    mixed, here = np.uint64(0), node
    for _ in range(BLOCK):
        mixed = (mixed ^ np.uint64(nodes[here, POSITION])) * np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(29)
        here = _after(nodes, here)
        if here < 0:
            break
    nodes[node, JUMP], nodes[node, HASH] = here, np.int64(mixed)


@compiled
def compare(nodes: Int, one: int, other: int) -> int:
    """Negative, 0 or positive as chain `one` comes before, equals or comes after chain `other`; both cost the same."""
    if one == other:
        return 0
    left = nodes[one, MATCH] if one >= 0 else -1
    right = nodes[other, MATCH] if other >= 0 else -1
    events, steps = 0, 0
    while left != right and left >= 0 and right >= 0:
        if nodes[left, POSITION] != nodes[right, POSITION]:
            return -1 if nodes[left, POSITION] < nodes[right, POSITION] else 1
        if events == 0 and nodes[left, EVENT] != nodes[right, EVENT]:
            events = -1 if nodes[left, EVENT] < nodes[right, EVENT] else 1
        steps += 1
        if events != 0 and steps >= BLOCK:  # long repeating plans: compare what is alike block by block
            steps = 0
            _look_ahead(nodes, left)
            _look_ahead(nodes, right)
            if nodes[left, JUMP] >= 0 and nodes[right, JUMP] >= 0 and nodes[left, HASH] == nodes[right, HASH]:
                left, right, steps = nodes[left, JUMP], nodes[right, JUMP], BLOCK
                continue
        left, right = _after(nodes, left), _after(nodes, right)
    if left != right:
        return -1 if left < 0 else 1
    return events if events != 0 else _compare_missing(nodes, one, other, left)


@compiled
def _compare_missing(nodes: Int, one: int, other: int, shared: int) -> int:
    """The same for missing positions; from node `shared` on the chains are one."""
    while True:
        while one != shared and nodes[one, EVENT] >= 0:
            one = nodes[one, NEXT]
        while other != shared and nodes[other, EVENT] >= 0:
            other = nodes[other, NEXT]
        if shared in (one, other) or one == other:
            return 0
        if nodes[one, POSITION] != nodes[other, POSITION]:
            return -1 if nodes[one, POSITION] < nodes[other, POSITION] else 1
        one, other = nodes[one, NEXT], nodes[other, NEXT]


@compiled
def swept(nodes: Int, top: int, roots: Int, room: int) -> tuple[Int, int]:
    """Nodes with at least `room` free ones: those that no root leads to are dropped, the rest moved together."""
    place = np.zeros(top, np.int64)
    for index in range(roots.size):
        if roots[index] >= 0:
            place[roots[index]] = 1
    for node in range(top - 1, -1, -1):  # a node's successor always lies below it
        if place[node] == 1 and nodes[node, NEXT] >= 0:
            place[nodes[node, NEXT]] = 1
    live = 0
    for node in range(top):
        alive = place[node] == 1
        place[node] = live if alive else -1
        if alive:
            nodes[live, POSITION], nodes[live, EVENT] = nodes[node, POSITION], nodes[node, EVENT]
            nodes[live, NEXT] = place[nodes[node, NEXT]] if nodes[node, NEXT] >= 0 else -1
            nodes[live, MATCH] = place[nodes[node, MATCH]] if nodes[node, MATCH] >= 0 else -1
            nodes[live, JUMP] = place[nodes[node, JUMP]] if nodes[node, JUMP] >= 0 else nodes[node, JUMP]
            nodes[live, HASH] = nodes[node, HASH]
            live += 1
    for index in range(roots.size):
        roots[index] = place[roots[index]] if roots[index] >= 0 else -1
    if (live + room) * 2 > len(nodes):
        wider = np.empty(((live + room) * 4, 6), np.int64)
        for node in range(live):
            for column in range(6):
                wider[node, column] = nodes[node, column]
        nodes = wider
    return nodes, live
