"""Matched events that came too long after the matched event before them."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.model.automaton import Automaton
from desirelines.trace.aligning.alignment import Alignment
from desirelines.trace.bucket import Codes, Int, Mask, Part
from desirelines.trace.compiled import compiled
from desirelines.trace.counting.transitions import limit_of
from desirelines.trace.run import threads


@dataclass(frozen=True)
class Late:
    """Per plan position [p]."""

    late: Int
    """[p] matched events that came later than the position allows"""
    judged: Int
    """[p] matched events with a matched one before them, at positions that allow only so much time"""


@compiled
def _judge(
    start: Int, end: Int, at: Int, codes: Codes, keep: Mask, limit: int, variant: NDArray[np.int32],
    offsets: Int, position: NDArray[np.int32], within: Int, flag: Mask,
) -> tuple[Int, Int]:  # fmt: skip
    """Count late and judged events per position; where `flag` [n] is not empty it says which events are late."""
    late, judged = np.zeros(within.size, np.int64), np.zeros(within.size, np.int64)
    for journey in range(start.size):
        if not keep[journey] or variant[journey] < 0:
            continue
        step, before = offsets[variant[journey]], np.int64(-1)
        for event in range(start[journey], end[journey]):
            if np.int64(codes[event]) >= limit:
                continue
            place = position[step]
            step += 1
            if place < 0:
                continue
            if before >= 0 and within[place] >= 0:
                judged[place] += 1
                if at[event] - at[before] > within[place]:
                    late[place] += 1
                    if flag.size > 0:
                        flag[event] = True
            before = np.int64(event)
    return late, judged


def _limits(automaton: Automaton) -> Int:
    return np.array([-1 if one.within_us is None else one.within_us for one in automaton.positions], dtype=np.int64)


def _over(part: Part, variant: NDArray[np.int32], alignment: Alignment, within: Int, skip: int, flag: Mask) -> tuple[Int, Int]:
    journeys = part.journeys
    return _judge(
        journeys.start, journeys.end, part.bucket.at, part.codes, part.keep, limit_of(skip), variant,
        alignment.offsets, alignment.position, within, flag,
    )  # fmt: skip


def late(
    parts: Sequence[Part],
    variant: Sequence[NDArray[np.int32]],
    alignment: Alignment,
    automaton: Automaton,
    skip: int,
) -> Late:
    """Late events of the journeys kept.

    `variant` holds per part [j] each journey's index among the sequences that `alignment` aligned (-1: left out);
    `skip` must be what those sequences were made with.
    """
    within, nothing = _limits(automaton), np.empty(0, np.bool_)
    with ThreadPoolExecutor(threads()) as pool:
        found = list(
            pool.map(lambda one: _over(one[0], one[1], alignment, within, skip, nothing), zip(parts, variant, strict=True))
        )
    total = np.sum([np.stack(one) for one in found], axis=0) if found else np.zeros((2, len(within)), np.int64)
    return Late(total[0], total[1])


def late_events(part: Part, variant: NDArray[np.int32], alignment: Alignment, automaton: Automaton, skip: int) -> Mask:
    """[n] which events of the bucket are late; arguments as in `late`."""
    flag = np.zeros(len(part.codes), np.bool_)
    if len(flag):
        _over(part, variant, alignment, _limits(automaton), skip, flag)
    return flag
