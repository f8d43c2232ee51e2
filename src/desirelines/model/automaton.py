"""The planned journey as a machine that a kernel can walk; discovery returns the same noun."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

UNCLAIMED = 65535
"""Touchpoint code of an event that no touchpoint claims."""
CONTESTED = 65534
"""Touchpoint code of an event that two touchpoints claim; it is given to neither."""
SILENT = -1


@dataclass(frozen=True)
class Position:
    """One place in the plan where a touchpoint is expected; its index in `Automaton.positions` is the plan position."""

    stage: str
    touchpoint: str
    symbol: int
    optional: bool = False
    within_us: int | None = None
    """Late if more than this passed since the matched event before it."""


@dataclass(frozen=True)
class Automaton:
    """States 0..state_count-1, start state 0, transitions as parallel arrays.

    A transition with `position` SILENT consumes nothing and costs nothing. Any other one expects the symbol of its
    position: moving without the event is a missing touchpoint and costs 1. Silent transitions form no cycle.
    """

    positions: tuple[Position, ...]
    state_count: int
    origin: NDArray[np.int32]
    target: NDArray[np.int32]
    position: NDArray[np.int32]
    accepting: NDArray[np.bool_]
