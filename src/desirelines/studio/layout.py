"""Where each element of a plan lies: the plan as the parts that shared documents say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desirelines.errors import BadInput, Fault
from desirelines.plan import Element, Plan
from desirelines.studio.read import Entry, Part, homes
from desirelines.studio.shape import IN_MAP, IN_PLAN, MAP, PLAN

Lists = dict[str, dict[str, Entry]]


def lay(plan: Plan) -> dict[str, Part]:
    """The parts that read back as this plan. Raises BadInput where two elements of one list have one id."""
    faults: list[Fault] = []
    parts: dict[str, Lists] = {PLAN: {name: {} for name, noun in IN_PLAN.items() if not noun.one}}
    here = parts[PLAN]
    for name in here:
        if name in Plan.model_fields and name not in ("towers", "journeys", "moments", "experiences", "cards"):
            _put(here, name, getattr(plan, name), faults)
    _put(here, "messages", plan.story.messages, faults)
    _put(here, "towers", plan.towers, faults, boxes=())
    for tower in plan.towers:
        _put(here, "boxes", tower.boxes, faults, inside=tower.id)
    _put(here, "journeys", plan.journeys, faults, stages=(), lanes=())
    for journey in plan.journeys:
        there = parts.setdefault(MAP + journey.id, {name: {} for name in IN_MAP})
        _put(there, "lanes", journey.lanes, faults)
        _put(there, "stages", journey.stages, faults, steps=())
        for stage in journey.stages:
            _put(there, "steps", stage.steps, faults, inside=stage.id)
    _spread(plan, parts, faults)
    if faults:
        raise BadInput(str(faults[0]), hint="give each an id of its own", code="same_id", faults=tuple(faults))
    ones: dict[str, Element] = {
        "brand": plan.brand, "strategy": plan.strategy, "story": plan.story.model_copy(update={"messages": ()}),
    }  # fmt: skip
    return {name: Part(ones if name == PLAN else {}, lists) for name, lists in parts.items()}


def _spread(plan: Plan, parts: dict[str, Lists], faults: list[Fault]) -> None:
    home = homes(plan.journeys)
    moments = {moment.id: home.get(moment.stage, PLAN) for moment in plan.moments}
    for name in ("moments", "cards", "experiences"):
        seen: set[str] = set()
        for element in getattr(plan, name):
            place = moments.get(element.moment, PLAN) if name == "experiences" else home.get(element.stage, PLAN)
            if element.id in seen:
                faults.append(_twice(name, element.id))
            seen.add(element.id)
            parts[place][name][element.id] = Entry(element)


def _put(lists: Lists, name: str, elements: Iterable[Any], faults: list[Fault], inside: str = "", **without: Any) -> None:
    for element in elements:
        if element.id in lists[name]:
            faults.append(_twice(name, element.id))
        lists[name][element.id] = Entry(element.model_copy(update=without) if without else element, inside)


def _twice(name: str, id_: str) -> Fault:
    return Fault(f"two of the {name} have the id `{id_}`", path=name)
