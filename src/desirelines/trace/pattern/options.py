"""What may come after each position of a pattern, in the order in which it is tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from desirelines.errors import TooLarge
from desirelines.trace.pattern.graph import NO_LIMIT, Bound, Graph, Turn, What
from desirelines.trace.pattern.nouns import FOREVER, Begin, End, Event, Link

MOST_OPTIONS = 100_000
END = -1
"""In place of a position: the journey's end."""

Kinds: TypeAlias = int
"""A set of kinds of events: bit k stands for kind k."""


@dataclass(frozen=True)
class Follow:
    """One way on: position `to` (END with an `awaited` one), at the next event or at a later one.

    `fresh`: the clock of a `within` group begins at that event, or none runs there.
    """

    to: int
    least_us: int
    most_us: int
    barred: Kinds
    fresh: bool


@dataclass(frozen=True)
class Option:
    """`next`: the very next event. `wait`: of what is awaited the nearest that leads to a whole match. `done`: the match ends
    with this event; `done at end`: it does when that is the journey's last one. `anchored`: only from the journey's first."""

    way: str
    follows: tuple[Follow, ...] = ()
    anchored: bool = False


@dataclass(frozen=True)
class _Way:
    """How far one came from a position without an event."""

    least_us: int = 0
    most_us: int = FOREVER
    barred: Kinds = 0
    fresh: bool = False
    group: int = -1
    """Index of the awaiting option one is in."""
    ended: bool = False
    anchored: bool = False
    turns: frozenset[tuple[int, _Way]] = frozenset()
    """Repetitions that began here without an event so far, and how far one was when they did"""


@dataclass
class _Found:
    options: list[tuple[str, list[Follow], bool]] = field(default_factory=list)
    size: int = 0

    def add(self, way: str, follows: list[Follow], anchored: bool) -> int:
        self.options.append((way, follows, anchored))
        return len(self.options) - 1


def options_of(graph: Graph, first: int, kinds_of: Callable[[Event], Kinds]) -> list[tuple[Option, ...]]:
    """The options of every position, and as the last entry those of the pattern's beginning.

    Raises TooLarge where there are more than `MOST_OPTIONS`.
    """
    nodes: list[int] = [0] * len(graph.events)
    for node, what in enumerate(graph.what):
        if isinstance(what, int):
            nodes[what] = node
    found, total = [], 0
    for place, node in [*enumerate(nodes), (len(nodes), -1)]:
        begins = node < 0
        way = _Way(fresh=begins or graph.inside[place] == NO_LIMIT)
        mine = _explore(graph, (first,) if begins else graph.onward[node], way, begins, kinds_of)
        found.append(mine)
        total += sum(max(len(one.follows), 1) for one in mine)
        if total > MOST_OPTIONS:
            raise TooLarge(
                f"the pattern has {total:,} ways from event to event by its {place + 1}. of {len(nodes):,} events; "
                f"at most {MOST_OPTIONS:,} can be held",
                hint="fewer optional or repeated events in a row",
            )
    return found


def _explore(
    graph: Graph, onward: tuple[int, ...], way: _Way, begins: bool, kinds_of: Callable[[Event], Kinds]
) -> tuple[Option, ...]:
    """Depth first, so that what is tried first comes first; where one was before with the same conditions nothing is new."""
    found = _Found()
    seen: set[tuple[int, _Way]] = set()
    stack = [(node, way) for node in reversed(onward)]
    while stack:
        node, way = stack.pop()
        if (node, way) in seen:
            continue
        seen.add((node, way))
        what = graph.what[node]
        if node == 0:
            _finish(found, way, begins)
        elif isinstance(what, int):
            if not way.ended:
                _follow(found, way, Follow(what, way.least_us, way.most_us, way.barred, way.fresh))
        else:
            on = _pass(found, what, way, begins, kinds_of)
            if on is not None:
                stack += [(one, on) for one in reversed(graph.onward[node])]
        if found.size > MOST_OPTIONS:
            break
    options = (Option(way, tuple(dict.fromkeys(follows)), anchored) for way, follows, anchored in found.options)
    return tuple(dict.fromkeys(option for option in options if option.way != "wait" or option.follows))


def _pass(found: _Found, what: What, way: _Way, begins: bool, kinds_of: Callable[[Event], Kinds]) -> _Way | None:
    """How one goes on past a node that is no event; None: not at all."""
    if isinstance(what, Turn):
        return _turned(way, what)
    if isinstance(what, Bound):
        return replace(way, fresh=True)
    if isinstance(what, Begin):
        return replace(way, anchored=True) if begins and way.group < 0 else None
    if isinstance(what, End):
        return replace(way, ended=True)
    if not isinstance(what, Link) or way.ended or (begins and not way.anchored):
        return way  # before the first matched event and after the end a link has nothing to join
    barred = way.barred
    for event in what.barred:
        barred |= kinds_of(event)
    least, most = (0, FOREVER) if begins else (max(way.least_us, what.least_us), min(way.most_us, what.most_us))
    group = way.group
    if what.eventually and group < 0:
        group = found.add("wait", [], way.anchored)
    return replace(way, least_us=least, most_us=most, barred=barred, group=group)


def _turned(way: _Way, turn: Turn) -> _Way | None:
    """None where a repetition ends as it began: nothing would be gained by another."""
    begun = (turn.number, replace(way, turns=frozenset()))
    if turn.over:
        left = frozenset(one for one in way.turns if one[0] != turn.number)
        return None if begun in way.turns else replace(way, turns=left)
    return replace(way, turns=way.turns | {begun})


def _follow(found: _Found, way: _Way, follow: Follow) -> None:
    found.size += 1
    if way.group >= 0:
        found.options[way.group][1].append(follow)
    else:
        found.add("next", [replace(follow, barred=0)], way.anchored)


def _finish(found: _Found, way: _Way, begins: bool) -> None:
    if way.ended and way.group >= 0:
        _follow(found, way, Follow(END, 0, FOREVER, way.barred, True))
    elif not begins:
        found.size += 1
        found.add("done at end" if way.ended else "done", [], False)
