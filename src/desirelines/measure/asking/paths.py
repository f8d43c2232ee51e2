"""Actual journeys as a question looks at them: sequences of events, touchpoints, channels or sources, with a plan or without."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from desirelines import trace as tracing
from desirelines.errors import BadInput
from desirelines.map import (
    EVERYBODY,
    Bound,
    Journeys,
    Known,
    Matched,
    Segment,
    bucket_of,
    cut_at,
    events_where,
    shelf_key,
    shelved,
)
from desirelines.measure.asking.address import Asked, write_address
from desirelines.measure.asking.walk import Level, Walk
from desirelines.model.automaton import CONTESTED
from desirelines.model.hint import nearest
from desirelines.model.period import Period
from desirelines.plan import duration_us
from desirelines.store import Snapshot
from desirelines.trace import Part, Trace, VariantIndex

Mask = NDArray[np.bool_]
UNCLAIMED_STEP = "(unclaimed)"
LEFT_OUT = 2**32 - 1
"""The code of an event that a filter takes away."""
WHOLE = Walk()
NOT_ASKED = Asked()


@dataclass(frozen=True)
class Paths:
    """The journeys [j] of a period and a segment, along one walk.

    Without boundaries of the walk's own they are those that `matched` cuts, of whose trace they then are; without it each
    subject's events are one journey. `bound` is needed at the level of touchpoints, `snapshot` for a filter on events.
    """

    trace: Trace
    folder: Path
    zone: str = "UTC"
    matched: Matched | None = None
    walk: Walk = WHOLE
    asked: Asked = NOT_ASKED
    segment: Segment = EVERYBODY
    plan_version: int = 0
    bound: Bound | None = None
    snapshot: Snapshot | None = None
    known: Callable[[], Known] | None = None
    """What is known of customers, for who asks."""

    @property
    def level(self) -> Level:
        return self.walk.level

    @property
    def period(self) -> Period:
        return self.asked.period

    # journeys

    @property
    def planned(self) -> Matched | None:
        """The planned journey whose cut these journeys have."""
        return None if self.walk.cuts else self.matched

    @cached_property
    def cut_key(self) -> str:
        """Names how these journeys were cut, and from what."""
        if self.planned:
            return self.planned.key
        walk = self.walk
        by_name = (walk.level, self.plan.key if walk.level == "touchpoint" else "") if walk.starts or walk.ends else ()
        return shelf_key(self.trace.key, walk.gap, walk.starts, walk.ends, by_name)

    @cached_property
    def journeys(self) -> Journeys:
        """All that were cut; `keep` says which of them count."""
        if self.planned:
            return self.planned.journeys
        kind = "cut" if self.walk.cuts else "whole"
        return Journeys(**shelved(self.folder, f"{kind}-{self.trace.subject}", self.cut_key, self._cut).arrays)

    def _cut(self) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
        walk = self.walk
        starts, ends = (self._any_of(names) if names else None for names in (walk.starts, walk.ends))
        found = cut_at(self.trace, starts, ends, duration_us(walk.gap) if walk.gap else None)
        return {one.name: getattr(found, one.name) for one in fields(found)}, {}

    def _any_of(self, names: str) -> list[Mask]:
        wanted = np.zeros(len(self.names) + 1, np.bool_)
        wanted[[self.code_of(name.strip()) for name in names.split("|")]] = True
        return [wanted[np.minimum(codes, len(self.names))] for codes in self._codes]

    @cached_property
    def keep(self) -> Mask:
        """bool[j]: began in the period, of the segment, and not emptied by the filter on events."""
        kept = self.journeys.keep(*self.period.bounds_us(self.zone), self.segment.over(self.journeys.customers))
        return kept & self._not_emptied if self.walk.where else kept

    @cached_property
    def _not_emptied(self) -> Mask:
        found = np.zeros(self.journeys.count, np.bool_)
        for index, flags in enumerate(self._flags):
            mine = self.journeys.of(index)
            before = np.concatenate([np.zeros(1, np.int64), np.cumsum(flags)])
            found[mine] = before[self.journeys.end[mine]] > before[self.journeys.start[mine]]
        return found

    @cached_property
    def people(self) -> int:
        """Distinct known customers of the journeys that count."""
        return self.journeys.people(self.keep)

    # steps

    @property
    def plan(self) -> Bound:
        """What claims events for touchpoints. Raises BadInput where there is no plan."""
        if self.bound is None and self.matched is None:
            raise BadInput("without a plan there are no touchpoints", hint="level: event")
        return self.bound or self.matched.bound  # type: ignore[union-attr]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What each code means; codes from `skip` on mean nothing."""
        named = {"event": self.trace.events, "channel": self.trace.channels[1:], "source": self.trace.sources}
        return self.plan.touchpoints if self.level == "touchpoint" else named[self.level]

    def code_of(self, name: str) -> int:
        """Raises BadInput with the nearest name for one that is not there."""
        if name not in self._places:
            noun = "event" if self.level == "event" else self.level
            raise BadInput(f"there is no {noun} `{name[:80]}`", hint=nearest(name, list(self.names)))
        return self._places[name]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: code for code, name in enumerate(self.names)}

    @property
    def skip(self) -> int:
        """Codes from here on are no steps: unclaimed, without a channel, taken away by the filter."""
        return CONTESTED if self.level == "touchpoint" else len(self.names)

    @cached_property
    def _codes(self) -> list[NDArray[np.unsignedinteger]]:
        """Per bucket, before the filter."""
        if self.level == "touchpoint":
            return list(self.plan.codes)
        buckets = self.trace.buckets
        if self.level == "channel":  # 0 is no channel: it becomes the largest code of all
            return [bucket.channel.astype(np.uint32) - np.uint32(1) for bucket in buckets]
        return [bucket.event if self.level == "event" else bucket.source.astype(np.uint32) for bucket in buckets]

    @cached_property
    def _flags(self) -> list[Mask]:
        if self.snapshot is None:
            raise BadInput("events cannot be filtered here")
        return events_where(self.walk.where, self.trace, self.snapshot, self.folder)

    @cached_property
    def parts(self) -> list[Part]:
        """One per bucket, for kernels; ask them to leave out codes from `skip` on."""
        codes = self._codes
        if self.walk.where:
            codes = [np.where(flags, one, np.uint32(LEFT_OUT)) for flags, one in zip(self._flags, codes, strict=True)]
        return [
            tracing.part(bucket, bucket_of(self.journeys, index), codes[index], self.keep[self.journeys.of(index)])
            for index, bucket in enumerate(self.trace.buckets)
        ]

    @cached_property
    def index(self) -> VariantIndex:
        """Every journey's variant, unclaimed events as steps of their own: the plan's, or else made once and kept."""
        cuts = [self.journeys.of(index) for index in range(len(self.trace.buckets))]
        if self.level == "touchpoint" and self.planned and not self.walk.where:
            found = self.planned
            arrays: dict[str, NDArray[Any]] = {"variant": found.variant, "duration": found.duration_us}
            offsets, codes = found.variants.offsets, found.variants.codes
        else:
            bound = self.plan.key if self.level == "touchpoint" else ""
            key = shelf_key(self.trace.key, self.cut_key, self.level, bound, self.walk.where)
            arrays = dict(shelved(self.folder, f"paths-{self.trace.subject}", key, self._indexed).arrays)
            offsets, codes = arrays["offsets"], arrays["codes"]
        return VariantIndex(
            tuple(arrays["variant"][cut] for cut in cuts), tuple(arrays["duration"][cut] for cut in cuts), offsets, codes
        )

    def _indexed(self) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
        every = [tracing.part(one.bucket, one.journeys, one.codes) for one in self.parts]
        found = tracing.index_variants(every, LEFT_OUT if self.level == "touchpoint" else self.skip)
        variant = np.concatenate([np.empty(0, np.int32), *found.variant])
        duration = np.concatenate([np.empty(0, np.int64), *found.duration_us])
        return {"variant": variant, "duration": duration, "offsets": found.offsets, "codes": found.codes}, {}

    # marks

    def behind(self, kind: str, ask: BaseModel, mark: str) -> str:
        """The address of the journeys that `mark` stands for in the answer to `ask`."""
        return write_address(kind, self.asked, self.walk, ask, mark)

    def customers_of(self, journeys: Mask, customers: NDArray[np.int64]) -> Mask:
        """bool[customers] (ids, sorted): those with one of the `journeys` [j]."""
        who = self.journeys.customer[journeys]
        return np.isin(customers, self.journeys.customers[who[who >= 0]])

    def spelled(self, codes: NDArray[np.unsignedinteger]) -> tuple[str, ...]:
        names = self.names
        return tuple(names[code] if code < len(names) else UNCLAIMED_STEP for code in codes.tolist())
