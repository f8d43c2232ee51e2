"""Questions that the data ask by themselves: where those concerned differ from the others, and where they are lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from desirelines.map import Segment
from desirelines.measure import Frame, Sheet, newcombe, percent, several, sheet
from desirelines.model.result import Result
from desirelines.plan import find
from desirelines.studio.beginning.asked import NextQuestion
from desirelines.studio.beginning.challenges import Challenge
from desirelines.studio.beginning.concerned import Around
from desirelines.studio.beginning.drawing import Drawn
from desirelines.studio.beginning.happened import Happened
from desirelines.studio.beginning.lived import DAY_US, Lived, Mask

SENT = ("mail", "advert", "message")
"""What the brand sends: nobody's last step."""
ENOUGH = 30
"""Under so many on either side nothing is held against anything."""


def shown(challenge: Challenge, lived: Lived, around: Around, found: Happened, drawn: Drawn) -> Iterator[NextQuestion]:
    if challenge.id in ("no-return", "abandoned", "late"):
        yield from _ends(found, lived)
    if challenge.id == "complaints":
        yield from _rising(lived)
    rest = around.among & ~around.who
    if drawn.base:
        yield from _undrawn(_sheet(lived, drawn.base, around.who), around, drawn)
    if not drawn.base or around.who.sum() < ENOUGH or rest.sum() < ENOUGH:
        return
    theirs, others = _sheet(lived, drawn.base, around.who), _sheet(lived, drawn.base, rest)
    yield from _promises(theirs, others, around)
    yield from _met(theirs, others, around, drawn)
    yield from _felt(theirs, others, drawn)


def _sheet(lived: Lived, journey: str, who: Mask) -> Sheet:
    chosen = Segment("these people", lived.facts.who.customers, who)
    return sheet(Frame(lived.matched(journey), lived.facts, segment=chosen, plan_version=lived.number))


def _promises(theirs: Sheet, others: Sheet, around: Around) -> Iterator[NextQuestion]:
    there = {one.id: one for one in others.promises}
    for one in theirs.promises:
        other = there[one.id]
        n, m = one.kept.n, other.kept.n
        if one.id in around.settled or min(n, m) < ENOUGH:
            continue
        apart = newcombe(one.broken_count, n, other.broken_count, m)
        if apart and apart[0] > 0:
            gap = one.broken_count / n - other.broken_count / m
            yield NextQuestion(
                f"promise:{one.id}", f"Is it because “{one.name}” is not kept?",
                f"Broken for them in {percent(one.broken_count / n)} of {n:,} cases, for the others in "
                f"{percent(other.broken_count / m)} of {m:,}: {percent(gap)} more [{percent(apart[0])} to {percent(apart[1])}].",
                "Whether keeping it would change anything. That it moves together is shown; that it causes it is not.", "shows",
                f"map?selected={quote(f'promise:{one.id}')}", "Look at the promise",
                (_gap(gap, apart, n, theirs),), 2 + gap, one.touchpoint,
            )  # fmt: skip


def _met(theirs: Sheet, others: Sheet, around: Around, drawn: Drawn) -> Iterator[NextQuestion]:
    there = {one.id: one for one in others.touchpoints}
    for one in theirs.touchpoints:
        other = there[one.id]
        if one.id in around.settled or one.id not in drawn.home or min(theirs.people, others.people) < ENOUGH:
            continue
        apart = newcombe(one.people, theirs.people, other.people, others.people)
        if apart and apart[0] > 0.02:
            gap = one.people / theirs.people - other.people / others.people
            yield NextQuestion(
                f"met:{one.id}", f"What does {one.name} do to them?",
                f"{percent(one.people / theirs.people)} of them came by, {percent(other.people / others.people)} of the others "
                f"[{percent(apart[0])} to {percent(apart[1])} more].",
                "Whether it is where it goes wrong, or where those end up for whom it went wrong before.", "shows",
                f"map?selected={quote(f'touchpoint:{one.id}')}", f"Look at {one.name}",
                (_gap(gap, apart, theirs.people, theirs),), 1 + gap, one.id,
            )  # fmt: skip


