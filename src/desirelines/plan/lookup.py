"""Small questions to a plan. Order is a field: every list is read sorted by order, then id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Protocol, TypeVar

from desirelines.errors import BadInput, NotFound
from desirelines.model.hint import nearest
from desirelines.plan.elements import EventRule, Journey, Plan, Stage, Step, Strategy, Touchpoint

LONGEST_US = 36_525 * 86_400_000_000
"""A hundred years: no duration is longer."""

_UNIT_US = {"s": 1_000_000, "m": 60_000_000, "min": 60_000_000, "h": 3_600_000_000, "d": 86_400_000_000, "w": 604_800_000_000}
_DURATION = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,15})?)(s|min|m|h|d|w)")
_LENGTHS = "write 90s, 30m or 30min, 4h, 2d or 1w"


class Ordered(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def order(self) -> int: ...


T = TypeVar("T", bound=Ordered)


def in_order(elements: Iterable[T]) -> tuple[T, ...]:
    """Sorted by order, then id."""
    return tuple(sorted(elements, key=lambda element: (element.order, element.id)))


def find(elements: Iterable[T], name: str, noun: str) -> T:
    """The element with this id. Raises NotFound with the nearest id."""
    known = {element.id: element for element in elements}
    if name not in known:
        raise NotFound(f"no {noun} `{name}`", hint=nearest(name, known))
    return known[name]


def journey_of(plan: Plan, journey: str) -> Journey:
    """The planned journey with this id. Raises NotFound."""
    return find(plan.journeys, journey, "journey")


def touchpoint_of(plan: Plan, touchpoint: str) -> Touchpoint:
    """The touchpoint with this id. Raises NotFound."""
    return find(plan.touchpoints, touchpoint, "touchpoint")


def stages_of(plan: Plan, journey: str) -> tuple[Stage, ...]:
    """The stages of a planned journey, in order. Raises NotFound."""
    return in_order(journey_of(plan, journey).stages)


def steps_of(stage: Stage) -> tuple[Step, ...]:
    """The steps of a stage, in order."""
    return in_order(stage.steps)


def touchpoints_of(step: Step) -> tuple[str, ...]:
    """The touchpoint ids that satisfy a step."""
    return (step.touchpoint,) if step.touchpoint else step.one_of


def touchpoint_codes(plan: Plan) -> dict[str, int]:
    """Touchpoint id to code: its place in the ordered list. An id written twice has the code of its first place."""
    codes: dict[str, int] = {}
    for touchpoint in in_order(plan.touchpoints):
        codes.setdefault(touchpoint.id, len(codes))
    return codes


def stages_with(plan: Plan, journey: str) -> dict[str, tuple[str, ...]]:
    """Touchpoint id to the stages of this journey that plan it, in order; touchpoints it does not plan are absent."""
    found: dict[str, list[str]] = {}
    for stage in stages_of(plan, journey):
        for step in steps_of(stage):
            for touchpoint in touchpoints_of(step):
                places = found.setdefault(touchpoint, [])
                if stage.id not in places:
                    places.append(stage.id)
    return {touchpoint: tuple(stages) for touchpoint, stages in found.items()}


def every_rule(plan: Plan) -> Iterator[tuple[tuple[str | int, ...], EventRule]]:
    """Each event rule with the path where it stands in the plan."""
    for i, touchpoint in enumerate(plan.touchpoints):
        for j, rule in enumerate(touchpoint.rule):
            yield ("touchpoints", i, "rule", j), rule
    for i, question in enumerate(plan.questions):
        yield ("questions", i, "event"), question.event
    for i, outcome in enumerate(plan.outcomes):
        for j, rule in enumerate(outcome.reached):
            yield ("outcomes", i, "reached", j), rule
    for i, role in enumerate(plan.roles):
        for j, rule in enumerate(role.rule):
            yield ("roles", i, "rule", j), rule
    for i, promise in enumerate(plan.promises):
        if promise.by:
            yield ("promises", i, "by", "event"), promise.by.event
        if promise.within:
            yield ("promises", i, "within", "start"), promise.within.start
            yield ("promises", i, "within", "to"), promise.within.to
        if promise.score:
            yield ("promises", i, "score", "event"), promise.score.event
    for i, journey in enumerate(plan.journeys):
        for name, rules in (("starts", journey.starts), ("ends", journey.ends)):
            for j, rule in enumerate(rules):
                yield ("journeys", i, name, j), rule


def missing_strategy(plan: Plan) -> tuple[str, ...]:
    """The strategy fields that are still empty: the gate before a map means anything."""
    return tuple(name for name in Strategy.model_fields if not getattr(plan.strategy, name))


def duration_us(text: str) -> int:
    """Microseconds of ``90s``, ``30m`` or ``30min``, ``4h``, ``2d``, ``1.5w``, rounded. Raises BadInput."""
    found = _DURATION.fullmatch(text)
    if not found:
        raise BadInput(f"`{text[:40]}` is not a length of time", hint=_LENGTHS)
    length = round(Fraction(found[1]) * _UNIT_US[found[2]])
    if length > LONGEST_US:
        raise BadInput(f"`{text[:40]}` is longer than a hundred years", hint=_LENGTHS)
    return length
