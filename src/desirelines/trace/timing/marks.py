"""What each journey is, for the customers behind a figure of time: how often it was there, and where it ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from desirelines.trace.bucket import Codes, Int, Mask, Part
from desirelines.trace.compiled import compiled
from desirelines.trace.run import Kernel
from desirelines.trace.timing.stays import States


class Ends(NamedTuple):
    """Per journey [j], part after part."""

    state: Int
    """Of the last event that has one; -1: none, or the journey does not count."""
    since: Int
    """When the last stay began."""
    at: Int
    """When that last event happened."""
    newest: Mask
    """The subject's last journey."""


@compiled
def _ended(
    start: Int, end: Int, group: Int, at: Int, codes: Codes, keep: Mask, states: States, runs: bool
) -> tuple[Int, Int, Int, Mask]:
    state, since, last = np.full(start.size, -1, np.int64), np.zeros(start.size, np.int64), np.zeros(start.size, np.int64)
    newest = np.zeros(start.size, np.bool_)
    top = np.int64(states.size - 1)
    for journey in range(start.size):
        newest[journey] = journey + 1 == start.size or group[journey + 1] != group[journey]
        if not keep[journey]:
            continue
        for event in range(end[journey] - 1, start[journey] - 1, -1):
            here = np.int64(states[min(np.int64(codes[event]), top)])
            if here < 0:
                continue
            if state[journey] < 0:
                state[journey], last[journey], since[journey] = here, at[event], at[event]
            elif runs and here == state[journey]:
                since[journey] = at[event]
            else:
                break
    return state, since, last, newest


def _over(part: Part, states: States, runs: bool = True) -> Ends:
    journeys = part.journeys
    return Ends(*_ended(journeys.start, journeys.end, journeys.group, part.bucket.at, part.codes, part.keep, states, runs))


def _merge(parts: Sequence[Ends]) -> Ends:
    none = np.empty(0, np.int64)
    state, since, at = (np.concatenate([none, *(getattr(part, name) for part in parts)]) for name in ("state", "since", "at"))
    return Ends(state, since, at, np.concatenate([np.empty(0, np.bool_), *(part.newest for part in parts)]))


def _finish(whole: Ends) -> Ends:
    return whole


ends = Kernel(_over, _merge, _finish)
"""`run(ends, parts, states, runs)` -> Ends."""


@compiled
def _visited(start: Int, end: Int, codes: Codes, keep: Mask, states: States, wanted: int, runs: bool) -> Int:
    found = np.zeros(start.size, np.int64)
    top = np.int64(states.size - 1)
    for journey in range(start.size):
        state = np.int64(-1)
        for event in range(start[journey], end[journey] if keep[journey] else start[journey]):
            here = np.int64(states[min(np.int64(codes[event]), top)])
            if here >= 0:
                found[journey] += here == wanted and not (runs and state == wanted)
                state = here
    return found


def _visits_over(part: Part, states: States, wanted: int, runs: bool = True) -> Int:
    return _visited(part.journeys.start, part.journeys.end, part.codes, part.keep, states, wanted, runs)


def _visits_merge(parts: Sequence[Int]) -> Int:
    return np.concatenate([np.empty(0, np.int64), *parts])


def _visits_finish(whole: Int) -> Int:
    return whole


visits = Kernel(_visits_over, _visits_merge, _visits_finish)
"""`run(visits, parts, states, wanted, runs)` -> int64[j], part after part: how often each journey came to the wanted state."""
