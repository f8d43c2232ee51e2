"""The question `compare`: what differs along the journey between two sides, the sure and large first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from desirelines.errors import BadInput
from desirelines.explain.comparing.contrasts import Contrasting
from desirelines.explain.comparing.nouns import CompareAsk, Comparison, Contrast
from desirelines.explain.comparing.rows import Rows
from desirelines.explain.comparing.sides import Sides, members, sides, spanned, told, unfinished
from desirelines.explain.estimating.looking import benjamini_hochberg
from desirelines.explain.ground import Ground, Mask
from desirelines.explain.rungs import MOVES_TOGETHER
from desirelines.measure import customers_behind, metric_of, percent, several, units_of, whose

UNFINISHED = 0.05
"""Sides whose shares of journeys that may not be over lie so far apart are said to."""
LENGTHS = 1.5
"""Sides that span so many times as long as each other are said to."""


def compare(ground: Ground, ask: CompareAsk) -> Comparison:
    """A held against B. Nothing is called a difference before it is corrected for how many were looked at."""
    both = sides(ground, ask)

    def address(mark: str) -> str:
        return ground.behind("compare", ask, mark)

    there = [members(one) for one in (both.a, both.b)]
    same = np.array_equal(both.a.keep, both.b.keep) and both.a.matched is both.b.matched
    empty = [one.journeys == 0 for one in (both.a, both.b)]
    found = [] if any(empty) or same else judged(Contrasting(Rows(both.a), Rows(both.b), address).every(), ask.q)
    called = sum(one.sure for one in found)
    only = _only(both)
    return Comparison(
        _words(both, found, empty, same), MOVES_TOGETHER.name,
        told(both.a, both.name_a, address("a:")), told(both.b, both.name_b, address("b:")),
        int((there[0] & there[1]).sum()), _looked(found), ask.q * called, tuple(found), *only,
        ground.period, ground.plan_version, ground.facts.trace.data_version,
        _caveats(both, there[0], there[1], found, called, ask.q),
    )  # fmt: skip


def judged(contrasts: Sequence[Contrast], q: float) -> list[Contrast]:
    """With q over all of them; the sure first, then by size times certainty."""
    every = benjamini_hochberg(np.array([np.nan if one.p is None else one.p for one in contrasts], np.float64)).tolist()
    found = [
        replace(one, q=None if np.isnan(value) else value, sure=bool(value < q))
        for one, value in zip(contrasts, every, strict=True)
    ]
    return sorted(found, key=lambda one: (not one.sure, -one.size * (1 - (1.0 if one.q is None else one.q)), one.id))


def _words(both: Sides, found: Sequence[Contrast], empty: list[bool], same: bool) -> str:
    if any(empty):
        names = [name for name, none in zip((both.name_a, both.name_b), empty, strict=True) if none]
        return f"There is nothing to hold against each other: no journey began in “{'” nor in “'.join(names)}”."
    if same:
        return "Both sides are the same journeys: nothing can differ."
    sure = [one for one in found if one.sure]
    if not sure:
        sides_named = f"“{both.name_a}” and “{both.name_b}”"
        return f"Between {sides_named} nothing differs by more than chance, of {_looked(found)} figures looked at."
    first = sure[0]
    many = f"{several(len(sure), 'figure')} of {_looked(found)}"
    return f"“{both.name_a}” differs from “{both.name_b}” in {many}. The clearest: {_lower(first.words)}."


def _looked(found: Sequence[Contrast]) -> int:
    """How many differences could be judged."""
    return sum(one.p is not None for one in found)


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def _only(both: Sides) -> tuple[tuple[str, ...], tuple[str, ...]]:
    a, b = (
        {**{one.id: one.name for one in frame.matched.stages}, **{one.id: one.name for one in frame.plan.touchpoints}}
        for frame in (both.a, both.b)
    )
    return tuple(name for key, name in a.items() if key not in b), tuple(name for key, name in b.items() if key not in a)


def _caveats(both: Sides, a: Mask, b: Mask, found: Sequence[Contrast], called: int, q: float) -> tuple[str, ...]:
    said = [both.how] if both.how else []
    if not found:
        return tuple(said)
    said.append(f"{MOVES_TOGETHER.name}: who is on which side was not left to chance, so a difference is not its cause")
    if called:
        said.append(
            f"{_looked(found)} figures were looked at; about {q * called:.1f} of the {called} called different may be chance"
        )
    common = int((a & b).sum())
    if common:
        inside = [name for name, mine in ((both.name_a, a), (both.name_b, b)) if common == int(mine.sum())]
        lies = (
            f"all of “{inside[0]}” stand on the other side too"
            if inside
            else f"{several(common, 'customer')} stand on both sides"
        )
        said.append(f"{lies}: shares and means allow for it exactly, intervals of median times do not")
    days = [max(1, spanned(one)) for one in (both.a, both.b)]
    if max(days) > LENGTHS * min(days):
        said.append(f"the sides span {days[0]} and {days[1]} days: shares and times are compared, never counts")
    late = [unfinished(one) for one in (both.a, both.b)]
    if abs(late[0] - late[1]) > UNFINISHED:
        said.append(
            f"{percent(late[0])} of A's journeys and {percent(late[1])} of B's began too late to be over: what comes later "
            "in the journey looks rarer on the side that has more of them"
        )
    few = [several(one.journeys, "journey") for one in (both.a, both.b) if one.journeys < 30]
    if few:
        said.append(f"one side holds {few[0]} only")
    return tuple(said)


def of_compare(ground: Ground, ask: CompareAsk, mark: str) -> Mask:
    """bool[customers]: those behind a figure of one side."""
    letter, sign, figure = mark.partition(":")
    if letter not in ("a", "b") or not sign:
        raise BadInput(f"`{mark[:80]}` is no figure of this comparison", hint="such as a:stage=pay or b:promise=on-time:broken")
    frame = sides(ground, ask).of(letter)
    if figure.startswith("metric="):
        units = units_of(frame, metric_of(figure.removeprefix("metric=")))
        people = len(frame.facts.who.customers)
        return np.zeros(people, np.bool_) if units is None else whose(units, people)
    return customers_behind(frame, figure)