def _felt(theirs: Sheet, others: Sheet, drawn: Drawn) -> Iterator[NextQuestion]:
    there = {one.id: one.felt for one in others.touchpoints}
    for one in theirs.touchpoints:
        mine, other = one.felt, there[one.id]
        if not mine or not other or mine.value is None or other.value is None or one.id not in drawn.home:
            continue
        if mine.high is not None and other.low is not None and mine.n >= ENOUGH and mine.high < other.low:
            yield NextQuestion(
                f"felt:{one.id}", f"Why does {one.name} feel worse to them?",
                f"They say {mine.value:+.2f} on a scale from −1 to 1 (at most {mine.high:+.2f}), the others "
                f"{other.value:+.2f}; {mine.n:,} answers.",
                "What they felt there that the others did not: their words say it, the number does not.", "shows",
                f"map?selected={quote(f'touchpoint:{one.id}')}", "Read what they said", (mine, other),
                2.5 + other.value - mine.value, one.id,
            )  # fmt: skip


def _ends(found: Happened, lived: Lived) -> Iterator[NextQuestion]:
    """The step that is most often the last."""
    media = {one.id: one.medium for one in lived.plan.touchpoints}
    walked = [one for one in found.steps if one.touchpoint and media[one.touchpoint] not in SENT]
    last = max(walked, key=lambda one: one.last, default=None)
    if last and last.touchpoint and last.last >= max(ENOUGH, found.people // 10):
        name = find(lived.plan.touchpoints, last.touchpoint, "touchpoint").name
        share = replace(last.reach, value=last.last / found.people, low=None, high=None, method="exact")
        yield NextQuestion(
            f"last:{last.touchpoint}", f"Why is {name} the last we see of {several(last.last, 'person', 'people')}?",
            f"{percent(last.last / found.people)} of the {found.people:,} people concerned left no trace after it in those days.",
            "Whether they were done, or lost: look at a few of them first.", "shows",
            f"customers?touchpoint={quote(last.touchpoint)}", "See who met it", (share,),
            0.8 + last.last / found.people, last.touchpoint,
        )  # fmt: skip


def _undrawn(theirs: Sheet, around: Around, drawn: Drawn) -> Iterator[NextQuestion]:
    """The way most of them walk that the plan does not draw."""
    names = {one.id: one.name for one in theirs.touchpoints}
    lines = [one for one in theirs.ways if one.desire and not one.quiet and {one.origin, one.target} <= set(drawn.home)]
    way = max((one for one in lines if one.people >= ENOUGH), key=lambda one: one.people, default=None)
    if way:
        share = _gap(way.rate, (way.rate, way.rate), theirs.journeys, theirs)
        yield NextQuestion(
            f"way:{way.origin}>{way.target}",
            f"Why do {several(way.people, 'person', 'people')} go from {names[way.origin]} to {names[way.target]}?",
            f"In {percent(way.rate)} of their {theirs.journeys:,} journeys, and the plan does not draw it.",
            "Whether to pave it, mend what drives them there, watch it, or leave it.", "shows",
            f"map?selected={quote(f'way:{way.origin}>{way.target}')}", "Judge this way",
            (replace(share, low=None, high=None, method="exact", of="journeys"),), 0.7 + way.rate, way.target,
        )  # fmt: skip


def _rising(lived: Lived) -> Iterator[NextQuestion]:
    """The last ninety days held against the ninety before: of equally many expected, is it more than chance?"""
    at = lived.of_role("contact").at
    late = int((at >= lived.as_of - 90 * DAY_US).sum())
    early = int(((at >= lived.as_of - 180 * DAY_US) & (at < lived.as_of - 90 * DAY_US)).sum())
    if late + early < ENOUGH:
        return
    sure = abs(late - early) / (late + early) ** 0.5 > 1.96
    went = "rose" if late > early else "fell"
    said = f"{late:,} in the last 90 days, {early:,} in the 90 before: they {went}, more than chance" if sure else (
        f"{late:,} in the last 90 days, {early:,} in the 90 before: no more than chance")  # fmt: skip
    yield NextQuestion(
        "rising", "Do they rise at all, for as many as we serve?", f"{said}.",
        "Whether there are more complaints, or more people.", "shows", "figures/contact-rate", "See contacts per order",
        (), 2.2, "role:contact",
    )  # fmt: skip


def _gap(gap: float, apart: tuple[float, float], n: int, told: Sheet) -> Result[float]:
    return Result(
        gap, "share", n, "people", apart[0], apart[1], method="newcombe", plan_version=told.plan_version,
        data_version=told.data_version,
    )  # fmt: skip
