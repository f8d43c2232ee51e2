"""Variants and transitions: the journeys themselves, as events or as touchpoints, with a plan or without one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from desirelines import trace as tracing
from desirelines.errors import BadInput
from desirelines.map import (
    EVERYBODY,
    MARKS,
    Journeys,
    Matched,
    Segment,
    bucket_of,
    cut_journeys,
    shelf_key,
    shelved,
    spell_key,
    variant_keys,
)
from desirelines.measure.sheet import Transition, Transitions, Variant, Variants
from desirelines.model.automaton import CONTESTED
from desirelines.model.period import Period
from desirelines.trace import NOTHING_SKIPPED, Part, Trace, VariantIndex

Level = Literal["event", "touchpoint"]
LONGEST = 200
"""Steps of a variant that are shown."""
UNCLAIMED_STEP = "(unclaimed)"
EVER = Period()


@dataclass(frozen=True)
class Paths:
    """Actual journeys in a period and a segment, as sequences of events or of touchpoints.

    With `matched` the journeys are those its planned journey cuts, and `trace` must be its trace; without one each
    subject's events are one journey, and only the level of events can be asked for.
    """

    trace: Trace
    folder: Path
    zone: str = "UTC"
    matched: Matched | None = None
    level: Level = "event"
    period: Period = EVER
    segment: Segment = EVERYBODY
    plan_version: int = 0

    @cached_property
    def journeys(self) -> Journeys:
        if self.matched:
            return self.matched.journeys
        key = shelf_key(self.trace.key)
        shelf = shelved(self.folder, f"whole-{self.trace.subject}", key, self._whole)
        return Journeys(**shelf.arrays)

    def _whole(self) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
        found = cut_journeys(self.trace)
        return {one.name: getattr(found, one.name) for one in fields(found)}, {}

    @cached_property
    def keep(self) -> NDArray[np.bool_]:
        return self.journeys.keep(*self.period.bounds_us(self.zone), self.segment.over(self.journeys.customers))

    @cached_property
    def names(self) -> tuple[str, ...]:
        return self._plan.touchpoints if self.level == "touchpoint" else self.trace.events

    @property
    def _plan(self) -> Matched:
        if self.matched is None:
            raise BadInput("without a planned journey there are no touchpoints", hint="level: event")
        return self.matched

    @cached_property
    def parts(self) -> list[Part]:
        """One per bucket, for kernels."""
        codes = self._plan.bound.codes if self.level == "touchpoint" else [bucket.event for bucket in self.trace.buckets]
        return [
            tracing.part(bucket, bucket_of(self.journeys, index), codes[index], self.keep[self.journeys.of(index)])
            for index, bucket in enumerate(self.trace.buckets)
        ]

    @cached_property
    def index(self) -> VariantIndex:
        """Every journey's variant: the matched ones at the level of touchpoints, else made once and kept."""
        cuts = [self.journeys.of(index) for index in range(len(self.trace.buckets))]
        if self.level == "touchpoint":
            found = self._plan
            arrays: dict[str, NDArray[Any]] = {"variant": found.variant, "duration": found.duration_us}
            offsets, codes = found.variants.offsets, found.variants.codes
        else:
            planned = self.matched.key if self.matched else ""
            shelf = shelved(self.folder, f"paths-{self.trace.subject}", shelf_key(self.trace.key, planned), self._indexed)
            arrays = dict(shelf.arrays)
            offsets, codes = arrays["offsets"], arrays["codes"]
        return VariantIndex(
            tuple(arrays["variant"][cut] for cut in cuts), tuple(arrays["duration"][cut] for cut in cuts), offsets, codes
        )

    def _indexed(self) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
        every = [tracing.part(one.bucket, one.journeys, one.codes) for one in self.parts]
        found = tracing.index_variants(every)
        variant = np.concatenate([np.empty(0, np.int32), *found.variant])
        duration = np.concatenate([np.empty(0, np.int64), *found.duration_us])
        return {"variant": variant, "duration": duration, "offsets": found.offsets, "codes": found.codes}, {}

    def spelled(self, codes: NDArray[np.unsignedinteger]) -> tuple[str, ...]:
        names = self.names
        return tuple(names[code] if code < len(names) else UNCLAIMED_STEP for code in codes.tolist())


