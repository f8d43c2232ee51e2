"""The customer base: who was active, who came for the first time."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.map import kernel
from desirelines.measure.mapping.frame import Frame
from desirelines.trace import threads

STRETCHES = 12


@dataclass(frozen=True)
class Base:
    """Known customers of the segment with an event in the period; `new`: whose first event ever lies in it."""

    active: int
    new: int
    series: tuple[int, ...]
    """Active customers in each of the period's equal stretches."""


def stretches(frame: Frame, count: int = STRETCHES) -> list[tuple[int, int]]:
    """The frame's period (where it is open: the data's first and last day) in equal stretches, half-open, microseconds."""
    days = frame.facts.daily.calendar
    low, high = frame.bounds
    if days.count:
        low, high = max(low, int(days.starts[0])), min(high, int(days.starts[-1]))
    if not days.count or high <= low:
        return []
    cuts = [low + (high - low) * cut // count for cut in range(count + 1)]
    return list(pairwise(cuts))


def customer_base(frame: Frame, parts: Sequence[tuple[int, int]]) -> Base:
    """Counted over the trace of customers, by the events' own times."""
    who, buckets = frame.facts.who, frame.facts.trace.buckets
    members = np.ones(len(who.customers), np.bool_) if frame.members is None else frame.members
    low, high = frame.bounds
    cuts = np.array([part[0] for part in parts] + [part[1] for part in parts[-1:]], dtype=np.int64)

    def over(index: int) -> NDArray[np.int64]:
        found = np.zeros(2 + max(0, len(cuts) - 1), dtype=np.int64)
        group = who.group[who.group_start[index] : who.group_start[index + 1]]
        _active(buckets[index].offsets, buckets[index].at, group, members, low, high, cuts, found)
        return found

    with ThreadPoolExecutor(threads()) as pool:
        found = list(pool.map(over, range(len(buckets))))
    total = [int(count) for count in np.sum(found, axis=0)] if found else [0] * (2 + len(parts))
    return Base(total[0], total[1], tuple(total[2:]))


@kernel
def _active(offsets: Any, at: Any, group: Any, members: Any, low: Any, high: Any, cuts: Any, found: Any) -> None:
    """found: active, new, then active per stretch. A customer is one group, whose events stand in order of time."""
    for one in range(group.size):
        if group[one] < 0 or not members[group[one]]:
            continue
        first, last = offsets[one], offsets[one + 1]
        event = first
        while event < last and at[event] < low:
            event += 1
        if event == last or at[event] >= high:
            continue
        found[0] += 1
        if event == first:
            found[1] += 1
        stretch, counted = 0, -1
        while event < last and at[event] < high:
            while stretch < cuts.size - 1 and at[event] >= cuts[stretch + 1]:
                stretch += 1
            if stretch < cuts.size - 1 and at[event] >= cuts[stretch] and counted != stretch:
                found[2 + stretch] += 1
                counted = stretch
            event += 1
