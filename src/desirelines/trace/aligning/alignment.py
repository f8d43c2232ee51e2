"""Journeys held against the plan: what was planned, unplanned, out of order, repeated, missing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Final

import numpy as np
from numpy.typing import NDArray

from desirelines.model.automaton import Automaton
from desirelines.trace.aligning.machine import Machine, machine
from desirelines.trace.aligning.memo import Memo, new_memo
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
    offsets = plain(offsets, np.int64)
    count = len(offsets) - 1
    cost, position = np.zeros(count, np.int64), np.empty(len(codes), np.int32)
    mark = np.empty(len(codes), np.uint8)
    memos: SimpleQueue[Memo] = SimpleQueue()

    def slice_(low: int, high: int) -> tuple[Int, Int]:
        first, last = offsets[low], offsets[high]
        events = slice(first, last)
        memo = memos.get()
        found = walk_all(
            plan, offsets[low : high + 1] - first, codes[events], cost[low:high], position[events], mark[events], ROOM, memo
        )
        memos.put(memo)
        return found

    cuts = _cuts(offsets)
    for _ in range(min(threads(), len(cuts) - 1)):
        memos.put(new_memo(plan))
    with ThreadPoolExecutor(threads()) as pool:
        found = list(pool.map(slice_, cuts[:-1], cuts[1:]))
    counts = np.concatenate([np.empty(0, np.int64), *(np.diff(bounds) for bounds, _ in found)])
    missing = np.concatenate([np.empty(0, np.int64), *(places for _, places in found)]).astype(np.int32)
    shortest = shortest_way(plan)
    whole = np.diff(offsets) + shortest
    fitness = 1.0 - np.divide(cost, whole, out=np.zeros(count), where=whole > 0)
    return Alignment(cost, shortest, fitness, offsets, position, mark, bounds_of(counts), missing)


def shortest_way(plan: Machine) -> int:
    """The least number of touchpoints that the plan expects."""
    cost = np.zeros(1, np.int64)
    nothing: Codes = np.empty(0, np.uint32)
    walk_all(plan, np.zeros(2, np.int64), nothing, cost, np.empty(0, np.int32), np.empty(0, np.uint8), ROOM)
    return int(cost[0])


def _cuts(offsets: Int) -> list[int]:
    """Where to cut the sequences into slices of like size, some for each thread."""
    slices = min(8 * threads(), max(len(offsets) - 1, 1))
    wanted = offsets[0] + np.arange(1, slices) * (offsets[-1] - offsets[0]) // slices
    return [0, *np.unique(np.searchsorted(offsets, wanted)).tolist(), len(offsets) - 1]
