"""Orders as money: what was taken back is taken off, and orders of one day are one, if so asked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.measure.gathering.roles import Occasions

Int = NDArray[np.int64]
Float = NDArray[np.float64]
FINE = 10_000
"""Money is added up in ten-thousandths, as whole numbers."""


@dataclass(frozen=True)
class Orders:
    """Of known customers [n], sorted by customer, then day."""

    customer: Int
    day: Int
    """number of the day, in the brand's zone"""
    amount: Int
    """ten-thousandths, after what was taken back"""
    valued: NDArray[np.bool_]
    """it has an amount"""
    unknown: int
    """Orders of nobody known: they are not among these."""
    cancelled: int
    """Orders taken back whole: neither are they."""
    lowered: int
    """Refunds that made an order smaller."""
    unplaced: int
    """Refunds that belong to no order of a known customer."""

    @property
    def money(self) -> bool:
        return bool(self.valued.any())


def fine(value: Float) -> Int:
    """In ten-thousandths; 0 where there is no amount."""
    return np.asarray(np.rint(np.where(np.isfinite(value), value, 0.0) * FINE), np.int64)


def orders(placed: Occasions, back: Occasions | None, day: Int, merge: bool) -> Orders:
    """`day` [occasions]: of each order. `merge`: a customer's orders of one day are one.

    A refund that names an order takes it back whole if it has no amount or one as large, else in part. One that names none
    takes back the customer's latest order before it of the very amount, else makes the latest one before it smaller.
    """
    known = placed.customer >= 0
    customer, at, thing = placed.customer[known].astype(np.int64), placed.at[known], placed.object[known]
    day, amount, valued = day[known], fine(placed.value[known]), np.isfinite(placed.value[known])
    gone = np.zeros(len(customer), np.bool_)
    lowered = unplaced = 0
    if back is not None and len(back.at):
        gone, amount, lowered, unplaced = _taken_back(customer, at, thing, amount, valued, back)
    kept = ~gone
    customer, day, amount, valued = customer[kept], day[kept], amount[kept], valued[kept]
    if merge and len(customer):
        first = np.flatnonzero((np.diff(customer, prepend=-2) != 0) | (np.diff(day, prepend=-(2**40)) != 0))
        amount, valued = np.add.reduceat(amount, first), np.logical_or.reduceat(valued, first)
        customer, day = customer[first], day[first]
    return Orders(customer, day, amount, valued, int((~known).sum()), int(gone.sum()), lowered, unplaced)


def _taken_back(
    customer: Int, at: Int, thing: Int, amount: Int, valued: NDArray[np.bool_], back: Occasions
) -> tuple[NDArray[np.bool_], Int, int, int]:
    """bool[n] orders that are gone, what the others come to, and how many refunds lowered one or found none."""
    whose, when, named = back.customer.astype(np.int64), back.at, back.object
    size, sized = np.abs(fine(back.value)), np.isfinite(back.value)
    order = _same(thing, named)
    loose = np.flatnonzero((order < 0) & (whose >= 0))
    equal = _latest((customer, amount), at, (whose[loose], size[loose]), when[loose])
    order[loose] = np.where(sized[loose] & (size[loose] > 0), equal, -1)
    whole = (order >= 0) & (~sized | (size >= np.append(amount, 0)[order]) | ~np.append(valued, False)[order])
    gone = np.zeros(len(customer), np.bool_)
    gone[order[whole]] = True
    loose = np.flatnonzero((order < 0) & (whose >= 0) & sized)
    left = np.flatnonzero(~gone)
    place = _latest((customer[left],), at[left], (whose[loose],), when[loose])
    order[loose] = np.where(place >= 0, np.append(left, -1)[place], -1)
    part = np.flatnonzero((order >= 0) & ~whole)
    less = amount.copy()
    np.subtract.at(less, order[part], size[part])
    return gone, np.maximum(less, 0), len(part), int((order < 0).sum())


def _same(thing: Int, named: Int) -> Int:
    """int64[m]: the order of the object that each refund names; -1: none."""
    sort = np.argsort(thing, kind="stable")
    if not len(sort):
        return np.full(len(named), -1, np.int64)
    place = np.searchsorted(thing[sort], named).clip(0, len(sort) - 1)
    found = sort[place]
    return np.where((named != 0) & (thing[found] == named), found, -1)


def _latest(keys: tuple[Int, ...], at: Int, wanted: tuple[Int, ...], when: Int) -> Int:
    """int64[m]: of the rows with the same keys the latest one at or before each instant; -1: none."""
    rows, count = len(at), len(when)
    both = [np.concatenate([one, other]) for one, other in zip(keys, wanted, strict=True)]
    times, asks = np.concatenate([at, when]), np.arange(rows + count) >= rows
    order = np.lexsort((asks, times, *both))
    new = np.zeros(rows + count, np.bool_)
    new[:1] = True
    for one in both:
        new[1:] |= np.diff(one[order]) != 0
    place = np.where(asks[order], -1, np.arange(rows + count))
    place = np.maximum.accumulate(place) if len(place) else place
    begin = np.maximum.accumulate(np.where(new, np.arange(rows + count), 0)) if len(place) else place
    found = np.full(count, -1, np.int64)
    inside = asks[order] & (place >= begin)
    found[order[inside] - rows] = order[place[inside]]
    return found
