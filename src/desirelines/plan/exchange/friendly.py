"""What people may leave out or write short, filled in before a plan is checked.

Nothing here judges: what does not fit is handed on as it is, so that the check names its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from desirelines.model.hint import slug

Data = dict[str, Any]

STEP_ID_LENGTH = 56

_LISTS = (
    "teams", "personas", "identifiers", "touchpoints", "questions", "outcomes", "moments", "experiences", "promises", "journeys",
    "roles", "metrics", "insights", "towers", "cards",
)  # fmt: skip
_NAMES = {
    "touchpoints": ("responsible", "consulted", "informed", "systems", "purposes"),
    "personas": ("sources", "evidence"),
    "towers": ("touchpoints", "experiences"),
    "moments": ("touchpoints",),
    "experiences": ("touchpoints",),
    "journeys": ("personas",),
}
_RULES = {"touchpoints": ("rule",), "outcomes": ("reached",), "journeys": ("starts", "ends"), "roles": ("rule",)}


def fill(data: Data) -> Data:
    """The whole document in its explicit form. `data` itself stays as it is."""
    plan = _without_nulls(data)
    if isinstance(plan.get("brand"), str):
        plan["brand"] = {"name": plan["brand"]}
    if isinstance(plan.get("story"), dict):
        plan["story"] = _with_list(_without_nulls(plan["story"]), "messages", lambda element: element)
    for name in ("brand", "strategy"):
        if isinstance(plan.get(name), dict):
            plan[name] = _without_nulls(plan[name])
    for name in _LISTS:
        plan = _with_list(plan, name, lambda element, name=name: _element(element, name))  # type: ignore[misc]
    return _with_step_ids(plan)


def step_base(stage: object, step: Mapping[str, Any]) -> str:
    """The id a step gets when it has none: its stage's id, a hyphen, its first touchpoint's id."""
    several = step.get("one_of")
    first = step.get("touchpoint") or (several[0] if isinstance(several, (list, tuple)) and several else "")
    return slug(f"{slug(str(stage))}-{slug(str(first))}", STEP_ID_LENGTH) or "step"


def _without_nulls(data: Mapping[str, Any]) -> Data:
    return {key: value for key, value in data.items() if value is not None}


def _with_list(owner: Data, name: str, each: Callable[[Data], Data]) -> Data:
    if not isinstance(owner.get(name), list):
        return owner
    filled = []
    for index, element in enumerate(owner[name]):
        if isinstance(element, dict):
            element = _without_nulls(element)
            element = each({"order": 10 * (index + 1), **element} if "order" not in element else element)
        filled.append(element)
    return {**owner, name: filled}


def _element(element: Data, name: str) -> Data:
    for key in _NAMES.get(name, ()):
        if isinstance(element.get(key), str):
            element[key] = [element[key]]
    for key in _RULES.get(name, ()):
        if key in element:
            element[key] = _rules(element[key])
    if name == "questions" and "event" in element:
        element["event"] = _rule(element["event"])
    if name == "promises":
        return _promise(element)
    if name == "journeys":
        return _with_list(_with_list(element, "stages", _stage), "lanes", lambda lane: lane)
    if name == "towers":
        return _with_list(element, "boxes", lambda box: box)
    return element


def _rules(value: Any) -> Any:
    return [_rule(one) for one in value] if isinstance(value, list) else [_rule(value)]


def _rule(value: Any) -> Any:
    if isinstance(value, str):
        return {"event": value}
    return _without_nulls(value) if isinstance(value, dict) else value


def _promise(element: Data) -> Data:
    for way, names in (("by", ("event",)), ("within", ("start", "to")), ("score", ("event",))):
        part = element.get(way)
        if isinstance(part, dict):
            element[way] = {**part, **{name: _rule(part[name]) for name in names if name in part}}
    return element


def _stage(stage: Data) -> Data:
    steps = stage.get("steps")
    if isinstance(steps, str):
        steps = [steps]
    if isinstance(steps, list):
        stage["steps"] = [{"touchpoint": step} if isinstance(step, str) else step for step in steps]
    return _with_list(stage, "steps", _step)


def _step(step: Data) -> Data:
    for name in ("one_of", "personas"):
        if isinstance(step.get(name), str):
            step[name] = [step[name]]
    return step


def _with_step_ids(plan: Data) -> Data:
    places = [
        (stage.get("id"), step)
        for journey in _dicts(plan.get("journeys"))
        for stage in _dicts(journey.get("stages"))
        for step in _dicts(stage.get("steps"))
    ]
    taken = {str(step["id"]) for _, step in places if "id" in step}
    seen: Counter[str] = Counter()
    for stage, step in places:
        if "id" not in step:
            step["id"] = _free(step_base(stage, step), taken, seen)
            taken.add(step["id"])
    return plan


def _free(base: str, taken: set[str], seen: Counter[str]) -> str:
    seen[base] += 1
    name = base if seen[base] == 1 else f"{base}-{seen[base]}"
    while name in taken:
        seen[base] += 1
        name = f"{base}-{seen[base]}"
    return name


def _dicts(value: Any) -> list[Data]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
