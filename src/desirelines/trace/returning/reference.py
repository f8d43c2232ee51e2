"""Retention and growth once more in plain Python. Tests hold the kernels equal to these.

Journeys are lists of [(at, code), …] with what is left out already taken away; `starts` are the instants at which units begin.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence

Journey = Sequence[tuple[int, int]]
Is = Callable[[int], bool]


def retention_reference(
    journeys: Sequence[Journey], starts: Sequence[int], brackets: Sequence[tuple[int, int]], begins: Is, back: Is, since: bool
) -> dict[int, tuple[int, list[int]]]:
    """cohort's unit -> people, and how many of them came back in each bracket of offsets (`since`: or later)"""
    people: Counter[int] = Counter()
    came: Counter[tuple[int, int]] = Counter()
    for events in journeys:
        first = next((place for place, (_, code) in enumerate(events) if begins(code)), None)
        if first is None:
            continue
        cohort = bisect_right(starts, events[first][0]) - 1
        offsets = {bisect_right(starts, at) - 1 - cohort for at, code in events[first:] if back(code)}
        people[cohort] += 1
        for column, (low, high) in enumerate(brackets):
            came[cohort, column] += any(low <= offset and (since or offset <= high) for offset in offsets)
    return {cohort: (people[cohort], [came[cohort, column] for column in range(len(brackets))]) for cohort in people}


def growth_reference(journeys: Sequence[Journey], starts: Sequence[int], counts: Is) -> list[tuple[int, int, int, int, int]]:
    """active, new, retained, resurrected, churned of each unit"""
    active = [{bisect_right(starts, at) - 1 for at, code in events if counts(code)} for events in journeys]
    return [
        (
            sum(unit in units for units in active),
            sum(unit == min(units, default=-1) for units in active),
            sum(unit in units and unit - 1 in units for units in active),
            sum(unit in units and unit - 1 not in units and min(units) < unit for units in active),
            sum(unit - 1 in units and unit not in units for units in active),
        )
        for unit in range(len(starts) - 1)
    ]


def active_reference(journeys: Sequence[Journey], starts: Sequence[int], window: int, counts: Is) -> list[int]:
    """journeys active in the `window` units that end with each unit"""
    active = [{bisect_right(starts, at) - 1 for at, code in events if counts(code)} for events in journeys]
    return [sum(any(unit - window < one <= unit for one in units) for units in active) for unit in range(len(starts) - 1)]
