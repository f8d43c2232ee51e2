"""Times once more in plain Python. Tests hold the kernels equal to these.

Journeys are lists of (customer, [(at, state), …]) with what has no state already taken away.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import fmean
from typing import NamedTuple

Journey = tuple[int, Sequence[tuple[int, int]]]


class Row(NamedTuple):
    """One state's figures."""

    visits: int
    journeys: int
    people: int
    again: int
    left: int
    durations: list[int]


def stays_reference(journeys: Sequence[Journey], runs: bool, before: bool) -> dict[int, Row]:
    """state -> visits, distinct journeys, distinct customers, journeys that came again, that ended there, durations in order"""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    left: dict[int, int] = defaultdict(int)
    durations: dict[int, list[int]] = defaultdict(list)
    for number, (who, events) in enumerate(journeys):
        entered = [next(iter(stay)) for _, stay in groupby(events, key=lambda event: event[1])] if runs else list(events)
        for _, state in entered:
            found[state].append((number, who))
        for _, state in entered[-1:]:
            left[state] += 1
        for (since, state), (until, target) in pairwise(entered):
            durations[target if before else state].append(until - since)
    rows = {}
    for state, visits in found.items():
        often = Counter(number for number, _ in visits)
        people = {who for _, who in visits} - {0}
        again = sum(count > 1 for count in often.values())
        rows[state] = Row(len(visits), len(often), len(people), again, left[state], sorted(durations[state]))
    return rows


def cycles_reference(journeys: Sequence[Journey], wanted: set[int], most: int) -> list[tuple[int, int, list[int], list[int]]]:
    """by number of the occurrence: journeys, customers, gaps to the next one, times from the first to the next one"""
    times = [(who, [at for at, state in events if state in wanted]) for who, events in journeys]
    return [
        (
            sum(len(at) > number for _, at in times),
            len({who for who, at in times if len(at) > number} - {0}),
            sorted(at[number + 1] - at[number] for _, at in times if len(at) > number + 1),
            sorted(at[number + 1] - at[0] for _, at in times if len(at) > number + 1),
        )
        for number in range(most)
    ]


def quantile_reference(values: Sequence[int], share: float) -> float:
    """Between the two values in order that lie next to the place, in proportion."""
    place = (len(values) - 1) * share
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return sorted(values)[low] + (sorted(values)[high] - sorted(values)[low]) * (place - low)


def mean_reference(values: Sequence[int]) -> float:
    return fmean(values)


def worked_reference(hours: Sequence[tuple[int, int]], since: int, until: int) -> int:
    """open time between two instants"""
    return sum(max(0, min(until, end) - max(since, begin)) for begin, end in hours)
