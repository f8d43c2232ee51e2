"""The durations of all journeys, sorted for medians of any subset."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from desirelines.map.matching.clock import every_gap, seam_times, stage_times
from desirelines.map.matching.features import Features
from desirelines.map.matching.matched import Journeys
from desirelines.map.matching.ranked import Ranked, rank
from desirelines.trace import Part, threads

Int = NDArray[np.int64]


def journey_times(
    parts: Sequence[Part], journeys: Journeys, features: Features, in_stage: NDArray[np.bool_], sides: NDArray[np.uint8]
) -> tuple[Ranked, Ranked, Ranked, Ranked]:
    """By stage (to the next stage's first event), by touchpoint and by way (to the next claimed event), over the seam."""
    with ThreadPoolExecutor(threads()) as pool:
        found = list(pool.map(lambda index: _over(parts[index], int(journeys.bucket[index]), in_stage, sides), range(len(parts))))
    none = np.empty(0, np.int64)
    stage = np.concatenate([np.empty((0, in_stage.shape[1]), np.int64), *(one[0] for one in found)])
    seam = np.concatenate([none, *(one[1] for one in found)])
    pair, whose, gap = (np.concatenate([none, *(one[2][column] for one in found)]) for column in range(3))
    touchpoints = features.touchpoints
    way_of = np.zeros(max(1, touchpoints * touchpoints), dtype=np.int64)
    way_of[features.origin * touchpoints + features.target] = np.arange(features.ways)
    of_stage = np.nonzero(stage.T >= 0)
    crossed = np.flatnonzero(seam >= 0)
    return (
        rank(of_stage[0], of_stage[1], stage.T[of_stage], in_stage.shape[1]),
        rank(pair // max(1, touchpoints), whose, gap, touchpoints),
        rank(way_of[pair], whose, gap, features.ways),
        rank(np.zeros(len(crossed), np.int64), crossed, seam[crossed], 1),
    )


def _over(
    part: Part, first: int, in_stage: NDArray[np.bool_], sides: NDArray[np.uint8]
) -> tuple[NDArray[np.int64], Int, tuple[Int, NDArray[np.uint32], Int]]:
    start, end, at = part.journeys.start, part.journeys.end, part.bucket.at
    return (
        stage_times(start, end, at, part.codes, in_stage),
        seam_times(start, end, at, part.codes, sides),
        every_gap(start, end, at, part.codes, len(in_stage), first),
    )
