"""The figures of one side as rows with their customers, so that two sides can be held against each other exactly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desirelines.explain.comparing.joint import Draws
from desirelines.measure import BROKEN, KEPT, Frame, Metric, median_ranks, units_of

Int = NDArray[np.int64]
Mask = NDArray[np.bool_]
RATIOS = ("share", "mean", "nps", "ratio", "rate", "bootstrap mean")
"""Kinds of figures that are a sum over a sum."""
AGEING = ("share-of-life",)
"""Falls with the time since a customer first came, so two periods always differ in it."""


@dataclass(frozen=True)
class Rows:
    """One side. Customers are numbered as the facts know them; a row of nobody known has a number of its own."""

    frame: Frame

    @cached_property
    def kept(self) -> Int:
        return np.flatnonzero(self.frame.keep)

    @cached_property
    def who(self) -> Int:
        """[kept journeys]"""
        journeys, every = self.frame.matched.journeys, self.frame.facts.who.customers
        place = np.append(np.searchsorted(every, journeys.customers), -1).astype(np.int64)
        found = place[journeys.customer[self.kept]]
        return np.where(found < 0, len(every) + self.kept, found)

    @cached_property
    def variant(self) -> NDArray[np.int32]:
        return self.frame.matched.variant[self.kept]

    def having(self, feature: int, among: int | None = None) -> Draws:
        """The share of journeys that hold a feature; `among`: of those that hold this one."""
        features = self.frame.matched.features
        over = features.holds(feature)[self.variant]
        under = np.ones(len(over), np.bool_) if among is None else features.holds(among)[self.variant]
        return self._draws(over & under, under)

    def leaving(self, stage: int) -> Draws:
        """Of the journeys that reach a stage, the share whose last claimed event lies in it."""
        matched = self.frame.matched
        there = np.append(matched.in_stage[:, stage], False)[matched.variants.last] & (matched.variants.last >= 0)
        under = matched.features.holds(matched.features.stage(stage))[self.variant]
        return self._draws(there[self.variant] & under, under)

    def crossing(self) -> Draws:
        """Of the journeys that reach the buyer's side, the share that reach the customer's."""
        sides = self.frame.matched.variants.sides[self.variant]
        return self._draws(sides == 3, (sides & 1) == 1)

    def following(self) -> Draws:
        """1 - cost / (events + shortest way), over all journeys together."""
        variants = self.frame.matched.variants
        whole = variants.whole[self.variant]
        return Draws(whole - variants.paid[self.variant], whole, self.who)

    def keeping(self, promise: str) -> Draws:
        """The share kept of a promise's judgements."""
        judged = self.frame.facts.judgements
        places = judged.between(promise, *self.frame.bounds, self.frame.members)
        state = judged.state[places]
        places, state = places[(state == KEPT) | (state == BROKEN)], state[(state == KEPT) | (state == BROKEN)]
        return Draws((state == KEPT).astype(np.float64), np.ones(len(places)), self._named(judged.customer[places], places))

    def answering(self, question: int) -> Draws:
        """The mean answer on the question's own scale."""
        answers = self.frame.facts.answers
        mine = slice(int(answers.offsets[question]), int(answers.offsets[question + 1]))
        low, high = np.searchsorted(answers.at[mine], self.frame.bounds) + mine.start
        places = np.arange(low, high)
        if self.frame.members is not None:
            places = places[np.append(self.frame.members, False)[answers.customer[places]]]
        return Draws(
            answers.value[places].astype(np.float64), np.ones(len(places)), self._named(answers.customer[places], places)
        )

    def measured(self, metric: Metric) -> Draws | None:
        """A figure of the register that is a ratio of sums; None where it cannot be said, or is made otherwise."""
        asked = metric.kind in RATIOS and metric.id not in AGEING
        units = units_of(self.frame, metric) if asked else None
        if units is None or not len(units) or units.shared:
            return None
        value, under = units.value, np.ones(len(units))
        if metric.kind == "share":
            value = (value > 0).astype(np.float64)
        elif metric.kind == "nps":
            value = 100.0 * ((value >= 9).astype(np.float64) - (value <= 6))
        elif metric.kind != "mean" and units.exposure is not None:
            under = units.exposure
        return Draws(value, under, self._named(units.customer, np.asarray(units.at)))

    def stage_times(self) -> list[tuple[float, float, float, int] | None]:
        """(low, median, high, n) seconds of each stage; None where too few to bound."""
        ranked = self.frame.matched.stage_time
        sizes = ranked.counts(self.frame.keep).tolist()
        bounds = [median_ranks(n) if n else None for n in sizes]
        ranks = np.full((len(sizes), 4), -1, np.int64)
        for place, (n, found) in enumerate(zip(sizes, bounds, strict=True)):
            if found:
                ranks[place] = found[0], (n - 1) // 2, n // 2, found[1]
        values = ranked.at_ranks(self.frame.keep, ranks).tolist()
        return [
            (row[0] / 1e6, (row[1] + row[2]) / 2e6, row[3] / 1e6, n) if held else None
            for row, held, n in zip(values, bounds, sizes, strict=True)
        ]

    def _draws(self, over: Mask, under: Mask) -> Draws:
        return Draws(over.astype(np.float64), under.astype(np.float64), self.who)

    def _named(self, customer: NDArray[np.int32], places: Int) -> Int:
        known = customer.astype(np.int64)
        return np.where(known < 0, len(self.frame.facts.who.customers) + places, known)
