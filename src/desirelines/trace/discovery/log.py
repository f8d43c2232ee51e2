"""Distinct sequences with how often each came, and the ways to part them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Codes, Int, Mask
from desirelines.trace.counting.gaps import bounds_of
from desirelines.trace.counting.sequences import distinct


@dataclass(frozen=True)
class Log:
    """Sequences [q]: sequence i is codes[offsets[i]:offsets[i + 1]] and came weight[i] times."""

    offsets: Int
    codes: Codes
    weight: Int

    @property
    def lengths(self) -> Int:
        return np.diff(self.offsets)

    @property
    def sequence(self) -> Int:
        """[n] which sequence each event is of"""
        return np.repeat(np.arange(len(self.weight)), self.lengths)

    @property
    def empty(self) -> int:
        """How often nothing at all came."""
        return int(self.weight[self.lengths == 0].sum())

    @property
    def count(self) -> int:
        return int(self.weight.sum())


@dataclass(frozen=True)
class Graph:
    """What directly follows what in a log: activities [a] are its codes, in order."""

    codes: Codes
    follows: Int
    """[a, a]"""
    starts: Int
    ends: Int

    @property
    def edges(self) -> Mask:
        return self.follows > 0


def log_of(offsets: Int, codes: Codes, weight: Int) -> Log:
    """Equal sequences become one."""
    number, first = distinct(offsets, codes, np.ones(len(weight), np.bool_))
    lengths = np.diff(offsets)[first]
    to = bounds_of(lengths)
    place = np.arange(int(to[-1])) + np.repeat(offsets[first] - to[:-1], lengths)
    total = np.zeros(len(first), np.int64)
    np.add.at(total, number, weight)
    return Log(to, codes[place], total)


def graph_of(log: Log) -> Graph:
    """Counted over the log's sequences."""
    names, code = np.unique(log.codes, return_inverse=True)
    size, sequence = len(names), log.sequence
    inner = np.flatnonzero(sequence[1:] == sequence[:-1])
    follows = np.zeros((size, size), np.int64)
    np.add.at(follows, (code[inner], code[inner + 1]), log.weight[sequence[inner]])
    full = log.lengths > 0
    starts, ends = np.zeros(size, np.int64), np.zeros(size, np.int64)
    np.add.at(starts, code[log.offsets[:-1][full]], log.weight[full])
    np.add.at(ends, code[log.offsets[1:][full] - 1], log.weight[full])
    return Graph(names, follows, starts, ends)


def filtered(graph: Graph, noise: float) -> Graph:
    """Without the ways out of an activity that are rarer than `noise` times its most frequent one."""
    strongest = np.maximum(graph.follows.max(axis=1, initial=0), graph.ends)
    follows = np.where(graph.follows < noise * strongest[:, None], 0, graph.follows)
    ends = np.where(graph.ends < noise * max(strongest.max(initial=0), graph.ends.max(initial=0)), 0, graph.ends)
    starts = np.where(graph.starts < noise * graph.starts.max(initial=0), 0, graph.starts)
    return Graph(graph.codes, follows, starts, ends)


def chosen(log: Log, events: Mask) -> Log:
    """Only those events [n], of all sequences."""
    kept = np.zeros(len(log.weight), np.int64)
    np.add.at(kept, log.sequence[events], 1)
    return log_of(bounds_of(kept), log.codes[events], log.weight)


def cut_before(log: Log, events: Mask) -> Log:
    """Sequences that begin anew before those events [n]; empty ones stay."""
    first = events.copy()
    full = log.lengths > 0
    first[log.offsets[:-1][full]] = True
    starts = np.flatnonzero(first)
    empty = int((~full).sum())
    bounds = np.concatenate([np.zeros(empty, np.int64), starts, np.array([len(log.codes)], np.int64)])
    weight = np.concatenate([log.weight[~full], log.weight[log.sequence[starts]]])
    return log_of(bounds, log.codes, weight)


def without_empty(log: Log) -> Log:
    full = log.lengths > 0
    return Log(np.concatenate([log.offsets[:-1][full], log.offsets[-1:]]), log.codes, log.weight[full])


def selected(log: Log, sequences: Mask) -> Log:
    """Only those sequences [q]."""
    return Log(bounds_of(log.lengths[sequences]), log.codes[np.repeat(sequences, log.lengths)], log.weight[sequences])


Groups = NDArray[np.int64]
"""[a] the group of each activity of a graph"""


def group_of_events(log: Log, graph: Graph, groups: Groups) -> Int:
    """[n]"""
    return groups[np.searchsorted(graph.codes, log.codes)]
