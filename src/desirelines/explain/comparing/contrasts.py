"""Every figure of the journey on both sides: stages, touchpoints, ways, deviations, promises, answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from desirelines.explain.comparing.about import About, held_by, led, said, valued, walked
from desirelines.explain.comparing.joint import LEVEL, Draws, apart, folded, medians, parted, spread
from desirelines.explain.comparing.nouns import Contrast
from desirelines.explain.comparing.rows import Rows
from desirelines.explain.experiments.moments import Difference
from desirelines.map import KINDS
from desirelines.measure import METRICS
from desirelines.model.result import Result
from desirelines.plan import in_order

MOST_WAYS = 40
MOST_DEVIATIONS = 40
SAID = {
    "missing": "does not come",
    "unplanned": "comes unplanned",
    "out of order": "comes out of order",
    "repeated": "is repeated",
}
Address = Callable[[str], str]
"""A mark such as `a:stage=pay` → its address."""


@dataclass(frozen=True)
class Contrasting:
    """Two sides of one planned journey, maybe of two versions: what both plans have is held against each other."""

    a: Rows
    b: Rows
    address: Address

    def every(self) -> list[Contrast]:
        """All, in the order of the journey."""
        return [
            *self._stages(),
            *self._touchpoints(),
            *self._ways(),
            *self._deviations(),
            *self._promises(),
            *self._answers(),
            *self._metrics(),
            *self._whole(),
        ]

    @cached_property
    def codes(self) -> list[tuple[int, int]]:
        """Codes of the touchpoints that both plans have."""
        there = {name: code for code, name in enumerate(self.b.frame.matched.touchpoints)}
        return [(code, there[name]) for code, name in enumerate(self.a.frame.matched.touchpoints) if name in there]

    @cached_property
    def names(self) -> dict[str, str]:
        return {one.id: one.name for one in self.a.frame.plan.touchpoints}

    def _stages(self) -> Iterator[Contrast]:
        there = {stage.id: place for place, stage in enumerate(self.b.frame.matched.stages)}
        times_a, times_b = self.a.stage_times(), self.b.stage_times()
        for place, stage in enumerate(self.a.frame.matched.stages):
            if stage.id not in there:
                continue
            other = there[stage.id]
            features = [side.frame.matched.features for side in (self.a, self.b)]
            reach = About("reach", f"reach:{stage.id}", f"reach {stage.name}", "share", "journeys", f"stage={stage.id}", stage.id)
            yield self._rated(reach, self.a.having(features[0].stage(place)), self.b.having(features[1].stage(other)))
            left = About(
                "left", f"left:{stage.id}", f"end in {stage.name}", "share", "journeys", f"left={stage.id}", stage.id, None, False
            )
            yield self._rated(left, self.a.leaving(place), self.b.leaving(other))
            time = About("time", f"time:{stage.id}", f"time in {stage.name}", "seconds", "journeys", "", stage.id)
            yield self._timed(time, times_a[place], times_b[other])

    def _touchpoints(self) -> Iterator[Contrast]:
        for code, other in self.codes:
            if not self.a.frame.counts.journeys[code] + self.b.frame.counts.journeys[other]:
                continue
            name = self.a.frame.matched.touchpoints[code]
            about = About(
                "reach",
                f"touchpoint:{name}",
                f"come by {self.names[name]}",
                "share",
                "journeys",
                f"touchpoint={name}",
                None,
                name,
            )
            yield self._rated(about, self.a.having(code), self.b.having(other))

    def _ways(self) -> Iterator[Contrast]:
        found = [walked(side.frame) for side in (self.a, self.b)]
        both = {pair: found[0].get(pair, (0, 0))[1] + found[1].get(pair, (0, 0))[1] for pair in {**found[0], **found[1]}}
        for pair in sorted(both, key=lambda one: (-both[one], one))[:MOST_WAYS]:
            if not both[pair] or any(one not in self.names for one in pair):
                continue
            origin, target = pair
            about = About(
                "way", f"way:{origin}>{target}", f"go from {self.names[origin]} to {self.names[target]}", "share", "journeys",
                f"way={origin}>{target}", None, origin,
            )  # fmt: skip
            yield self._rated(about, *(held_by(side, one.get(pair)) for side, one in zip((self.a, self.b), found, strict=True)))

    def _deviations(self) -> Iterator[Contrast]:
        found = []
        for code, other in self.codes:
            for kind in KINDS:
                places = [side.frame.matched.features.deviation(kind, one) for side, one in ((self.a, code), (self.b, other))]
                total = int(self.a.frame.counts.journeys[places[0]] + self.b.frame.counts.journeys[places[1]])
                found.append((total, kind, code, places))
        for total, kind, code, places in sorted(found, key=lambda one: -one[0])[:MOST_DEVIATIONS]:
            name = self.a.frame.matched.touchpoints[code]
            about = About(
                "deviation", f"deviation:{kind}:{name}", f"{self.names[name]} {SAID[kind]}", "share", "journeys",
                f"deviation={kind}:{name}", None, name, False,
            )  # fmt: skip
            if total:
                yield self._rated(about, self.a.having(places[0]), self.b.having(places[1]))

    def _promises(self) -> Iterator[Contrast]:
        there = {one.id for one in self.b.frame.plan.promises}
        for one in in_order(self.a.frame.plan.promises):
            if one.id in there:
                about = About(
                    "promise", f"promise:{one.id}", f"keep “{one.name}”", "share", "judged", f"promise={one.id}:kept", None,
                    one.touchpoint, True,
                )  # fmt: skip
                yield self._rated(about, self.a.keeping(one.id), self.b.keeping(one.id))

    def _answers(self) -> Iterator[Contrast]:
        there = {one.id: place for place, one in enumerate(self.b.frame.facts.answers.questions)}
        for place, one in enumerate(self.a.frame.facts.answers.questions):
            if one.id in there:
                good = None if one.kind == "effort" else True
                about = About(
                    "answer",
                    f"answer:{one.id}",
                    f"answer to “{one.words}”",
                    "on its scale",
                    "answers",
                    "",
                    None,
                    one.touchpoint,
                    good,
                )
                yield self._rated(about, self.a.answering(place), self.b.answering(there[one.id]))

    def _metrics(self) -> Iterator[Contrast]:
        for one in METRICS:
            a, b = (side.measured(one) for side in (self.a, self.b))
            if a is None or b is None:
                continue
            unit = self.a.frame.plan.brand.currency if one.unit == "money" else one.unit
            good = None if one.direction == "either" else one.direction == "up"
            about = About(
                "metric", f"metric:{one.id}", one.name, unit, "units", f"metric={one.id}", None, None, good, one.kind == "share"
            )
            yield self._rated(about, a, b)

    def _whole(self) -> Iterator[Contrast]:
        if self.a.frame.matched.automaton.positions and self.b.frame.matched.automaton.positions:
            about = About("following", "following", "follow the plan", "fitness", "journeys", up_is_good=True)
            yield self._rated(about, self.a.following(), self.b.following())
        if {stage.side for stage in self.a.frame.matched.stages} == {"buyer", "customer"}:
            about = About("seam", "seam", "cross from buyer to customer", "share", "journeys", up_is_good=True)
            yield self._rated(about, self.a.crossing(), self.b.crossing())

    def _rated(self, about: About, a: Draws, b: Draws) -> Contrast:
        is_share = about.counted and about.unit == "share"
        found = apart(a, b, is_share)
        values = [valued(side.frame, one, about) for side, one in ((self.a, a), (self.b, b))]
        size = 0.0
        if a.value is not None and b.value is not None:
            wide = (spread(a) + spread(b)) / 2
            size = (
                parted(a.value, b.value) if is_share else abs(a.value - b.value) / wide if wide > 0 else folded(a.value, b.value)
            )
        return self._said(about, values[0], values[1], found, size)

    def _timed(
        self, about: About, a: tuple[float, float, float, int] | None, b: tuple[float, float, float, int] | None
    ) -> Contrast:
        values = [
            side.frame.result(one[1] if one else None, "seconds", one[3] if one else 0, "journeys", low=one[0] if one else None,
                              high=one[2] if one else None, level=LEVEL, method="order statistics")
            for side, one in ((self.a, a), (self.b, b))
        ]  # fmt: skip
        if a is None or b is None:
            nothing = Difference(None, None, None, None, None, values[0].n, values[1].n, "order statistics")
            return self._said(about, values[0], values[1], nothing, 0.0)
        return self._said(about, values[0], values[1], medians(a[:3], b[:3], a[3], b[3]), folded(a[1], b[1]))

    def _said(self, about: About, a: Result[float], b: Result[float], found: Difference, size: float) -> Contrast:
        gap = self.a.frame.result(
            found.value,
            about.unit,
            found.n_a + found.n_b,
            about.of,
            low=found.low,
            high=found.high,
            level=LEVEL,
            method=found.method,
        )
        if about.mark:
            a, b = (led(one, self.address(f"{letter}:{about.mark}")) for one, letter in ((a, "a"), (b, "b")))
        good = None if about.up_is_good is None or not found.value else (found.value > 0) == about.up_is_good
        words = f"{about.name}: {said(a)} against {said(b)}"
        return Contrast(
            about.id, about.kind, about.name, words[0].upper() + words[1:], about.stage, about.touchpoint, a, b, gap, found.p,
            None, False, size, good,
        )  # fmt: skip
