"""Importance and performance (Martilla and James 1977): four fields, and which items' crosses reach over a boundary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Field = Literal["concentrate here", "keep up", "low priority", "possible overkill"]


@dataclass(frozen=True)
class Item:
    """A value with its interval on each axis; a bound that is not known is None."""

    importance: float
    performance: float
    importance_low: float | None = None
    importance_high: float | None = None
    performance_low: float | None = None
    performance_high: float | None = None


@dataclass(frozen=True)
class Placed:
    field: Field
    sure: bool
    """Its cross touches no boundary; False where an interval is not known."""


def boundaries(items: Sequence[Item]) -> tuple[float, float] | None:
    """The means of importance and of performance; None without items."""
    if not items:
        return None
    return sum(one.importance for one in items) / len(items), sum(one.performance for one in items) / len(items)


def place(items: Sequence[Item], at: tuple[float, float] | None = None) -> list[Placed]:
    """Each in its field. `at`: the boundaries of importance and performance, else the means; on one counts as above."""
    found = at or boundaries(items)
    return [_placed(one, *found) for one in items] if found else []


def _placed(item: Item, importance: float, performance: float) -> Placed:
    weighty, good = item.importance >= importance, item.performance >= performance
    name: Field = ("keep up" if good else "concentrate here") if weighty else ("possible overkill" if good else "low priority")
    clear = _clear(item.importance_low, item.importance_high, importance)
    return Placed(name, clear and _clear(item.performance_low, item.performance_high, performance))


def _clear(low: float | None, high: float | None, boundary: float) -> bool:
    return low is not None and high is not None and not low <= boundary <= high
