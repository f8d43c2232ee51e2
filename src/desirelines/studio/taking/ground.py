"""What a map's cells are made of: the elements that stand on it, chosen by persona and by what is against what should be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from desirelines.measure import METRICS, Sheet, StageFigures, TouchpointFigures
from desirelines.plan import (
    Card,
    Experience,
    Insight,
    Journey,
    Moment,
    Plan,
    Promise,
    Stage,
    Step,
    Touchpoint,
    in_order,
    steps_of,
    touchpoints_of,
)
from desirelines.studio.grading import grade_map
from desirelines.studio.taking.wall import Take, WallCell, WallFigure


@dataclass(frozen=True)
class Ground:
    plan: Plan
    journey: Journey
    take: Take
    sheet: Sheet | None

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The buyer's side first, as the board has it."""
        stages = in_order(self.journey.stages)
        return tuple(sorted(stages, key=lambda stage: stage.side != "buyer"))

    @cached_property
    def names(self) -> dict[str, str]:
        """``kind:id`` to the name people know."""
        plan = self.plan
        several = (("team", plan.teams), ("persona", plan.personas), ("touchpoint", plan.touchpoints), ("journey", plan.journeys))
        found = {f"{kind}:{one.id}": one.name for kind, ones in several for one in ones}
        found.update({f"metric:{one.id}": one.name for one in METRICS})
        return found

    def name(self, kind: str, name: str | None) -> str:
        return self.names.get(f"{kind}:{name}", name) if name else ""

    @cached_property
    def _grades(self) -> dict[str, str]:
        return {one.element: one.grade for one in grade_map(self.plan, self.journey.id, self.sheet).cells}

    def grade(self, kind: str, name: str) -> str:
        """How well it is known."""
        return self._grades.get(f"{kind}:{name}", "guessed")

    @cached_property
    def measured_stages(self) -> dict[str, StageFigures]:
        return {one.id: one for one in self.sheet.stages} if self.sheet else {}

    @cached_property
    def measured(self) -> dict[str, TouchpointFigures]:
        return {one.id: one for one in self.sheet.touchpoints} if self.sheet else {}

    @cached_property
    def touchpoints(self) -> dict[str, Touchpoint]:
        return {one.id: one for one in self.plan.touchpoints}

    @cached_property
    def insights(self) -> dict[str, Insight]:
        return {one.id: one for one in self.plan.insights}

    def _theirs(self, persona: str | None) -> bool:
        return self.take.persona is None or persona is None or persona == self.take.persona

    def _stands(self, state: str) -> bool:
        return not (self.take.show == "is" and state == "new") and not (self.take.show == "should" and state == "going")

    def steps(self, stage: Stage) -> tuple[Step, ...]:
        chosen = self.take.persona
        return tuple(
            step for step in steps_of(stage)
            if self._stands(step.state) and (chosen is None or not step.personas or chosen in step.personas)
        )  # fmt: skip

    def planned(self, stage: Stage) -> list[Touchpoint]:
        """The stage's touchpoints, each once."""
        several = dict.fromkeys(name for step in self.steps(stage) for name in touchpoints_of(step))
        return [self.touchpoints[name] for name in several if name in self.touchpoints]

    def moments(self, stage: Stage) -> tuple[Moment, ...]:
        return tuple(one for one in in_order(self.plan.moments) if one.stage == stage.id and self._theirs(one.persona))

    def experiences(self, moment: Moment) -> tuple[Experience, ...]:
        out = {"is": ("idea",), "should": ("retired",)}.get(self.take.show, ())
        return tuple(one for one in in_order(self.plan.experiences) if one.moment == moment.id and one.state not in out)

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        here = {stage.id for stage in self.stages}
        cards = (one for one in in_order(self.plan.cards) if one.stage in here)
        return tuple(one for one in cards if self._stands(one.state) and self._theirs(one.persona))

    @cached_property
    def promises(self) -> dict[str, list[Promise]]:
        """By the stage they stand in: the first that plans their touchpoint."""
        home: dict[str, str] = {}
        for stage in self.stages:
            for touchpoint in self.planned(stage):
                home.setdefault(touchpoint.id, stage.id)
        found: dict[str, list[Promise]] = {}
        for promise in in_order(self.plan.promises):
            if promise.touchpoint in home:
                found.setdefault(home[promise.touchpoint], []).append(promise)
        return found

    def card_cell(self, card: Card) -> WallCell:
        """A card, with the insight it rests on."""
        insight = self.insights.get(card.insight or "")
        about = self.name("touchpoint", card.touchpoint) or self.name("metric", card.metric)
        words = card.words or (insight.words if insight else "") or about
        more = [insight.words] if insight and card.words and insight.words != card.words else []
        more += [f"at {about}"] if about and words != about else []
        source = ", ".join(
            part for part in (insight.source, insight.on or "", f"n {insight.n:,}" if insight.n is not None else "") if part
        ) if insight else ""  # fmt: skip
        return WallCell(
            "card", card.id, words, tuple(more), self.name("team", card.owner), self.name("persona", card.persona),
            self.grade("card", card.id), card.state, of=card.insight or card.touchpoint or "", source=source,
            picture=card.picture or (insight.picture if insight else ""),
            quoted=bool(insight and insight.kind == "quotation" and not card.words),
        )  # fmt: skip

    def touchpoint_figures(self, touchpoint: str) -> tuple[WallFigure, ...]:
        one = self.measured.get(touchpoint)
        if one is None:
            return ()
        people = WallFigure("people", float(one.people), None, None, 0, "people")
        felt = (WallFigure.of("felt", one.felt),) if one.felt else ()
        several = (("reach", one.reach), ("time to the next", one.time), ("left here", one.left))
        return (people, *(WallFigure.of(name, result) for name, result in several), *felt)
