"""The tray at the map's foot: events that no touchpoint claims, or that two claim."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.map import kernel
from desirelines.measure.mapping.frame import Frame
from desirelines.measure.sheet import EventCount
from desirelines.model.automaton import CONTESTED, UNCLAIMED


def loose_events(frame: Frame) -> tuple[tuple[EventCount, ...], tuple[EventCount, ...]]:
    """(unclaimed, contested) events of the period by their own time, the most frequent first.

    With a segment only its customers' events count; without one those of unknown people do too.
    """
    return _counted(frame, UNCLAIMED), _counted(frame, CONTESTED)


def _counted(frame: Frame, code: int) -> tuple[EventCount, ...]:
    daily, contested = frame.facts.daily, frame.facts.bound.contested
    events, people = known_loose(frame, code)
    mine = daily.inside(frame.period) & (daily.code == code)
    sources = [set[str]() for _ in daily.events]
    for event, source in set(zip(daily.event[mine].tolist(), daily.source[mine].tolist(), strict=True)):
        sources[event].add(daily.sources[source])
    if frame.members is None:
        unknown = np.bincount(daily.event[mine], daily.unknown[mine], len(daily.events)).astype(np.int64)
        events = events + unknown
    order = np.argsort(-events, kind="stable")
    return tuple(
        EventCount(
            daily.events[event], int(events[event]), int(people[event]), tuple(sorted(sources[event])),
            contested.get(daily.events[event], ()) if code == CONTESTED else (),
        )
        for event in order.tolist()
        if events[event]
    )  # fmt: skip


def known_loose(frame: Frame, code: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(events, people) int64[events of `daily`] of known customers in the frame's period and segment."""
    daily = frame.facts.daily
    members = np.ones(len(frame.facts.who.customers), np.bool_) if frame.members is None else frame.members
    found = np.zeros((2, len(daily.events)), dtype=np.int64)
    low, high = frame.bounds
    _count(daily.loose_event, daily.loose_code, daily.loose_customer, daily.loose_at, members, code, low, high, found)
    return found[0], found[1]


@kernel
def _count(event: Any, code: Any, customer: Any, at: Any, members: Any, wanted: Any, low: Any, high: Any, found: Any) -> None:
    """The rows are sorted by event, then customer, so that a change of either is a new person."""
    last_event, last_customer = np.int64(-1), np.int64(-1)
    for i in range(event.size):
        if code[i] == wanted and low <= at[i] < high and members[customer[i]]:
            found[0, event[i]] += 1
            if event[i] != last_event or customer[i] != last_customer:
                found[1, event[i]] += 1
                last_event, last_customer = event[i], customer[i]
