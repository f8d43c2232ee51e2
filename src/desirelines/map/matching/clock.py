"""How long things take in each journey, written down once so that medians of any subset are a filter."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.map.kernel import kernel

NEVER = -1


@kernel
def stage_times(start: Any, end: Any, at: Any, codes: Any, in_stage: Any) -> Any:
    """int64[journeys, stages]: microseconds from the first event in a stage to the next event in a later one; -1: none.

    in_stage: bool[touchpoints, stages], stages in the plan's order; codes of no touchpoint are passed over.
    """
    stages = in_stage.shape[1]
    found = np.full((start.size, stages), -1, dtype=np.int64)
    near = np.empty(stages, dtype=np.int64)
    for journey in range(start.size):
        near[:] = -1
        for i in range(end[journey] - 1, start[journey] - 1, -1):
            if codes[i] >= in_stage.shape[0]:
                continue
            for stage in range(stages):
                if in_stage[codes[i], stage]:
                    later = np.int64(-1)
                    for after in range(stage + 1, stages):
                        if near[after] >= 0 and (later < 0 or near[after] < later):
                            later = near[after]
                    found[journey, stage] = at[later] - at[i] if later >= 0 else -1
            for stage in range(stages):
                if in_stage[codes[i], stage]:
                    near[stage] = i
    return found


@kernel
def seam_times(start: Any, end: Any, at: Any, codes: Any, sides: Any) -> Any:
    """int64[journeys]: from the last buyer's event to the first customer's event that follows one; -1: no such crossing.

    sides: uint8[touchpoints], 1 buyer's, 2 customer's, 3 both (which counts as the buyer's, so it crosses nothing).
    """
    found = np.full(start.size, -1, dtype=np.int64)
    for journey in range(start.size):
        last = np.int64(-1)
        for i in range(start[journey], end[journey]):
            side = sides[codes[i]] if codes[i] < sides.size else 0
            if side & 1:
                last = np.int64(i)
            elif side == 2 and last >= 0:
                found[journey] = at[i] - at[last]
                break
    return found


@kernel
def gap_count(start: Any, end: Any, codes: Any, touchpoints: Any) -> Any:
    """How many pairs of consecutive claimed events the journeys hold."""
    total = 0
    for journey in range(start.size):
        claimed = 0
        for i in range(start[journey], end[journey]):
            claimed += codes[i] < touchpoints
        total += max(claimed - 1, 0)
    return total


@kernel
def gaps(start: Any, end: Any, at: Any, codes: Any, touchpoints: Any, first: Any, pair: Any, journeys: Any, gap: Any) -> None:
    """Fill, for each pair of consecutive claimed events: origin * touchpoints + target, the journey's number, the time."""
    place = 0
    for journey in range(start.size):
        last = np.int64(-1)
        for i in range(start[journey], end[journey]):
            if codes[i] < touchpoints:
                if last >= 0:
                    pair[place] = np.int64(codes[last]) * touchpoints + codes[i]
                    journeys[place] = first + journey
                    gap[place] = at[i] - at[last]
                    place += 1
                last = np.int64(i)


def every_gap(
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    at: NDArray[np.int64],
    codes: NDArray[np.uint32],
    touchpoints: int,
    first: int,
) -> tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.int64]]:
    """Pair, journey and microseconds of each pair of consecutive claimed events of one bucket's journeys."""
    count = gap_count(start, end, codes, touchpoints)
    pair, gap = np.empty(count, np.int64), np.empty(count, np.int64)
    journeys = np.empty(count, np.uint32)
    gaps(start, end, at, codes, touchpoints, first, pair, journeys, gap)
    return pair, journeys, gap
