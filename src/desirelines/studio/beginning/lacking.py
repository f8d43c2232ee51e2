"""Questions that the data cannot answer yet: nobody asked, nothing promised, no owner, nothing measured."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from desirelines.measure import several
from desirelines.plan import Touchpoint, find, in_order, touchpoints_of
from desirelines.studio.beginning.asked import MEANS, NextQuestion
from desirelines.studio.beginning.challenges import Challenge
from desirelines.studio.beginning.drawing import Drawn
from desirelines.studio.beginning.happened import Happened
from desirelines.studio.beginning.lived import Lived


def lacking(lived: Lived, found: Happened, drawn: Drawn) -> Iterator[NextQuestion]:
    plan = lived.plan
    asked = {one.touchpoint for one in plan.questions}
    known = {one.id: one for one in (*plan.touchpoints, *drawn.touchpoints)}
    met = [known[one.touchpoint] for one in found.steps if one.touchpoint]
    silent = next((one for one in met if one.id not in asked), None)
    if silent:
        people = next(one.people for one in found.steps if one.touchpoint == silent.id)
        yield NextQuestion(
            f"ask:{silent.id}", f"How does {silent.name} feel to them?",
            f"{several(people, 'person', 'people')} of those concerned met it, and nobody was ever asked about it.",
            "Whether it helps or hurts: today its curve is a guess.", "lacks", f"plan/touchpoints?touchpoint={quote(silent.id)}",
            "Decide how to ask there", weight=0.9, about=silent.id,
        )  # fmt: skip
    if met and not {one.touchpoint for one in plan.promises} & set(drawn.home):
        most = met[0]
        yield NextQuestion(
            f"word:{most.id}", f"What do we promise at {most.name}?",
            "No promise stands anywhere on this map, so nothing on it can be kept or broken.",
            "What to hold ourselves to for ninety days.", "lacks", "plan/promises", "Word a promise", weight=1.1, about="promise",
        )  # fmt: skip
    yield from _open(lived, found, met)
    yield from _unheard(lived, found, drawn)


def _open(lived: Lived, found: Happened, met: list[Touchpoint]) -> Iterator[NextQuestion]:
    """Events without a touchpoint, touchpoints without an owner."""
    loose = next((one for one in found.steps if not one.touchpoint), None)
    if loose:
        yield NextQuestion(
            f"event:{loose.event}", f"What is “{loose.event}” to them?",
            f"{several(loose.people, 'person', 'people')} of those concerned have it, and no touchpoint of the plan claims it.",
            "Which part of their way the map has not drawn.", "lacks", f"map?selected={quote(f'event:{loose.event}')}",
            "Give it a touchpoint", weight=0.7, about=loose.event,
        )  # fmt: skip
    orphan = next((one for one in met if not one.owner), None)
    if orphan:
        yield NextQuestion(
            f"owner:{orphan.id}", f"Who mends {orphan.name}?", "They meet it, and nobody owns it.",
            "Whose turn it is once the cause is found.", "lacks", "plan/ownership", "Give it an owner",
            weight=0.6, about=orphan.id,
        )  # fmt: skip


def _unheard(lived: Lived, found: Happened, drawn: Drawn) -> Iterator[NextQuestion]:
    """Places nothing measures, people nobody listened to."""
    plan = lived.plan
    dark = _dark(lived, drawn)
    if dark:
        yield NextQuestion(
            f"dark:{dark[0]}", f"What happens at {dark[1]}, which nothing measures?",
            "The plan has it in these stages, and no event, figure or observation comes from it.",
            "Whether the answer lies where nobody looks.", "lacks", f"map?selected={quote(f'touchpoint:{dark[0]}')}",
            "See what could measure it", weight=0.5, about=dark[0],
        )  # fmt: skip
    if not any(one.segment for one in plan.personas):
        yield NextQuestion(
            "persona", "Which of our personas are they?", "No persona is bound to a segment, so nobody can be counted as one.",
            "For whom this map is drawn.", "lacks", "minds", "Say who the personas are", weight=0.4, about="persona",
        )  # fmt: skip
    if found.people:
        yield NextQuestion(
            "walk", "What does it look like for one of them?",
            f"{several(found.people, 'person', 'people')} are behind this map.",
            "Whether the map tells a life, or an average nobody lives.", "lacks", "customers", "Read one story whole",
            weight=0.1, about="story",
        )  # fmt: skip
    if not plan.insights:
        yield NextQuestion(
            "ask", "What do five of them say, in their own words?", "The plan holds no word of theirs yet.",
            "Whether what the numbers show is what hurts them.", "lacks", "minds?tab=evidence", "Write down what they said",
            weight=0.8, about="insight",
        )  # fmt: skip


def _dark(lived: Lived, drawn: Drawn) -> tuple[str, str] | None:
    """A touchpoint without a rule in the stages this map borrows."""
    if not drawn.base:
        return None
    base = next(one for one in lived.plan.journeys if one.id == drawn.base)
    names = {stage.name for stage in drawn.journey.stages}
    for stage in in_order(base.stages):
        for step in stage.steps if stage.name in names else ():
            for one in touchpoints_of(step):
                touchpoint = find(lived.plan.touchpoints, one, "touchpoint")
                if not touchpoint.rule:
                    return touchpoint.id, touchpoint.name
    return None


def resting(challenge: Challenge, lived: Lived) -> Iterator[NextQuestion]:
    """What all of it rests on: events taken for a role by their name alone, or not known at all."""
    if challenge.id == "no-recommendation" and not lived.rules("referral"):
        yield NextQuestion(
            "role:referral", f"Which system knows {challenge.lacking}?",
            "No event here says that somebody recommended us, so nobody is known to have.", challenge.would_say, "lacks",
            "plan/figures", "Say which event it is", about="role:referral",
        )  # fmt: skip
    for role in challenge.needs:
        events = lived.guessed(role)
        if events:
            named = " or ".join(f"“{one}”" for one in events[:2])
            yield NextQuestion(
                f"role:{role}", f"Is {named} what says {MEANS[role]}?",
                "The plan does not say, so it was taken from the name alone.",
                "Whom all of this is about: every figure here rests on it.", "lacks", "plan/figures", "Say which event it is",
                about=f"role:{role}",
            )  # fmt: skip


def without_data(challenge: Challenge, lived: Lived) -> tuple[NextQuestion, ...]:
    """What to bring, whom to ask, what to promise, where the data cannot say whom it is about."""
    has = lived.as_of >= 0
    missing = next((MEANS[role] for role in challenge.needs if not lived.rules(role)), challenge.lacking)
    bring = NextQuestion(
        "bring", f"Which system knows {missing}?",
        "The events here name none of it" if has else "There are no events here yet, so this map is drawn from memory.",
        challenge.would_say, "lacks", "plan/figures" if has else "data/bring",
        "Say which event it is" if has else "Bring a file",
    )  # fmt: skip
    ask = NextQuestion(
        "ask", "What do five of them say, in their own words?", "No number says why. Five talks find most of what matters.",
        "Whether the moments on this map are theirs, or only ours.", "lacks", "minds?tab=evidence", "Write down what they said",
    )  # fmt: skip
    promise = NextQuestion(
        "promise", "What do we promise here, so that it could be kept or broken?",
        "The template's promise is a guess: nobody has said it yet.",
        "What to hold ourselves to for ninety days.", "lacks", "plan/promises", "Word the promise",
    )  # fmt: skip
    return bring, ask, promise
