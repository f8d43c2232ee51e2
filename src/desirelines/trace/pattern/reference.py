"""Patterns once more, in plain Python: every way is tried, in order, from every event on. Tests hold the kernels equal to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from desirelines.trace.pattern.nouns import FOREVER, Begin, Choice, End, Event, Link, Node, Row, Times, Within

Then = Callable[["_Here"], int | None]
VOID = -1
"""In place of an event that must come next: none may come any more."""


@dataclass(frozen=True)
class _Here:
    """How far one is: what comes `next`, the `last` matched event, what the way there allows, what the clock says."""

    next: int
    last: int | None = None
    least: int = 0
    most: int = FOREVER
    barred: tuple[Event, ...] = ()
    pinned: int | None = None
    """The event that must be matched next; the number of events: only the journey's end will do."""
    anchored: bool = False
    ended: bool = False
    limit: int | None = None
    started: int | None = None


def matches_reference(tree: Node, events: Sequence[tuple[int, str]], overlap: bool = False) -> list[tuple[int, int]]:
    """First and last event of each match among (at, name) events."""
    found, first = [], 0
    while first < len(events):
        last = _Try(events).way(tree, _Here(first), _Try(events).finish)
        if last is not None:
            found.append((first, last))
        first = first + 1 if overlap or last is None else last + 1
    return found


@dataclass(frozen=True)
class _Try:
    events: Sequence[tuple[int, str]]

    def takes(self, event: Event, place: int) -> bool:
        return (self.events[place][1] in [name.text for name in event.names]) != event.other

    def clear(self, here: _Here, until: int) -> bool:
        return not any(self.takes(event, place) for place in range(here.next, until) for event in here.barred)

    def finish(self, here: _Here) -> int | None:
        if here.ended:
            there = here.next == len(self.events) if here.pinned is None else here.pinned == len(self.events)
            empty = here.last is None and not (here.anchored and here.pinned is not None)
            return len(self.events) - 1 if there and not empty and self.clear(here, len(self.events)) else None
        return here.last if here.pinned in (None, VOID) else None

    def way(self, tree: Node, here: _Here, then: Then) -> int | None:
        if isinstance(tree, Row):
            for one in reversed(tree.items):
                then = self._bind(one, then)
            return then(here)
        if isinstance(tree, Choice):
            return next((end for one in tree.ways if (end := self.way(one, here, then)) is not None), None)
        if isinstance(tree, Times):
            return self._times(tree, 0, here, then)
        if isinstance(tree, Within):
            return self.way(tree.what, replace(here, limit=tree.most_us), lambda on: then(replace(on, limit=None, started=None)))
        if isinstance(tree, Begin):
            begins = here.last is None and here.next == 0 and here.pinned is None
            return then(replace(here, anchored=True)) if begins else None
        if isinstance(tree, End):
            return then(replace(here, ended=True))
        return self._link(tree, here, then) if isinstance(tree, Link) else self._event(tree, here, then)

    def _bind(self, tree: Node, then: Then) -> Then:
        return lambda here: self.way(tree, here, then)

    def _event(self, tree: Event, here: _Here, then: Then) -> int | None:
        place = here.next if here.pinned is None else here.pinned
        if here.ended or not 0 <= place < len(self.events) or not self.takes(tree, place) or not self.clear(here, place):
            return None
        gap = self.events[place][0] - self.events[here.last][0] if here.last is not None else here.least
        started = place if here.started is None else here.started
        lasting = self.events[place][0] - self.events[started][0]
        if not here.least <= gap <= here.most or (here.limit is not None and lasting > here.limit):
            return None
        started_here = started if here.limit is not None else None
        return then(_Here(place + 1, place, anchored=here.anchored, limit=here.limit, started=started_here))

    def _link(self, tree: Link, here: _Here, then: Then) -> int | None:
        if here.ended or (here.last is None and not here.anchored):
            return then(here)
        least, most = (0, FOREVER) if here.last is None else (max(here.least, tree.least_us), min(here.most, tree.most_us))
        on = replace(here, least=least, most=most, barred=here.barred + tree.barred)
        if not tree.eventually or here.pinned is not None:
            return then(on)
        for place in [*range(here.next, len(self.events) + 1), VOID]:
            end = then(replace(on, pinned=place))
            if end is not None:
                return end
        return None

    def _times(self, tree: Times, done: int, here: _Here, then: Then) -> int | None:
        def again() -> int | None:
            if tree.high is not None and done >= tree.high:
                return None
            return self.way(
                tree.what,
                here,
                lambda on: None if on == here and done >= tree.low else self._times(tree, done + 1, on, then),
            )

        if done < tree.low:
            return again()
        for end in (again, lambda: then(here)) if tree.greedy else (lambda: then(here), again):
            if (found := end()) is not None:
                return found
        return None
