"""The tree of ways from a chosen event onward, or back from it: what a path explorer draws.

Each level is counted over all buckets before the next is walked. So only what is shown is followed, however many ways
there are; and what is shown is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import NOTHING_SKIPPED, Int, Mask, Part
from desirelines.trace.counting.transitions import limit_of
from desirelines.trace.run import Kernel, run
from desirelines.trace.ways.steps import Arrivals, Crossings, arrivals, crossings
from desirelines.trace.ways.walkers import END, EVERY, WIDE, Walkers, occurrences

EDGE = -1
"""As a focus: where journeys begin (looking onward) or end (looking back)."""
STEP, MORE, ENDED = range(3)
"""What a node is: a step, the rarer steps together, the end of the journey (looking back: its begin)."""
WIDEST = 100
"""Nodes of one level that are followed further, the most frequent ones: wider trees are not drawn, and grow without end."""


@dataclass(frozen=True)
class Focus:
    """Where walking begins, and how."""

    code: int
    forward: bool = True
    which: int = EVERY
    """EVERY, EARLIEST or LATEST occurrence in a journey"""
    collapse: bool = False
    """Repeats count as one step, at the time of the first."""


@dataclass(frozen=True)
class Flow:
    """Nodes [n], level by level: under each parent the steps, the most frequent first (then by code), then MORE, then ENDED.

    The counts of a node's children add up to its own, where they are listed.
    """

    parent: Int
    """index of the node this one follows, -1: the root"""
    kind: Int
    code: Int
    """-1 but for a STEP"""
    count: Int
    """[n] occurrences of the focus that walk here"""
    journeys: Int
    people: Int
    median_us: NDArray[np.float64]
    """[n] time of the step to this node from its parent; NaN for ENDED, and beside an EDGE"""
    followed: Mask
    """[n] whether its children are listed"""
    occurrences: int
    """of the focus"""
    reached: int
    """Occurrences at the root: those that walked the path given."""


@dataclass(frozen=True)
class _Level:
    parent: Int
    kind: Int
    code: Int
    child: Int
    """[c] the node of this level each crossing leads to"""


def flow(
    parts: Sequence[Part], focus: Focus, depth: int, top: int, path: Sequence[int] = (), skip: int = NOTHING_SKIPPED
) -> Flow:
    """What comes after (before) the focus and then after each of `path`: `depth` levels, `top` steps under each node."""
    limit = limit_of(skip)
    walkers = run(_beginning, parts, focus, limit)
    count = sum(len(one.place) for one in walkers)
    timed = focus.code != EDGE
    for code in path:
        walkers, timed = _along(walkers, focus, limit, code), True
    levels: list[tuple[_Level, Arrivals, Mask]] = []
    at_root = sum(len(one.place) for one in walkers)
    above, before = np.full(min(at_root, 1), -1), 0  # nobody there: nothing follows
    while len(above) and len(levels) < depth:
        found = run(crossings, walkers, limit, focus.forward, focus.collapse)
        level = _choose(found, top)
        opened = _opened(level, found) if len(levels) + 1 < depth else np.full(len(level.kind), -1)
        came = run(arrivals, found.looked, found.key, level.child, opened, timed)
        levels.append((_Level(above[level.parent], level.kind, level.code, level.child), came, opened >= 0))
        above = before + np.flatnonzero(opened >= 0)[np.argsort(opened[opened >= 0])]
        before, walkers, timed = before + len(opened), came.walkers, True
    return _joined(levels, count, at_root)


def flow_journeys(
    parts: Sequence[Part],
    focus: Focus,
    path: Sequence[int],
    kind: int,
    code: int = -1,
    top: int = 0,
    skip: int = NOTHING_SKIPPED,
) -> list[Mask]:
    """Per part: bool[journeys], those in which an occurrence walks `path` and then to the node `kind`, `code` that `flow`
    with so many `top` lists there. A negative `kind`: those that walk the path."""
    limit = limit_of(skip)
    walkers = run(_beginning, parts, focus, limit)
    for step in (*path, code) if kind == STEP else path:
        walkers = _along(walkers, focus, limit, step)
    if kind in (MORE, ENDED):
        found = run(crossings, walkers, limit, focus.forward, focus.collapse)
        level = _choose(found, top)
        walkers = run(arrivals, found.looked, found.key, level.child, np.where(level.kind == kind, 0, -1), False).walkers
    marked = []
    for one in walkers:
        marks = np.zeros(len(one.part.journeys.start), np.bool_)
        marks[one.journey] = True
        marked.append(marks)
    return marked


def _begin(part: Part, focus: Focus, limit: int) -> tuple[Walkers, ...]:
    journeys = part.journeys
    if focus.code == EDGE:
        mine = np.flatnonzero(part.keep)
        place = journeys.start[mine] - 1 if focus.forward else journeys.end[mine]
    else:
        place, mine = occurrences(
            journeys.start, journeys.end, part.codes, part.keep, limit, focus.code, focus.which, focus.collapse
        )
    return (Walkers(part, place, mine, np.zeros(len(mine), np.int64)),)


def _all(found: Sequence[tuple[Walkers, ...]]) -> tuple[Walkers, ...]:
    return tuple(walkers for several in found for walkers in several)


def _same(found: tuple[Walkers, ...]) -> tuple[Walkers, ...]:
    return found


_beginning = Kernel(_begin, _all, _same)


def _along(walkers: Sequence[Walkers], focus: Focus, limit: int, code: int) -> tuple[Walkers, ...]:
    """Those whose next step is `code`, standing there."""
    found = run(crossings, walkers, limit, focus.forward, focus.collapse)
    child = np.where(found.key % WIDE == code, 0, -1)
    return run(arrivals, found.looked, found.key, child, np.zeros(1, np.int64), False).walkers


def _choose(found: Crossings, top: int) -> _Level:
    node, code = found.key // WIDE, found.key % WIDE
    ends = code == END
    order = np.lexsort((code, -found.count, ends, node))  # under each node the steps, the most frequent first, then the end
    first = np.searchsorted(node, node[order])  # keys are in order, and so are their nodes
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order)) - first
    slot = np.where(ends, top + 1, np.minimum(rank, top))
    place, one, child = np.unique(node * (top + 2) + slot, return_index=True, return_inverse=True)
    kind = np.array([STEP, MORE, ENDED])[np.maximum(place % (top + 2) - top + 1, 0)]
    return _Level(place // (top + 2), kind, np.where(kind == STEP, code[one], -1), child.astype(np.int64))


def _opened(level: _Level, found: Crossings) -> Int:
    """[n] what number a node has on the next level, -1: none."""
    count = np.zeros(len(level.kind), np.int64)
    np.add.at(count, level.child, found.count)
    steps = np.flatnonzero(level.kind == STEP)
    widest = np.sort(steps[np.argsort(-count[steps], kind="stable")][:WIDEST])
    opened = np.full(len(level.kind), -1, np.int64)
    opened[widest] = np.arange(len(widest))
    return opened


def _joined(levels: Sequence[tuple[_Level, Arrivals, Mask]], count: int, reached: int) -> Flow:
    none = np.empty(0, np.int64)
    parent, kind, code = (
        np.concatenate([none, *(getattr(level, name) for level, _, _ in levels)]) for name in ("parent", "kind", "code")
    )
    counts, journeys, people = (
        np.concatenate([none, *(getattr(came, name) for _, came, _ in levels)]) for name in ("count", "journeys", "people")
    )
    median = np.concatenate([np.empty(0), *(came.median_us for _, came, _ in levels)])
    followed = np.concatenate([np.empty(0, np.bool_), *(opened for _, _, opened in levels)])
    return Flow(parent, kind, code, counts, journeys, people, median, followed, count, reached)
