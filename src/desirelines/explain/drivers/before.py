"""What customers had met, been promised and said in the time before each row of a design."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.measure import Facts
from desirelines.model.automaton import CONTESTED

Int = NDArray[np.int64]
Codes = NDArray[np.int32]
Float = NDArray[np.float64]
NEVER_BEFORE = -(2**62)


@dataclass(frozen=True)
class Told:
    """Facts of known customers [n], by customer, then time."""

    customer: Codes
    at: Int
    value: Float


def told(customer: Codes, at: Int, value: Float | None = None) -> Told:
    """From facts in any order; those of nobody known are left out."""
    known = np.flatnonzero(customer >= 0)
    order = known[np.lexsort((at[known], customer[known]))]
    values = np.ones(len(order)) if value is None else np.asarray(value, dtype=np.float64)[order]
    return Told(customer[order], at[order], values)


@dataclass(frozen=True)
class Window:
    """For each row [n] whose facts count: after one instant, up to and including another. -1: nobody known."""

    customer: Codes
    after: Int
    until: Int

    def count(self, facts: Told) -> Int:
        """int64[n]: facts within."""
        return self._rank(facts, self.until) - self._rank(facts, self.after)

    def earlier(self, facts: Told) -> Int:
        """int64[n]: facts before the window."""
        first = np.full(len(self.customer), NEVER_BEFORE, np.int64)
        return self._rank(facts, self.after) - self._rank(facts, first)

    def latest(self, facts: Told) -> Float:
        """float[n]: the value of the last fact within; nan where there is none."""
        high = self._rank(facts, self.until)
        there = high > self._rank(facts, self.after)
        found = np.full(len(self.customer), np.nan)
        found[there] = facts.value[high[there] - 1]
        return found

    def _rank(self, facts: Told, at: Int) -> Int:
        """int64[n]: facts of lower customers, and of this one up to the instant."""
        order = np.lexsort(
            (
                np.concatenate([np.zeros(len(facts.at), np.int8), np.ones(len(at), np.int8)]),
                np.concatenate([facts.at, at]),
                np.concatenate([facts.customer, self.customer]),
            )
        )
        below = np.cumsum(order < len(facts.at))
        found = np.empty(len(at), np.int64)
        rows = np.flatnonzero(order >= len(facts.at))
        found[order[rows] - len(facts.at)] = below[rows]
        return found


@dataclass(frozen=True)
class Meetings:
    """Every meeting of a known customer with a touchpoint [n], by customer, then time."""

    touchpoint: Int
    """Index among the bound touchpoints"""
    customer: Codes
    at: Int
    since: Int
    """Microseconds since the customer's meeting before; -1 for the first"""

    def of(self, touchpoint: int) -> Told:
        mine = self.touchpoint == touchpoint
        return Told(self.customer[mine], self.at[mine], np.ones(int(mine.sum())))

    def quick(self, touchpoint: int, longest_us: int) -> Told:
        """1 where a meeting came within so long of the meeting before it, 0 where it came later."""
        mine = (self.touchpoint == touchpoint) & (self.since >= 0)
        return Told(self.customer[mine], self.at[mine], (self.since[mine] <= longest_us).astype(np.float64))


def meetings(facts: Facts) -> Meetings:
    """All of them, from the trace of customers."""
    codes, customers, times = [np.empty(0, np.int64)], [np.empty(0, np.int32)], [np.empty(0, np.int64)]
    for index, bucket in enumerate(facts.trace.buckets):
        code = np.asarray(facts.bound.codes[index], dtype=np.int64)
        places = np.flatnonzero(code < CONTESTED)
        group = np.searchsorted(bucket.offsets, places, side="right") - 1 + int(facts.who.group_start[index])
        codes.append(code[places])
        customers.append(np.asarray(facts.who.group[group], dtype=np.int32))
        times.append(np.asarray(bucket.at[places], dtype=np.int64))
    code, customer, at = np.concatenate(codes), np.concatenate(customers), np.concatenate(times)
    known = np.flatnonzero(customer >= 0)
    order = known[np.lexsort((at[known], customer[known]))]
    code, customer, at = code[order], customer[order], at[order]
    since = np.full(len(at), -1, np.int64)
    again = np.flatnonzero(customer[1:] == customer[:-1]) + 1
    since[again] = at[again] - at[again - 1]
    return Meetings(code, customer, at, since)
