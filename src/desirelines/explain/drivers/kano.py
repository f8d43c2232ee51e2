"""Kano's table of two answers to one feature, and what a sample of them says (Berger and others 1993; Fong 1996)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desirelines.measure import Interval, wilson

Category = Literal["A", "O", "M", "I", "R", "Q"]
CATEGORIES: dict[Category, str] = {
    "A": "attractive: delights when there, not missed when not",
    "O": "one-dimensional: the more the better",
    "M": "must be: not noticed when there, missed when not",
    "I": "indifferent",
    "R": "reverse: unwanted",
    "Q": "questionable: the answers contradict each other",
}
ANSWERS = ("like", "must-be", "neutral", "live-with", "dislike")
TABLE: tuple[tuple[Category, ...], ...] = (
    ("Q", "A", "A", "A", "O"),
    ("R", "I", "I", "I", "M"),
    ("R", "I", "I", "I", "M"),
    ("R", "I", "I", "I", "M"),
    ("R", "R", "R", "R", "Q"),
)
"""Rows: how one would feel with the feature; columns: without it; both in the order of ANSWERS."""


@dataclass(frozen=True)
class Kano:
    counts: dict[Category, int]
    n: int
    category: Category | None
    """The most frequent; None where the two most frequent cannot be told apart (Fong, at 0.90)."""
    satisfaction: float | None
    """Berger's (A + O) / (A + O + M + I), 0 to 1: how far it could lift"""
    satisfaction_interval: Interval | None
    dissatisfaction: float | None
    """Berger's -(O + M) / (A + O + M + I), 0 to -1: how far its lack would hurt"""
    dissatisfaction_interval: Interval | None


def category(with_it: int, without_it: int) -> Category:
    """Of one person's two answers, each a place in ANSWERS from 0."""
    return TABLE[with_it][without_it]


def answered(with_it: NDArray[np.int64], without_it: NDArray[np.int64]) -> Kano:
    """Of everybody's answers, 0 to 4; others are left out."""
    found: dict[Category, int] = dict.fromkeys(CATEGORIES, 0)
    for one, other in zip(with_it.tolist(), without_it.tolist(), strict=True):
        if 0 <= one < len(ANSWERS) and 0 <= other < len(ANSWERS):
            found[TABLE[one][other]] += 1
    return counted(found)


def counted(counts: dict[Category, int]) -> Kano:
    """Of how many fell into each category."""
    every: dict[Category, int] = {name: counts.get(name, 0) for name in CATEGORIES}
    n = sum(every.values())
    base = every["A"] + every["O"] + every["M"] + every["I"]
    better, worse = every["A"] + every["O"], every["O"] + every["M"]
    down = wilson(worse, base)
    return Kano(
        every, n, _leading(every, n), better / base if base else None, wilson(better, base), -worse / base if base else None,
        (-down[1], -down[0]) if down else None,
    )  # fmt: skip


def _leading(counts: dict[Category, int], n: int) -> Category | None:
    ranked: Sequence[tuple[Category, int]] = sorted(counts.items(), key=lambda one: -one[1])
    (first, a), (_, b) = ranked[0], ranked[1]
    if not n or a == b:
        return None
    return first if a - b >= 1.65 * sqrt((a + b) * (2 * n - a - b) / (2 * n)) else None
