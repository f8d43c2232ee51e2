"""Desire lines: ways that many take and the plan does not draw."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desirelines.map.matching.features import Tally
from desirelines.map.matching.matched import Matched

RATE_LIMIT = 0.01
"""Share of journeys that a desire line is walked in, at least."""
CUSTOMERS_LIMIT = 30
"""Customers who walk a desire line, at least."""


def desire_lines(
    matched: Matched, counts: Tally, journeys: int, rate: float = RATE_LIMIT, customers: int = CUSTOMERS_LIMIT
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """(planned, desire), bool[ways] each, of the ways in `matched.features`.

    A way joins two consecutive claimed events. It is planned when the automaton lets its target follow its origin, past
    optional steps; a desire line when it is not, at least `rate` of the kept `journeys` walk it, and so many `customers`.
    """
    features = matched.features
    pairs = zip(features.origin.tolist(), features.target.tolist(), strict=True)
    planned = np.array([pair in matched.planned_ways for pair in pairs], dtype=np.bool_)
    mine = slice(features.way(0), features.way(features.ways))
    often = (counts.journeys[mine] >= rate * journeys) & (counts.people[mine] >= customers)
    return planned, ~planned & often
