"""Forecasts held against what came later: fitted on the first part of the time, asked about the rest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desirelines.measure.base.accounts import Accounts
from desirelines.measure.base.buyers import total
from desirelines.measure.base.histories import WEEK, Histories, histories, ordered_between
from desirelines.measure.base.orders import Orders
from desirelines.measure.base.projecting import Name, Projection, project
from desirelines.measure.base.value_nouns import ValueCheck, ValuePoint
from desirelines.measure.intervals import LEVEL
from desirelines.model.result import Result

SEEN = 0.7
"""Of the time: what the model is fitted on."""
POINTS = 60
LEAST_DAYS = 28


def check(accounts: Accounts, found: Orders, until: int, name: Name) -> ValueCheck | None:
    """None where either part is too short, or too few came again in the first."""
    whole = histories(found, until, accounts.first_day, accounts.members)
    if not whole.n:
        return None
    begin = int(whole.first.min())
    parted = begin + round(SEEN * (until - begin))
    if parted - begin < LEAST_DAYS or until - parted < LEAST_DAYS / 2:
        return None
    base = histories(found, parted, accounts.first_day, accounts.members)
    fitted = project(base, name)
    if fitted is None:
        return None
    weeks = (until - parted) / WEEK
    ahead = fitted.orders_ahead(weeks)
    came = int(ordered_between(found, base, parted, until)[0].sum())
    expected: Result[float] = accounts.result(
        ahead.value, "orders", base.n, "customers", low=ahead.low, high=ahead.high, level=LEVEL, method="model"
    )
    off = ahead.value / came - 1 if came else None
    return ValueCheck(
        accounts.day(parted), weeks, base.n, expected, came, off, _words(off, ahead.low <= came <= ahead.high),
        tracked(accounts, fitted, found, begin, parted, until),
    )  # fmt: skip


def _words(off: float | None, inside: bool) -> str:
    if off is None:
        return "Nothing came in the time held out: the forecast cannot be checked."
    how = "too few" if off < 0 else "too many"
    said = f"Held against later orders it foresees {abs(100 * off):.1f} % {how}"
    return said + (
        ", within what chance allows." if inside else ", more than chance explains: read what lies ahead with that in mind."
    )


def tracked(accounts: Accounts, fitted: Projection, found: Orders, begin: int, parted: int, until: int) -> tuple[ValuePoint, ...]:
    """Orders after the first of the customers it was fitted on, week by week or in larger steps."""
    step = max(7, -(-(until - begin) // POINTS // 7) * 7)
    days = [*range(begin + step, until, step), until]
    base = fitted.base
    first, count = np.unique(base.first, return_counts=True)
    again = _again_days(found, base)
    points = []
    for day in days:
        here = first <= day
        weeks = (day - first[here]) / WEEK
        expected = total(count[here].astype(np.float64), fitted.model.expected(fitted.fit.logs, weeks))
        actual = int(np.searchsorted(again, day, side="right"))
        points.append(ValuePoint(accounts.day(day), actual, expected, day > parted))
    return tuple(points)


def _again_days(found: Orders, base: Histories) -> NDArray[np.int64]:
    """The days, sorted, of all orders of the base's customers after each one's first."""
    place = np.searchsorted(base.customer, found.customer)
    mine = np.append(base.customer, -1)[place] == found.customer
    first = np.diff(found.customer, prepend=-2) != 0
    return np.sort(found.day[mine & ~first])