def variants(paths: Paths, top: int = 20) -> Variants:
    """The most frequent variants among the journeys chosen, held against the plan at the level of touchpoints."""
    index = paths.index
    found = tracing.variants(paths.parts, index, max(1, top))
    rows = [
        _variant(paths, index, int(variant), int(count), int(people), float(median), found.journey_count)
        for variant, count, people, median in zip(found.variant, found.count, found.people, found.median_us, strict=True)
    ]
    return Variants(
        paths.level, paths.trace.subject, found.journey_count, found.person_count, found.variant_count, tuple(rows),
        paths.period, paths.plan_version, paths.trace.data_version,
    )  # fmt: skip


def _variant(
    paths: Paths, index: VariantIndex, variant: int, count: int, people: int, median_us: float, journeys: int
) -> Variant:
    low, high = int(index.offsets[variant]), int(index.offsets[variant + 1])
    steps, shown = index.codes[low:high], min(high - low, LONGEST)
    key = variant_keys(steps, np.array([0, high - low], np.int64), paths.names)[0]
    fitness: float | None = None
    marks: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    if paths.level == "touchpoint" and paths.matched:
        lined = paths.matched.variants
        fitness = float(lined.fitness[variant])
        marks = tuple(MARKS[mark] for mark in lined.marks_of(variant)[:shown].tolist())
        positions = paths.matched.automaton.positions
        missing = tuple(positions[place].touchpoint for place in lined.missing_of(variant).tolist())
    return Variant(
        paths.spelled(steps[:shown]), high - low, count, count / journeys, people, median_us / 1e6, fitness, marks, missing,
        spell_key(key) if paths.level == "touchpoint" else f"{paths.trace.subject}.{spell_key(key)}",
    )  # fmt: skip


def walkers(paths: Paths, key: str, customers: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of `customers` (ids, sorted) walked the variant of events that `key` (as `Variant.key` gives it) names."""
    index, journeys = paths.index, paths.journeys
    keys = variant_keys(index.codes, index.offsets, paths.names)
    chosen = np.array([spell_key(one) == key.rpartition(".")[2] for one in keys.tolist()], dtype=np.bool_)
    picked = chosen[np.concatenate([np.empty(0, np.int32), *index.variant])] & paths.keep
    who = journeys.customer[picked]
    return np.isin(customers, journeys.customers[who[who >= 0]])


def transitions(paths: Paths) -> Transitions:
    """The directly-follows graph of the journeys chosen; at the level of touchpoints unclaimed events are passed over."""
    skip = CONTESTED if paths.level == "touchpoint" else NOTHING_SKIPPED
    found = tracing.run(tracing.transitions, paths.parts, skip)
    names = paths.names
    order = np.lexsort((found.target, found.origin, -found.count))
    edges = [
        Transition(
            names[found.origin[edge]], names[found.target[edge]], int(found.count[edge]),
            float(found.median_us[edge]) / 1e6, float(found.mean_us[edge]) / 1e6,
        )
        for edge in order.tolist()
    ]  # fmt: skip
    return Transitions(
        paths.level, paths.trace.subject, found.journey_count, found.event_count, tuple(edges), _counted(names, found.nodes),
        _counted(names, found.starts), _counted(names, found.ends), paths.period, paths.plan_version, paths.trace.data_version,
    )  # fmt: skip


def _counted(names: Sequence[str], counts: NDArray[np.int64]) -> dict[str, int]:
    """Name to count, the most frequent first, what never came left out."""
    order = np.argsort(-counts, kind="stable")
    return {names[code]: int(counts[code]) for code in order.tolist() if counts[code]}
