"""Each customer's orders as recency, frequency and money, up to a day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desirelines.measure.base.buyers import Buyers, buyers
from desirelines.measure.base.orders import FINE, Orders

Int = NDArray[np.int64]
Float = NDArray[np.float64]
WEEK = 7.0


@dataclass(frozen=True)
class Histories:
    """Customers [n] who had ordered by the day `until`, that day included."""

    until: int
    customer: Int
    """index among the facts' customers"""
    first: Int
    """day of the first order"""
    last: Int
    count: Int
    """orders"""
    amount: Int
    """ten-thousandths, of all orders"""
    valued: Int
    """orders that have an amount"""

    @property
    def n(self) -> int:
        return len(self.customer)

    @cached_property
    def buyers(self) -> Buyers:
        """Weeks since the first order."""
        return buyers(self.count - 1.0, (self.last - self.first) / WEEK, (self.until - self.first) / WEEK)

    @cached_property
    def mean(self) -> Float:
        """What an order of each came to; nan where none has an amount."""
        return np.where(self.valued > 0, self.amount / FINE / np.maximum(self.valued, 1), np.nan)

    def among(self, mask: NDArray[np.bool_]) -> Histories:
        columns = (self.customer, self.first, self.last, self.count, self.amount, self.valued)
        return Histories(self.until, *(column[mask] for column in columns))


def histories(found: Orders, until: int, first_from: int | None = None, members: NDArray[np.bool_] | None = None) -> Histories:
    """`first_from`: only of those who ordered first on that day or later; `members`: bool[customers], only theirs."""
    mine = found.day <= until
    if members is not None:
        mine &= members[found.customer]
    customer, day, amount, valued = found.customer[mine], found.day[mine], found.amount[mine], found.valued[mine]
    start = np.flatnonzero(np.diff(customer, prepend=-2) != 0)
    ends = np.append(start[1:], len(customer)) - 1 if len(start) else start
    none = np.empty(0, np.int64)
    sums = [np.add.reduceat(one.astype(np.int64), start) if len(start) else none for one in (amount, valued)]
    whole = Histories(until, customer[start], day[start], day[ends], ends - start + 1, *sums)
    return whole if first_from is None else whole.among(whole.first >= first_from)


def ordered_between(found: Orders, base: Histories, low: int, high: int) -> tuple[Int, Int]:
    """Orders and their amounts of each of `base` [n] after the day `low`, up to the day `high`."""
    mine = (found.day > low) & (found.day <= high)
    place = np.searchsorted(base.customer, found.customer[mine])
    there = np.append(base.customer, -1)[place] == found.customer[mine]
    count = np.bincount(place[there], minlength=base.n).astype(np.int64)
    amount = np.zeros(base.n, np.int64)
    np.add.at(amount, place[there], found.amount[mine][there])
    return count, amount
