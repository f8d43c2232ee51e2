"""The customer base: who stays, who comes back, who goes."""

from __future__ import annotations

import numpy as np

from desirelines.measure.gathering.days import day_numbers
from desirelines.measure.metrics.ground import DAY_US, Ground, Missing, Months
from desirelines.measure.metrics.sample import Int, Mask, Sample, sample

INACTIVE_US = 90 * DAY_US
"""τ: so long without activity is called gone."""
REPEAT_US = 90 * DAY_US
"""After a first order a customer is watched so long."""


def nobody() -> Missing:
    return Missing("nobody known was active yet", "data")


def inactivity(ground: Ground) -> Sample | Missing:
    """One row a customer and active month whose 90 days after it are over: 1 where nothing came in them."""
    months = ground.active
    if not len(months.customer):
        return nobody()
    ends = _starts(ground)[months.month + 1]
    following = np.where(months.last, np.iinfo(np.int64).max, np.append(months.first_at[1:], 0))
    closed = ends + INACTIVE_US <= ground.as_of
    gone = following > ends + INACTIVE_US
    return sample(
        "active customers and months", months.first_at[closed], months.customer[closed], gone[closed].astype(np.float64),
        caveats=(ground.active_words,),
    )  # fmt: skip


def retention(ground: Ground) -> Sample | Missing:
    """One row a customer and active month that a whole month follows: 1 where the customer was active in that one, too."""
    months = ground.active
    if not len(months.customer):
        return nobody()
    stays = ~months.last & (np.append(months.month[1:], -1) == months.month + 1)
    closed = months.month + 1 < ground.months.complete
    return sample(
        "active customers and months", months.first_at[closed], months.customer[closed], stays[closed].astype(np.float64),
        caveats=(ground.active_words,),
    )  # fmt: skip


def repeat_rate(ground: Ground) -> Sample | Missing:
    """One row a customer whose 90 days after the first order are over: 1 where another order came on another day."""
    return _repeats(ground, by_day=True)


def repeat_rate_rows(ground: Ground) -> Sample | Missing:
    """The same with every further order counted, on the same day too."""
    return _repeats(ground, by_day=False)


def quick_ratio(ground: Ground) -> Sample | Missing:
    """Rows of customers gained (new or come back) and lost from one whole month to the next."""
    moves = _moves(ground)
    if isinstance(moves, Missing):
        return moves
    at, customer, gained = moves
    return sample(
        "customers gained or lost", at, customer, gained.astype(np.float64), exposure=(~gained).astype(np.float64),
        caveats=(ground.active_words, "the first month, in which everybody looks new, is left out"),
    )  # fmt: skip


def net_growth(ground: Ground) -> Sample | Missing:
    """Rows of customers gained (+1), lost (-1) and there at a month's start (below the line)."""
    moves = _moves(ground)
    if isinstance(moves, Missing):
        return moves
    at, customer, gained = moves
    months = ground.active
    there = months.month + 1 < ground.months.complete
    start = _starts(ground)[months.month[there] + 1]
    return sample(
        "customers at a month's start", np.concatenate([at, start]), np.concatenate([customer, months.customer[there]]),
        np.concatenate([np.where(gained, 1.0, -1.0), np.zeros(len(start))]),
        exposure=np.concatenate([np.zeros(len(at)), np.ones(len(start))]), caveats=(ground.active_words,),
    )  # fmt: skip


def quick_ratio_money(ground: Ground) -> Sample | Missing:
    """Rows of money gained (new, come back, more than the month before) and lost (gone, less) between whole months."""
    orders = ground.live_orders
    if orders is None:
        return ground.lacking("order") or Missing("every order was taken back", "data")
    if not np.isfinite(orders.value).any():
        return Missing("orders carry no amount: name the role's `property`", "plan/figures")
    good = np.isfinite(orders.value) & (orders.customer >= 0)
    customer, at, value = orders.customer[good], orders.at[good], orders.value[good]
    month = np.searchsorted(_starts(ground), at, side="right") - 1
    new = np.flatnonzero((np.diff(customer, prepend=-2) != 0) | (np.diff(month, prepend=-2) != 0))
    if not len(new):
        return nobody()
    money = np.add.reduceat(value, new)
    months = Months(customer[new], month[new].astype(np.int64), at[new], new * 0, new * 0)
    follows = ~months.first & (np.diff(months.month, prepend=-2) == 1)
    before = np.where(follows, np.append(0.0, money[:-1]), 0.0)
    starts, complete = _starts(ground), ground.months.complete
    here = (months.month > 0) & (months.month < complete)
    change = money - before
    lost = (np.append(months.month[1:], -1) != months.month + 1) | months.last
    lost &= months.month + 1 < complete
    return sample(
        "customers and months", np.concatenate([starts[months.month[here]], starts[months.month[lost] + 1]]),
        np.concatenate([months.customer[here], months.customer[lost]]),
        np.concatenate([np.maximum(change[here], 0), np.zeros(int(lost.sum()))]),
        exposure=np.concatenate([np.maximum(-change[here], 0), money[lost]]),
        caveats=("the first month, in which everybody looks new, is left out",),
    )  # fmt: skip


def _starts(ground: Ground) -> Int:
    return np.asarray(ground.months.units.starts)


def _moves(ground: Ground) -> tuple[Int, np.ndarray, Mask] | Missing:
    """(when, who, gained) of everybody gained or lost from one whole month to the next, after the first month."""
    months, starts, complete = ground.active, _starts(ground), ground.months.complete
    if not len(months.customer):
        return nobody()
    follows = ~months.first & (np.diff(months.month, prepend=-2) == 1)
    gained = ~follows & (months.month > 0) & (months.month < complete)
    lost = (months.last | (np.append(months.month[1:], -1) != months.month + 1)) & (months.month + 1 < complete)
    at = np.concatenate([starts[months.month[gained]], starts[months.month[lost] + 1]])
    who = np.concatenate([months.customer[gained], months.customer[lost]])
    return at, who, np.arange(len(at)) < int(gained.sum())


def _repeats(ground: Ground, by_day: bool) -> Sample | Missing:
    orders = ground.live_orders
    if orders is None:
        return ground.lacking("order") or Missing("every order was taken back", "data")
    known = orders.customer >= 0
    customer, at = orders.customer[known], orders.at[known]
    first = np.flatnonzero(np.diff(customer, prepend=-2) != 0)
    if not len(first):
        return Missing("no order belongs to a known customer", "identify")
    which = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(at))))
    later = at - at[first][which] <= REPEAT_US
    later[first] = False
    if by_day:
        day = day_numbers(at, ground.matched.plan.brand.zone)
        later &= day != day[first][which]
    again = np.bincount(which[later], minlength=len(first)) > 0
    closed = at[first] + REPEAT_US <= ground.as_of
    return sample(
        "customers", at[first][closed], customer[first][closed], again[closed].astype(np.float64), caveats=ground.refund_words
    )
