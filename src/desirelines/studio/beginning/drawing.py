"""From what happened to a journey one can draw on: stages on the buyer's and the customer's side, steps in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from desirelines.plan import EventRule, Journey, Plan, Stage, Step, Touchpoint, in_order, stages_with, suggest
from desirelines.studio.beginning.happened import Happened, SeenStep
from desirelines.studio.beginning.lived import Lived

Side = Literal["buyer", "customer"]
Phase = Literal["acquisition", "engagement", "transaction", "delivery", "service", "support"]
ALWAYS = 0.9
"""Met by so many, a step is no longer optional."""


@dataclass(frozen=True)
class Usual:
    """A stage as most brands have it."""

    id: str
    name: str
    words: str
    side: Side
    phase: Phase


USUAL = (
    Usual("notice", "Notice", "Something catches my eye.", "buyer", "acquisition"),
    Usual("look-around", "Look around", "I look at what there is.", "buyer", "engagement"),
    Usual("buy", "Buy", "I make up my mind.", "buyer", "transaction"),
    Usual("receive", "Receive", "It is here.", "customer", "delivery"),
    Usual("use", "Use it", "I live with it.", "customer", "service"),
    Usual("get-help", "Get help", "I need somebody.", "customer", "support"),
    Usual("tell-others", "Tell others", "I tell somebody.", "customer", "service"),
)
_ROLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("buy", ("order",)),
    ("get-help", ("contact", "resolved", "failure", "asked-again", "refund")),
    ("tell-others", ("referral", "review", "mention")),
    ("receive", ("value",)),
    ("look-around", ("visit", "meaningful")),
)
_WORDS = (
    ("notice", re.compile(r"advert|\bad\b|campaign|mail|newsletter|impression|banner|brochure", re.IGNORECASE)),
    ("buy", re.compile(r"basket|cart|checkout|pay|invoice|offer|contract|coupon", re.IGNORECASE)),
    ("receive", re.compile(r"deliver|ship|parcel|track|dispatch|hand(ed)? over|arriv", re.IGNORECASE)),
    ("get-help", re.compile(r"help|support|service|complain|return|refund|ticket|call", re.IGNORECASE)),
    ("tell-others", re.compile(r"review|recommend|survey|rate|refer|share", re.IGNORECASE)),
)


@dataclass(frozen=True)
class Drawn:
    """`home`: the stage of each step's touchpoint."""

    journey: Journey
    touchpoints: tuple[Touchpoint, ...]
    home: Mapping[str, str]
    base: str | None
    """The planned journey whose stages it borrowed."""


def draw(found: Happened, lived: Lived, name: str, words: str) -> Drawn:
    """Stages borrowed from the planned journey that knows most of the steps; where none does, those that most brands have."""
    base = _base(lived.plan, [one.touchpoint for one in found.steps if one.touchpoint])
    named, new = _touchpoints([one for one in found.steps if one.touchpoint or not base], lived.plan)
    homes = stages_with(lived.plan, base.id) if base else {}
    stages: dict[str, Stage] = {one.id: one for one in (in_order(base.stages) if base else ())}
    if not base:
        stages = {one.id: _usual(one, 10 * place) for place, one in enumerate(USUAL, 1)}
    steps: dict[str, list[SeenStep]] = defaultdict(list)
    beside = []
    for one in found.steps:
        if one.touchpoint in homes:
            steps[homes[one.touchpoint][0]].append(one)
        elif base:
            beside.extend([one] if one.touchpoint else [])  # what no touchpoint claims waits in the map's tray
        else:
            steps[_place(one, named, lived)].append(one)
    for one in beside:
        steps[_nearest(one, steps, found, stages)].append(one)
    written = _stages(stages, steps, named, found, lived, base is not None)
    home = {step.touchpoint: stage.id for stage in written for step in stage.steps if step.touchpoint}
    bounds = {"gap": base.gap, "unclaimed": base.unclaimed} if base else {"unclaimed": "ignored"}
    journey = Journey.model_validate({"id": "begun", "name": name, "words": words, "stages": written, **bounds})
    return Drawn(journey, tuple(new), home, base.id if base else None)


def _touchpoints(steps: Sequence[SeenStep], plan: Plan) -> tuple[dict[str, str], list[Touchpoint]]:
    """Step → touchpoint id, with a new one for each event that none claims."""
    named = {one.touchpoint: one.touchpoint for one in steps if one.touchpoint}
    loose = [one.event for one in steps if not one.touchpoint]
    guesses = suggest(plan.model_copy(update={"touchpoints": ()}), loose)
    taken = {one.id for one in plan.touchpoints}
    order, new = max((one.order for one in plan.touchpoints), default=0), []
    for event, guess in guesses.items():
        free, count = guess.id, 1
        while free in taken:
            count += 1
            free = f"{guess.id[:56]}-{count}"
        taken.add(free)
        order += 10
        named[event] = free
        rule = (EventRule(event=event),)
        new.append(Touchpoint(id=free, name=guess.name, order=order, kind=guess.kind, medium=guess.medium, rule=rule))
    return named, new


