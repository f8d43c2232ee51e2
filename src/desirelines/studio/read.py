"""Shared documents read as a plan, kindly: what does not fit is set aside, and the rest is a plan all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pycrdt import Doc, Map
from pydantic import ValidationError

from desirelines.plan import Brand, Element, Journey, Plan, Story, Strategy, in_order, normal
from desirelines.studio.aside import Aside, Sieve
from desirelines.studio.fields import Misfit, take
from desirelines.studio.shape import BOTH, MAP, PLAN, Noun, lists_of

ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}\Z")
NAMELESS = Brand(name="nameless")


@dataclass(frozen=True)
class Entry:
    """An element as it stands in a list: `inside`, the id of the element it lies in, where there is one."""

    element: Element
    inside: str = ""


@dataclass(frozen=True)
class Part:
    """What one document says: singletons, and lists of entries by id."""

    ones: Mapping[str, Element] = field(default_factory=dict)
    lists: Mapping[str, Mapping[str, Entry]] = field(default_factory=dict)
    aside: tuple[Aside, ...] = ()


@dataclass(frozen=True)
class Reading:
    """The plan of all documents, and what was set aside."""

    plan: Plan
    aside: tuple[Aside, ...]


def read_part(document: str, doc: Doc[Any]) -> Part:
    """One document. Never raises for what it holds."""
    sieve = Sieve(document)
    known = lists_of(document)
    ones: dict[str, Element] = {}
    lists: dict[str, dict[str, Entry]] = {}
    with doc.transaction():
        for name in doc.keys():  # noqa: SIM118
            if name not in known:
                sieve.add(name, "", "", "no list of this document")
        for name, noun in known.items():
            root = doc.get(name, type=Map)
            if noun.one:
                found = _entry(noun, root, sieve, name, "")
                if found:
                    ones[name] = found.element
            else:
                lists[name] = dict(_entries(noun, root, sieve, name))
    return Part(ones, lists, tuple(sieve.rows()))


def _entries(noun: Noun, root: Map[Any], sieve: Sieve, name: str) -> Iterator[tuple[str, Entry]]:
    for key, raw in root.items():
        if not ID.match(key):
            sieve.add(name, key, "", "this is no id")
        elif not isinstance(raw, Map):
            sieve.add(name, key, "", "this is no element")
        elif found := _entry(noun, raw, sieve, name, key):
            yield key, found


def _entry(noun: Noun, raw: Map[Any], sieve: Sieve, name: str, key: str) -> Entry | None:
    """The element, without the optional fields that do not fit; None: a field it needs does not fit."""
    known = noun.fields
    given: dict[str, Any] = {} if noun.one else {"id": key}
    for label, value in raw.items():
        if label not in known:
            if not (noun.one and name == "story" and label == "messages"):
                sieve.add(name, key, label, "no field of this")
            continue
        if value is None:
            continue
        try:
            given[label] = take(known[label], value, lambda why, label=label: sieve.add(name, key, label, why))  # type: ignore[misc]
        except Misfit as misfit:
            sieve.add(name, key, label, str(misfit))
    inside = given.pop(noun.inside, "") if noun.inside else ""
    if noun.inside and not (isinstance(inside, str) and ID.match(inside)):
        sieve.add(name, key, noun.inside, f"it does not say in which {noun.inside} it lies")
        return None
    element = _element(noun, given, sieve, name, key)
    return Entry(element, inside) if element else None


def _element(noun: Noun, given: dict[str, Any], sieve: Sieve, name: str, key: str) -> Element | None:
    for _ in range(3):
        try:
            return noun.model.model_validate(given)
        except ValidationError as error:
            if not _mend(noun, given, error, sieve, name, key):
                return None
        except RecursionError:
            break
    return None


def _mend(noun: Noun, given: dict[str, Any], error: ValidationError, sieve: Sieve, name: str, key: str) -> bool:
    """Take out what does not fit; False: without it there is no element."""
    known = noun.fields
    gone: dict[str, set[int]] = {}
    for one in error.errors(include_url=False, include_input=False, include_context=False):
        label, rest = str(one["loc"][0]), one["loc"][1:]
        if label not in known or known[label].required:
            why = "this is missing" if one["type"] == "missing" else "it cannot be this, and is needed"
            sieve.add(name, key, label, why)
            return False
        whole = known[label].kind != "list" or not rest
        gone.setdefault(label, set()).add(-1 if whole else int(rest[0]))
    for label, places in gone.items():
        sieve.add(name, key, label, "it cannot be this")
        if -1 in places:
            del given[label]
        else:
            given[label] = [one for place, one in enumerate(given[label]) if place not in places]
    return True


def read_plan_of(parts: Mapping[str, Part]) -> Reading:
    """The plan of all parts together. `parts`: by the document's name; without `plan` there is only a nameless brand."""
    plan = parts.get(PLAN, Part())
    aside = [row for name, part in parts.items() if _is_read(name, plan) for row in part.aside]
    if "brand" not in plan.ones and plan.lists:
        aside.append(Aside(PLAN, "brand", "", "name", "the brand has no name"))
    fields: dict[str, Any] = {
        name: tuple(entry.element for entry in entries.values())
        for name, entries in plan.lists.items()
        if name in Plan.model_fields and name not in BOTH
    }
    story = plan.ones.get("story", Story())
    fields["story"] = story.model_copy(update={"messages": _elements(plan, "messages")})
    fields["brand"] = plan.ones.get("brand", NAMELESS)
    fields["strategy"] = plan.ones.get("strategy", Strategy())
    boxes = _inside(plan, "boxes", "towers", PLAN, aside)
    fields["towers"] = tuple(one.model_copy(update={"boxes": tuple(boxes.get(_id(one), ()))}) for one in fields.get("towers", ()))
    fields["journeys"] = tuple(_journey(one, parts.get(MAP + one.id, Part()), aside) for one in fields.get("journeys", ()))
    fields.update(_spread(parts, plan, fields["journeys"], aside))
    return Reading(normal(Plan.model_construct(**fields)), tuple(aside))


