"""The alignment kernel for what no table of keys holds (see `straight`): cheapest ways, of equally cheap ones the canonical one.

Three walks: from the last event back, what the rest costs from every state; from the first event on, the states that
cheapest ways pass; and from the last event back once more, the best chain of each of these states, made of the best
chains of its successors. All three look up what an event does. A sequence that meets more than the tables hold is
walked once, backwards, with the chains of all states; two rows are kept then, whatever its length.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.aligning.chains import EVENT, NEXT, POSITION, swept
from desirelines.trace.aligning.machine import LETTER, Machine
from desirelines.trace.aligning.marks import expected, marked
from desirelines.trace.aligning.memo import (
    FULL,
    MOVES,
    ONWARD,
    ROWS,
    SETS,
    Memo,
    edge_of,
    forget,
    new_memo,
    step_back,
)
from desirelines.trace.aligning.steps import END, NEVER, Row, bound_costs, follow, whole, worthwhile
from desirelines.trace.bucket import Codes, Int
from desirelines.trace.compiled import compiled, longer

UNEXPECTED = -1
"""In place of a step: an event that the plan does not know, which costs 1 and changes nothing."""


@compiled
def _back(plan: Machine, memo: Memo, codes: Codes, low: int, high: int, track: Row) -> Any:
    """Fill `track` with the steps of codes[low:high]; returns the cost, FULL when there is no room for a row."""
    row, cost = whole(0), whole(0)
    for place in range(high - 1, low - 1, -1):
        code = whole(codes[place])
        if not expected(plan, code):
            track[place - low] = UNEXPECTED
            cost += 1
            continue
        step = row * plan.letters + plan.symbols[code, LETTER]
        before = whole(memo.steps[step, 0])
        if before == FULL:
            before = step_back(plan, memo, row, code)
            if before == FULL:
                return FULL
        row = before
        track[place - low] = step
        cost += memo.steps[step, 1]
    return cost + memo.vectors[ROWS, row, 0]


@compiled
def _forth(plan: Machine, memo: Memo, codes: Codes, low: int, high: int, track: Row) -> bool:
    """Make edges of the steps in `track`, and one more of the end; False when there is no room for one."""
    where = whole(0)
    for place in range(low, high + 1):
        code, step = whole(END), whole(len(memo.steps) - 1)
        if place < high:
            code, step = whole(codes[place]), whole(track[place - low])
        if step == UNEXPECTED:
            continue
        edge = edge_of(plan, memo, where, step, code)
        if edge == FULL:
            return False
        track[place - low] = edge
        where = whole(memo.edges[0, edge, ONWARD])
    return True


@compiled
def _chains(memo: Memo, length: int, track: Row, nodes: Int, chain: Int, later: Int) -> tuple[Int, int]:
    """The nodes, and the first one of the best chain. `chain` and `later` [2 s] are memory."""
    top = whole(0)
    for place in range(length, -1, -1):
        edge = track[place]
        if edge == UNEXPECTED:
            continue
        low, high = whole(memo.edges[0, edge - 1, MOVES]) if edge > 0 else 0, whole(memo.edges[0, edge, MOVES])
        if top + high - low > len(nodes):
            for state in range(later.size):
                if state * 2 >= later.size or memo.vectors[SETS, memo.edges[0, edge, ONWARD], state] == 0:
                    later[state] = -1  # left from before
            nodes, top = swept(nodes, top, later, high - low)
        top = follow(memo.moves, low, high, place, nodes, top, chain, later)
        chain, later = later, chain
    return nodes, later[0]


@compiled
def _write_down(nodes: Int, node: int, position: NDArray[np.int32], missing: Int, count: int) -> int:
    """Fill the position of each event from the chain that begins at `node`; add what is missing, return the new count."""
    for place in range(position.size):
        position[place] = -1
    while node >= 0:
        if nodes[node, EVENT] >= 0:
            position[nodes[node, EVENT]] = nodes[node, POSITION]
        else:
            missing[count] = nodes[node, POSITION]
            count += 1
        node = nodes[node, NEXT]
    return count


@compiled
def _at_once(
    plan: Machine, memo: Memo, codes: Codes, low: int, high: int, nodes: Int, chain: Int, after: Int
) -> tuple[Int, int, int]:
    """The nodes, the first one of the best chain, and the cost; the memo is memory to work in, what it knows is lost."""
    later, due, wanted = memo.work[0], memo.work[1], memo.work[2]
    top, alone, most = whole(0), whole(0), 2 * len(plan.moves) + 4 * due.size
    for state in range(due.size):
        later[state], wanted[state], after[state], after[due.size + state] = 0, 1, -1, -1
    for place in range(high, low - 1, -1):
        code = whole(codes[place]) if place < high else END
        if code != END and not expected(plan, code):
            alone += 1
            continue
        bound_costs(plan, later, code, due)
        if top + most > len(nodes):
            nodes, top = swept(nodes, top, after, most)
        for state in range(chain.size):
            chain[state] = -1
        count = worthwhile(plan, later, due, code, wanted, memo.work, memo.moves, whole(0))
        top = follow(memo.moves, whole(0), count, place - low, nodes, top, chain, after)
        for state in range(due.size):
            chain[due.size + state] = -1
            if code == END:
                later[state] = due[state]
            elif later[state] < NEVER:
                later[state] = min(due[state], later[state] + 1)
        chain, after = after, chain
    return nodes, after[0], alone + later[0]


@compiled
def _walk(
    plan: Machine, memo: Memo, nodes: Int, offsets: Int, codes: Codes, one: int, last: int, tables: bool, cost: Int,
    position: NDArray[np.int32], mark: NDArray[np.uint8], kept: Int,
) -> tuple[Int, int, Int]:  # fmt: skip
    """Align sequences one:last until the tables have no room; returns the nodes, how far it came, and what is missing."""
    chain, later = np.empty(2 * plan.accepting.size, np.int64), np.empty(2 * plan.accepting.size, np.int64)
    lacking, matched = np.zeros(len(plan.symbols) + 1, np.int64), np.zeros(len(plan.symbols) + 1, np.int64)
    missing, first, track = np.empty(1024, np.int64), whole(0), np.empty(1024, np.int32)
    while one < last:
        low, high = offsets[one], offsets[one + 1]
        if tables:
            if high - low >= track.size:
                track = np.empty(2 * (high - low), np.int32)
            price = _back(plan, memo, codes, low, high, track)
            if price == FULL or not _forth(plan, memo, codes, low, high, track):
                break
            nodes, node = _chains(memo, high - low, track, nodes, chain, later)
        else:
            nodes, node, price = _at_once(plan, memo, codes, low, high, nodes, chain, later)
        if first + price > missing.size:
            missing = longer(missing, first, 2 * (first + price))
        here = position[low:high]
        count = _write_down(nodes, node, here, missing, first)
        cost[one], kept[one] = price, marked(plan, codes[low:high], here, missing[first:count], lacking, matched, mark[low:high])
        first += kept[one]
        one += 1
    return nodes, one, longer(missing, first, first)


def walk_all(
    plan: Machine, offsets: Int, codes: Codes, cost: Int, position: NDArray[np.int32], mark: NDArray[np.uint8], room: int,
    memo: Memo | None = None,
) -> tuple[Int, Int]:  # fmt: skip
    """Align sequences [q]; fills cost [q], position [n] and mark [n]; returns missing offsets [q + 1] and positions.

    `room` is how many nodes to begin with, `memo` what is known of the plan; they change the time taken, never the answer.
    """
    known = new_memo(plan) if memo is None else memo
    nodes, one, kept = np.empty((room, 6), np.int64), 0, np.zeros(len(offsets) - 1, np.int64)
    found = [np.empty(0, np.int64)]

    def walk(last: int, tables: bool) -> None:
        nonlocal nodes, one
        nodes, one, missing = _walk(plan, known, nodes, offsets, codes, one, last, tables, cost, position, mark, kept)
        found.append(missing)

    while one < len(kept):
        walk(len(kept), True)
        if one < len(kept):
            forget(plan, known)
            walk(one + 1, False)
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(kept)]), np.concatenate(found)
