"""Actual journeys held against one planned journey, laid out so that any period and segment is a filter and a count."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desirelines.map.claiming.bind import Bound
from desirelines.map.matching.features import Features
from desirelines.map.matching.ranked import Ranked
from desirelines.model.automaton import Automaton
from desirelines.plan import Journey, Plan, Stage
from desirelines.trace import Trace

Int = NDArray[np.int64]
Mask = NDArray[np.bool_]
MARKS = ("planned", "unplanned", "out of order", "repeated")
"""What an event is, held against the plan; its index is its number."""


@dataclass(frozen=True)
class Journeys:
    """Every actual journey [j], bucket after bucket; a customer's journeys stand side by side, by time."""

    bucket: Int
    """[buckets + 1] the journeys of bucket b are `bucket[b]:bucket[b + 1]`"""
    start: Int
    """[j] first event in its bucket"""
    end: Int
    """[j] one past the last"""
    group: Int
    """[j] index in the bucket's subjects"""
    began_at: Int
    """[j] microseconds"""
    ended_at: Int
    customer: NDArray[np.int32]
    """[j] index in `customers`; -1: nobody known"""
    customers: Int
    """[c] customer ids, sorted"""

    @property
    def count(self) -> int:
        return len(self.start)

    @cached_property
    def events(self) -> Int:
        """[j] events in it, claimed or not."""
        return self.end - self.start

    def keep(self, low_us: int, high_us: int, customers: Mask | None = None) -> Mask:
        """bool[j]: began in the half-open time, of a customer that `customers` [c] marks (None: everybody)."""
        kept = (self.began_at >= low_us) & (self.began_at < high_us)
        if customers is not None:
            known = np.append(customers, False)  # index -1: nobody is in no segment
            kept &= known[self.customer]
        return kept

    def people(self, keep: Mask) -> int:
        """Distinct known customers of the kept journeys."""
        who = self.customer[keep]
        who = who[who >= 0]
        return int((who[1:] != who[:-1]).sum()) + 1 if len(who) else 0

    def of(self, bucket: int) -> slice:
        return slice(int(self.bucket[bucket]), int(self.bucket[bucket + 1]))


@dataclass(frozen=True)
class Variants:
    """The distinct sequences [v] of touchpoint codes (65535: an event no touchpoint has), each aligned with the plan."""

    codes: NDArray[np.uint32]
    offsets: Int
    cost: Int
    shortest: int
    marks: NDArray[np.uint8]
    """[len(codes)] see MARKS"""
    position: NDArray[np.int32]
    """[len(codes)] plan position the event was matched to, -1: none"""
    missing: NDArray[np.int32]
    """Plan positions that did not happen, variant after variant."""
    missing_offsets: Int
    last: Int
    """[v] code of the last claimed event; -1: none"""
    sides: NDArray[np.uint8]
    """[v] 1: the buyer's side is reached, 2: the customer's, 3: both"""
    key: NDArray[np.uint64]
    """[v] names the sequence, the same in every version of the data"""
    mark_counts: NDArray[np.float64]
    """[v, marks] events of each mark"""

    @cached_property
    def length(self) -> Int:
        return np.diff(self.offsets)

    @cached_property
    def fitness(self) -> NDArray[np.float64]:
        return 1 - self.paid / np.maximum(self.whole, 1)

    @cached_property
    def paid(self) -> NDArray[np.float64]:
        """[v] the cost, as floats are summed faster"""
        return self.cost.astype(np.float64)

    @cached_property
    def whole(self) -> NDArray[np.float64]:
        """[v] events + shortest way: what the cost is held against"""
        return (self.length + self.shortest).astype(np.float64)

    @cached_property
    def lacking(self) -> NDArray[np.float64]:
        """[v] planned steps that did not come"""
        return np.diff(self.missing_offsets).astype(np.float64)

    def sequence(self, variant: int) -> NDArray[np.uint32]:
        return self.codes[self.offsets[variant] : self.offsets[variant + 1]]

    def marks_of(self, variant: int) -> NDArray[np.uint8]:
        return self.marks[self.offsets[variant] : self.offsets[variant + 1]]

    def missing_of(self, variant: int) -> NDArray[np.int32]:
        return self.missing[self.missing_offsets[variant] : self.missing_offsets[variant + 1]]


@dataclass(frozen=True)
class Matched:
    """One planned journey with its actual ones."""

    plan: Plan
    journey: Journey
    automaton: Automaton
    stages: tuple[Stage, ...]
    trace: Trace
    bound: Bound
    journeys: Journeys
    variant: NDArray[np.int32]
    """[j]"""
    duration_us: Int
    """[j] from the first to the last event of the variant"""
    variants: Variants
    features: Features
    stage_time: Ranked
    touchpoint_time: Ranked
    way_time: Ranked
    seam_time: Ranked
    late_journey: Int
    late_touchpoint: Int
    """One entry for each planned step that came later than its plan allows."""
    in_stage: Mask
    """bool[touchpoints, stages]"""
    planned_ways: frozenset[tuple[int, int]]
    data_version: int
    key: str

    @property
    def touchpoints(self) -> tuple[str, ...]:
        return self.bound.touchpoints

    def weights(self, keep: Mask) -> Int:
        """int64[v]: kept journeys of each variant."""
        found: Int = np.bincount(self.variant[keep], minlength=len(self.variants.cost)).astype(np.int64)
        return found
