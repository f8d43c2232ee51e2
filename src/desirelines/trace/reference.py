"""Every kernel once more, in plain Python, as short as it can be said. Tests hold the kernels equal to these.

Journeys are lists of (customer, [(at, code), …]) with what is left out already taken away.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean, median
from typing import Any

from desirelines.model.automaton import SILENT, Automaton

Event = tuple[int, int]
Journey = tuple[int, list[Event]]


def cut_reference(at: Sequence[int], starts: Sequence[bool] | None, ends: Sequence[bool], gap_us: int) -> list[list[int]]:
    """The journeys of one subject, as lists of event indices."""
    journeys: list[list[int]] = []
    is_open = False
    for event in range(len(at)):
        is_open = is_open and at[event] - at[event - 1] <= gap_us
        if not is_open and (starts is None or starts[event]):
            journeys.append([])
            is_open = True
        if is_open:
            journeys[-1].append(event)
            is_open = not ends[event]
    return journeys


def transitions_reference(journeys: Sequence[Journey]) -> dict[tuple[int, int], tuple[int, int, int, float, float]]:
    """edge -> count, distinct journeys, distinct customers, median gap, mean gap"""
    walked: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
    for number, (customer, events) in enumerate(journeys):
        for (before, origin), (after, target) in pairwise(events):
            walked[origin, target].append((after - before, number, customer))
    found = {}
    for edge, rows in walked.items():
        gaps = [gap for gap, _, _ in rows]
        people = {customer for _, _, customer in rows} - {0}
        found[edge] = (len(rows), len({number for _, number, _ in rows}), len(people), float(median(gaps)), fmean(gaps))
    return found


def quantiles_reference(journeys: Sequence[Journey], wanted: Sequence[float]) -> dict[tuple[int, int], list[float]]:
    """edge -> quantiles of the gap, interpolated between the two gaps nearest to rank quantile * (count - 1)"""
    gaps: dict[tuple[int, int], list[int]] = defaultdict(list)
    for _, events in journeys:
        for (before, origin), (after, target) in pairwise(events):
            gaps[origin, target].append(after - before)
    found = {}
    for edge, values in gaps.items():
        ranks = [quantile * (len(values) - 1) for quantile in wanted]
        ordered = [*sorted(values), max(values)]
        found[edge] = [ordered[int(at)] + (ordered[int(at) + 1] - ordered[int(at)]) * (at - int(at)) for at in ranks]
    return found


def sessions_reference(customer: Sequence[int], at: Sequence[int], gap_us: int) -> list[tuple[int, int, int, int]]:
    """customer, start, end, events of every session, in order"""
    found: list[tuple[int, int, int, int]] = []
    for whose, when in sorted(zip(customer, at, strict=True)):
        if found and found[-1][0] == whose and when - found[-1][2] <= gap_us:
            found[-1] = (whose, found[-1][1], when, found[-1][3] + 1)
        else:
            found.append((whose, when, when, 1))
    return found


def variants_reference(journeys: Sequence[Journey]) -> list[tuple[tuple[int, ...], int, int, float]]:
    """codes, count, distinct customers, median duration; the most frequent first, then the shorter, then by codes"""
    same: dict[tuple[int, ...], list[Journey]] = defaultdict(list)
    for customer, events in journeys:
        same[tuple(code for _, code in events)].append((customer, events))
    rows = [
        (
            codes,
            len(members),
            len({customer for customer, _ in members} - {0}),
            float(median([events[-1][0] - events[0][0] if events else 0 for _, events in members])),
        )
        for codes, members in same.items()
    ]
    return sorted(rows, key=lambda row: (-row[1], len(row[0]), row[0]))


def reach_reference(journeys: Sequence[Journey]) -> dict[int, tuple[int, int, int, int, float | None]]:
    """code -> events, distinct journeys, distinct customers, journeys that end with it, median time to the next event"""
    rows = [
        (code, number, customer, events[place + 1][0] - at if place + 1 < len(events) else None)
        for number, (customer, events) in enumerate(journeys)
        for place, (at, code) in enumerate(events)
    ]
    found = {}
    for code in {row[0] for row in rows}:
        mine = [row for row in rows if row[0] == code]
        gaps = [gap for _, _, _, gap in mine if gap is not None]
        people = {customer for _, _, customer, _ in mine} - {0}
        middle = float(median(gaps)) if gaps else None
        found[code] = (len(mine), len({number for _, number, _, _ in mine}), len(people), len(mine) - len(gaps), middle)
    return found


Way = tuple[int, tuple[int, ...], tuple[int, ...], tuple[int, ...]]
"""cost, matched plan positions, events they are matched to, missing positions: the order of tuples is the tie rule"""


def alignment_reference(automaton: Automaton, codes: Sequence[int]) -> Way:
    """The best way: every move is tried from every place until nothing gets better."""
    moves = list(zip(automaton.origin.tolist(), automaton.target.tolist(), automaton.position.tolist(), strict=True))
    best: dict[tuple[int, int], Way] = {}
    for state in range(automaton.state_count):
        if automaton.accepting[state]:
            best[len(codes), state] = (0, (), (), ())
    changed = True
    while changed:
        changed = False
        for event in range(len(codes), -1, -1):
            for state in range(automaton.state_count):
                for way in _ways(automaton, moves, codes, best, event, state):
                    if (event, state) not in best or way < best[event, state]:
                        best[event, state] = way
                        changed = True
    return best[0, 0]


def _ways(automaton: Automaton, moves: Any, codes: Sequence[int], best: Any, event: int, state: int) -> list[Way]:
    found: list[Way] = []
    if (after := best.get((event + 1, state))) is not None:  # the event alone
        found.append((after[0] + 1, *after[1:]))
    for origin, target, place in moves:
        if origin != state:
            continue
        if (here := best.get((event, target))) is not None:  # the plan alone
            cost, matched, at, missing = here
            found.append(here if place == SILENT else (cost + 1, matched, at, (place, *missing)))
        both = best.get((event + 1, target))
        if place != SILENT and both is not None and automaton.positions[place].symbol == codes[event]:
            cost, matched, at, missing = both
            found.append((cost, (place, *matched), (event, *at), missing))
    return found


def marks_reference(automaton: Automaton, codes: Sequence[int], way: Way) -> tuple[list[str], list[int]]:
    """A mark per event, and the positions that stay missing."""
    symbols = [position.symbol for position in automaton.positions]
    lacking = Counter(symbols[place] for place in way[3])
    there = {codes[event] for event in way[2]}
    marks = []
    explained: Counter[int] = Counter()
    for event, code in enumerate(codes):
        mark = "planned" if event in way[2] else "unplanned"
        if mark == "unplanned" and explained[code] < lacking[code]:
            explained[code] += 1
            there.add(code)
            mark = "out of order"
        elif mark == "unplanned" and code in there:
            mark = "repeated"
        marks.append(mark)
    missing = []
    for place in way[3]:
        if explained[symbols[place]] > 0:
            explained[symbols[place]] -= 1
        else:
            missing.append(place)
    return marks, missing


def late_reference(
    automaton: Automaton, journeys: Sequence[Journey], matched: Sequence[Sequence[int]]
) -> dict[int, tuple[int, int]]:
    """position -> late, judged; `matched` holds each journey's plan position per event, -1 for none"""
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for (_, events), places in zip(journeys, matched, strict=True):
        there = [(at, place) for (at, _), place in zip(events, places, strict=True) if place >= 0]
        for (before, _), (after, place) in pairwise(there):
            within = automaton.positions[place].within_us
            if within is not None:
                found[place][0] += after - before > within
                found[place][1] += 1
    return {place: (late, judged) for place, (late, judged) in found.items()}
