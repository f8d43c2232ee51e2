"""What each event of an aligned sequence is called, and what stays missing."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.aligning.machine import LETTER, Machine
from desirelines.trace.bucket import Codes, Int
from desirelines.trace.compiled import compiled

PLANNED, UNPLANNED, OUT_OF_ORDER, REPEATED = range(4)


@compiled
def expected(plan: Machine, code: Any) -> bool:
    """Whether some move takes this code."""
    return bool(code < len(plan.symbols) and plan.symbols[code, LETTER] >= 0)


@compiled
def marked(
    plan: Machine, codes: Codes, position: NDArray[np.int32], missing: Int, lacking: Int, matched: Int, mark: NDArray[np.uint8]
) -> int:
    """Marks of one sequence's events, from the position each is matched to (-1: none) and the missing positions.

    A missing touchpoint whose event came at another place is explained by it: that is one deviation, not two. What
    stays missing is moved to the front of `missing`; returns how many. `lacking` and `matched` [symbols] are zero.
    """
    for index in range(missing.size):
        lacking[plan.position_symbol[missing[index]]] += 1
    for place in range(codes.size):
        if position[place] >= 0:
            matched[codes[place]] = 1
    for place in range(codes.size):
        code = np.int64(codes[place])
        mark[place] = PLANNED
        if position[place] >= 0:
            continue
        mark[place] = UNPLANNED
        if not expected(plan, code):
            continue
        if lacking[code] > 0:
            lacking[code] -= 1
            mark[place] = OUT_OF_ORDER
            matched[code] = 1
        elif matched[code] == 1:
            mark[place] = REPEATED
    return _unexplained(plan, codes, missing, lacking, matched)


@compiled
def _unexplained(plan: Machine, codes: Codes, missing: Int, lacking: Int, matched: Int) -> int:
    """Of each symbol's missing positions the last ones stay missing. Leaves `lacking` and `matched` zero."""
    for index in range(missing.size - 1, -1, -1):
        symbol = plan.position_symbol[missing[index]]
        if lacking[symbol] > 0:
            lacking[symbol] -= 1
        else:
            missing[index] = -1
    left = 0
    for index in range(missing.size):
        if missing[index] >= 0:
            missing[left] = missing[index]
            left += 1
    for place in range(codes.size):
        if codes[place] < matched.size:
            matched[codes[place]] = 0
    return left
