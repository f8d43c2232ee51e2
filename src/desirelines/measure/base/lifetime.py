"""What a customer is worth over a lifetime: payments to come, each at what it is worth today."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]


def contractual(margin: float, retention: float, discount: float, at_once: bool = False) -> float | None:
    """Of a member who renews with the same chance every time: the margins at the periods' ends, `at_once` with one today.

    None where the sum has no end (retention of 1 or more without discount) or a rate is none.
    """
    if not (0 <= retention <= 1 and discount >= 0 and 1 + discount > retention and np.isfinite(margin)):
        return None
    return margin * (1 + discount if at_once else retention) / (1 + discount - retention)


def discounted(expected: Callable[[float], Float], periods: int, length: float, discount: float) -> Float:
    """The purchases of each customer in the next `periods`, each discounted at its period's end [n].

    `expected(t)` are those within t [n]; a period is `length` in the unit of t; `discount` is a period's rate. Value is this
    times what a purchase is worth times the margin.
    """
    before: Float | float = 0.0
    found: Float = np.zeros(1)
    for period in range(1, periods + 1):
        upto = expected(period * length)
        found = found + (upto - before) / (1 + discount) ** period
        before = upto
    return found


def per_period(discount: float, periods_a_year: float) -> float:
    """The rate of a period that compounds to `discount` a year."""
    return float((1 + discount) ** (1 / periods_a_year) - 1)
