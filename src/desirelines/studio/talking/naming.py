"""Elements of a plan by their names: `kind:id`, the kind being the noun in small letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from desirelines.errors import NotFound
from desirelines.plan import Element, Plan, Step

NAMES = ("name", "words", "text")
LONGEST_LABEL = 80
GONE = "it may have been removed meanwhile"
"""What whoever asks for something that is not there is told."""


def about_map(journey: str) -> str:
    """What rows about a map are about."""
    return f"map:{journey}"


def map_of(about: str) -> str:
    """The journey of `map:<journey>`."""
    return about.removeprefix("map:")


def elements(plan: Plan) -> dict[str, Element]:
    """Every element that has an id, by its name."""
    return dict(_walk(plan))


def labels(plan: Plan) -> dict[str, str]:
    """What people call every element."""
    found = elements(plan)
    return {name: label(one, found) for name, one in found.items()}


def label(one: Element, found: Mapping[str, Element]) -> str:
    """What people call an element; a step goes by its touchpoints."""
    if isinstance(one, Step):
        ids = (one.touchpoint, *one.one_of) if one.touchpoint else one.one_of
        named = [getattr(found.get(f"touchpoint:{name}"), "name", name) for name in ids]
        return " or ".join(named)[:LONGEST_LABEL] or one.id
    for field in NAMES:
        if words := str(getattr(one, field, "") or ""):
            return " ".join(words.split())[:LONGEST_LABEL]
    return str(getattr(one, "id", ""))


def stands(name: str, found: Mapping[str, Any]) -> bool:
    """Whether the plan has what is talked about. The map itself and lanes (the house has lanes of its own) always stand."""
    return name == "" or name.startswith("lane:") or name in found


def the(found: Mapping[str, Element], name: str) -> Element:
    """One of a plan’s `elements`. Raises NotFound."""
    one = found.get(name)
    if one is None:
        raise NotFound(f"the draft has no `{name[:100]}`", hint=GONE, code="no_such_element")
    return one


def rebuilt(plan: Plan, change: Callable[[Element], Element | None]) -> Plan:
    """The plan with every element that has an id put through `change`; None takes it away. What stays is the same object."""
    new = _rebuilt(plan, change)
    assert isinstance(new, Plan)
    return new


def _rebuilt(node: Element, change: Callable[[Element], Element | None]) -> Element:
    fields: dict[str, Any] = {}
    for field in type(node).model_fields:
        old = getattr(node, field)
        if isinstance(old, Element):
            new: Any = _rebuilt(old, change)
        elif isinstance(old, tuple) and old and isinstance(old[0], Element) and hasattr(old[0], "id"):
            new = tuple(kept for one in old if (kept := change(_rebuilt(one, change))) is not None)
            new = old if len(new) == len(old) and all(a is b for a, b in zip(new, old, strict=True)) else new
        else:
            continue
        if new is not old:
            fields[field] = new
    return node.model_copy(update=fields) if fields else node


def _walk(node: Element) -> Iterator[tuple[str, Element]]:
    for field in type(node).model_fields:
        value = getattr(node, field)
        if isinstance(value, Element):
            yield from _walk(value)
        elif isinstance(value, tuple):
            for one in value:
                if isinstance(one, Element):
                    if hasattr(one, "id"):
                        yield name_of(one), one
                    yield from _walk(one)


def name_of(one: Element) -> str:
    """`kind:id`."""
    return f"{type(one).__name__.lower()}:{getattr(one, 'id', '')}"
