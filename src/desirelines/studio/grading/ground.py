"""What grading goes by: the drawn map, what was learned, and the measured sheet where there is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from desirelines.measure import Grade, Sheet, best_grade, insight_grade
from desirelines.plan import (
    Card,
    Insight,
    Journey,
    Moment,
    Plan,
    Promise,
    Stage,
    Step,
    in_order,
    journey_of,
    steps_of,
    touchpoints_of,
)

SELDOM = 0.5
"""Share who take an optional step, or one that is to come or to go, where nothing measures it."""


@dataclass(frozen=True)
class Ground:
    """One map of a plan, and its sheet; None: nothing is measured, or its version does not hold this journey.

    `figures`: ids of the register's figures that have a value.
    """

    plan: Plan
    journey: str
    sheet: Sheet | None = None
    figures: frozenset[str] = frozenset()

    @cached_property
    def map(self) -> Journey:
        return journey_of(self.plan, self.journey)

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        return in_order(self.map.stages)

    @cached_property
    def steps(self) -> dict[str, list[tuple[Stage, Step]]]:
        """The steps that each touchpoint of this map stands in, in order."""
        found: dict[str, list[tuple[Stage, Step]]] = defaultdict(list)
        for stage in self.stages:
            for step in steps_of(stage):
                for name in touchpoints_of(step):
                    found[name].append((stage, step))
        return found

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        here = {stage.id for stage in self.stages}
        return tuple(one for one in in_order(self.plan.moments) if one.stage in here)

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        return tuple(one for one in in_order(self.plan.promises) if one.touchpoint in self.steps)

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        here = {stage.id for stage in self.stages}
        return tuple(one for one in in_order(self.plan.cards) if one.stage in here)

    @cached_property
    def insights(self) -> dict[str, Insight]:
        return {one.id: one for one in self.plan.insights}

    def learned(self, insights: Iterable[str | None]) -> Grade:
        """The best grade of some insights; guessed where there are none."""
        return best_grade(insight_grade(self.insights[name]) for name in insights if name in self.insights)

    @cached_property
    def stage_reach(self) -> dict[str, tuple[float, bool]]:
        """Each stage's reach, and whether it is measured.

        Of a stage that nothing measures: as many as reach any later stage, else as few as any before; all where nothing is known.
        """
        known = {one.id: one.reach.value for one in self.sheet.stages if one.reach.value is not None} if self.sheet else {}
        found = {}
        for place, stage in enumerate(self.stages):
            later = [known[one.id] for one in self.stages[place:] if one.id in known]
            before = [known[one.id] for one in self.stages[:place] if one.id in known]
            found[stage.id] = (known.get(stage.id, max(later) if later else min(before, default=1.0)), stage.id in known)
        return found

    def reach_of(self, touchpoint: str) -> tuple[float, bool]:
        """A touchpoint's reach, and whether it is measured; else its share of its stage's, by how its steps are drawn."""
        if self.sheet:
            measured = next((one.reach.value for one in self.sheet.touchpoints if one.id == touchpoint), None)
            if measured is not None:
                return measured, True
        shares = [self.stage_reach[stage.id][0] * drawn_share(step) for stage, step in self.steps.get(touchpoint, ())]
        return max(shares, default=0.0), False

    def published(self, element: str) -> bool:
        """True where the sheet knows the element, so that data may reach it; without a sheet nothing is to be told."""
        if self.sheet is None:
            return True
        kind, _, name = element.partition(":")
        known = {
            "touchpoint": [one.id for one in self.sheet.touchpoints],
            "stage": [one.id for one in self.sheet.stages],
            "promise": [one.id for one in self.sheet.promises],
            "moment": [one.id for one in self.sheet.moments],
        }
        return kind not in known or name.partition("/")[0] in known[kind]


def drawn_share(step: Step) -> float:
    """The share of those in a stage who come by one touchpoint of a step, as far as the drawing says."""
    share = 1 / max(len(touchpoints_of(step)), 1)
    return share * SELDOM if step.waived else share
