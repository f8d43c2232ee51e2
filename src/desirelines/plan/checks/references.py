"""Every id is chosen once, and every id that is named exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desirelines.model.document import Path
from desirelines.model.hint import nearest
from desirelines.plan.checks.finding import Findings
from desirelines.plan.elements import Plan

Named = tuple[Path, str]

_LISTS = {
    "team": "teams",
    "persona": "personas",
    "identifier kind": "identifiers",
    "touchpoint": "touchpoints",
    "question": "questions",
    "outcome": "outcomes",
    "moment": "moments",
    "experience": "experiences",
    "promise": "promises",
    "journey": "journeys",
    "role": "roles",
    "metric": "metrics",
    "insight": "insights",
    "tower": "towers",
    "card": "cards",
}

_FIELDS: tuple[tuple[str, str, str], ...] = (
    ("touchpoints", "owner", "team"),
    ("touchpoints", "responsible", "team"),
    ("touchpoints", "consulted", "team"),
    ("touchpoints", "informed", "team"),
    ("questions", "touchpoint", "touchpoint"),
    ("moments", "stage", "stage"),
    ("moments", "persona", "persona"),
    ("moments", "outcome", "outcome"),
    ("moments", "touchpoints", "touchpoint"),
    ("experiences", "moment", "moment"),
    ("experiences", "touchpoints", "touchpoint"),
    ("promises", "touchpoint", "touchpoint"),
    ("promises", "owner", "team"),
    ("journeys", "personas", "persona"),
    ("metrics", "owner", "team"),
    ("personas", "evidence", "insight"),
    ("insights", "persona", "persona"),
    ("insights", "touchpoint", "touchpoint"),
    ("towers", "persona", "persona"),
    ("towers", "touchpoints", "touchpoint"),
    ("towers", "experiences", "experience"),
    ("experiences", "owner", "team"),
    ("cards", "stage", "stage"),
    ("cards", "insight", "insight"),
    ("cards", "touchpoint", "touchpoint"),
    ("cards", "persona", "persona"),
    ("cards", "owner", "team"),
)


def check_references(plan: Plan, findings: Findings) -> None:
    """Duplicate ids and unknown references, all of them."""
    ids = {noun: list(_ids(plan, noun)) for noun in (*_LISTS, "message", "stage", "step", "box")}
    for noun, places in ids.items():
        _unique(noun, places, findings)
    known = {noun: dict.fromkeys(name for _, name in places) for noun, places in ids.items()}
    for path, name, noun in _references(plan):
        if findings.full:
            return
        if name not in known[noun]:
            findings.error("unknown-reference", f"there is no {noun} `{name}`", path, nearest(name, known[noun]))


def _ids(plan: Plan, noun: str) -> Iterator[Named]:
    if noun == "message":
        yield from _of("story", "messages", names=(message.id for message in plan.story.messages))
    elif noun == "box":
        for i, tower in enumerate(plan.towers):
            yield from _of("towers", i, "boxes", names=(box.id for box in tower.boxes))
    elif noun in _LISTS:
        yield from _of(_LISTS[noun], names=(element.id for element in getattr(plan, _LISTS[noun])))
    for i, journey in enumerate(plan.journeys if noun in ("stage", "step") else ()):
        if noun == "stage":
            yield from _of("journeys", i, "stages", names=(stage.id for stage in journey.stages))
            continue
        for j, stage in enumerate(journey.stages):
            yield from _of("journeys", i, "stages", j, "steps", names=(step.id for step in stage.steps))


def _of(*path: str | int, names: Iterable[str]) -> Iterator[Named]:
    return (((*path, index, "id"), name) for index, name in enumerate(names))


def _unique(noun: str, places: list[Named], findings: Findings) -> None:
    first: dict[str, Path] = {}
    for path, name in places:
        if name in first:
            line = findings.document.line(first[name])
            where = f"the first stands on line {line}" if line else "an id is chosen once"
            findings.error("duplicate-id", f"two {noun}s have the id `{name}`", path, where)
        first.setdefault(name, path)


def _references(plan: Plan) -> Iterator[tuple[Path, str, str]]:
    for where, name, noun in _FIELDS:
        for i, element in enumerate(getattr(plan, where)):
            yield from _named((where, i, name), getattr(element, name), noun)
    for i, journey in enumerate(plan.journeys):
        for j, stage in enumerate(journey.stages):
            here: Path = ("journeys", i, "stages", j)
            yield from _named((*here, "opens"), stage.opens, "journey")
            yield from _named((*here, "message"), stage.message, "message")
            for k, step in enumerate(stage.steps):
                yield from _named((*here, "steps", k, "touchpoint"), step.touchpoint, "touchpoint")
                yield from _named((*here, "steps", k, "one_of"), step.one_of, "touchpoint")
                yield from _named((*here, "steps", k, "personas"), step.personas, "persona")
    for i, tower in enumerate(plan.towers):
        for j, box in enumerate(tower.boxes):
            yield from _named(("towers", i, "boxes", j, "insight"), box.insight, "insight")


def _named(path: Path, value: str | tuple[str, ...] | None, noun: str) -> Iterator[tuple[Path, str, str]]:
    if isinstance(value, str):
        yield path, value, noun
    elif value:
        for index, name in enumerate(value):
            yield (*path, index), name, noun
