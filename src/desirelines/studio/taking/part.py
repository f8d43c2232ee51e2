"""One map out of a plan, with only what it names: a plan of its own that reads back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desirelines.plan import Journey, Plan, Story, journey_of, touchpoints_of
from desirelines.studio.taking.legible import legible_plan


def map_part(plan: Plan, journey: str) -> Plan:
    """The plan of this journey, of those its stages open into, and of what they name. Raises NotFound."""
    journeys = _opened(plan, journey)
    stages = [stage for one in journeys for stage in one.stages]
    here = {stage.id for stage in stages}
    moments = [one for one in plan.moments if one.stage in here]
    experiences = _among(plan.experiences, "moment", [one.id for one in moments])
    cards = [one for one in plan.cards if one.stage in here]
    steps = [step for stage in stages for step in stage.steps]
    named = {name for step in steps for name in touchpoints_of(step)}
    named |= {name for one in (*moments, *experiences) for name in one.touchpoints}
    named |= {one.touchpoint for one in cards if one.touchpoint}
    personas = {name for one in journeys for name in one.personas} | {name for step in steps for name in step.personas}
    personas |= {one.persona for one in moments if one.persona} | {one.persona for one in cards if one.persona}
    kept = [one for one in plan.personas if one.id in personas]
    insights = _pick(plan.insights, {one.insight for one in cards} | {name for one in kept for name in one.evidence})
    named |= {one.touchpoint for one in insights if one.touchpoint}
    personas |= {one.persona for one in insights if one.persona}
    touchpoints = _pick(plan.touchpoints, named)
    promises = _among(plan.promises, "touchpoint", named)
    metrics = _pick(plan.metrics, {one.metric for one in cards})
    owned = (*touchpoints, *promises, *metrics, *experiences, *cards)
    teams = {one.owner for one in owned} | {
        name for one in touchpoints for name in (*one.responsible, *one.consulted, *one.informed)
    }  # fmt: skip
    messages = _pick(plan.story.messages, {stage.message for stage in stages})
    found = Plan(
        brand=plan.brand,
        story=Story(messages=tuple(messages)),
        teams=tuple(_pick(plan.teams, teams)),
        personas=tuple(_with_evidence(plan, personas, insights)),
        touchpoints=tuple(touchpoints),
        questions=tuple(_among(plan.questions, "touchpoint", named)),
        outcomes=tuple(_pick(plan.outcomes, {one.outcome for one in moments})),
        moments=tuple(moments),
        experiences=tuple(experiences),
        promises=tuple(promises),
        journeys=tuple(journeys),
        metrics=tuple(metrics),
        insights=tuple(insights),
        cards=tuple(cards),
    )
    return legible_plan(found)


def _opened(plan: Plan, journey: str) -> list[Journey]:
    """The journey and all that its stages open into, each once."""
    found = {journey: journey_of(plan, journey)}
    known = {one.id: one for one in plan.journeys}
    wait = [journey]
    while wait:
        for stage in found[wait.pop()].stages:
            if stage.opens and stage.opens not in found and stage.opens in known:
                found[stage.opens] = known[stage.opens]
                wait.append(stage.opens)
    return list(found.values())


def _with_evidence(plan: Plan, wanted: set[str], insights: Iterable[Any]) -> list[Any]:
    """Personas as they are; evidence that is not taken along is not named either."""
    there = {one.id for one in insights}
    return [
        one.model_copy(update={"evidence": tuple(name for name in one.evidence if name in there)})
        for one in plan.personas if one.id in wanted
    ]  # fmt: skip


def _pick(elements: Iterable[Any], wanted: Iterable[str | None]) -> list[Any]:
    names = set(wanted)
    return [one for one in elements if one.id in names]


def _among(elements: Iterable[Any], field: str, wanted: Iterable[str | None]) -> list[Any]:
    names = set(wanted)
    return [one for one in elements if getattr(one, field) in names]
