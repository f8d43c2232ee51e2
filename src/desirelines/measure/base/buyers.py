"""Customers as the models of a base see them: how often again, when last, watched for how long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]
Int = NDArray[np.int64]


MANY = 3000
"""From so many distinct histories on, starts are tried on some of them."""


@dataclass(frozen=True)
class Buyers:
    """Distinct histories [k] and how many customers have each: what a likelihood needs, however many customers there are.

    Times are in any one unit, from each customer's first purchase.
    """

    x: Float
    """[k] purchases after the first"""
    t_x: Float
    """[k] when the last of them was; 0 without any"""
    T: Float
    """[k] how long the customer has been watched"""
    weight: Float
    """[k] customers with this history"""
    place: Int
    """[customers] each one's history; -1: one that cannot be (times out of order, not a number)"""

    @property
    def n(self) -> int:
        """Customers with a history."""
        return int(self.weight.sum())

    @property
    def again(self) -> int:
        """Customers who bought again."""
        return int(self.weight[self.x > 0].sum())

    def each(self, values: Float) -> Float:
        """[customers] of one value per history [k]; nan for a customer without one."""
        found = np.full(len(self.place), np.nan)
        there = self.place >= 0
        found[there] = values[self.place[there]]
        return found


def buyers(x: NDArray[np.number], t_x: NDArray[np.number], T: NDArray[np.number]) -> Buyers:
    """Of one history a customer [customers]. Rows that cannot be are left out: see `Buyers.place`."""
    rows = [np.asarray(one, np.float64) for one in (x, t_x, T)]
    fine = np.isfinite(rows[0]) & np.isfinite(rows[1]) & np.isfinite(rows[2])
    with np.errstate(invalid="ignore"):
        fine &= (rows[0] >= 0) & (rows[1] >= 0) & (rows[1] <= rows[2]) & ((rows[0] > 0) | (rows[1] == 0))
    kept = [one[fine] for one in rows]
    order = np.lexsort((kept[2], kept[1], kept[0]))
    x, t_x, T = (one[order] for one in kept)
    new = np.ones(len(order), np.bool_)
    new[1:] = (x[1:] != x[:-1]) | (t_x[1:] != t_x[:-1]) | (T[1:] != T[:-1])
    number = np.cumsum(new) - 1
    place = np.full(len(fine), -1, np.int64)
    place[np.flatnonzero(fine)[order]] = number
    weight = np.bincount(number, minlength=int(new.sum())).astype(np.float64)
    return Buyers(x[new], t_x[new], T[new], weight, place)


def thinned(found: Buyers, rows: int = 1000) -> Buyers:
    """Evenly chosen histories, so many of them: what a likelihood needs to tell a good start from a bad one."""
    chosen = np.unique(np.linspace(0, len(found.x) - 1, rows).round().astype(np.int64))
    return Buyers(found.x[chosen], found.t_x[chosen], found.T[chosen], found.weight[chosen], found.place)


def too_few(found: Buyers) -> str:
    """Why no model can be fitted at all; empty where one can."""
    if not found.n:
        return "nobody has bought"
    if not found.again:
        return "nobody has bought again"
    if not float(found.T.max()) > 0:
        return "all purchases are at the end of the data"
    return ""


def total(weights: NDArray[np.floating[Any]], values: NDArray[np.floating[Any]]) -> float:
    """The sum of products, in this thread: a linear algebra library would wake all its threads for it."""
    return float(np.einsum("i,i->", weights, values))
