"""A planned journey for the simulated events: ten stages of three touchpoints each, some may be left out, one way leads back."""

from __future__ import annotations

from functools import cache

import numpy as np

from desirelines.model.automaton import Automaton, Position

SAMPLE = 60
"""Journeys that pm4py is given: it aligns a few dozen events a second."""
STAGES, CHOICES = 10, 3
OPTIONAL = (3, 6, 9)
AGAIN = (6, 4)
"""From the end of this stage to the touchpoints of that one."""


@cache
def drawn() -> Automaton:
    """State i: i stages are through."""
    moves = [(stage - 1, stage) for stage in range(1, STAGES + 1)]
    moves += [(stage - 1, stage + 1) for stage in OPTIONAL]
    moves.append((AGAIN[0], AGAIN[1]))
    every = [(origin, stage, (stage - 1) * CHOICES + choice) for origin, stage in moves for choice in range(CHOICES)]
    table = np.array(every, dtype=np.int32)
    positions = tuple(Position(f"stage{code // CHOICES}", f"touch{code}", code) for code in range(STAGES * CHOICES))
    accepting = np.zeros(STAGES + 1, np.bool_)
    accepting[STAGES] = True
    return Automaton(positions, STAGES + 1, table[:, 0].copy(), table[:, 1].copy(), table[:, 2].copy(), accepting)
