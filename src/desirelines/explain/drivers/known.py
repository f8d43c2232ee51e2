"""Every driver that a workspace's plan and data could give: scores, promises, waits, calm, touchpoints met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Literal

from desirelines.errors import BadInput
from desirelines.explain.drivers.outcomes import Scale
from desirelines.explain.ground import Ground
from desirelines.map import number_sql
from desirelines.model.hint import nearest
from desirelines.plan import Plan, Promise, Question, duration_us, in_order

Kind = Literal["score", "promise", "wait", "contact", "meeting"]
CALM = "calm"
HINT = "such as question:stars, promise:our-day, met:chat, quick:delivery:2d, calm, property:food@1-5"


@dataclass(frozen=True)
class Driver:
    """1 of a driver is good: a top score, a promise kept, no long wait, nobody had to call; for a meeting, that it took place."""

    id: str
    kind: Kind
    name: str
    touchpoint: str = ""
    scale: Scale | None = None
    """Of a score that stands in the outcome's own events"""
    longest: str = ""


def known_drivers(ground: Ground, rows_question: Question | None) -> tuple[Driver, ...]:
    """In the order in which they are taken when nobody chooses; what restates the outcome is left out."""
    plan = ground.plan
    scores = [_of_question(one, rows_question) for one in in_order(plan.questions) if one != rows_question and one.high > one.low]
    promises = [
        Driver(f"promise:{one.id}", "promise", one.name, one.touchpoint)
        for one in in_order(plan.promises)
        if not any(restates(one, question) for question in plan.questions)
    ]
    calm = [Driver(CALM, "contact", "No need to get in touch")] if "contact" in ground.facts.occasions else []
    return (*scores, *promises, *calm, *_waits(plan), *_met(plan))


def restates(promise: Promise, question: Question) -> bool:
    """Whether a promise is judged by the very answers to a question, which is a driver or the outcome already."""
    score = promise.score
    return score is not None and score.property == question.property and score.event.event == question.event.event


def asked_drivers(ground: Ground, question: Question | None, asked: str) -> tuple[Driver, ...]:
    """Those named, parted by |. Raises BadInput for one that is none."""
    every = {one.id: one for one in known_drivers(ground, question)}
    names = {one.id: one.name for one in ground.plan.touchpoints}
    found = []
    for text in dict.fromkeys(part.strip() for part in asked.split("|") if part.strip()):
        kind, _, rest = text.partition(":")
        if text in every:
            found.append(every[text])
        elif kind == "property" and rest:
            found.append(_of_property(ground, question, text, rest))
        elif kind == "quick" and rest.count(":") == 1 and rest.partition(":")[0] in names:
            place, _, longest = rest.partition(":")
            duration_us(longest)  # or say what is wrong with it
            found.append(Driver(text, "wait", f"{names[place]} within {longest}", place, longest=longest))
        else:
            raise BadInput(f"there is no driver `{text[:80]}`", hint=f"{nearest(text, list(every))}; {HINT}")
    return tuple(found)


def _of_question(one: Question, outcome: Question | None) -> Driver:
    same = outcome is not None and one.event == outcome.event
    scale = Scale(one.property, one.low, one.high) if same else None
    return Driver(f"question:{one.id}", "score", one.words, one.touchpoint, scale)


def _of_property(ground: Ground, outcome: Question | None, text: str, rest: str) -> Driver:
    if outcome is None:
        raise BadInput(f"`{text[:80]}` stands in no answer: an order has none", hint="ask for a question's id as outcome")
    name, _, ends = rest.rpartition("@") if "@" in rest else (rest, "", "")
    low, _, high = ends.partition("-")
    try:
        scale = Scale(name, float(low or 1), float(high or 5))
    except ValueError as error:
        raise BadInput(f"`{text[:80]}` has no scale", hint="such as property:food@1-5") from error
    if not (isfinite(scale.low) and isfinite(scale.high) and scale.high > scale.low):
        raise BadInput(f"`{text[:80]}` has no scale", hint="such as property:food@1-5")
    columns = ground.snapshot.columns("events")
    if number_sql(columns, name) is None:
        names = sorted({column.partition("_")[2] for column in columns if column.startswith("number_")})
        raise BadInput(f"no event has a number `{name[:80]}`", hint=nearest(name, names))
    return Driver(text, "score", name, "", scale)


def _waits(plan: Plan) -> list[Driver]:
    """A wait for each step of a planned journey that has its time."""
    names = {one.id: one.name for one in plan.touchpoints}
    found = {}
    for journey in in_order(plan.journeys):
        for stage in in_order(journey.stages):
            for step in stage.steps:
                if step.within and step.touchpoint:
                    text = f"quick:{step.touchpoint}:{step.within}"
                    name = f"{names.get(step.touchpoint, step.touchpoint)} within {step.within}"
                    found[text] = Driver(text, "wait", name, step.touchpoint, longest=step.within)
    return list(found.values())


def _met(plan: Plan) -> list[Driver]:
    return [Driver(f"met:{one.id}", "meeting", f"Met “{one.name}”", one.id) for one in in_order(plan.touchpoints)]


def beside(drivers: Sequence[Driver]) -> dict[str, Scale]:
    """What has to be read from the outcome's own events."""
    return {one.id: one.scale for one in drivers if one.scale}


def is_product(driver: Driver, said: str) -> bool:
    """Whether the ask names it, or its touchpoint, as the product itself."""
    names = {part.strip() for part in said.split("|") if part.strip()}
    return driver.id in names or bool(driver.touchpoint and driver.touchpoint in names)
