"""Changes of the draft that others wished: pure, and the way they are written into it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from desirelines import store
from desirelines.errors import BadInput, Conflict, NotFound
from desirelines.plan import Card, Element, Journey, Moment, Plan, Stage, Step, Touchpoint
from desirelines.studio import drafts
from desirelines.studio.talking.naming import GONE, elements, label, name_of, rebuilt, the
from desirelines.studio.talking.nouns import NewElement, NewWords, Proposal, Removal

PROSE = frozenset(
    {"name", "words", "need", "context", "wants", "emotion", "gives", "purpose", "think", "feel", "do", "frontstage", "backstage",
     "needs", "source", "space", "lead"}
)  # fmt: skip
"""Fields that are words; all else is changed by who may edit."""
TRIES = 20


def before(found: Mapping[str, Element], change: Proposal) -> str:
    """What stands where the change would happen. Raises NotFound when its place is gone, BadInput for what is no words."""
    if isinstance(change, NewWords):
        value = getattr(the(found, change.element), change.field, None)
        if change.field not in PROSE or not isinstance(value, str):
            raise BadInput(
                f"`{change.field[:40]}` of `{change.element}` is not made of words", hint=f"one of {', '.join(sorted(PROSE))}"
            )
        return value
    if isinstance(change, NewElement):
        the(found, f"stage:{change.stage}")
        return ""
    if change.element.split(":")[0] not in ("card", "moment", "touchpoint", "step", "experience"):
        raise BadInput("only cards, moments, experiences, steps and touchpoints may be asked to go")
    return told(found, change.element)


def told(found: Mapping[str, Element], name: str) -> str:
    """An element in lines: what it is called, then its own words, field by field."""
    one = the(found, name)
    lines = [label(one, found)]
    for field, value in one.model_dump(exclude_defaults=True, mode="json").items():
        if field not in ("id", "order", "name", "touchpoint") and value and not (field == "words" and value == lines[0]):
            lines.append(f"{field}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines)


def applied(plan: Plan, change: Proposal, new_id: str) -> Plan:
    """The plan with the change in it; done twice, it is done once. `new_id`: for what is added."""
    if isinstance(change, NewWords):
        before(elements(plan), change)
        return rebuilt(plan, lambda one: _with(one, change.field, change.words) if name_of(one) == change.element else one)
    if isinstance(change, NewElement):
        return added(plan, change, new_id)
    return removed(plan, change)


def added(plan: Plan, change: NewElement, new_id: str) -> Plan:
    """A new card, moment or touchpoint at the end of its cell."""
    found = elements(plan)
    the(found, f"stage:{change.stage}")
    if f"{change.what}:{new_id}" in found:
        return plan
    try:
        if change.what == "card":
            card = Card(id=new_id, stage=change.stage, lane=change.lane, words=change.words, order=_last(plan.cards))
            return plan.model_copy(update={"cards": (*plan.cards, card)})
        if change.what == "moment":
            first, rest = _headline(change.words)
            moment = Moment(id=new_id, stage=change.stage, words=first, need=rest, order=_last(plan.moments))
            return plan.model_copy(update={"moments": (*plan.moments, moment)})
        first, rest = _headline(change.words)
        touchpoint = Touchpoint(id=new_id, name=first, words=rest, order=_last(plan.touchpoints))
    except ValidationError as error:
        raise BadInput(f"this cannot be added: {error.errors()[0]['msg']}") from error
    wider = plan.model_copy(update={"touchpoints": (*plan.touchpoints, touchpoint)})
    return rebuilt(wider, lambda one: _with_step(one, new_id) if isinstance(one, Stage) and one.id == change.stage else one)


def removed(plan: Plan, change: Removal) -> Plan:
    """Without the element and without what merely names it. Raises Conflict when something else cannot be without it."""
    if change.element not in elements(plan):
        return plan
    kind, _, element_id = change.element.partition(":")
    less = rebuilt(plan, lambda one: None if name_of(one) == change.element else _forgetting(one, kind, element_id))
    held = {name: one for name, one in elements(less).items() if getattr(one, kind, None) == element_id}
    if held:
        names = ", ".join(label(one, held) for one in list(held.values())[:3])
        raise Conflict(f"{len(held)} other things rest on it: {names}", hint="change those first", code="still_needed")
    return less


def save(database: store.Database, author: str, change: Callable[[Plan], Plan]) -> Plan:
    """Write a change into the draft as one more editor; tried anew when somebody saved meanwhile. Answers the new plan."""
    for _ in range(TRIES):
        old = drafts.draft(database)
        plan = change(old.plan)
        if plan == old.plan:
            return plan
        try:
            return drafts.save_draft(database, plan, old.base, old.revision, author).plan
        except Conflict as error:
            if error.code != "newer_draft":
                raise
    raise Conflict("others are editing faster than this can be written", hint="try again in a moment", code="busy_draft")


def journey_named(plan: Plan, journey: str) -> Journey:
    """A planned journey. Raises NotFound."""
    for one in plan.journeys:
        if one.id == journey:
            return one
    raise NotFound(f"the draft has no journey `{journey[:64]}`", hint=GONE, code="no_such_element")


def _with(one: Element, field: str, value: Any) -> Element:
    try:
        return type(one).model_validate({**{name: getattr(one, name) for name in type(one).model_fields}, field: value})
    except ValidationError as error:
        raise BadInput(f"`{field}` cannot be this: {error.errors()[0]['msg']}") from error


def _with_step(stage: Stage, touchpoint: str) -> Stage:
    step = Step(id=f"{touchpoint}-step", touchpoint=touchpoint, order=_last(stage.steps), state="new")
    return stage.model_copy(update={"steps": (*stage.steps, step)})


def _forgetting(one: Element, kind: str, element_id: str) -> Element | None:
    """An element that no longer names another; None for a step that led nowhere else."""
    fields: dict[str, Any] = {}
    for field, about in type(one).model_fields.items():
        value = getattr(one, field)
        if field == kind and value == element_id and not about.is_required():
            fields[field] = None
        elif field in (f"{kind}s", "one_of" if kind == "touchpoint" else "") and isinstance(value, tuple) and element_id in value:
            fields[field] = tuple(other for other in value if other != element_id)
    new = one.model_copy(update=fields) if fields else one
    return None if isinstance(new, Step) and fields and not new.touchpoint and not new.one_of else new


def _headline(words: str) -> tuple[str, str]:
    """The first line as a name, and the rest."""
    first, _, rest = words.strip().partition("\n")
    return (first[:200], (first[200:] + "\n" + rest).strip())


def _last(all_of: tuple[Any, ...]) -> int:
    return max((one.order for one in all_of), default=0) + 10
