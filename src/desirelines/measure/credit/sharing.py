"""Shapley's value: what each of several would get if all orders in which they could join were equally likely.

Shapley (1953). Where a path counts for every set of channels that holds all of its own, this splits each converting path
equally among its distinct channels (Zhao, Mahboobi and Bagheri, 2018): which the walk does, and a test holds against this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations
from math import factorial

Set = frozenset[str]
MOST = 12
"""Players at most: every set of them is looked at."""


def shapley(players: tuple[str, ...], worth: Callable[[Set], float]) -> dict[str, float]:
    """Each player's share of `worth` of all; `worth` of any set of players. Raises ValueError for more than MOST."""
    if len(players) > MOST:
        raise ValueError(f"at most {MOST} players")
    n = len(players)
    found = {}
    for one in players:
        others = [player for player in players if player != one]
        total = 0.0
        for size in range(n):
            weight = factorial(size) * factorial(n - size - 1) / factorial(n)
            for chosen in combinations(others, size):
                before = frozenset(chosen)
                total += weight * (worth(before | {one}) - worth(before))
        found[one] = total
    return found


def within(paths: Mapping[Set, float]) -> Callable[[Set], float]:
    """What a set of channels is worth: the conversions of paths that it holds all channels of."""
    return lambda chosen: sum(count for channels, count in paths.items() if channels <= chosen)
