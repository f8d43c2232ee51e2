"""The jobs: what is asked, how the product's kernels answer it, and the bar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from desirelines.trace import Part, Units, cut, dwell, index_variants, offset_columns, part, retention, run, transitions
from engine.events import BEGIN_US, TYPES, YEAR_US, Columns

Rows = list[list[float]]
GAP_US = 1_800_000_000
WEEK_US = 7 * 86_400_000_000
MONDAY_US = BEGIN_US - 2 * 86_400_000_000
"""2024-12-30, a Monday"""


@dataclass(frozen=True)
class Job:
    """One question."""

    title: str
    work: Callable[[list[Part], Columns], Any]
    """what is timed"""
    rows: Callable[[Any], Rows]
    """the answer as sorted rows of numbers, equal on every side"""
    limits: float | None
    """the bar: at most so many passes of numpy.sum; None: no such bar"""
    ahead: float
    """the bar: so many times faster than the best peer"""


def _edges(found: Any) -> Rows:
    keys = found.origin * 256 + found.target
    return sorted(
        [key, count, *times]
        for key, count, *times in zip(
            keys.tolist(), found.count.tolist(), found.mean_us.tolist(), found.median_us.tolist(), strict=True
        )
    )


def _mean_edges(found: Any) -> Rows:
    return [row[:3] for row in _edges(found)]


def variant_counts(parts: list[Part], gap_us: int | None = None) -> Any:
    """[v] how many journeys are each variant."""
    if gap_us is not None:
        parts = [part(one.bucket, cut(one.bucket, gap_us=gap_us), one.codes) for one in parts]
    index = index_variants(parts)
    return sum(np.bincount(one, minlength=len(index.offsets) - 1) for one in index.variant)


def _weeks() -> Units:
    """Weeks from Monday, UTC, that hold the simulated year."""
    return Units(np.arange(MONDAY_US, BEGIN_US + 2 * YEAR_US, WEEK_US, dtype=np.int64))


WEEKS = _weeks()
OFFSETS = offset_columns([(offset, offset) for offset in range(WEEKS.count)], WEEKS.count)
STAGE_OF = np.append(np.arange(TYPES) // 8, -1).astype(np.int32)
STAGES = TYPES // 8


def _cells(found: Any) -> Rows:
    """Cohort, weeks since, people."""
    cohort, offset = np.nonzero(found.came)
    rows = zip(found.cohort[cohort].tolist(), offset.tolist(), found.came[cohort, offset].tolist(), strict=True)
    return sorted(map(list, rows))


def _dwelling(found: Any) -> Rows:
    """Stage, stays, journeys, journeys left there, mean time of the stays that ended."""
    columns = (found.visits, found.journeys, found.left, found.mean_us)
    return [[stage, *row] for stage, row in enumerate(zip(*(column.tolist() for column in columns), strict=True))]


def _counts(found: Any) -> Rows:
    return sorted([count, number] for count, number in Counter(found.tolist()).items())


JOBS: Mapping[str, Job] = {
    "transitions_mean": Job(
        "transitions, mean gap", lambda parts, _: run(transitions, parts), _mean_edges, 2, 10
    ),
    "transitions_median": Job(
        "transitions, exact median", lambda parts, _: run(transitions, parts), _edges, 8, 5
    ),
    "variants_whole": Job("variants, whole journeys", lambda parts, _: variant_counts(parts), _counts, 7, 4),
    "variants_sessions": Job(
        "variants, 30-minute sessions", lambda parts, _: variant_counts(parts, gap_us=GAP_US), _counts, 20, 5
    ),
    "retention_week": Job("weekly retention", lambda parts, _: run(retention, parts, WEEKS, OFFSETS), _cells, 2, 20),
    "stages": Job("time in stage", lambda parts, _: run(dwell, parts, STAGE_OF, STAGES), _dwelling, 2.5, 4),
}  # fmt: skip
