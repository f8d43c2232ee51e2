"""The jobs: what is asked, how the product's kernels answer it, and the bar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from desirelines.trace import (
    Figures,
    Part,
    Room,
    Step,
    Steps,
    Units,
    align,
    dwell,
    funnel,
    index_variants,
    offset_columns,
    retention,
    run,
    sessions,
    transitions,
    variant_counts,
)
from engine.drawn import SAMPLE, drawn
from engine.events import BEGIN_US, TYPES, YEAR_US, Columns
from engine.peer import NAMES

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
    peers: tuple[str, ...] = NAMES
    sample: Callable[[Columns], int] | None = None
    """how many events the peers are given, where they could not do all; their time is scaled"""
    prepare: Callable[[list[Part]], Any] = list
    """what `work` is given as its first argument; not timed"""
    million_a_second: float | None = None
    """the bar: at least so many million events a second"""


PLAIN, MEDIAN = Figures(), Figures((0.5,))
ROOM = Room()
FUNNEL = Steps(tuple(Step((code,)) for code in range(4)), within_us=WEEK_US)


def _edges(found: Any) -> Rows:
    """Edge, count, mean gap, and the quantiles asked for."""
    keys = (found.origin * 256 + found.target).tolist()
    columns = [keys, found.count.tolist(), found.mean_us.tolist(), *found.quantile_us.T.tolist()]
    return sorted(map(list, zip(*columns, strict=True)))


def _steps(found: Any) -> Rows:
    """Step, journeys that reach it."""
    return [[step + 1, count] for step, count in enumerate(found.count.tolist()) if count]


def _sums(found: Any) -> Rows:
    """Sessions, the sum of their squared sizes, the sum of their lengths."""
    return [[len(found.count), int((found.count**2).sum()), int((found.end_us - found.start_us).sum())]]


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
    """How many variants have so many journeys."""
    return sorted([count, number] for count, number in Counter(found.count.tolist()).items())


def _indexed(parts: list[Part]) -> Any:
    """Every variant, and those of the first journeys."""
    index = index_variants(parts)
    return index, np.concatenate(index.variant)[:SAMPLE]


def _aligned(given: Any, _: Columns) -> Any:
    index, first = given
    return align(drawn(), index.offsets, index.codes), first


def _costs(found: Any) -> Rows:
    """The cost of each of the first journeys."""
    aligned, first = found
    return sorted([place, cost] for place, cost in enumerate(aligned.cost[first].tolist()))


def _first_events(of: Columns) -> int:
    return int(of.offsets[min(SAMPLE, len(of.customer))])


JOBS: Mapping[str, Job] = {
    "transitions_mean": Job("transitions, mean gap", lambda parts, _: run(transitions, parts, -1, PLAIN), _edges, 2, 10),
    "transitions_median": Job("transitions, exact median", lambda parts, _: run(transitions, parts, -1, MEDIAN), _edges, 8, 5),
    "variants_whole": Job("variants, whole journeys", lambda parts, _: run(variant_counts, parts), _counts, 7, 4),
    "variants_sessions": Job(
        "variants, 30-minute sessions", lambda parts, _: run(variant_counts, parts, -1, GAP_US), _counts, 20, 5
    ),
    "funnel": Job("funnel, 4 steps in a week", lambda parts, _: run(funnel, parts, FUNNEL), _steps, 4, 10),
    "retention_week": Job("weekly retention", lambda parts, _: run(retention, parts, WEEKS, OFFSETS), _cells, 2, 20),
    "stages": Job("time in stage", lambda parts, _: run(dwell, parts, STAGE_OF, STAGES), _dwelling, 2.5, 4),
    "alignment": Job(
        "alignment, variants known", _aligned, _costs, None, 1000,
        peers=("pm4py",), sample=_first_events, prepare=_indexed, million_a_second=30,
    ),
    "sessions": Job(
        "sessions, unsorted events", lambda _, of: sessions(of.loose_customer, of.loose_at, GAP_US, ROOM), _sums, None, 2
    ),
}  # fmt: skip
