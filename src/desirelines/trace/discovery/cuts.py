"""Where the directly-follows graph of a log comes apart: after the cuts of Leemans, Fahland and van der Aalst,
"Discovering Block-Structured Process Models from Event Logs: A Constructive Approach" (2013).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Int, Mask
from desirelines.trace.discovery.log import Graph, Groups

Matrix = NDArray[np.bool_]


@dataclass(frozen=True)
class Cut:
    """Activities in groups: of a `sequence` in order; of a `loop` group 0 is what is done, 1 what leads back to it."""

    kind: Literal["choice", "sequence", "parallel", "loop"]
    groups: Groups


def find_cut(graph: Graph) -> Cut | None:
    """The first of choice, sequence, parallel and loop that the graph allows."""
    if len(graph.codes) < 2:
        return None
    edges = graph.edges
    choice = components(edges | edges.T)
    if choice.max() > 0:
        return Cut("choice", choice)
    sequence = _sequence(edges)
    if sequence.max() > 0:
        return Cut("sequence", sequence)
    parallel = _parallel(graph)
    if parallel is not None:
        return Cut("parallel", parallel)
    again = _loop(graph)
    return None if again is None else Cut("loop", again)


def components(linked: Matrix) -> Groups:
    """[a] numbered in order of their smallest member. `linked` is symmetric."""
    group = np.full(len(linked), -1, np.int64)
    count = 0
    for one in range(len(linked)):
        if group[one] >= 0:
            continue
        mine = np.zeros(len(linked), np.bool_)
        mine[one] = True
        size = 0
        while mine.sum() != size:
            size = int(mine.sum())
            mine |= linked[mine].any(axis=0)
        group[mine] = count
        count += 1
    return group


def reachable(edges: Matrix) -> Matrix:
    """By one step or more."""
    reach = edges.copy()
    for middle in range(len(edges)):
        reach |= reach[:, middle : middle + 1] & reach[middle : middle + 1, :]
    return reach


def _sequence(edges: Matrix) -> Groups:
    """Groups in order, such that each leads to all later ones and none back. One group: there is no such cut."""
    group = np.arange(len(edges))
    while True:
        count = int(group.max()) + 1
        member = np.zeros((count, len(edges)), np.bool_)
        member[group, np.arange(len(edges))] = True
        reach = reachable((member.astype(np.int64) @ edges @ member.T.astype(np.int64)) > 0)
        same = reach == reach.T  # both or neither: they cannot stand in order
        np.fill_diagonal(same, True)
        merged = components(same)
        if merged.max() + 1 == count:
            order = np.argsort(-(reach & ~reach.T).sum(axis=1), kind="stable")
            rank = np.empty(count, np.int64)
            rank[order] = np.arange(count)
            return rank[group]
        group = merged[group]


def _parallel(graph: Graph) -> Groups | None:
    """Groups whose members all follow each other directly; each can begin and end."""
    edges = graph.edges
    apart = ~(edges & edges.T)
    np.fill_diagonal(apart, True)
    group = components(apart)
    whole = [_any(graph.starts, group == one) and _any(graph.ends, group == one) for one in range(int(group.max()) + 1)]
    if sum(whole) < 2:
        return None
    number = np.cumsum(whole) - 1  # what cannot begin or end by itself goes with the first that can
    return np.where(np.array(whole)[group], number[group], 0)


def _any(counts: Int, mine: Mask) -> bool:
    return bool((counts[mine] > 0).any())


def _loop(graph: Graph) -> Groups | None:
    """Group 0 holds all that begins and ends; what is left leads from every end back to every start."""
    edges, starts, ends = graph.edges, graph.starts > 0, graph.ends > 0
    outer = starts | ends
    inner = np.flatnonzero(~outer)
    if not len(inner):
        return None
    linked = (edges | edges.T)[np.ix_(inner, inner)]
    piece = components(linked)
    group = np.zeros(len(edges), np.int64)
    for one in range(int(piece.max()) + 1):
        mine = inner[piece == one]
        came, went = edges[:, mine].any(axis=1), edges[mine].any(axis=0)
        others = np.ones(len(edges), np.bool_)
        others[mine] = False
        clean = not (came & others & ~ends).any() and not (went & others & ~starts).any()
        entries, exits = edges[ends][:, mine], edges[mine][:, starts]
        whole = (entries.all(axis=0) == entries.any(axis=0)).all() and (exits.all(axis=1) == exits.any(axis=1)).all()
        if clean and whole:
            group[mine] = 1
    return group if group.any() else None
