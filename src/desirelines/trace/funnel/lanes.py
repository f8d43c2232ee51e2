"""Lanes: the events among which a chain is looked for, and the clock that its window is measured by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Codes, Int, Mask, Part
from desirelines.trace.compiled import compiled, longer, plain
from desirelines.trace.counting.gaps import bounds_of
from desirelines.trace.funnel.plain import Bytes, note
from desirelines.trace.funnel.steps import Steps


@dataclass(frozen=True)
class Lanes:
    """Lane i holds the events `event[offsets[i]:offsets[i + 1]]` of a bucket, in order, without what serves or bars nothing."""

    offsets: Int
    event: Int
    """[p] index in the bucket"""
    clock: Int
    """[p] the event's time, or the number of its journey"""
    journey: Int
    """[p] the event's journey"""


def lay_lanes(part: Part, steps: Steps, held: NDArray[np.int32] | None = None) -> Lanes:
    """One lane per kept journey; per subject when the window counts journeys; and per value when one is held.

    `held` [n]: the value of each event, -1: none. Events without a value are in no lane.
    """
    journeys = part.journeys
    wanted = np.where(steps.serves != 0, 2, steps.bars != 0).astype(np.uint8)
    thin = steps.order == "strict" and steps.spans is None and held is None
    event, journey = _gather(journeys.start, journeys.end, part.keep, part.codes, wanted, steps.limit, thin)
    lane = journeys.group[journey] if steps.spans is not None else journey
    if held is not None:
        valued = held[event] >= 0
        event, journey, lane = event[valued], journey[valued], lane[valued]
        value = held[event]
        order = np.lexsort((value, lane))
        event, journey, lane, value = event[order], journey[order], lane[order], value[order]
        begins = (np.diff(lane, prepend=-1) != 0) | (np.diff(value, prepend=-1) != 0)
    else:
        begins = np.diff(lane, prepend=-1) != 0
    clock = _ordinals(part, journey) if steps.spans is not None else part.bucket.at[event]
    offsets = np.append(np.flatnonzero(begins), len(event))
    return Lanes(plain(offsets, np.int64), plain(event, np.int64), plain(clock, np.int64), journey)


def _ordinals(part: Part, journey: Int) -> Int:
    """The number of each journey among the kept ones of the bucket."""
    numbers: Int = bounds_of(part.keep.astype(np.int64))[journey]
    return numbers


@compiled
def _gather(start: Int, end: Int, keep: Mask, codes: Codes, wanted: Bytes, limit: int, thin: bool) -> tuple[Int, Int]:
    """The events of kept journeys that serve (2) or bar (1) a step, and their journeys.

    `thin`: of several that serve nothing, one after the other, the first is enough.
    """
    noted = np.empty(codes.size + 1, np.uint32)
    total = note(codes, np.int64(0), codes.size, wanted, noted)
    event, journey = np.empty(total, np.int64), np.empty(total, np.int64)
    count, upto, last = 0, 0, np.int64(wanted.size - 1)
    for one in range(start.size):
        while noted[upto] < start[one]:
            upto += 1
        calm = thin
        while noted[upto] < end[one]:
            code = np.int64(codes[noted[upto]])
            if keep[one] and code < limit:
                serves = wanted[min(code, last)] == 2
                if serves or not calm:
                    event[count], journey[count] = noted[upto], one
                    count += 1
                calm = thin and not serves
            upto += 1
    return longer(event, count, count), longer(journey, count, count)
