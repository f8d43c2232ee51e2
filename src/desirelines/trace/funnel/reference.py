"""Funnels once more, in plain Python, as they are defined: all chains there are, and the one that counts among them.

A lane is a list of (clock, code). A chain is a tuple with the number of the event that serves each step, or None.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from desirelines.trace.bucket import Part
from desirelines.trace.funnel.steps import Step, Steps

Event = tuple[int, int]
Chain = tuple[int | None, ...]
Row = tuple[int, int, Chain]
"""journey, reached, chain"""
LATE = 2**62


def entries_reference(lane: Sequence[Event], asked: Steps) -> list[tuple[int, Chain]]:
    """reached and the chain that counts, of each entry: a stretch in which some chain can always go on."""
    found, entry, going = [], list[Chain](), list[Chain]()
    for number, (now, _) in enumerate(lane):
        going = [one for one in going if now - lane[_first(one)][0] <= asked.window]
        if entry and not going:
            found.append(_counts(entry, asked))
            entry = []
        grown, going = _grow(lane, number, going, asked)
        entry += grown
        if any(_reached(one, asked) == len(asked.steps) for one in grown):
            found.append(_counts(entry, asked))
            entry, going = [], []
    return found + ([_counts(entry, asked)] if entry else [])


def _grow(lane: Sequence[Event], number: int, going: list[Chain], asked: Steps) -> tuple[list[Chain], list[Chain]]:
    """The chains that the event makes, and all that can go on after it."""
    steps, code = asked.steps, lane[number][1]
    served = [place for place, step in enumerate(steps) if code in step.codes and code < asked.limit]
    nothing: Chain = (None,) * len(steps)
    grown = []
    for one in [nothing, *going]:
        for place in served:
            if asked.order == "any":
                fits = one[place] is None
            elif one is nothing:
                fits = place == 0
            else:
                fits = place > _gap(one) and all(step.optional for step in steps[_gap(one) + 1 : place])
                fits = fits and not _passed(lane, one, number, place, asked)
            if fits:
                grown.append((*one[:place], number, *one[place + 1 :]))
    return grown, [one for one in going if not _over(lane, one, number, asked)] + grown


def _gap(one: Chain) -> int:
    return max(place for place, event in enumerate(one) if event is not None)


def _first(one: Chain) -> int:
    return min(event for event in one if event is not None)


def _barred(code: int, step: Step, asked: Steps) -> bool:
    return (asked.order == "strict" or code in step.barred) and code < asked.limit


def _passed(lane: Sequence[Event], one: Chain, number: int, place: int, asked: Steps) -> bool:
    """Whether an exclusion between the step served last and `place` happened between their events."""
    gap = _gap(one)
    between = [code for _, code in lane[(one[gap] or 0) + 1 : number]]
    return any(_barred(code, step, asked) for code in between for step in asked.steps[gap:place])


def _over(lane: Sequence[Event], one: Chain, number: int, asked: Steps) -> bool:
    """Whether the event ends the chain: it happens in every gap that the chain may stand in."""
    steps = asked.steps
    if asked.order == "any":
        return any(_barred(lane[number][1], step, asked) for step in steps)
    gap = _gap(one)
    nexts = [place for place in range(gap + 1, len(steps)) if all(step.optional for step in steps[gap + 1 : place])]
    return all(_passed(lane, one, number + 1, place, asked) for place in nexts)


def _reached(one: Chain, asked: Steps) -> int:
    if asked.order == "any":
        return sum(event is not None for event in one)
    return max(place + 1 for place, event in enumerate(one) if event is not None and not asked.steps[place].optional)


def _counts(entry: Sequence[Chain], asked: Steps) -> tuple[int, Chain]:
    """The furthest chain; of those the first to get there; of those the first by its required steps, then by its optional."""
    far = max(_reached(one, asked) for one in entry)
    wanted = [not step.optional for step in asked.steps]

    def rank(one: Chain) -> tuple[list[int], ...]:
        events = [LATE if event is None else event for event in one]
        if asked.order == "any":
            return (sorted(events)[far - 1 : far], sorted(event for event in events if event < LATE))
        required = [event for event, is_required in zip(events, wanted, strict=True) if is_required]
        optional = [event for event, is_required in zip(events, wanted, strict=True) if not is_required]
        return ([one[far - 1] or 0], required, optional)

    best = min((one for one in entry if _reached(one, asked) == far), key=rank)
    if asked.order == "any":
        happened = sorted(event for event in best if event is not None)
        return far, (*happened, *(None,) * (len(best) - len(happened)))
    return far, best


def ranked_reference(rows: Sequence[Row], who: Callable[[Row], int], at: Any) -> list[Row]:
    """One of the rows (journey, reached, chain) of each: the furthest, of those the one that got there first."""

    def rank(row: Row) -> tuple[int, int, int, int]:
        there = row[2][row[1] - 1] or 0
        return who(row), -row[1], int(at[there]), there

    return [next(mine) for _, mine in groupby(sorted(rows, key=rank), who)]


def lanes_of(part: Part, asked: Steps, values: Any = None) -> list[list[tuple[int, int, int]]]:
    """The lanes of a part as lists of (event, clock, code): per journey, or per subject, and per value."""
    found: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
    kept = [journey for journey in range(len(part.keep)) if part.keep[journey]]
    for number, journey in enumerate(kept):
        for event in range(part.journeys.start[journey], part.journeys.end[journey]):
            value = 0 if values is None else int(values[event])
            if value >= 0 and part.codes[event] < asked.limit:
                whole = int(part.journeys.group[journey]) if asked.spans else journey
                clock = number if asked.spans else int(part.bucket.at[event])
                found[whole, value].append((event, clock, int(part.codes[event])))
    return list(found.values())
