"""What to find out next: each thing one could do, with the cells it would settle, the most settling first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from desirelines.measure import Grade, insight_grade
from desirelines.plan import Touchpoint, in_order
from desirelines.studio.grading.ground import Ground
from desirelines.studio.grading.nouns import KNOWN, FindOut, MapCell, Way


@dataclass(frozen=True)
class _Asked:
    """One thing to do: the cells it raises, and up to which grade."""

    element: str
    name: str
    way: Way
    words: str
    raises: Mapping[str, Grade]


def ask_next(ground: Ground, cells: Iterable[MapCell]) -> tuple[FindOut, ...]:
    """Everything worth finding out on one map; equal scores stand in the order of the map."""
    known = {cell.element: cell for cell in cells}
    found = []
    for asked in _everything(ground, known):
        gains = {name: KNOWN[grade] - KNOWN[known[name].grade] for name, grade in asked.raises.items() if name in known}
        settles = tuple(name for name, gain in gains.items() if gain > 0)
        score = sum(known[name].reach * known[name].weight * gains[name] for name in settles)
        if settles:
            found.append(FindOut(asked.element, asked.name, asked.way, asked.words, settles, score))
    return tuple(sorted(found, key=lambda one: -one.score))


def _everything(ground: Ground, cells: Mapping[str, MapCell]) -> Iterator[_Asked]:
    publishable: dict[str, Grade] = {}
    for touchpoint in in_order(ground.plan.touchpoints):
        if touchpoint.id in ground.steps:
            raises: dict[str, Grade] = dict.fromkeys(_rest_on(ground, touchpoint.id), "measured")
            if touchpoint.rule and not cells[f"touchpoint:{touchpoint.id}"].published:
                publishable |= raises
            else:
                yield _bind(touchpoint, raises)
    if publishable:
        words = "What is drawn and bound to events is measured once it is published."
        yield _Asked("plan", "Publish the draft", "publish", words, publishable)
    yield from _asked(ground, cells)
    yield from _sources(ground)


def _rest_on(ground: Ground, touchpoint: str) -> Iterator[str]:
    """The cells that are better known once a touchpoint is measured."""
    yield f"touchpoint:{touchpoint}"
    yield from (f"stage:{name}" for name in dict.fromkeys(stage.id for stage, _ in ground.steps[touchpoint]))
    yield from (f"moment:{one.id}" for one in ground.moments if touchpoint in one.touchpoints)
    tried = (one for one in ground.plan.experiences if one.state in ("pilot", "live") and touchpoint in one.touchpoints)
    yield from (f"experience:{one.id}" for one in tried)
    judged = (one for one in ground.promises if one.touchpoint == touchpoint and (one.by or one.within or one.score))
    yield from (f"promise:{one.id}" for one in judged)


def _bind(touchpoint: Touchpoint, raises: Mapping[str, Grade]) -> _Asked:
    element, name = f"touchpoint:{touchpoint.id}", touchpoint.name
    if touchpoint.rule:
        return _Asked(element, name, "count", "It has a rule, but no event came: bring in the data that shows it.", raises)
    if touchpoint.kind == "digital":
        return _Asked(element, name, "bind", "Name the events that happen here.", raises)
    return _Asked(element, name, "count", "It leaves no events: bring in scans, counts or what somebody saw there.", raises)


def _asked(ground: Ground, cells: Mapping[str, MapCell]) -> Iterator[_Asked]:
    for stage in ground.stages:
        parts = (f"stage:{stage.id}/{part}" for part in ("emotion", "think", "feel", "do"))
        raises: dict[str, Grade] = dict.fromkeys((f"stage:{stage.id}", *parts), "asked")
        words = "Ask there how it felt, and what they had wanted to feel."
        yield _Asked(f"stage:{stage.id}/emotion", f"How they feel in {stage.name}", "ask", words, raises)
    for moment in ground.moments:
        words = "Ask how important the outcome is to them, and how satisfied they are with it."
        yield _Asked(f"moment:{moment.id}", f"“{moment.words}”", "rate", words, {f"moment:{moment.id}": "asked"})
    for promise in ground.promises:
        if not (promise.by or promise.within or promise.score):
            words = "Say by what it is kept: by a date, within a time, above a score."
            yield _Asked(f"promise:{promise.id}", promise.name, "judge", words, {f"promise:{promise.id}": "measured"})


def _sources(ground: Ground) -> Iterator[_Asked]:
    for insight in in_order(ground.plan.insights):
        cards = [card for card in ground.cards if card.insight == insight.id]
        if insight.source or not (cards or insight.touchpoint in ground.steps):
            continue
        grade = insight_grade(insight.model_copy(update={"source": "named"}))
        raises: dict[str, Grade] = {f"card:{card.id}": grade for card in cards}
        raises |= {f"stage:{card.stage}/{card.lane}": grade for card in cards}
        if insight.touchpoint in ground.steps:
            raises[f"touchpoint:{insight.touchpoint}"] = grade
        words = "Say where it was learned, when, and from how many."
        yield _Asked(f"insight:{insight.id}", insight.words[:80], "source", words, raises)
