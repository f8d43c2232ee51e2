"""A planned journey, as the plan writes it down, from drawn stages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from desirelines.measure.asking.drawing import DrawnStage, DrawnStep, label
from desirelines.measure.asking.walk import Walk
from desirelines.model.hint import slug
from desirelines.plan import EventRule, Journey, Plan, Stage, Step, Touchpoint, in_order, steps_of, suggest, touchpoints_of

Side = Literal["buyer", "customer"]
_BOUGHT = re.compile(r"order|purchas|bought|buy|paid|pay|checkout|contract|subscri", re.IGNORECASE)


@dataclass(frozen=True)
class Claims:
    """Which touchpoint each code [of a trace's names] belongs to, the new ones among them made for it."""

    touchpoint: Mapping[int, str]
    name: Mapping[str, str]
    new: tuple[Touchpoint, ...]


def claims(plan: Plan, codes: Iterable[int], names: Sequence[str], are_touchpoints: bool) -> Claims:
    """An event belongs to the touchpoint that has a rule for it; one without gets a touchpoint of its own."""
    known = {one.id: one.name for one in plan.touchpoints}
    if are_touchpoints:
        return Claims({code: names[code] for code in codes}, known, ())
    owner = {rule.event: one.id for one in reversed(in_order(plan.touchpoints)) for rule in reversed(one.rule)}
    found = {code: owner[names[code]] for code in codes if names[code] in owner}
    loose = {names[code]: code for code in codes if code not in found}
    order = max((one.order for one in plan.touchpoints), default=0)
    new = []
    for event, guess in suggest(plan.model_copy(update={"touchpoints": ()}), loose).items():
        order += 1
        free = unused(guess.id, known)
        rule = (EventRule(event=event),)
        new.append(Touchpoint(id=free, name=guess.name, order=order, kind=guess.kind, medium=guess.medium, rule=rule))
        known[free], found[loose[event]] = guess.name, free
    return Claims(found, known, tuple(new))


def unused(name: str, taken: Iterable[str]) -> str:
    """The name, or with a number behind it."""
    there, count, free = set(taken), 1, name
    while free in there:
        count += 1
        free = f"{name[:56]}-{count}"
    return free


@dataclass
class Writer:
    """Writes stages and steps down with ids that the plan does not have yet."""

    plan: Plan
    claims: Claims
    often: Mapping[int, float]
    """How often each code comes: what has no order is called after its most frequent step."""
    stage_ids: set[str] = field(default_factory=set)
    step_ids: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        stages = [stage for journey in self.plan.journeys for stage in journey.stages]
        self.stage_ids |= {stage.id for stage in stages}
        self.step_ids |= {step.id for stage in stages for step in stage.steps}

    def journey(self, stages: Sequence[DrawnStage], repeats: bool, walk: Walk, cut: Journey | None, name: str) -> Journey:
        """`cut`: the planned journey whose boundaries the journeys had, where the walk has none of its own."""
        side: Side = "buyer"
        written = []
        for place, stage in enumerate(stages):
            written.append(self._stage(stage, place + 1, self._side(stage) or side))
            side = "customer" if side == "customer" or self._bought(stage) else written[-1].side
        taken = {journey.id for journey in self.plan.journeys}
        bounds = (
            {"starts": cut.starts, "ends": cut.ends, "gap": cut.gap, "unclaimed": cut.unclaimed} if cut else self._bounds(walk)
        )
        order = max((one.order for one in self.plan.journeys), default=0) + 1
        return Journey(
            id=unused(slug(name, 56) or "discovered", taken), name=name, order=order, subject=walk.subject,
            repeats=repeats, stages=tuple(written), **bounds,
        )  # fmt: skip

    def _bought(self, stage: DrawnStage) -> bool:
        """Whether it sounds as if one buys there: from the next stage on one is a customer."""
        rules = {one.id: " ".join(rule.event for rule in one.rule) for one in (*self.plan.touchpoints, *self.claims.new)}
        return any(_BOUGHT.search(f"{self.claims.name[one]} {rules[one]}") for one in self._touchpoints(stage.codes))

    def _bounds(self, walk: Walk) -> dict[str, object]:
        gap = re.sub(r"(?<=[0-9])m$", "min", walk.gap)
        return {"gap": gap or None, "starts": self._rules(walk.starts, walk), "ends": self._rules(walk.ends, walk)}

    def _rules(self, said: str, walk: Walk) -> tuple[EventRule, ...]:
        names = [name.strip() for name in said.split("|")] if said else []
        if walk.level == "event":
            return tuple(EventRule(event=name) for name in names)
        rules = {one.id: one.rule for one in self.plan.touchpoints}
        return tuple(rule for name in names for rule in rules[name])

    def _side(self, stage: DrawnStage) -> Side | None:
        """The side on which the plan already has such a touchpoint."""
        mine = set(self._touchpoints(stage.codes))
        for journey in in_order(self.plan.journeys):
            for known in in_order(journey.stages):
                if mine & {one for step in steps_of(known) for one in touchpoints_of(step)}:
                    return known.side
        return None

    def _touchpoints(self, codes: Iterable[int]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.claims.touchpoint[code] for code in codes))

    def _stage(self, stage: DrawnStage, order: int, side: Side) -> Stage:
        straight = not stage.any_order and len(stage.steps) > 1
        codes = stage.codes if straight else sorted(stage.codes, key=lambda code: -self.often[code])
        name = label([self.claims.name[one] for one in self._touchpoints(codes)], straight)[:200]
        free = unused(slug(name, 56) or f"stage-{order}", self.stage_ids)
        self.stage_ids.add(free)
        steps = tuple(self._step(step, place + 1) for place, step in enumerate(stage.steps))
        return Stage(
            id=free, name=name, order=order, side=side, steps=steps, any_order=stage.any_order and len(steps) > 1,
            repeats=stage.repeats,
        )  # fmt: skip

    def _step(self, step: DrawnStep, order: int) -> Step:
        touchpoints = self._touchpoints(step.codes)
        free = unused(f"s-{touchpoints[0]}"[:60], self.step_ids)
        self.step_ids.add(free)
        one = touchpoints[0] if len(touchpoints) == 1 else None
        return Step(
            id=free, order=order, touchpoint=one, one_of=() if one else touchpoints, optional=step.optional, repeats=step.repeats
        )
