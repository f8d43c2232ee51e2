"""What a variant holds, counted once: touchpoints, stages, ways and deviations; journeys are then tallied by variant."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.map.kernel import kernel
from desirelines.trace import threads

KINDS = ("missing", "unplanned", "out of order", "repeated")
FEW = 50_000
"""Fewer rows than this are not worth a second thread."""


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
    feature: NDArray[Any]
    count: NDArray[Any]

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
    """Count the kept journeys' features. A customer's journeys stand side by side; customer -1 is nobody known.

    Journeys are counted variant by variant, in one pass over memory. That counts a customer once for each journey; what
    the customers with several journeys have twice, and what nobody known has, is then taken off.
    """
    weights = np.bincount(variant[keep], minlength=len(features.offsets) - 1).astype(np.int64)
    found = _summed(
        lambda low, high, part: _count(features.offsets, features.feature, features.count, weights, low, high, part),
        len(weights), 2, features.size, _even(features.offsets),
    )  # fmt: skip
    kept = np.flatnonzero(keep)
    who = customer[kept]
    again = np.zeros(len(kept), dtype=np.bool_)
    again[1:] = who[1:] == who[:-1]
    several = again | np.append(again[1:], False) | (who < 0)
    rows, who = variant[kept[several]], who[several]
    surplus = _summed(
        lambda low, high, part: _surplus(features.offsets, features.feature, rows, who, low, high, part),
        len(rows), 1, features.size, lambda cut: _first_of(who, cut),
    )  # fmt: skip
    return Tally(found[0], found[1], found[1] - surplus[0])


def _even(offsets: NDArray[np.int64]) -> Callable[[int], int]:
    """Where to cut variants so that parts hold like many features."""
    return lambda cut: int(np.searchsorted(offsets, offsets[-1] * cut // (len(offsets) - 1))) if cut else 0


def _first_of(who: NDArray[np.int32], cut: int) -> int:
    """The cut, moved on so that it lies between two customers."""
    while 0 < cut < len(who) and who[cut] == who[cut - 1]:
        cut += 1
    return cut


def _summed(
    work: Callable[[int, int, NDArray[np.int64]], None], count: int, rows: int, size: int, place: Callable[[int], int]
) -> NDArray[np.int64]:
    """The sum of what threads count, each in a table of its own."""
    workers = threads() if count >= FEW else 1
    cuts = [0, *(place(count * part // workers) for part in range(1, workers)), count]
    parts = [np.zeros((rows, size), dtype=np.int64) for _ in range(workers)]
    if workers == 1:
        work(0, count, parts[0])
    else:
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(work, cuts[:-1], cuts[1:], parts))
    return np.asarray(np.sum(parts, axis=0))


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
    return Features(touchpoints, stages, origin, target, found, narrow(feature), narrow(count))


def narrow(values: NDArray[np.int32]) -> NDArray[Any]:
    """The same numbers in as few bytes as they fit: counting is bound by how much memory it reads."""
    most = int(values.max()) if len(values) else 0
    return values.astype(np.uint8 if most < 2**8 else np.uint16 if most < 2**16 else np.int32)


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
def _count(offsets: Any, feature: Any, count: Any, weights: Any, low: Any, high: Any, found: Any) -> None:
    for variant in range(low, high):
        weight = weights[variant]
        if weight == 0:
            continue
        for k in range(offsets[variant], offsets[variant + 1]):
            which = np.int64(feature[k])
            found[0, which] += weight * np.int64(count[k])
            found[1, which] += weight


@kernel
def _surplus(offsets: Any, feature: Any, rows: Any, who: Any, low: Any, high: Any, found: Any) -> None:
    last = np.full(found.shape[1], -1, dtype=np.int32)
    for journey in range(low, high):
        for k in range(offsets[rows[journey]], offsets[rows[journey] + 1]):
            which = np.int64(feature[k])
            if who[journey] < 0 or last[which] == who[journey]:
                found[0, which] += 1
            last[which] = who[journey]
