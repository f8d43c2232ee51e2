"""Who passed a touchpoint when, who of them met the fault, and with whom they are fairly compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desirelines.explain.estimating.estimate import Float, Int, Mask

DAY_US = 86_400_000_000
LONGEST = 60
"""Days after a fault in which something may follow from it."""
BEFORE = 14
"""Days before it in which nothing can follow from it yet: the placebo's. What is compared like with like is from before them."""
EARLIER = 90
"""Days before those from which is taken what was known of people."""
MOST_WINDOWS = 26


@dataclass(frozen=True)
class Passages:
    """Passages of one touchpoint [m]: whose (code), when (µs), whether it was met with the fault.

    `known` [m, k]: what else was known of them before, such as traits as 0 and 1. `since` [m]: from when on an answer speaks of
    the passage, where that may be sooner; None: `at`.
    """

    customer: Int
    at: Int
    exposed: Mask
    known: Float | None = None
    since: Int | None = None

    def only(self, keep: Mask | Int) -> Passages:
        """Those marked, or at the places given, in their order."""
        known = None if self.known is None else self.known[keep]
        since = None if self.since is None else self.since[keep]
        return Passages(self.customer[keep], self.at[keep], self.exposed[keep], known, since)


SINCE_EVER = np.iinfo(np.int64).min


class Happenings:
    """What happened to customers [n]: whose, when, and how much (1, an amount, a score), in order of customer and time."""

    def __init__(self, customer: Int, at: Int, value: Float | None = None) -> None:
        fine = customer >= 0
        if value is not None:
            fine &= np.isfinite(value)
        customer, at = customer[fine].astype(np.int64), at[fine]
        order = np.lexsort((at, customer))
        self.customer, self.at = customer[order], at[order]
        self.value = np.ones(len(order)) if value is None else value[fine][order]
        self.times = np.unique(self.at)  # places among them, not microseconds: those times a million customers are too many
        self.width = len(self.times) + 1
        self.key = self.customer * self.width + np.searchsorted(self.times, self.at)
        self.sums = np.concatenate([[0.0], np.cumsum(self.value)])

    def before(self, customer: Int, at: Int) -> Int:
        """[m]: how many rows lie before each customer's instant, rows of customers before included; `at` itself is after."""
        moment = np.searchsorted(self.times, at)
        return np.asarray(np.searchsorted(self.key, customer.astype(np.int64) * self.width + moment, side="left"))

    def count(self, customer: Int, low: Int, high: Int) -> Int:
        """[m]: how many from `low` (included) to `high` (excluded), µs."""
        return self.before(customer, high) - self.before(customer, low)

    def total(self, customer: Int, low: Int, high: Int) -> Float:
        """[m]: the sum of their values."""
        return np.asarray(self.sums[self.before(customer, high)] - self.sums[self.before(customer, low)])

    def first(self, customer: Int, low: Int, high: Int) -> Float:
        """[m]: the first one's value, nan where there is none."""
        start, stop = self.before(customer, low), self.before(customer, high)
        found = np.full(len(customer), np.nan)
        there = stop > start
        found[there] = self.value[start[there]]
        return found


@dataclass(frozen=True)
class Fair:
    """Passages that may be compared: the exposed by their first fault, others without one yet, weeks that hold both."""

    passages: Passages
    window: Int
    """[m] code of the calendar window"""
    since: Int
    """[m] days the customer was known for, at most a year"""
    nth: Int
    """[m] passages before this one"""
    exposures: int
    """Faults met before anything was left out"""
    reached: int
    """Customers who met one"""


def fair(passages: Passages, first_seen: Int, begin_us: int, end_us: int) -> Fair:
    """Passages of known customers between begin and end, at least `BEFORE` days after the beginning.

    The exposed: each customer's first fault. The others: passages of customers who had not met one yet: never or later. Nobody
    is left out for what happened afterwards. `first_seen` [customers]: µs. A calendar window with only one side says nothing
    and is left out.
    """
    known = passages.only(passages.customer >= 0)
    order = np.lexsort((known.at, known.customer))
    own = known.only(order)
    starts = np.concatenate([[True], own.customer[1:] != own.customer[:-1]]) if len(own.at) else np.empty(0, np.bool_)
    place = np.arange(len(own.at))
    nth = place - np.maximum.accumulate(np.where(starts, place, 0)) if len(place) else place
    faults = Happenings(own.customer[own.exposed], own.at[own.exposed])
    earlier = faults.count(own.customer, np.full(len(place), SINCE_EVER), own.at) > 0
    keep = ~earlier & (own.at >= begin_us + BEFORE * DAY_US) & (own.at <= end_us)
    kept = own.only(keep)
    window = windows(kept.at, begin_us)
    both = np.zeros(len(kept.at), np.bool_)
    for code in np.unique(window):
        mine = window == code
        both[mine] = kept.exposed[mine].any() and not kept.exposed[mine].all()
    final = kept.only(both)
    since = np.minimum((final.at - first_seen[final.customer]) // DAY_US, 365) if len(final.at) else np.empty(0, np.int64)
    met = own.customer[own.exposed]
    return Fair(final, window[both], since, nth[keep][both], len(met), len(np.unique(met)))


def windows(at: Int, begin_us: int) -> Int:
    """Weeks, or as many weeks together as make at most `MOST_WINDOWS`."""
    if not len(at):
        return np.empty(0, np.int64)
    week = (at - begin_us) // (7 * DAY_US)
    first = int(week.min())
    wide = -(-(int(week.max()) - first + 1) // MOST_WINDOWS)
    return np.asarray((week - first) // wide)


def columns_before(compared: Fair, happened: list[Happenings]) -> Float:
    """[m, k]: what was known before the placebo's days: how often each thing had happened, passages, days known, and more."""
    own = compared.passages
    stop = own.at - BEFORE * DAY_US
    start = stop - EARLIER * DAY_US
    parts = [np.log1p(one.count(own.customer, start, stop).astype(np.float64)) for one in happened]
    parts += [np.log1p(compared.nth.astype(np.float64)), np.log1p(compared.since.astype(np.float64))]
    found = np.column_stack(parts)
    return found if own.known is None else np.column_stack([found, own.known])
