"""Compiling every kernel before anybody waits for one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa

from desirelines.model.automaton import Automaton, Position
from desirelines.model.event import INSTANT
from desirelines.model.progress import Progress, silent
from desirelines.trace.aligning.alignment import align
from desirelines.trace.aligning.keys import STATES
from desirelines.trace.aligning.late import late, late_events
from desirelines.trace.bucket import Int, Part, part
from desirelines.trace.building.build import build
from desirelines.trace.counting.edges import DENSE
from desirelines.trace.counting.reach import reach
from desirelines.trace.counting.scattering import scattered
from desirelines.trace.counting.sessions import sessions
from desirelines.trace.counting.transitions import Figures, transitions
from desirelines.trace.counting.variants import index_variants, variant_counts, variants
from desirelines.trace.funnel.after import code_after
from desirelines.trace.funnel.steps import Step, Steps
from desirelines.trace.funnel.tally import funnel
from desirelines.trace.grouping.grouping import grouping
from desirelines.trace.journeys import cut
from desirelines.trace.pattern.automaton import pattern
from desirelines.trace.pattern.matches import matches
from desirelines.trace.returning.growth import active_within, growth
from desirelines.trace.returning.presence import in_cell, standing
from desirelines.trace.returning.retention import EVERY, offset_columns, retention
from desirelines.trace.returning.units import Units
from desirelines.trace.run import run
from desirelines.trace.timing.clock import Hours, moved
from desirelines.trace.timing.cycles import cycles
from desirelines.trace.timing.marks import ends, visits
from desirelines.trace.timing.stays import dwell, stays
from desirelines.trace.ways.flow import Focus, flow
from desirelines.trace.ways.follows import follows


class _Sample:
    """A snapshot of files of four events, and identities that link nobody."""

    data_version = 0
    keys = customer = held_keys = np.empty(0, np.int64)

    def __init__(self, files: int = 1) -> None:
        self.names = [Path(f"sample {number}") for number in range(files)]
        names, count = pa.array(["a", "b", "a", "b"]), 4
        self.table = pa.table(
            {
                "source": names, "event": names, "channel": names, "at": pa.array(range(count), INSTANT),
                "rank": pa.array([0] * count, pa.int32()), "sequence": pa.array(range(count), pa.int64()),
                "person": pa.array([1, 1, 1, 2], pa.int64()), "object_sample": names, "message_id": names,
            }
        )  # fmt: skip

    def files(self, table: str) -> list[Path]:
        return self.names

    def columns(self, table: str) -> Mapping[str, pa.DataType]:
        return {field.name: field.type for field in self.table.schema}

    def read(self, table: str, columns: Sequence[str], file: Path, dictionary: Sequence[str] = ()) -> pa.Table:
        return self.table.select(list(columns))

    def take(self, table: str, columns: Sequence[str], file: Path, rows: Int) -> pa.Table:
        return self.table.select(list(columns)).take(pa.array(rows))

    def count(self, table: str) -> int:
        return len(self.names) * len(self.table)

    def customer_of(self, keys: Int) -> Int:
        return keys


def warm(progress: Progress = silent) -> None:
    """Compile all kernels, or load them from the cache on disk; some ten seconds the first time, well under one later."""
    sample = _Sample()
    plan = Automaton(
        (Position("s", "t", 0, within_us=1),), 2, np.zeros(2, np.int32), np.ones(2, np.int32),
        np.array([0, -1], np.int32), np.array([False, True]),
    )  # fmt: skip
    with TemporaryDirectory() as folder:
        progress("kernels", 0.0)
        buckets = build(sample, sample, Path(folder)).buckets
        build(sample, sample, Path(folder), "sample")
        _grow(Path(folder))
        parts = [part(bucket, cut(bucket), bucket.event) for bucket in buckets]
        steps: list[Callable[[list[Part]], object]] = [
            lambda _: [cut(bucket, gap_us=1) for bucket in buckets],
            lambda parts: run(transitions, parts, 1, Figures()),
            lambda parts: run(transitions, parts, 1),
            lambda parts: run(transitions, [part(one.bucket, one.journeys, one.codes + DENSE) for one in parts]),
            lambda parts: run(reach, parts, 1),
            lambda parts: variants(parts, index_variants(parts, 1, np.uint64(0)), 1),
            lambda parts: run(variant_counts, parts, 1, 1),
            _sessions,
            lambda parts: _align(parts, plan),
            lambda parts: [run(matches, parts, pattern(text, {"a": 0, "b": 1})) for text in ("a ~> b", "a ~> b within 1s")],
            lambda parts: flow(parts, Focus(0), 2, 1),
            lambda parts: follows(parts, 9),
            lambda parts: _group(parts),
            _funnel,
            _return,
            _time,
        ]
        for done, step in enumerate(steps):
            progress("kernels", (done + 1) / (len(steps) + 1))
            step(parts)
    progress("kernels", 1.0)


def _grow(folder: Path) -> None:
    """Few new events are laid aside, more of them merged."""
    for files in (20, 21, 22):
        for bucket in build(_Sample(files), _Sample(), folder).buckets:
            bucket.at.sum(), bucket.ref.sum()


def _funnel(parts: list[Part]) -> None:
    steps = (Step((0,)), Step((1,)))
    run(funnel, parts, Steps(steps))
    for order in ("strict", "any"):
        run(funnel, parts, Steps(steps, order))
    code_after(parts[0], np.zeros(1, np.int64))


def _return(parts: list[Part]) -> None:
    units = Units(np.array([0, 2, 4], np.int64))
    column = offset_columns([(0, 0), (1, 1)], 2)
    for kinds in (EVERY, np.repeat(EVERY, 2)):
        run(retention, parts, units, column, kinds)
    run(growth, parts, units)
    run(active_within, parts, units, 2)
    run(in_cell, parts, units, (0, 1), (0, 1))
    run(standing, parts, units, 1)


def _time(parts: list[Part]) -> None:
    states, wanted = np.array([0, 1, -1], np.int32), np.array([True, False])
    hours = Hours(np.array([0], np.int64), np.array([9], np.int64))
    run(stays, [hours.part(moved(one, np.zeros((2, 2), np.uint8))) for one in parts], states, 2)
    run(dwell, parts, states, 2)
    run(cycles, parts, wanted, 2)
    run(ends, parts, states)
    run(visits, parts, states, 0)


def _group(parts: list[Part]) -> None:
    index = index_variants(parts)
    grouping(index.offsets, index.codes, np.ones(len(index.offsets) - 1, np.int64), 1, 1)


def _sessions(parts: list[Part]) -> None:
    at = parts[0].bucket.at
    sessions(at, at, 1)
    scattered(at, at, 1)


def _align(parts: list[Part], plan: Automaton) -> None:
    index = index_variants(parts)
    count = STATES + 1  # too large for a table of keys
    every = np.arange(count - 1, dtype=np.int32)
    align(
        Automaton(plan.positions, count, every, every + 1, np.zeros_like(every), np.arange(count) == count - 1),
        index.offsets, index.codes,
    )  # fmt: skip
    aligned = align(plan, index.offsets, index.codes)
    late(parts, index.variant, aligned, plan, -1)
    for one, variant in zip(parts, index.variant, strict=True):
        late_events(one, variant, aligned, plan, -1)