def _base(plan: Plan, touchpoints: Sequence[str]) -> Journey | None:
    """The customer's journey that plans most of them; at least half."""
    best = max(
        (one for one in in_order(plan.journeys) if one.subject == "customer"),
        key=lambda one: len(set(touchpoints) & set(stages_with(plan, one.id))), default=None,
    )  # fmt: skip
    known = len(set(touchpoints) & set(stages_with(plan, best.id))) if best else 0
    return best if best and 2 * known >= max(1, len(touchpoints)) else None


def _usual(one: Usual, order: int) -> Stage:
    return Stage(id=one.id, name=one.name, order=order, side=one.side, words=one.words, phase=one.phase)


def _place(one: SeenStep, named: Mapping[str, str], lived: Lived) -> str:
    """By what the event means, else by its name, else by when it came."""
    for stage, roles in _ROLES:
        if any(rule.event == one.event for role in roles for rule in lived.rules(role)):  # type: ignore[arg-type]
            return stage
    said = f"{one.event} {named[one.touchpoint or one.event]}"
    for stage, words in _WORDS:
        if words.search(said):
            return stage
    return "look-around" if one.before >= 0.5 else "use"


def _nearest(one: SeenStep, steps: Mapping[str, Sequence[SeenStep]], found: Happened, stages: Mapping[str, Stage]) -> str:
    """The stage whose steps stand nearest in time, on the side where it mostly happens."""
    side = "buyer" if found.bought_before[one.touchpoint or one.event] >= 0.5 else "customer"
    places = {name: [other.lag_seconds for other in several] for name, several in steps.items() if several}
    mine = {name: lags for name, lags in places.items() if stages[name].side == side} or places
    if not mine:
        return next(iter(stages))
    return min(mine, key=lambda name: (abs(sum(mine[name]) / len(mine[name]) - one.lag_seconds), name))


def _stages(
    stages: Mapping[str, Stage],
    steps: Mapping[str, Sequence[SeenStep]],
    named: Mapping[str, str],
    found: Happened,
    lived: Lived,
    borrowed: bool,
) -> list[Stage]:
    """Only those with steps, buyer's first; a usual stage stands on the side where most of it happened."""
    sized = []
    for stage in stages.values():
        mine = sorted(steps.get(stage.id, ()), key=lambda one: one.lag_seconds)
        if mine:
            sized.append((stage if borrowed else stage.model_copy(update={"side": _side(mine, found)}), mine))
    sized.sort(key=lambda pair: pair[0].side == "customer")
    return [
        Stage(
            id=stage.id, name=stage.name, order=10 * place, side=stage.side, words=stage.words, arc=stage.arc,
            phase=stage.phase or _phase(stage.side, mine, named, lived),
            desired=stage.desired, wanted=stage.wanted, wanted_n=stage.wanted_n, wanted_source=stage.wanted_source,
            think=stage.think, feel=stage.feel, do=stage.do, message=stage.message,
            steps=tuple(_step(one, named, 10 * at) for at, one in enumerate(mine, 1)), any_order=1 < len(mine) <= 10,
        )
        for place, (stage, mine) in enumerate(sized, 1)
    ]  # fmt: skip


def _phase(side: Side, steps: Sequence[SeenStep], named: Mapping[str, str], lived: Lived) -> Phase:
    """What most of its steps are, where the borrowed stage does not say."""
    phases = {one.id: one.phase for one in USUAL}
    found = [phases[_place(one, named, lived)] for one in steps]
    if side == "buyer":
        found = [one for one in found if one in ("acquisition", "engagement", "transaction")] or ["engagement"]
    return max(sorted(set(found)), key=found.count)


def _side(steps: Sequence[SeenStep], found: Happened) -> Side:
    total = sum(one.people * one.often for one in steps)
    early = sum(one.people * one.often * found.bought_before[one.touchpoint or one.event] for one in steps)
    return "buyer" if 2 * early >= total else "customer"


def _step(one: SeenStep, named: Mapping[str, str], order: int) -> Step:
    touchpoint = named[one.touchpoint or one.event]
    rare = one.reach.value is None or one.reach.value < ALWAYS
    return Step(id=f"s-{touchpoint}"[:60], order=order, touchpoint=touchpoint, optional=rare, repeats=one.often >= 1.5)
