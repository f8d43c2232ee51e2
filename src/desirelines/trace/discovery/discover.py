"""From journeys to a tree of blocks: the log is cut, each part is cut again, down to single steps.

After the inductive miner: S. Leemans, D. Fahland, W. van der Aalst, "Discovering Block-Structured Process Models from Event
Logs" (2013) and "… Containing Infrequent Behaviour" (2014). Without noise the tree explains every sequence it was made of.
"""

from __future__ import annotations

import numpy as np

from desirelines.trace.bucket import Codes, Int
from desirelines.trace.compiled import plain
from desirelines.trace.discovery.cuts import Cut, find_cut
from desirelines.trace.discovery.log import (
    Graph,
    Log,
    chosen,
    cut_before,
    filtered,
    graph_of,
    group_of_events,
    log_of,
    selected,
    without_empty,
)
from desirelines.trace.discovery.tree import Tree, loop, optional, several, step

BESIDE = 20
"""So many activities, the most frequent, are tried for standing beside the rest: each costs a look at the whole log."""


def discover(offsets: Int, codes: Codes, weight: Int, noise: float = 0.0) -> Tree | None:
    """The tree that explains sequences codes[offsets[i]:offsets[i + 1]], each of which came weight[i] times.

    `noise` (0 to 1): of what may come next, what is rarer than this share of the most frequent one is passed over where
    the log cannot be cut otherwise. None where no sequence holds a step.
    """
    log = log_of(plain(offsets, np.int64), plain(codes, np.uint32), plain(weight, np.int64))
    return _tree(log, noise) if len(log.codes) else None


def _tree(log: Log, noise: float) -> Tree:
    """Of a log with at least one event."""
    if log.empty:
        found = _tree(without_empty(log), noise)
        return optional(found) if log.empty > noise * log.count else found
    graph = graph_of(log)
    if len(graph.codes) == 1:
        return _one(log, noise)
    cut = find_cut(graph)
    if cut is None and noise > 0:
        cut = find_cut(filtered(graph, noise))
    return _parted(log, graph, cut, noise) if cut else _uncut(log, graph, noise)


def _one(log: Log, noise: float) -> Tree:
    only = step(int(log.codes[0]))
    again = int(log.weight[log.lengths > 1].sum())
    return loop(only) if again > noise * log.count else only


def _parted(log: Log, graph: Graph, cut: Cut, noise: float) -> Tree:
    group = group_of_events(log, graph, cut.groups)
    if cut.kind == "choice":
        parts = _by_sequence(log, group)
    elif cut.kind == "loop":
        change = np.concatenate([np.zeros(1, np.bool_), group[1:] != group[:-1]])
        both = cut_before(log, change)
        first = cut.groups[np.searchsorted(graph.codes, both.codes[both.offsets[:-1]])]
        parts = [selected(both, first == 0), selected(both, first == 1)]
    else:
        parts = [chosen(log, group == one) for one in range(int(cut.groups.max()) + 1)]
    trees = [_tree(part, noise) for part in parts if len(part.codes)]
    if cut.kind == "loop":
        return loop(*trees)
    return several(cut.kind, trees)


def _by_sequence(log: Log, group: Int) -> list[Log]:
    """Every sequence goes to the group that most of its events are of; the others are noise."""
    count = int(group.max()) + 1
    counts = np.zeros((len(log.weight), count), np.int64)
    np.add.at(counts, (log.sequence, group), 1)
    mine = counts.argmax(axis=1)
    return [chosen(selected(log, mine == one), group[(mine == one)[log.sequence]] == one) for one in range(count)]


def _uncut(log: Log, graph: Graph, noise: float) -> Tree:
    """What is tried where no cut is found, in this order; the last always holds."""
    return _once(log, graph, noise) or _beside(log, graph, noise) or _rounds(log, graph, noise) or _any_order(graph)


def _once(log: Log, graph: Graph, noise: float) -> Tree | None:
    """An activity that comes exactly once in every sequence stands beside the rest."""
    for code in graph.codes:
        here = log.codes == code
        per = np.zeros(len(log.weight), np.int64)
        np.add.at(per, log.sequence[here], 1)
        if (per == 1).all():
            return several("parallel", [step(int(code)), _tree(chosen(log, ~here), noise)])
    return None


def _beside(log: Log, graph: Graph, noise: float) -> Tree | None:
    """An activity without which the rest can be cut stands beside the rest."""
    weight = graph.follows.sum(axis=0) + graph.starts
    for code in graph.codes[np.argsort(-weight, kind="stable")][:BESIDE]:
        here = log.codes == code
        rest = chosen(log, ~here)
        if len(graph.codes) > 2 and find_cut(graph_of(rest)):
            return several("parallel", [_tree(chosen(log, here), noise), _tree(rest, noise)])
    return None


def _rounds(log: Log, graph: Graph, noise: float) -> Tree | None:
    """Sequences that begin anew: where a start follows an end, or else at any start."""
    code = np.searchsorted(graph.codes, log.codes)
    starts, ends = (graph.starts > 0)[code], (graph.ends > 0)[code]
    inner = np.ones(len(code), np.bool_)
    inner[log.offsets[:-1]] = False
    after_end = np.concatenate([np.zeros(1, np.bool_), ends[:-1]])
    for anew in (starts & after_end & inner, starts & inner):
        if anew.any():
            return loop(_tree(cut_before(log, anew), noise))
    return None


def _any_order(graph: Graph) -> Tree:
    return loop(several("choice", [step(int(code)) for code in graph.codes]))
