"""What a variant holds, counted once: touchpoints, stages, ways and deviations; journeys are then tallied by variant."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.map.kernel import kernel

KINDS = ("missing", "unplanned", "out of order", "repeated")
FEW = 50_000
"""Fewer journeys than this are not worth a second thread."""


@dataclass(frozen=True)
class Features:
    """Per variant the features it holds: `feature[k]` `count[k]` times for k in `offsets[v]:offsets[v + 1]`.

    Features are numbered: touchpoints, then stages, then ways (pairs `origin`, `target`), then deviations (`KINDS` ×
    touchpoints).
    """

    touchpoints: int
    stages: int
    origin: NDArray[np.int64]
    target: NDArray[np.int64]
    offsets: NDArray[np.int64]
    feature: NDArray[np.int32]
    count: NDArray[np.int32]

    @property
    def ways(self) -> int:
        return len(self.origin)

    @property
    def size(self) -> int:
        return self.touchpoints + self.stages + self.ways + len(KINDS) * self.touchpoints

    def stage(self, index: int) -> int:
        return self.touchpoints + index

    def way(self, index: int) -> int:
        return self.touchpoints + self.stages + index

    def deviation(self, kind: str, touchpoint: int) -> int:
        return self.way(self.ways) + KINDS.index(kind) * self.touchpoints + touchpoint

    def holds(self, feature: int) -> NDArray[np.bool_]:
        """bool[variants]: which variants hold it."""
        found = np.zeros(len(self.offsets) - 1, dtype=np.bool_)
        places = np.flatnonzero(self.feature == feature)
        found[np.searchsorted(self.offsets, places, side="right") - 1] = True
        return found


@dataclass(frozen=True)
class Tally:
    """int64[features] each: how often, in how many journeys, by how many people."""

    times: NDArray[np.int64]
    journeys: NDArray[np.int64]
    people: NDArray[np.int64]


def tally(features: Features, variant: NDArray[np.int32], customer: NDArray[np.int32], keep: NDArray[np.bool_]) -> Tally:
    """Count the kept journeys' features. A customer's journeys stand side by side; customer -1 is nobody known."""
    workers = (cpu_count() or 1) if len(variant) >= FEW else 1
    cuts = [len(variant) * part // workers for part in range(workers + 1)]
    for part in range(1, workers):  # never between two journeys of one customer
        while 0 < cuts[part] < len(customer) and customer[cuts[part]] == customer[cuts[part] - 1]:
            cuts[part] += 1
    parts = [np.zeros((3, features.size), dtype=np.int64) for _ in range(workers)]

    def work(part: int) -> None:
        low, high = cuts[part], max(cuts[part], cuts[part + 1])
        _tally(features.offsets, features.feature, features.count, variant, customer, keep, low, high, parts[part])

    if workers == 1:
        work(0)
    else:
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(work, range(workers)))
    total = np.sum(parts, axis=0)
    return Tally(total[0], total[1], total[2])


def build_features(
    codes: NDArray[np.uint32],
    offsets: NDArray[np.int64],
    deviations: tuple[NDArray[np.int64], NDArray[np.int64]],
    in_stage: NDArray[np.bool_],
) -> Features:
    """Features of variants [v] with `codes` between `offsets`.

    deviations: (variant, kind * touchpoints + touchpoint) of each deviation, sorted by variant. in_stage:
    bool[touchpoints, stages].
    """
    touchpoints, stages = in_stage.shape
    way_of = np.full(touchpoints * touchpoints, -1, dtype=np.int64)
    _walked(codes, offsets, touchpoints, way_of)
    pairs = np.flatnonzero(way_of == 0)
    way_of[pairs] = np.arange(len(pairs))
    origin, target = (pairs // max(1, touchpoints), pairs % max(1, touchpoints))
    size = touchpoints + stages + len(pairs) + len(KINDS) * touchpoints
    bounds = np.searchsorted(deviations[0], np.arange(len(offsets)))
    sizes = np.zeros(len(offsets), dtype=np.int64)
    empty = np.empty(0, np.int32)
    parts = (codes, offsets, deviations[1], bounds, in_stage, way_of, len(pairs), size)
    _fill(*parts, sizes, empty, empty, False)
    found = np.cumsum(sizes)
    feature, count = np.empty(found[-1], np.int32), np.empty(found[-1], np.int32)
    _fill(*parts, found, feature, count, True)
    return Features(touchpoints, stages, origin, target, found, feature, count)


@kernel
def _walked(codes: Any, offsets: Any, touchpoints: Any, way_of: Any) -> None:
    for variant in range(offsets.size - 1):
        last = np.int64(-1)
        for i in range(offsets[variant], offsets[variant + 1]):
            if codes[i] < touchpoints:
                if last >= 0:
                    way_of[last * touchpoints + codes[i]] = 0
                last = np.int64(codes[i])


@kernel
def _fill(
    codes: Any, offsets: Any, deviant: Any, bounds: Any, in_stage: Any, way_of: Any, ways: Any, size: Any,
    places: Any, feature: Any, count: Any, write: Any,
) -> None:  # fmt: skip
    """First call: places[v + 1] becomes the number of features of v. Second: they are written from places[v] on."""
    touchpoints, stages = in_stage.shape
    held = np.zeros(size, dtype=np.int32)
    touched = np.empty(size, dtype=np.int32)
    for variant in range(offsets.size - 1):
        used = 0
        last = np.int64(-1)
        for i in range(offsets[variant], offsets[variant + 1]):
            code = np.int64(codes[i])
            if code >= touchpoints:
                continue
            for kind in range(stages + 2):
                if kind < stages:
                    if not in_stage[code, kind]:
                        continue
                    which = touchpoints + kind
                elif kind == stages:
                    which = code
                elif last >= 0:
                    which = touchpoints + stages + way_of[last * touchpoints + code]
                else:
                    continue
                if held[which] == 0:
                    touched[used] = which
                    used += 1
                held[which] += 1
            last = code
        for i in range(bounds[variant], bounds[variant + 1]):
            which = touchpoints + stages + ways + deviant[i]
            if held[which] == 0:
                touched[used] = which
                used += 1
            held[which] += 1
        for k in range(used):
            if write:
                feature[places[variant] + k] = touched[k]
                count[places[variant] + k] = held[touched[k]]
            held[touched[k]] = 0
        if not write:
            places[variant + 1] = used


@kernel
def _tally(
    offsets: Any, feature: Any, count: Any, variant: Any, customer: Any, keep: Any, low: Any, high: Any, found: Any
) -> None:
    last = np.full(found.shape[1], -1, dtype=np.int32)
    for journey in range(low, high):
        if not keep[journey]:
            continue
        who = customer[journey]
        for k in range(offsets[variant[journey]], offsets[variant[journey] + 1]):
            which = feature[k]
            found[0, which] += count[k]
            found[1, which] += 1
            if who >= 0 and last[which] != who:
                last[which] = who
                found[2, which] += 1
