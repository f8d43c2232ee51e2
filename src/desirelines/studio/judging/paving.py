"""A desire line into the plan: the smallest change after which the target may follow its origin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desirelines.errors import BadInput
from desirelines.map import compile_journey, successors
from desirelines.plan import Journey, Plan, Stage, Step, find, in_order, journey_of, steps_of, touchpoint_codes, touchpoints_of

ANY_ORDER = 10
"""Steps a stage in any order may have."""


@dataclass(frozen=True)
class Paving:
    """`steps`: of `stage`, new or changed, to be put in the place of those with the same id; none: it is planned already."""

    journey: str
    stage: str
    steps: tuple[Step, ...]
    repeats: bool
    """The stage is now to come again and again."""
    words: str


def pave(plan: Plan, journey_id: str, origin: str, target: str) -> Paving:
    """What to change so that the way is planned. Raises NotFound, and BadInput where neither end stands on the map."""
    journey = journey_of(plan, journey_id)
    names = {one: find(plan.touchpoints, one, "touchpoint").name for one in (origin, target)}
    if drawn(plan, journey, origin, target):
        return Paving(journey_id, "", (), False, "The plan draws this way already")
    for paving in _tries(plan, journey, origin, target, names):
        if drawn(plan, laid(journey, paving), origin, target):
            return paving
    raise BadInput(
        f"{names[origin]} and {names[target]} do not stand on this map", hint="put one of them on it first, then pave the way"
    )


def paved(plan: Plan, paving: Paving) -> Plan:
    """The plan with the change in it."""
    journeys = tuple(laid(one, paving) if one.id == paving.journey else one for one in plan.journeys)
    return plan.model_copy(update={"journeys": journeys})


def laid(journey: Journey, paving: Paving) -> Journey:
    """The journey with the change in it."""
    new = {step.id: step for step in paving.steps}

    def change(stage: Stage) -> Stage:
        if stage.id != paving.stage:
            return stage
        kept = [new.get(step.id, step) for step in stage.steps]
        known = {step.id for step in stage.steps}
        more = [step for step in paving.steps if step.id not in known]
        return stage.model_copy(update={"steps": (*kept, *more), "repeats": stage.repeats or paving.repeats})

    return journey.model_copy(update={"stages": tuple(change(stage) for stage in journey.stages)})


def drawn(plan: Plan, journey: Journey, origin: str, target: str) -> bool:
    """Whether the journey's automaton lets the target follow its origin, past optional steps."""
    codes = touchpoint_codes(plan)
    return (codes[origin], codes[target]) in successors(compile_journey(plan, journey))


def _tries(plan: Plan, journey: Journey, origin: str, target: str, names: dict[str, str]) -> Iterable[Paving]:
    """Changes to try, the smallest first."""
    homes = [(stage, step) for stage in in_order(journey.stages) for step in steps_of(stage) if origin in touchpoints_of(step)]
    if origin == target:
        for stage, step in homes:
            again = step.model_copy(update={"repeats": True})
            yield Paving(journey.id, stage.id, (again,), False, f"{names[origin]} may come again and again in “{stage.name}”")
    for stage, step in homes:
        if _whole_round(stage, step, target):
            yield Paving(journey.id, stage.id, (), True, f"“{stage.name}” may come again and again")
    taken = {step.id for one in plan.journeys for stage in one.stages for step in stage.steps}
    for stage, step in homes:
        if stage.any_order and len(stage.steps) >= ANY_ORDER:
            continue
        new = Step(id=_free(target, taken), order=0, touchpoint=target, optional=True)
        said = f"{names[target]} may follow {names[origin]} in “{stage.name}”"
        yield Paving(journey.id, stage.id, _after(stage, step, new), False, said)
    for stage in in_order(journey.stages):
        for step in steps_of(stage):
            if target in touchpoints_of(step) and (not stage.any_order or len(stage.steps) < ANY_ORDER):
                new = Step(id=_free(origin, taken), order=0, touchpoint=origin, optional=True)
                said = f"{names[origin]} may come before {names[target]} in “{stage.name}”"
                yield Paving(journey.id, stage.id, _before(stage, step, new), False, said)


def _whole_round(stage: Stage, last: Step, target: str) -> bool:
    """Whether the way leads from a stage's last step back to its first."""
    steps = steps_of(stage)
    return len(steps) > 1 and not stage.any_order and steps[-1].id == last.id and target in touchpoints_of(steps[0])


def _after(stage: Stage, step: Step, new: Step) -> tuple[Step, ...]:
    steps = list(steps_of(stage))
    return _numbered(steps, steps.index(step) + 1, new)


def _before(stage: Stage, step: Step, new: Step) -> tuple[Step, ...]:
    steps = list(steps_of(stage))
    return _numbered(steps, steps.index(step), new)


def _numbered(steps: list[Step], place: int, new: Step) -> tuple[Step, ...]:
    """The new step between its neighbours' orders; those behind it move only where there is no room."""
    low = steps[place - 1].order if place else (steps[0].order - 20 if steps else 0)
    if place == len(steps):
        return (new.model_copy(update={"order": low + 10}),)
    high = steps[place].order
    if high - low > 1:
        return (new.model_copy(update={"order": (low + high) // 2}),)
    moved = [step.model_copy(update={"order": step.order + 20}) for step in steps[place:]]
    return (new.model_copy(update={"order": low + 10}), *moved)


def _free(touchpoint: str, taken: set[str]) -> str:
    base, count = f"way-{touchpoint}"[:58], 1
    name = base
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    return name
