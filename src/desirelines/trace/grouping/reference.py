"""Likeness and groups once more in plain Python. Tests hold the kernels equal to these."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations


def apart_reference(one: Sequence[int], other: Sequence[int]) -> tuple[int, int]:
    """Steps of both that are not shared, and steps of both."""
    row = [0] * (len(other) + 1)
    for code in one:
        before = row
        row = [0]
        for place, target in enumerate(other):
            row.append(before[place] + 1 if code == target else max(before[place + 1], row[place]))
    return len(one) + len(other) - 2 * row[-1], len(one) + len(other)


def best_reference(apart: Sequence[Sequence[int]], weight: Sequence[int], groups: int) -> int:
    """The least sum of distances from the nearest of so many medoids."""
    members = range(len(weight))
    return min(
        sum(weight[one] * min(apart[one][medoid] for medoid in medoids) for one in members)
        for medoids in combinations(members, groups)
    )
