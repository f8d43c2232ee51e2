"""Ways once more in plain Python. Tests hold the kernels equal to these.

Journeys are lists of (customer, [(at, code), …]) with what is left out already taken away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby

from desirelines.trace.reference import Journey

Came = tuple[int, int, int | None]
"""number of the journey, customer, time of the step"""


def flow_reference(
    journeys: Sequence[Journey], focus: int, forward: bool, which: str, collapse: bool, depth: int
) -> dict[tuple[int, ...], list[Came]]:
    """Every path outward from the focus (-1: the edge of the journey) that somebody walks; -1 closes one where the journey
    is over."""
    found: dict[tuple[int, ...], list[Came]] = defaultdict(list)
    for number, (customer, events) in enumerate(journeys):
        steps = [next(run) for _, run in groupby(events, lambda event: event[1])] if collapse else events
        steps = steps if forward else steps[::-1]
        hits = [place for place, (_, code) in enumerate(steps) if code == focus] if focus >= 0 else [-1]
        first, last = (hits[:1], hits[-1:]) if forward else (hits[-1:], hits[:1])
        for hit in {"every": hits, "earliest": first, "latest": last}[which]:
            path: tuple[int, ...] = ()
            found[path].append((number, customer, None))
            for place in range(hit + 1, hit + 1 + depth):
                over = place >= len(steps)
                path = (*path, -1 if over else steps[place][1])
                time = None if over or place == 0 else abs(steps[place][0] - steps[place - 1][0])
                found[path].append((number, customer, time))
                if over:
                    break
    return found


def follows_reference(journeys: Sequence[Journey]) -> dict[tuple[int, int], list[Came]]:
    """pair -> for each event of the origin that the target comes after: its journey, its customer, the time to the next one."""
    found: dict[tuple[int, int], list[Came]] = defaultdict(list)
    for number, (customer, events) in enumerate(journeys):
        for place, (at, origin) in enumerate(events):
            later: dict[int, int] = {}
            for after, target in events[place + 1 :]:
                later.setdefault(target, after)
            for target, after in later.items():
                found[origin, target].append((number, customer, after - at))
    return found
