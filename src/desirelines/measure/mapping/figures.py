"""The map's cells as figures: stages, touchpoints, promises, ways, the seam."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.map import CUSTOMERS_LIMIT, RATE_LIMIT, desire_lines
from desirelines.measure.gathering.pairs import BROKEN, KEPT, OPEN
from desirelines.measure.mapping.evidence import Witness, best
from desirelines.measure.mapping.frame import Frame, dot
from desirelines.measure.sheet import (
    Deviations,
    Evidence,
    Following,
    Grade,
    MomentCell,
    PromiseFigures,
    Seam,
    StageFigures,
    TouchpointFigures,
    Way,
)
from desirelines.model.result import Result
from desirelines.plan import Experience, Moment, Promise, Stage, Touchpoint, in_order

Int = NDArray[np.int64]


@dataclass(frozen=True)
class Figures:
    """Everything the sheet shows, cell by cell."""

    frame: Frame
    witness: Witness

    @cached_property
    def last(self) -> Int:
        """[touchpoints] kept journeys whose last claimed event is there."""
        matched = self.frame.matched
        mine = matched.variants.last >= 0
        counts = np.bincount(matched.variants.last[mine], self.frame.weights[mine], len(matched.touchpoints))
        return counts.astype(np.int64)

    @cached_property
    def late(self) -> Int:
        """[touchpoints] planned steps that came late, in kept journeys."""
        matched = self.frame.matched
        mine = self.frame.keep[matched.late_journey]
        return np.bincount(matched.late_touchpoint[mine], minlength=len(matched.touchpoints)).astype(np.int64)

    @cached_property
    def evidence(self) -> list[Evidence]:
        """[touchpoints]"""
        return [self.witness.of(code) for code in range(len(self.frame.matched.touchpoints))]

    @cached_property
    def grades(self) -> dict[str, Grade]:
        return {name: self.evidence[code].grade for code, name in enumerate(self.frame.matched.touchpoints)}

    def reach(self, journeys: int, codes: list[int], behind: str) -> Result[float]:
        """Share of the kept journeys that come by; unknown, not zero, where nothing measures any of the touchpoints."""
        if all(self.evidence[code].state == "unmeasured" for code in codes):
            return self.frame.share(0, 0, behind=behind)
        return self.frame.share(journeys, self.frame.journeys, behind=behind)

    def stages(self) -> tuple[StageFigures, ...]:
        times = self.frame.medians(self.frame.matched.stage_time)
        return tuple(self._stage(index, stage, times[index]) for index, stage in enumerate(self.frame.matched.stages))

    def _stage(self, index: int, stage: Stage, time: Result[float]) -> StageFigures:
        frame, matched = self.frame, self.frame.matched
        mine = matched.in_stage[:, index]
        names = [name for name, used in zip(matched.touchpoints, mine.tolist(), strict=True) if used]
        which = matched.features.stage(index)
        journeys = int(frame.counts.journeys[which])
        return StageFigures(
            stage.id, stage.name, stage.side, stage.order, int(frame.counts.people[which]), journeys,
            self.reach(journeys, np.flatnonzero(mine).tolist(), f"stage={stage.id}"), time,
            frame.share(int(self.last[mine].sum()), journeys, behind=f"left={stage.id}"),
            best(self.grades[name] for name in names), stage.desired, self.felt(names), stage.opens,
        )  # fmt: skip

    def felt(self, touchpoints: list[str]) -> Result[float] | None:
        """Mean score on -1..1 of the answers about these touchpoints; None when nothing is asked there."""
        answers = self.frame.facts.answers
        asked = [index for index in answers.at_touchpoints(touchpoints) if answers.questions[index].kind != "recommend"]
        asked = asked or answers.at_touchpoints(touchpoints)
        if not asked:
            return None
        scores = [answers.scores(index, *self.frame.bounds, self.frame.members) for index in asked]
        return self.frame.average(np.concatenate(scores), "score", "answers", bounds=(-1.0, 1.0))

    def touchpoints(self) -> tuple[TouchpointFigures, ...]:
        frame, features = self.frame, self.frame.matched.features
        walked = frame.counts.times[features.way(0) : features.way(features.ways)]
        onward = np.bincount(features.origin, walked, features.touchpoints).astype(np.int64)
        times = frame.medians(frame.matched.touchpoint_time, onward, "transitions")
        known = in_order(frame.plan.touchpoints)
        return tuple(self._touchpoint(code, touchpoint, times[code]) for code, touchpoint in enumerate(known))

    def _touchpoint(self, code: int, touchpoint: Touchpoint, time: Result[float]) -> TouchpointFigures:
        frame, matched = self.frame, self.frame.matched
        journeys = int(frame.counts.journeys[code])
        stages = tuple(stage.id for index, stage in enumerate(matched.stages) if matched.in_stage[code, index])
        return TouchpointFigures(
            touchpoint.id, touchpoint.name, touchpoint.kind, touchpoint.medium, touchpoint.owner, stages,
            int(frame.counts.people[code]), journeys, int(frame.counts.times[code]),
            self.reach(journeys, [code], f"touchpoint={touchpoint.id}"), time,
            frame.share(int(self.last[code]), journeys), self.evidence[code], self.felt([touchpoint.id]),
            self.deviations_at(code), self.witness.sources[code],
        )  # fmt: skip

    def deviations_at(self, code: int) -> Deviations:
        """Deviations of one touchpoint in the kept journeys."""
        times, place = self.frame.counts.times, self.frame.matched.features.deviation
        missing, unplanned, swapped, repeated = (
            int(times[place(kind, code)]) for kind in ("missing", "unplanned", "out of order", "repeated")
        )
        return Deviations(missing, unplanned, swapped, repeated, int(self.late[code]))

    def following(self) -> Following:
        """How the kept journeys follow the plan; nothing can be said of a plan without steps."""
        frame, variants, weights = self.frame, self.frame.matched.variants, self.frame.shares
        marks = [round(count) for count in np.einsum("v,vm->m", weights, variants.mark_counts).tolist()]
        found = Deviations(round(dot(variants.lacking, weights)), marks[1], marks[2], marks[3], int(self.late.sum()))
        cost = round(dot(variants.paid, weights))
        if not frame.matched.automaton.positions:
            nothing = frame.result(None, "fitness", 0, "journeys")
            return Following(nothing, nothing, frame.result(None, "share", 0, "journeys"), found, cost)
        fits = int(frame.weights[variants.cost == 0].sum())
        return Following(
            frame.average(variants.fitness, "fitness", "journeys", weights, (0.0, 1.0)), log_fitness(frame),
            frame.share(fits, frame.journeys), found, cost,
        )  # fmt: skip

    def promises(self) -> tuple[PromiseFigures, ...]:
        return tuple(promise_figures(self.frame, promise) for promise in in_order(self.frame.plan.promises))

    def ways(self, rate: float = RATE_LIMIT, customers: int = CUSTOMERS_LIMIT) -> tuple[Way, ...]:
        """All ways walked in the kept journeys, the most walked first."""
        frame, features = self.frame, self.frame.matched.features
        planned, desire = desire_lines(frame.matched, frame.counts, frame.journeys, rate, customers)
        mine = slice(features.way(0), features.way(features.ways))
        counts, journeys, people = (column[mine] for column in (frame.counts.times, frame.counts.journeys, frame.counts.people))
        ranks = np.where(counts[:, None] > 0, np.stack([(counts - 1) // 2, counts // 2], axis=1), -1)
        middle = frame.matched.way_time.at_ranks(frame.keep, ranks)
        names = frame.matched.touchpoints
        order = np.argsort(-counts, kind="stable")
        return tuple(
            Way(
                names[features.origin[way]], names[features.target[way]], int(counts[way]), int(journeys[way]), int(people[way]),
                int(journeys[way]) / frame.journeys, float(middle[way].sum() / 2e6), bool(planned[way]), bool(desire[way]),
            )
            for way in order.tolist()
            if counts[way]
        )  # fmt: skip

    def seam(self) -> Seam | None:
        """From the buyer's side to the customer's; None when the journey has one side only."""
        frame = self.frame
        if {stage.side for stage in frame.matched.stages} != {"buyer", "customer"}:
            return None
        sides, weights = frame.matched.variants.sides, frame.weights
        both, buyers = int(weights[sides == 3].sum()), int(weights[sides & 1 == 1].sum())
        return Seam(frame.share(both, buyers), frame.medians(frame.matched.seam_time)[0])

    def moments(self) -> tuple[MomentCell, ...]:
        plan = self.frame.plan
        here = {stage.id for stage in self.frame.matched.stages}
        return tuple(self._moment(moment, plan.experiences) for moment in in_order(plan.moments) if moment.stage in here)

    def _moment(self, moment: Moment, experiences: tuple[Experience, ...]) -> MomentCell:
        outcomes = {outcome.id: outcome for outcome in self.frame.plan.outcomes}
        asked = moment.outcome is not None and bool(outcomes[moment.outcome].n)
        grades: list[Grade] = [self.grades[name] for name in moment.touchpoints] + (["asked"] if asked else [])
        live = any(one.moment == moment.id and one.state == "live" for one in experiences)
        return MomentCell(moment.id, moment.words, moment.stage, best(grades), moment.touchpoints, live)


def log_fitness(frame: Frame) -> Result[float]:
    """1 - all cost / all (events + shortest way); its interval is that of a ratio of two sums over journeys, by t."""
    variants, weights = frame.matched.variants, frame.shares
    total, n = dot(variants.whole, weights), frame.journeys
    if not total:
        return frame.result(None, "fitness", 0, "journeys", method="t")
    ratio = dot(variants.paid, weights) / total
    around = frame.average((variants.paid - ratio * variants.whole) * (n / total), "fitness", "journeys", weights)
    low = None if around.high is None else max(0.0, 1 - ratio - around.high)
    high = None if around.low is None else min(1.0, 1 - ratio - around.low)
    return frame.result(1 - ratio, "fitness", n, "journeys", low=low, high=high, level=around.level, method="t")


def promise_figures(frame: Frame, promise: Promise) -> PromiseFigures:
    """One promise over the judgements of the period, each counted when its event (or its start) happened."""
    judgements = frame.facts.judgements
    states = judgements.state[judgements.between(promise.id, *frame.bounds, frame.members)]
    kept, broken, open_ = (int((states == state).sum()) for state in (KEPT, BROKEN, OPEN))
    of = "judgements" if promise.score or promise.by else f"{promise.per} starts"
    found = frame.share(kept, kept + broken, of, f"promise={promise.id}:broken")
    code = frame.matched.touchpoints.index(promise.touchpoint) if promise.touchpoint in frame.matched.touchpoints else -1
    stages = [stage.id for index, stage in enumerate(frame.matched.stages) if code >= 0 and frame.matched.in_stage[code, index]]
    return PromiseFigures(
        promise.id, promise.name, promise.words, promise.touchpoint, stages[0] if stages else None, promise.owner, promise.per,
        promise.target, found, kept, broken, open_, promise_state(found, promise.target),
    )  # fmt: skip


def promise_state(kept: Result[float], target: float) -> Any:
    """`broken`: the whole interval is under the target; `kept`: the value is at or above it; else `in doubt`."""
    if kept.value is None or kept.high is None:
        return "not judged"
    if kept.high < target:
        return "broken"
    return "kept" if kept.value >= target else "in doubt"
