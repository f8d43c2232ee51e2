"""A beginning: from a challenge, filled from one's own data where they say whom it is about; or from a template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desirelines.measure import several, wilson
from desirelines.model.hint import slug
from desirelines.model.result import Result
from desirelines.plan import Experience, Moment, Plan, in_order
from desirelines.studio.beginning.asked import NextQuestion
from desirelines.studio.beginning.challenges import Challenge, challenge_of
from desirelines.studio.beginning.concerned import Around, concerned
from desirelines.studio.beginning.drawing import Drawn, draw
from desirelines.studio.beginning.happened import LOOKED_AT, Happened, SeenStep, happened
from desirelines.studio.beginning.lacking import without_data
from desirelines.studio.beginning.lived import Lived
from desirelines.studio.beginning.placing import Addition, placed
from desirelines.studio.beginning.questions import next_questions
from desirelines.studio.beginning.templates import map_template

GUESSED = "everything on it is guessed until evidence comes"
ENOUGH = 10
"""A map of fewer people is an anecdote; then the template stands."""


@dataclass(frozen=True)
class Begun:
    """`drawn_from`: whether the map tells what happened, or what most brands would guess. `concerns`: share of customers."""

    words: str
    drawn_from: Literal["data", "template"]
    concerns: Result[float] | None
    addition: Addition
    steps: tuple[SeenStep, ...]
    questions: tuple[NextQuestion, ...]
    would_say: str
    """What data would say, where there are none; else empty."""
    caveats: tuple[str, ...]


def begin_challenge(name: str, lived: Lived, draft: Plan) -> Begun:
    """Raises NotFound for a challenge there is not. `draft`: what the map is to be added to."""
    challenge = challenge_of(name)
    around = concerned(challenge.id, lived) if lived.as_of >= 0 and lived.customers else None
    if around is None or int(around.who.sum()) < ENOUGH:
        return _guessed(challenge, lived, draft, around)
    found = happened(around, lived)
    people = int(around.who.sum())
    drawn = draw(found, lived, challenge.journey, f"{challenge.words}: {several(people, 'person', 'people')} who {around.words}.")
    low, high = wilson(people, lived.customers) or (None, None)
    concerns = Result(
        people / lived.customers, "share", lived.customers, "customers", low, high, method="wilson", plan_version=lived.number,
        data_version=lived.facts.trace.data_version,
    )  # fmt: skip
    return Begun(
        f"{several(people, 'person', 'people')} {around.words}", "data", concerns,
        placed(draft, _piece(challenge, drawn, lived), frozenset(lived.facts.trace.events)), found.steps,
        next_questions(challenge, lived, around, found, drawn), "", _caveats(around, found),
    )  # fmt: skip


def begin_template(name: str, lived: Lived, draft: Plan) -> Begun:
    """Raises NotFound for a template there is not."""
    piece = map_template(name)
    journey = piece.journeys[0]
    return Begun(
        f"{journey.name}, as most brands would guess it", "template", None,
        placed(draft, piece, frozenset(lived.facts.trace.events)), (), (), "", (GUESSED,),
    )  # fmt: skip


def _guessed(challenge: Challenge, lived: Lived, draft: Plan, around: Around | None) -> Begun:
    piece = map_template(challenge.template)
    words = "The data name nobody it could be about yet" if around is None else "Too few people in the data for a map of them"
    said = challenge.journey
    addition = placed(draft, piece, frozenset(lived.facts.trace.events), said)
    return Begun(
        f"{words}: this is the {challenge.template} template", "template", None, addition, (), without_data(challenge, lived),
        challenge.would_say, (GUESSED,),
    )  # fmt: skip


def _piece(challenge: Challenge, drawn: Drawn, lived: Lived) -> Plan:
    """The drawn journey as a plan of its own, with the moments that its touchpoints serve already."""
    plan, journey = lived.plan, drawn.journey.model_copy(update={"id": slug(challenge.id)})
    known = [one for one in plan.touchpoints if one.id in drawn.home]
    moments, experiences = _moments(plan, drawn)
    return Plan(
        brand=plan.brand, touchpoints=(*known, *drawn.touchpoints), journeys=(journey,), moments=moments, experiences=experiences
    )


def _moments(plan: Plan, drawn: Drawn) -> tuple[tuple[Moment, ...], tuple[Experience, ...]]:
    """Moments of the plan met on this map, in its stages, with the experiences that meet them."""
    kept = []
    for one in in_order(plan.moments):
        here = tuple(name for name in one.touchpoints if name in drawn.home)
        if here:
            kept.append(one.model_copy(update={"stage": drawn.home[here[0]], "touchpoints": here}))
    ids = {one.id for one in kept}
    experiences = [
        one.model_copy(update={"touchpoints": tuple(name for name in one.touchpoints if name in drawn.home)})
        for one in in_order(plan.experiences) if one.moment in ids
    ]  # fmt: skip
    return tuple(kept), tuple(experiences)


def _caveats(around: Around, found: Happened) -> tuple[str, ...]:
    said = ["stages follow when things happened and what they are called; the order within a stage is left open"]
    if found.people < int(around.who.sum()):
        said.append(f"drawn from {found.people:,} of them, evenly taken: more than {LOOKED_AT:,} people add nothing to a picture")
    return tuple(said)
