"""Memory to work in, for one sequence at a time."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from desirelines.trace.aligning.keys import Keys
from desirelines.trace.bucket import Int
from desirelines.trace.compiled import compiled

CELLS: Final = 2**22
"""Keys of a sequence, of 8 bytes each."""
FORKS: Final = 2**14
"""Edges, and nodes, of a stretch where ways fork."""


class Desk(NamedTuple):
    """A sequence has up to n events that the plan knows."""

    rows: Int
    """[n + 1, w] the key of the rest of the sequence from each state, before each event and at the end; see `Keys.table`"""
    letter: Int
    """[n] of the events that the plan knows"""
    place: Int
    """[n] where those events stand among all"""
    states: Int
    """[4, w] now, next; two more for what is missing on the way"""
    put: Int
    """[3, w + 1] when a state was put among those of `states` but the first; the last column says when it is now"""
    chain: Int
    """[2, w] the first node of each state's best chain; see `forks`"""
    edges: Int
    """[FORKS, 2] a state and a goal"""
    turns: Int
    """[n + 2] the edges of turn k are edges[turns[k]:turns[k + 1]]"""
    nodes: Int
    """[FORKS, 2] a missing position and the next node, -1 at the end"""
    seen: Int
    """[letters + 1, 2] of each letter: how many are missing (0 between two sequences), and the last sequence that matched one"""


@compiled
def new_desk(keys: Keys, events: int, forks: int) -> Desk:
    """Memory for sequences of up to so many events, and `forks` edges and nodes."""
    width = keys.table.shape[1]
    return Desk(
        np.empty((events + 1, width), np.int64), np.empty(events + 1, np.int64), np.empty(events + 1, np.int64),
        np.empty((4, width), np.int64), np.zeros((3, width + 1), np.int64), np.empty((2, width), np.int64),
        np.empty((forks, 2), np.int64), np.empty(events + 2, np.int64), np.empty((forks, 2), np.int64),
        np.zeros((keys.goals.size, 2), np.int64),
    )  # fmt: skip
