"""A pattern's tree with its repetitions written out: nodes that lead to nodes, events among them as numbered positions."""

from __future__ import annotations

from dataclasses import dataclass, field

from desirelines.errors import TooLarge
from desirelines.trace.pattern.nouns import Begin, Choice, End, Event, Link, Node, Row, Times, Within

MOST_POSITIONS = 1_000
"""Events of a pattern once its repetitions are written out."""

NO_LIMIT = -1


@dataclass(frozen=True)
class Bound:
    """Where a `within` group begins or ends."""


@dataclass(frozen=True)
class Turn:
    """Where one more time begins, or with `over` ends: in vain where nothing came of it."""

    number: int
    over: bool


What = int | Link | Begin | End | Bound | Turn | None
"""A position's number, what stands between events, or None for a mere fork."""


@dataclass
class Graph:
    """`what` [n]: what each node is, `onward` [n]: what it leads to, in the order in which it is tried. Node 0 is the end of
    the pattern."""

    what: list[What] = field(default_factory=lambda: [None])
    onward: list[tuple[int, ...]] = field(default_factory=lambda: [()])
    events: list[Event] = field(default_factory=list)
    """per position"""
    inside: list[int] = field(default_factory=list)
    """per position: microseconds of the `within` group it is in, or NO_LIMIT"""

    def add(self, what: What, *onward: int) -> int:
        self.what.append(what)
        self.onward.append(onward)
        return len(self.what) - 1


def written_out(tree: Node) -> tuple[Graph, int]:
    """The graph and its first node. Raises TooLarge, before anything is made, where repetitions make too many positions."""
    size = size_of(tree)
    if size > MOST_POSITIONS:
        raise TooLarge(
            f"with its repetitions written out the pattern has {size:,} events; at most {MOST_POSITIONS:,} can be held",
            hint="count less often, or write * or + for `any number of times`",
        )
    graph = Graph()
    return graph, _build(graph, tree, 0, NO_LIMIT)


def size_of(tree: Node) -> int:
    """Positions that the tree has when its repetitions are written out."""
    if isinstance(tree, Event):
        return 1
    if isinstance(tree, Row):
        return sum(size_of(one) for one in tree.items)
    if isinstance(tree, Choice):
        return sum(size_of(one) for one in tree.ways)
    if isinstance(tree, Times):
        return size_of(tree.what) * max(tree.low + (tree.high is None), tree.high or 0)
    return size_of(tree.what) if isinstance(tree, Within) else 0


def _build(graph: Graph, tree: Node, after: int, inside: int) -> int:
    """The first node of `tree`, which leads to node `after` when it is done."""
    if isinstance(tree, Event):
        graph.events.append(tree)
        graph.inside.append(inside)
        return graph.add(len(graph.events) - 1, after)
    if isinstance(tree, Row):
        for one in reversed(tree.items):
            after = _build(graph, one, after, inside)
        return after
    if isinstance(tree, Choice):
        return graph.add(None, *(_build(graph, one, after, inside) for one in tree.ways))
    if isinstance(tree, Times):
        return _times(graph, tree, after, inside)
    if isinstance(tree, Within):
        return graph.add(Bound(), _build(graph, tree.what, graph.add(Bound(), after), tree.most_us))
    return graph.add(tree, after)


def _times(graph: Graph, tree: Times, after: int, inside: int) -> int:
    def once_more(fork: int, onward: int) -> int:
        """Let `fork` lead into the tree, which leads to `onward`, or to what comes after."""
        body = graph.add(Turn(fork, False), _build(graph, tree.what, graph.add(Turn(fork, True), onward), inside))
        graph.onward[fork] = (body, after) if tree.greedy else (after, body)
        return fork

    first = after
    if tree.high is None:
        fork = graph.add(None)
        first = once_more(fork, fork)
    for _ in range((tree.high or tree.low) - tree.low):
        first = once_more(graph.add(None), first)
    for _ in range(tree.low):
        first = _build(graph, tree.what, first, inside)
    return first
