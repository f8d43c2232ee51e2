"""The jobs: what is asked, how the product's kernels answer it, and the bar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from desirelines.trace import Part, cut, index_variants, part, run, transitions
from engine.events import Columns

Rows = list[list[float]]
GAP_US = 1_800_000_000


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
}  # fmt: skip
