"""What one answer is about: which journey, period, segment and version; and how its numbers are put into Results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.map import EVERYBODY, Matched, Ranked, Segment, Tally, tally
from desirelines.measure.gathering.facts import Facts
from desirelines.measure.intervals import LEVEL, SMALL, mean, median_ranks, wilson
from desirelines.model.period import Period
from desirelines.model.result import Result
from desirelines.plan import Plan

Mask = NDArray[np.bool_]
Int = NDArray[np.int64]
EVER = Period()


def dot(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """The sum of products, in this thread: a linear algebra library would wake all its threads for it, and let them spin."""
    return float(np.einsum("i,i->", a, b))


@dataclass(frozen=True)
class Frame:
    """One question to the measured map.

    `in_force_us`, `in_force_until_us`: from and to when the version holds; None: since ever, until now. `only_in_force`:
    only journeys that began while it held (foundations, 8); else all are held against it.
    """

    matched: Matched
    facts: Facts
    period: Period = EVER
    segment: Segment = EVERYBODY
    plan_version: int = 0
    in_force_us: int | None = None
    in_force_until_us: int | None = None
    only_in_force: bool = False

    @property
    def plan(self) -> Plan:
        return self.matched.plan

    @cached_property
    def bounds(self) -> tuple[int, int]:
        """The period as a half-open time, microseconds."""
        return self.period.bounds_us(self.plan.brand.zone)

    @cached_property
    def keep(self) -> Mask:
        """bool[journeys]: began in the period, of a customer in the segment."""
        low, high = self.bounds
        if self.only_in_force:
            low = low if self.in_force_us is None else max(low, self.in_force_us)
            high = high if self.in_force_until_us is None else min(high, self.in_force_until_us)
        return self.matched.journeys.keep(low, high, self.segment.over(self.matched.journeys.customers))

    @cached_property
    def members(self) -> Mask | None:
        """bool[customers of the facts]; None: everybody, unknown people too."""
        return self.segment.over(self.facts.who.customers)

    @cached_property
    def journeys(self) -> int:
        return int(self.keep.sum())

    @cached_property
    def people(self) -> int:
        return self.matched.journeys.people(self.keep)

    @cached_property
    def counts(self) -> Tally:
        return tally(self.matched.features, self.matched.variant, self.matched.journeys.customer, self.keep)

    @cached_property
    def weights(self) -> Int:
        """int64[variants]: kept journeys of each."""
        return self.matched.weights(self.keep)

    @cached_property
    def shares(self) -> NDArray[np.float64]:
        """The weights as floats, which sums over variants take."""
        return self.weights.astype(np.float64)

    def result(self, value: float | None, unit: str, n: int, of: str, behind: str = "", **rest: Any) -> Result[float]:
        """A Result of this frame; says when it rests on few."""
        few = (f"rests on {n} {of} only",) if 0 < n < SMALL else ()
        return Result(
            value if n else None, unit, n, of, period=self.period, plan_version=self.plan_version,
            data_version=self.matched.data_version, caveats=few, behind=behind, **rest,
        )  # fmt: skip

    def share(self, hits: int, n: int, of: str = "journeys", behind: str = "") -> Result[float]:
        """A share of n with Wilson's interval."""
        low, high = wilson(hits, n) or (None, None)
        return self.result(hits / n if n else None, "share", n, of, behind, low=low, high=high, level=LEVEL, method="wilson")

    def average(
        self,
        values: NDArray[np.float64],
        unit: str,
        of: str,
        weights: NDArray[np.float64] | None = None,
        bounds: tuple[float, float] = (-inf, inf),
    ) -> Result[float]:
        """A mean with its t interval, cut at `bounds`; `weights` say how often each value stands."""
        times = np.ones(len(values)) if weights is None else weights
        n = round(float(times.sum()))
        centre = dot(values, times) / n if n else 0.0
        off = values - centre  # around 0, where sums of squares are safe
        found = mean(dot(off, times), dot(off * off, times), n)
        if found is None:
            return self.result(None, unit, 0, of, method="t")
        low, high = (None, None)
        if found[1]:
            low, high = max(bounds[0], found[1][0] + centre), min(bounds[1], found[1][1] + centre)
        return self.result(found[0] + centre, unit, n, of, low=low, high=high, level=LEVEL, method="t")

    def medians(self, times: Ranked, counts: Int | None = None, of: str = "journeys") -> list[Result[float]]:
        """The median seconds of each group of `times` over the kept journeys, with its interval by order statistics."""
        sizes = times.counts(self.keep) if counts is None else counts
        ranks = np.full((len(sizes), 4), -1, dtype=np.int64)
        for group, n in enumerate(sizes.tolist()):
            if n:
                low, high = median_ranks(n) or ((n - 1) // 2, n // 2)
                ranks[group] = low, (n - 1) // 2, n // 2, high
        found = times.at_ranks(self.keep, ranks)
        return [self._median(values, n, of) for values, n in zip(found.tolist(), sizes.tolist(), strict=True)]

    def _median(self, values: Sequence[int], n: int, of: str) -> Result[float]:
        if not n:
            return self.result(None, "seconds", 0, of, method="order statistics")
        held = median_ranks(n) is not None
        return self.result(
            (values[1] + values[2]) / 2e6, "seconds", n, of, low=values[0] / 1e6 if held else None,
            high=values[3] / 1e6 if held else None, level=LEVEL, method="order statistics",
        )  # fmt: skip
