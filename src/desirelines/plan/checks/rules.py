"""Which events a rule means, held against another rule: apart, inside it, or perhaps overlapping.

A condition is a set of values or a range of numbers. Two rules on one event are apart when one condition of each can
never hold together; one is inside the other when every condition of the other holds wherever its own do.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

from desirelines.plan.elements import EventRule, Range, Scalar

Relation = Literal["apart", "same", "inside", "around", "overlapping"]
Key = tuple[str, object]

_FLAGS = {"true": True, "yes": True, "false": False, "no": False}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Condition:
    """Either values (each with its type) or a range of numbers, low included and high excluded."""

    values: frozenset[Key] | None = None
    low: float = -math.inf
    high: float = math.inf

    @property
    def empty(self) -> bool:
        """True if nothing can meet it."""
        return not self.values if self.values is not None else not self.low < self.high


def conditions(rule: EventRule) -> dict[str, Condition]:
    """A rule's conditions by field: `channel`, `source`, and `where.<property>`."""
    found = {name: _values([value]) for name in ("channel", "source") if (value := getattr(rule, name)) is not None}
    for name, value in rule.where.items():
        found[f"where.{name}"] = _condition(value)
    return found


def relation(one: dict[str, Condition], other: dict[str, Condition]) -> Relation:
    """How the events of `one` lie to those of `other`; both rules name the same event."""
    if any(_apart(one[name], other[name]) for name in one.keys() & other.keys()):
        return "apart"
    inside = all(name in one and _inside(one[name], other[name]) for name in other)
    around = all(name in other and _inside(other[name], one[name]) for name in one)
    if inside and around:
        return "same"
    return "inside" if inside else "around" if around else "overlapping"


def _condition(value: Scalar | list[Scalar] | Range) -> Condition:
    if isinstance(value, Range):
        low = -math.inf if value.at_least is None else value.at_least
        high = math.inf if value.below is None else value.below
        return Condition(low=low, high=high)
    return _values(value if isinstance(value, list) else [value])


def _values(values: list[Scalar] | list[str]) -> Condition:
    return Condition(frozenset(_key(value) for value in values))


def _key(value: Scalar) -> Key:
    if isinstance(value, bool):
        return "flag", value
    return ("text", value) if isinstance(value, str) else ("number", value)


def _apart(one: Condition, other: Condition) -> bool:
    if one.empty or other.empty:
        return True
    if one.values is not None and other.values is not None:
        return not {_loose(key) for key in one.values} & {_loose(key) for key in other.values}
    if one.values is None and other.values is None:
        return max(one.low, other.low) >= min(one.high, other.high)
    if one.values is None:
        one, other = other, one
    return not any(_between(_loose(key), other) for key in one.values or ())


def _inside(one: Condition, other: Condition) -> bool:
    """Every value of `one` meets `other`; of texts that look like numbers nothing is proved."""
    if one.values is not None and other.values is not None:
        return one.values <= other.values
    if one.values is not None:
        return all(key[0] == "number" and _between(key[1], other) for key in one.values)
    return other.values is None and other.low <= one.low and one.high <= other.high


def _loose(key: Key) -> object:
    """A value as it might match under another type: "5" may be 5, "yes" may be a flag or 1, a day may be an instant."""
    kind, value = key
    if kind != "text":
        return value
    text = str(value)
    if text.lower() in _FLAGS:
        return _FLAGS[text.lower()]
    if _DAY.match(text):
        return text[:10]
    try:
        number = float(text)
    except ValueError:
        return text
    return number if math.isfinite(number) else text


def _between(value: object, limits: Condition) -> bool:
    return isinstance(value, (int, float)) and limits.low <= value < limits.high
