"""How long journeys stay in a state, how often they come again, and where they are left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Codes, Int, Mask, Part
from desirelines.trace.compiled import compiled
from desirelines.trace.run import Kernel
from desirelines.trace.timing.spread import Floats, Spread, Timed, spread, summed, timed, together

States = NDArray[np.int32]
"""[k + 1] the state of each code, -1: none (its events are passed over); the last entry stands for all codes from k on."""


@dataclass(frozen=True)
class Stays:
    """Per state [s]."""

    visits: Int
    journeys: Int
    """Distinct journeys."""
    people: Int
    """Distinct customers; journeys of nobody known add none."""
    again: Int
    """Distinct journeys that came more than once."""
    left: Int
    """Journeys whose last state it is."""
    spread: Spread
    """Of the durations."""
    journey_count: int
    """Journeys kept, those without any state included."""


class _Partial(NamedTuple):
    visits: Int
    journeys: Int
    people: Int
    again: Int
    left: Int
    timed: Timed
    journey_count: int


@compiled
def _stayed(
    start: Int, end: Int, person: Int, at: Int, codes: Codes, keep: Mask, states: States, size: int, runs: bool, before: bool
) -> tuple[Int, Int, Int, Int, Int, Int, Int, int]:
    """visits, journeys, people, again, left [size]; key and duration of so many stays (the last number)."""
    visits, journeys, people = np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(size, np.int64)
    left, again, last_again = np.zeros(size, np.int64), np.zeros(size, np.int64), np.full(size, -1, np.int64)
    last_journey, last_person = np.full(size, -1, np.int64), np.zeros(size, np.int64)
    key, value = np.empty(codes.size, np.int64), np.empty(codes.size, np.int64)
    count, top = 0, np.int64(states.size - 1)
    for journey in range(start.size):
        if not keep[journey]:
            continue
        state, since, whose = np.int64(-1), np.int64(0), person[journey]
        for event in range(start[journey], end[journey]):
            here = np.int64(states[min(np.int64(codes[event]), top)])
            if here < 0 or (runs and here == state):
                continue
            if state >= 0:
                key[count], value[count] = here if before else state, at[event] - since
                count += 1
            visits[here] += 1
            if last_journey[here] != journey:
                last_journey[here] = journey
                journeys[here] += 1
                people[here] += 1 if whose != 0 and last_person[here] != whose else 0
                last_person[here] = whose
            elif last_again[here] != journey:
                last_again[here] = journey
                again[here] += 1
            state, since = here, at[event]
        if state >= 0:
            left[state] += 1
    return visits, journeys, people, again, left, key, value, count


def _over(part: Part, states: States, size: int, runs: bool = True, before: bool = False) -> _Partial:
    journeys, bucket = part.journeys, part.bucket
    person = bucket.customer[journeys.group]
    found = _stayed(journeys.start, journeys.end, person, bucket.at, part.codes, part.keep, states, size, runs, before)
    visits, reached, people, again, left, key, value, count = found
    return _Partial(visits, reached, people, again, left, timed(key, value, count, size), int(part.keep.sum()))


def _merge(parts: Sequence[_Partial]) -> _Partial:
    visits, journeys, people, again, left = (summed([getattr(part, name) for part in parts]) for name in _Partial._fields[:5])
    return _Partial(
        visits, journeys, people, again, left, together([part.timed for part in parts]), sum(part.journey_count for part in parts)
    )


def _finish(whole: _Partial) -> Stays:
    found = spread(whole.timed, len(whole.visits))
    return Stays(whole.visits, whole.journeys, whole.people, whole.again, whole.left, found, whole.journey_count)


stays = Kernel(_over, _merge, _finish)
"""`run(stays, parts, states, size, runs, before)` -> Stays.