def _is_read(document: str, plan: Part) -> bool:
    """A map whose journey is gone is gone with it."""
    return document == PLAN or document.removeprefix(MAP) in plan.lists.get("journeys", {})


def _elements(part: Part, name: str) -> tuple[Any, ...]:
    return tuple(entry.element for entry in part.lists.get(name, {}).values())


def _id(element: Element) -> str:
    found: str = getattr(element, "id", "")
    return found


def _journey(journey: Any, part: Part, aside: list[Aside]) -> Journey:
    steps = _inside(part, "steps", "stages", MAP + journey.id, aside)
    stages = (one.model_copy(update={"steps": tuple(steps.get(one.id, ()))}) for one in _elements(part, "stages"))
    read: Journey = journey.model_copy(update={"stages": tuple(stages), "lanes": _elements(part, "lanes")})
    return read


def _inside(part: Part, name: str, outer: str, document: str, aside: list[Aside]) -> dict[str, list[Element]]:
    """Entries of a list by the element they lie in."""
    found: dict[str, list[Element]] = {key: [] for key in part.lists.get(outer, {})}
    for key, entry in part.lists.get(name, {}).items():
        if entry.inside in found:
            found[entry.inside].append(entry.element)
        else:
            aside.append(Aside(document, name, key, "", f"what it lies in, `{entry.inside}`, is not there"))
    return found


def homes(journeys: tuple[Journey, ...]) -> dict[str, str]:
    """The document of each stage's map, by the stage's id. Where two maps have a stage of one id, the first journey's."""
    found: dict[str, str] = {}
    for journey in in_order(journeys):
        for stage in journey.stages:
            found.setdefault(stage.id, MAP + journey.id)
    return found


def _spread(
    parts: Mapping[str, Part], plan: Part, journeys: tuple[Journey, ...], aside: list[Aside]
) -> dict[str, tuple[Any, ...]]:
    """The lists that lie over several documents. Of entries of one id the first that is at home counts, else the first."""
    names = sorted((name for name in parts if _is_read(name, plan)), key=lambda name: (name != PLAN, name))
    home = homes(journeys)
    moments: dict[str, str] = {}
    found: dict[str, tuple[Any, ...]] = {}
    for label in ("moments", "cards", "experiences"):
        kept: dict[str, tuple[str, Any, bool]] = {}
        for name in names:
            for key, entry in parts[name].lists.get(label, {}).items():
                element: Any = entry.element
                lives = moments.get(element.moment, PLAN) if label == "experiences" else home.get(element.stage, PLAN)
                old = kept.get(key)
                if old is None or (lives == name and not old[2]):
                    kept[key] = (name, element, lives == name)
                if old is not None:
                    out = old[0] if kept[key] is not old else name
                    aside.append(Aside(out, label, key, "", "another document has an element of this id"))
        if label == "moments":
            moments = {key: home.get(element.stage, PLAN) for key, (_, element, _) in kept.items()}
        found[label] = tuple(element for _, element, _ in kept.values())
    return found
