"""The alignment kernel: for each sequence the cheapest way through the plan, and of equally cheap ones the canonical one.

Row by row from the last event back, `cost[s]` is the least cost of bringing the rest of the sequence to an end from
state s, and `chain[s]` is what happens on that way: a linked list of matched and of missing positions. Two rows are
kept, whatever the length of the sequence; chains share their tails, and what no row leads to any more is swept out.

Of equal costs the chain wins whose matched plan positions are lexicographically smallest, then the events they are
matched to, then the missing positions in the order of the way. Putting a move in front of two chains does not change
which of them comes first, so the best of a state is made of the best of its successors.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.aligning.machine import Machine
from desirelines.trace.aligning.marks import expected, marked
from desirelines.trace.bucket import Codes, Int
from desirelines.trace.compiled import compiled, longer

POSITION, EVENT, NEXT, MATCH, JUMP, HASH = range(6)
"""Columns of a node; EVENT is -1 where the position is missing, MATCH is the first matched node from here on or -1.

JUMP is the matched node BLOCK matched nodes further on (-1: none, UNKNOWN: not asked yet), HASH of the positions before it.
"""
BLOCK = 512
UNKNOWN = -2
NEVER = 2**40


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
def _compare(nodes: Int, one: int, other: int) -> int:
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
def _offer(
    nodes: Int, top: int, state: int, price: int, position: int, event: int, onward: int, cost: Int, chain: Int, better: Int
) -> int:
    """Give `state` the way that costs `price` and goes on with chain `onward`, if it is better; returns the new top.

    `position` SILENT adds no node; `event` -1 says that the position is missing. `better` [s] notes who got better.
    """
    if price > cost[state]:
        return top
    mine = onward
    if position >= 0:
        mine = top
        nodes[top, POSITION], nodes[top, EVENT], nodes[top, NEXT], nodes[top, JUMP] = position, event, onward, UNKNOWN
        nodes[top, MATCH] = top if event >= 0 else (nodes[onward, MATCH] if onward >= 0 else -1)
    if price == cost[state] and _compare(nodes, mine, chain[state]) >= 0:
        return top
    cost[state], chain[state], better[state] = price, mine, 1
    return top + 1 if position >= 0 else top


@compiled
def _swept(nodes: Int, top: int, chain: Int, onward: Int, room: int) -> tuple[Int, int]:
    """Nodes with at least `room` free ones: those that neither row leads to are dropped, the rest moved together."""
    if top + room <= len(nodes):
        return nodes, top
    place = np.zeros(top, np.int64)
    for row in (chain, onward):
        for state in range(row.size):
            if row[state] >= 0:
                place[row[state]] = 1
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
    for row in (chain, onward):
        for state in range(row.size):
            row[state] = place[row[state]] if row[state] >= 0 else -1
    if (live + room) * 2 > len(nodes):
        wider = np.empty(((live + room) * 4, 6), np.int64)
        for node in range(live):
            for column in range(6):
                wider[node, column] = nodes[node, column]
        nodes = wider
    return nodes, live


@compiled
def _relax(plan: Machine, nodes: Int, top: int, cost: Int, chain: Int, onward: Int, better: Int) -> tuple[Int, int]:
    """Moves that take no event: silent ones, and ones whose event is missing. Until nothing gets better.

    Only moves to states that are `better` than in the row before (all of them one dearer) can make another one better.
    """
    bounds, target, position, order, looped = plan.bounds, plan.target, plan.position, plan.order, plan.looped
    room = target.size + 2
    again = True
    while again:
        again = False
        nodes, top = _swept(nodes, top, chain, onward, room)
        for index in range(order.size):
            state = order[index]
            for move in range(bounds[state], bounds[state + 1]):
                to = target[move]
                if better[to] == 0:
                    continue
                price, before = cost[state], chain[state]
                extra = 1 if position[move] >= 0 else 0
                top = _offer(nodes, top, state, cost[to] + extra, position[move], -1, chain[to], cost, chain, better)
                again |= looped == 1 and (price != cost[state] or before != chain[state])
    return nodes, top


@compiled
def _walk(plan: Machine, codes: Codes, low: int, high: int, nodes: Int, rows: Int) -> tuple[Int, int, int]:
    """Nodes, the first node of the best chain, and its cost, for codes[low:high]; event positions count from `low`.

    `rows` [5, s] is working memory.
    """
    cost, chain, later, onward, better = rows[0], rows[1], rows[2], rows[3], rows[4]
    for state in range(cost.size):
        cost[state] = 0 if plan.accepting[state] else NEVER
        chain[state] = -1
        onward[state] = -1
        better[state] = 1 if plan.accepting[state] else 0
    nodes, top = _relax(plan, nodes, 0, cost, chain, onward, better)
    for place in range(high - 1, low - 1, -1):
        code = np.int64(codes[place])
        if not expected(plan, code):  # only a move of the log: all ways cost one more
            for state in range(cost.size):
                cost[state] += 1
            continue
        nodes, top = _swept(nodes, top, chain, onward, plan.target.size + 2)
        for state in range(cost.size):
            later[state], onward[state], better[state] = cost[state], chain[state], 0
            cost[state] += 1
        for index in range(plan.symbol_bounds[code], plan.symbol_bounds[code + 1]):
            move = plan.by_symbol[index]
            to, state = plan.target[move], plan.origin[move]
            if later[to] < NEVER:
                top = _offer(nodes, top, state, later[to], plan.position[move], place - low, onward[to], cost, chain, better)
        nodes, top = _relax(plan, nodes, top, cost, chain, onward, better)
    return nodes, chain[0], cost[0]


@compiled
def walk_all(
    plan: Machine, offsets: Int, codes: Codes, cost: Int, position: NDArray[np.int32], mark: NDArray[np.uint8], room: int
) -> tuple[Int, Int]:
    """Align sequences [q]; fills cost [q], position [n] and mark [n]; returns missing offsets [q + 1] and positions.

    `room` is how many nodes to begin with; it changes the time taken, never the answer.
    """
    states = plan.accepting.size
    nodes = np.empty((room, 6), np.int64)
    rows = np.empty((5, states), np.int64)
    lacking, matched = np.zeros(plan.symbol_bounds.size, np.int64), np.zeros(plan.symbol_bounds.size, np.int64)
    bounds = np.zeros(offsets.size, np.int64)
    missing = np.empty(1024, np.int64)
    for one in range(offsets.size - 1):
        low, high = offsets[one], offsets[one + 1]
        nodes, node, price = _walk(plan, codes, low, high, nodes, rows)
        cost[one] = price
        first = bounds[one]
        if first + price > missing.size:
            missing = longer(missing, first, 2 * (first + price))
        count = first
        for place in range(low, high):
            position[place] = -1
        while node >= 0:
            if nodes[node, EVENT] >= 0:
                position[low + nodes[node, EVENT]] = nodes[node, POSITION]
            else:
                missing[count] = nodes[node, POSITION]
                count += 1
            node = nodes[node, NEXT]
        kept = marked(plan, codes[low:high], position[low:high], missing[first:count], lacking, matched, mark[low:high])
        bounds[one + 1] = first + kept
    return bounds, longer(missing, bounds[-1], bounds[-1])
