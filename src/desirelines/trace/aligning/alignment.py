"""Journeys held against the plan: what was planned, unplanned, out of order, repeated, missing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from desirelines.model.automaton import Automaton
from desirelines.trace.aligning.desk import CELLS, FORKS
from desirelines.trace.aligning.keys import Keys, keys
from desirelines.trace.aligning.machine import Machine, machine
from desirelines.trace.aligning.memo import Memo, new_memo
from desirelines.trace.aligning.straight import LEFT, straight
from desirelines.trace.aligning.walk import walk_all
from desirelines.trace.bucket import Codes, Int
from desirelines.trace.compiled import plain
from desirelines.trace.counting.gaps import bounds_of
from desirelines.trace.run import threads

ROOM = 4096

MARKS: Final = ("planned", "unplanned", "out of order", "repeated")
"""What a mark's number means."""


@dataclass(frozen=True)
class Alignment:
    """Sequences [q] with events [n], each held against one plan at the least cost.

    Every event that is not matched and every expected touchpoint that did not come costs 1.
    """

    cost: Int
    """[q]"""
    shortest: int
    """Cost of no event at all: the least number of touchpoints the plan expects."""
    fitness: NDArray[np.float64]
    """[q] 1 - cost / (events + shortest); 1 where both are 0"""
    offsets: Int
    """[q + 1] the events of each sequence"""
    position: NDArray[np.int32]
    """[n] plan position the event is matched to, -1: none"""
    mark: NDArray[np.uint8]
    """[n] index in MARKS"""
    missing_offsets: Int
    """[q + 1]"""
    missing: NDArray[np.int32]
    """Plan positions that did not come, in the plan's order; not those whose event came out of order."""


def align(automaton: Automaton, offsets: Int, codes: NDArray[np.unsignedinteger]) -> Alignment:
    """Hold the sequences codes[offsets[i]:offsets[i + 1]] against the plan.

    Among alignments of equal cost the matched plan positions are lexicographically smallest, then the event positions,
    then the missing positions. Raises BadInput for an automaton without an end that can be reached.
    """
    plan, codes = machine(automaton), plain(codes, np.uint32)
    offsets, table = plain(offsets, np.int64), keys(plan)
    count = len(offsets) - 1
    cost, position = np.zeros(count, np.int64), np.empty(len(codes), np.int32)
    mark = np.empty(len(codes), np.uint8)
    memos: list[Memo] = []

    def slice_(low: int, high: int) -> tuple[Int, Int]:
        first, last = offsets[low], offsets[high]
        given = offsets[low : high + 1] - first, codes[first:last], cost[low:high], position[first:last], mark[first:last]
        return hold(plan, table, *given, memos)

    cuts = _cuts(offsets)
    with ThreadPoolExecutor(threads()) as pool:
        found = list(pool.map(slice_, cuts[:-1], cuts[1:]))
    counts = np.concatenate([np.empty(0, np.int64), *(kept for kept, _ in found)])
    missing = np.concatenate([np.empty(0, np.int64), *(places for _, places in found)]).astype(np.int32)
    shortest = _shortest(plan, table)
    whole = np.diff(offsets) + shortest
    fitness = 1.0 - np.divide(cost, whole, out=np.zeros(count), where=whole > 0)
    return Alignment(cost, shortest, fitness, offsets, position, mark, bounds_of(counts), missing)


def hold(
    plan: Machine, table: Keys | None, offsets: Int, codes: Codes, cost: Int, position: NDArray[np.int32],
    mark: NDArray[np.uint8], memos: list[Memo], cells: int = CELLS, forks: int = FORKS,
) -> tuple[Int, Int]:  # fmt: skip
    """Align sequences [q]: fills cost [q], position [n] and mark [n]; returns how many positions stay missing [q], and those.

    The `table` of keys does what it can; the rest is walked with a memo, one of `memos` if there is any. `cells` and `forks`
    are the memory of a desk. None of these changes an answer.
    """
    kept, missing = np.zeros(len(cost), np.int64), np.empty(0, np.int64)
    if table is None:
        cost.fill(LEFT)
    else:
        missing = straight(table, offsets, codes, cost, position, mark, kept, cells, forks)
    left = cost == LEFT
    if not left.any():
        return kept, missing
    rest, events = np.flatnonzero(left), np.repeat(left, np.diff(offsets))
    memo = memos.pop() if memos else new_memo(plan)
    theirs, place, sort = np.empty(len(rest), np.int64), position[events], mark[events]
    bounds, more = walk_all(plan, bounds_of(np.diff(offsets)[rest]), codes[events], theirs, place, sort, ROOM, memo)
    memos.append(memo)
    cost[rest], position[events], mark[events] = theirs, place, sort
    owner = np.concatenate([np.repeat(np.arange(len(kept)), kept), np.repeat(rest, np.diff(bounds))])
    kept[rest] = np.diff(bounds)
    return kept, np.concatenate([missing, more])[np.argsort(owner, kind="stable")]


def _shortest(plan: Machine, table: Keys | None) -> int:
    """The least number of touchpoints that the plan expects."""
    cost, nothing = np.zeros(1, np.int64), np.empty(0, np.int64)
    codes: Codes = nothing.astype(np.uint32)
    hold(plan, table, np.zeros(2, np.int64), codes, cost, nothing.astype(np.int32), nothing.astype(np.uint8), [])
    return int(cost[0])


def _cuts(offsets: Int) -> list[int]:
    """Where to cut the sequences into slices of like size, some for each thread."""
    slices = min(8 * threads(), max(len(offsets) - 1, 1))
    wanted = offsets[0] + np.arange(1, slices) * (offsets[-1] - offsets[0]) // slices
    return [0, *np.unique(np.searchsorted(offsets, wanted)).tolist(), len(offsets) - 1]
