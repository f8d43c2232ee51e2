"""What a guest of one map may read of the plan: the map, and the names of what it names. Nothing else leaves."""

from __future__ import annotations

from desirelines.errors import NotFound
from desirelines.plan import (
    Brand,
    Card,
    Experience,
    Insight,
    Journey,
    Message,
    Moment,
    Persona,
    Plan,
    Promise,
    Stage,
    Story,
    Touchpoint,
)


def legend(plan: Plan, journey: str, figures: bool) -> Plan:
    """The plan with only this journey, its moments, experiences and cards, and what they name. Raises NotFound.

    Of touchpoints: name, kind, medium. Of personas and promises: the name. Of insights and messages that stand on the map: the
    words and pictures. Not the strategy, no rules over events, no owners, no other journey, not even by its id. Figures are
    the promises' targets and what customers said they want to feel; without them a target reads 0.
    """
    found = next((one for one in plan.journeys if one.id == journey), None)
    if found is None:
        raise NotFound("this map is no more")
    stages = tuple(_stage(one, figures) for one in found.stages)
    here = {one.id for one in stages}
    moments = tuple(_moment(one) for one in plan.moments if one.stage in here)
    told = {one.id for one in moments}
    experiences = tuple(_experience(one) for one in plan.experiences if one.moment in told)
    cards = tuple(_card(one) for one in plan.cards if one.stage in here)
    shown = _named(stages, moments, experiences, cards)
    people = {*found.personas, *(one.persona for one in moments), *(one.persona for one in cards)} | {
        persona for stage in stages for step in stage.steps for persona in step.personas
    }
    insights, messages = {one.insight for one in cards}, {one.message for one in stages}
    said = tuple(Message(id=one.id, words=one.words, order=one.order) for one in plan.story.messages if one.id in messages)
    return Plan(
        brand=Brand(name=plan.brand.name, zone=plan.brand.zone, currency=plan.brand.currency, simulated=plan.brand.simulated),
        story=Story(messages=said),
        personas=tuple(Persona(id=one.id, name=one.name, order=one.order) for one in plan.personas if one.id in people),
        touchpoints=tuple(
            Touchpoint(id=one.id, name=one.name, order=one.order, kind=one.kind, medium=one.medium)
            for one in plan.touchpoints
            if one.id in shown
        ),
        moments=moments,
        experiences=experiences,
        cards=cards,
        promises=tuple(
            Promise(id=one.id, name=one.name, order=one.order, touchpoint=one.touchpoint, target=one.target if figures else 0)
            for one in plan.promises
            if one.touchpoint in shown
        ),
        insights=tuple(
            Insight(id=one.id, words=one.words, order=one.order, kind=one.kind, picture=one.picture)
            for one in plan.insights if one.id in insights
        ),
        journeys=(_journey(found, stages),),
    )  # fmt: skip


def _named(
    stages: tuple[Stage, ...], moments: tuple[Moment, ...], experiences: tuple[Experience, ...], cards: tuple[Card, ...]
) -> set[str]:
    """The touchpoints that stand somewhere on the map."""
    steps = [step for stage in stages for step in stage.steps]
    return {
        *(step.touchpoint for step in steps if step.touchpoint),
        *(one for step in steps for one in step.one_of),
        *(one for moment in moments for one in moment.touchpoints),
        *(one for experience in experiences for one in experience.touchpoints),
        *(card.touchpoint for card in cards if card.touchpoint),
    }


def _journey(one: Journey, stages: tuple[Stage, ...]) -> Journey:
    return Journey(
        id=one.id, name=one.name, order=one.order, personas=one.personas, repeats=one.repeats, words=one.words, lanes=one.lanes,
        stages=stages,
    )  # fmt: skip


def _stage(one: Stage, figures: bool) -> Stage:
    hidden: dict[str, object] = {} if figures else {"wanted": None, "wanted_n": None, "wanted_source": ""}
    return one.model_copy(update={"opens": None, **hidden})


def _moment(one: Moment) -> Moment:
    return one.model_copy(update={"outcome": None})


def _experience(one: Experience) -> Experience:
    return one.model_copy(update={"owner": None})


def _card(one: Card) -> Card:
    return one.model_copy(update={"owner": None, "metric": None})
