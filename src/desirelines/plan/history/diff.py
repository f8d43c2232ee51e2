"""What changed between two plans, element by element, in words that people read aloud."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from desirelines.plan.elements import Element, EventRule, Plan, Range
from desirelines.plan.exchange import normal

_PARTS = ("brand", "strategy", "story")
_LONG = 120


@dataclass(frozen=True)
class Change:
    """One difference. `element` is kind and id (``touchpoint:shop``), `before` and `after` are readable values."""

    kind: Literal["added", "removed", "changed", "moved"]
    element: str
    field: str
    before: str | None
    after: str | None
    words: str


def diff(a: Plan, b: Plan) -> list[Change]:
    """From `a` to `b`; empty exactly when both mean the same."""
    a, b = normal(a), normal(b)
    changes: list[Change] = []
    for part in _PARTS:
        changes += _fields(getattr(a, part), getattr(b, part), part, f"the {part}")
        changes += _nested(getattr(a, part), getattr(b, part), "")
    return changes + list(_nested(a, b, ""))


def _nested(a: Element, b: Element, inside: str) -> Iterator[Change]:
    """Differences in every list of elements that have ids."""
    for name in type(a).model_fields:
        one, other = getattr(a, name), getattr(b, name)
        if isinstance(one, tuple) and any(hasattr(element, "id") for element in (*one, *other)):
            yield from _list(one, other, inside)


def _list(one: tuple[Any, ...], other: tuple[Any, ...], inside: str) -> Iterator[Change]:
    before, after = {e.id: e for e in one}, {e.id: e for e in other}
    for element in one:
        if element.id not in after:
            yield Change("removed", _id(element), "", say(element), None, f"{_name(element)} was removed{inside}")
    for element in other:
        if element.id not in before:
            yield Change("added", _id(element), "", None, say(element), f"{_name(element)} was added{inside}")
            continue
        old = before[element.id]
        yield from _fields(old, element, _id(element), _name(element))
        yield from _nested(old, element, f" in {_name(element)}")
    yield from _moves(before, after, inside)


def _fields(old: Element, new: Element, place: str, name: str) -> Iterator[Change]:
    for field in type(old).model_fields:
        one, other = getattr(old, field), getattr(new, field)
        nested = isinstance(one, tuple) and any(hasattr(element, "id") for element in (*one, *other))
        if field in ("id", "order") or nested or _same(one, other):
            continue
        before, after = say(one), say(other)
        if not before:
            words = f"{name}: {field} is now {after}"
        elif not after:
            words = f"{name}: {field} was taken away (it was {before})"
        else:
            words = f"{name}: {field} changed from {before} to {after}"
        yield Change("changed", place, field, before or None, after or None, words)


def _same(one: Any, other: Any) -> bool:
    """Equal in value and type: 1, 1.0 and yes are three conditions."""
    return bool(one == other) and repr(one) == repr(other)


def _moves(before: dict[str, Any], after: dict[str, Any], inside: str) -> Iterator[Change]:
    common = [name for name in after if name in before]
    places = {name: index for index, name in enumerate(name for name in before if name in after)}
    kept = _longest([places[name] for name in common])
    moved = [name for index, name in enumerate(common) if index not in kept]
    for name in moved:
        index = common.index(name)
        where = f"after `{common[index - 1]}`" if index else "to the beginning"
        old, new = before[name].order, after[name].order
        yield Change("moved", _id(after[name]), "order", str(old), str(new), f"{_name(after[name])} moved {where}{inside}")
    renumbered = [name for name in common if before[name].order != after[name].order]
    if renumbered and not moved:
        kind = _kind(after[renumbered[0]])
        words = f"the {kind}s were numbered anew{inside}; their sequence is the same"
        old, new = before[renumbered[0]].order, after[renumbered[0]].order
        yield Change("moved", _id(after[renumbered[0]]), "order", str(old), str(new), words)


def _longest(numbers: list[int]) -> set[int]:
    """Indices of a longest increasing run of numbers: what may stay where it is."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        place = bisect_left(ends, number)
        ends[place:] = [number, *ends[place + 1 :]]
        at[place:] = [index, *at[place + 1 :]]
        before.append(at[place - 1] if place else -1)
    kept: set[int] = set()
    here = at[-1] if at else -1
    while here >= 0:
        kept.add(here)
        here = before[here]
    return kept


def say(value: Any) -> str:
    """A value as people would say it; empty for nothing."""
    if value is None or value in ("", ()):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return f"“{value if len(value) <= _LONG else value[:_LONG] + '…'}”"
    if isinstance(value, (tuple, list)):
        return ", ".join(say(one) for one in value)
    if isinstance(value, EventRule):
        return _rule(value)
    if isinstance(value, Range):
        return " and ".join(_bounds(value)) or "any number"
    if isinstance(value, Element):
        return say(getattr(value, "name", None) or getattr(value, "words", None)) or _parts(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _parts(element: Element) -> str:
    filled = ((name, say(getattr(element, name))) for name in type(element).model_fields)
    return ", ".join(f"{name} {words}" for name, words in filled if words)


def _rule(rule: EventRule) -> str:
    tests = [f"{name} {value}" for name, value in (("channel", rule.channel), ("source", rule.source)) if value]
    tests += [f"{name} {say(value)}" for name, value in rule.where.items()]
    return f"{rule.event}{' where ' if tests else ''}{' and '.join(tests)}"


def _bounds(limits: Range) -> Iterable[str]:
    if limits.at_least is not None:
        yield f"at least {limits.at_least:g}"
    if limits.below is not None:
        yield f"below {limits.below:g}"


def _kind(element: Element) -> str:
    return "identifier kind" if type(element).__name__ == "IdentifierKind" else type(element).__name__.lower()


def _id(element: Any) -> str:
    return f"{type(element).__name__.lower()}:{element.id}"


def _name(element: Any) -> str:
    return f"{_kind(element)} `{element.id}`"