A stay begins with an event of a state and ends with the journey's next event of another one: that is how long it lasts.
`runs` False: every event is a stay of its own, which the next event ends, of whatever state. `before`: durations are counted
for the state that ends them, not for the one that was stayed in: how long was waited for it. A journey's last stay has no end.
"""


@dataclass(frozen=True)
class Dwell:
    """As `Stays`, without people and quantiles, and several times as fast."""

    visits: Int
    journeys: Int
    left: Int
    mean_us: Floats
    journey_count: int


class _Sums(NamedTuple):
    closed: Int
    reached: Int
    left: Int
    upper: Int
    lower: Int
    journey_count: int


class _Sets(NamedTuple):
    """What one pass over the columns counted: as `_Sums`, but journeys by the set of states they reach."""

    closed: Int
    left: Int
    upper: Int
    lower: Int
    sets: Int
    journey_count: int

    def sums(self) -> _Sums:
        size = len(self.closed) - 1
        chosen = np.flatnonzero(self.sets)
        reached = np.array([self.sets[chosen[chosen >> state & 1 == 1]].sum() for state in range(size)], np.int64)
        return _Sums(self.closed[:-1], reached, self.left[:-1], self.upper[:-1], self.lower[:-1], self.journey_count)


FEW = 10
"""Up to so many states the sets that journeys reach are counted in one table."""


@compiled
def _dwelt(
    start: Int, end: Int, at: Int, codes: Codes, keep: Mask, states: NDArray[np.uint8], size: int
) -> tuple[Int, Int, Int, Int]:
    """Stays that ended, journeys that end, microseconds [size + 1], journeys by the set of states they reach [2 ** size].

    The state `size` is before the first; 255 is none. Without a branch but those that end the loops.
    """
    top = np.uint32(states.size - 1)
    closed, left, total = np.zeros(size + 1, np.int64), np.zeros(size + 1, np.int64), np.zeros(size + 1, np.int64)
    sets = np.zeros(2 << size, np.int64)
    for journey in range(start.size):
        if not keep[journey]:
            continue
        state, reached, last, since = np.uint64(size), np.uint64(0), np.int64(0), np.int64(0)
        event = start[journey]
        while event < end[journey]:
            here = np.uint64(states[min(codes[np.uint64(event)], top)])
            now = at[np.uint64(event)]
            here = state if here == np.uint64(255) else here
            total[state] += now - last
            last = now
            closed[state] += np.int64(here != state)
            since = now if here != state else since
            reached |= np.uint64(1) << here
            state = here
            event += 1
        left[state] += 1
        total[state] -= last - since  # the last stay has no end
        sets[reached] += 1
    return closed, left, total, sets


def _dwell_over(part: Part, states: States, size: int) -> _Sums | _Sets:
    journeys, bucket = part.journeys, part.bucket
    low, high = bucket.span_us
    count = int(np.count_nonzero(part.keep))
    if size > FEW or (high - low + 1) * max(count, 1) >= 2**62:  # many states, or sums that 64 bits may not hold
        found = _over(part, states, size)
        keys = np.repeat(found.timed.key, found.timed.size)
        upper, lower = np.zeros(size, np.int64), np.zeros(size, np.int64)
        np.add.at(upper, keys, found.timed.values >> 32)
        np.add.at(lower, keys, found.timed.values & 0xFFFFFFFF)
        return _Sums(found.visits - found.left, found.journeys, found.left, upper, lower, count)
    small = np.where(states < 0, 255, states).astype(np.uint8)
    closed, left, total, sets = _dwelt(journeys.start, journeys.end, bucket.at, part.codes, part.keep, small, size)
    return _Sets(closed, left, total >> 32, total & 0xFFFFFFFF, sets, count)


def _dwell_merge(parts: Sequence[_Sums | _Sets]) -> _Sums:
    sets = [part for part in parts if isinstance(part, _Sets)]
    found = [part for part in parts if isinstance(part, _Sums)]
    if sets:
        tables = [summed([np.asarray(part[index]) for part in sets]) for index in range(5)]
        found.append(
            _Sets(tables[0], tables[1], tables[2], tables[3], tables[4], sum(part.journey_count for part in sets)).sums()
        )
    closed, reached, left, upper, lower = (summed([getattr(part, name) for part in found]) for name in _Sums._fields[:5])
    return _Sums(closed, reached, left, upper, lower, sum(part.journey_count for part in found))


def _dwell_finish(merged: _Sums | _Sets) -> Dwell:
    whole = merged.sums() if isinstance(merged, _Sets) else merged
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (whole.upper * 4294967296.0 + whole.lower) / np.where(whole.closed, whole.closed, np.nan)
    return Dwell(whole.closed + whole.left, whole.reached, whole.left, mean, whole.journey_count)


dwell: Kernel[_Sums | _Sets, Dwell] = Kernel(_dwell_over, _dwell_merge, _dwell_finish)
"""`run(dwell, parts, states, size)` -> Dwell."""
