"""Draw a world of twelve touchpoints from a seed: a fault at one of them, and one of four truths about what follows.

`real`: those who meet the fault contact the brand with 1.5 times their usual hazard in the days of one lag, and 4 points fewer of
them order again within 60 days. `none`: nothing follows. `common`: in a holiday some customers meet the fault more often and
contact more often anyway, before as after. `reverse`: contacts come in bursts, and a contact makes a fault more likely.
Members are keener and meet the fault more often; that somebody is a member is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Int = NDArray[np.int64]
Float = NDArray[np.float64]
Mask = NDArray[np.bool_]
Kind = Literal["real", "none", "common", "reverse"]
Events = tuple[Int, Int]
"""Whose and when (µs), of one touchpoint"""

TOUCHPOINTS = (
    "advert",
    "order",
    "basket",
    "delivery",
    "invoice",
    "guide",
    "newsletter",
    "contact",
    "shop",
    "review",
    "app",
    "event",
)
ORDER, BASKET, FAULTY, INVOICE, CONTACT, CONTROL = 1, 2, 3, 4, 7, 0
DAY_US = 86_400_000_000
DAYS, PEOPLE = 300, 8_000
LAGS = ((3, 7), (1, 3), (3, 7), (7, 14))
"""A real ripple comes in the days of one of these; the second world in four has another than three to seven"""
STRONGER, FEWER = 1.5, 0.04
HOLIDAY = (140, 190)


@dataclass(frozen=True)
class RippleWorld:
    kind: Kind
    seed: int
    lag: tuple[int, int]
    """Days after the fault in which contacts are more frequent, where the ripple is real"""
    events: tuple[Events, ...]
    """Per touchpoint"""
    member: Mask
    """[people]"""
    exposed: Mask
    """Of the faulty touchpoint's passages: those with the fault"""
    contact_rate: Float
    """[people] contacts per day"""
    calendar: Float
    """[days] what every rate is multiplied by"""

    def gain(self, customer: Int, at: Int, low: int, high: int) -> Float:
        """[m]: by how much a fault raises the chance of a contact `low` to `high` days after it, by the world's own law."""
        if self.kind != "real" or (low, high) != self.lag:
            return np.zeros(len(customer))
        usual = self.contact_rate[customer] * self._mass(at, low, high)
        return np.asarray(np.exp(-usual) * (1 - np.exp(-(STRONGER - 1) * usual)))

    def _mass(self, at: Int, low: int, high: int) -> Float:
        """[m]: the integral of the calendar over those days."""
        sums = np.concatenate([[0.0], np.cumsum(self.calendar)])
        ends = [np.clip(at / DAY_US + days, 0, DAYS) for days in (low, high)]
        return np.asarray(np.interp(ends[1], np.arange(DAYS + 1), sums) - np.interp(ends[0], np.arange(DAYS + 1), sums))


def ripple_world(kind: Kind, seed: int, people: int = PEOPLE) -> RippleWorld:
    """The same seed gives the same world, event by event."""
    rng = np.random.default_rng([seed, ("real", "none", "common", "reverse").index(kind)])
    week = 1 + 0.3 * np.sin(np.arange(DAYS) * 2 * np.pi / 7)
    calendar = week * (1 + 0.2 * np.sin(np.arange(DAYS) * 2 * np.pi / 200 + rng.uniform(0, 6)))
    member = rng.random(people) < 0.4
    keen = rng.gamma(2.0, 0.5, people) * np.where(member, 1.3, 0.8)
    rates = {place: rng.uniform(0.005, 0.03) * keen ** rng.uniform(0, 1) for place in range(len(TOUCHPOINTS))}
    contact = 0.03 * rng.gamma(3.0, 1 / 3, people) * (0.7 + 0.3 * keen)
    order_rate = 0.006 * keen
    gifts = rng.random(people) < 0.3
    orders = poisson(rng, order_rate, calendar)
    contacts = poisson(rng, contact, calendar)
    if kind == "common":
        extra = poisson(rng, contact * gifts * 2.0, np.where(inside(np.arange(DAYS)), calendar, 0.0))
        contacts = merged(contacts, extra)
    if kind == "reverse":
        again = rng.random(len(contacts[0])) < 0.4
        contacts = merged(contacts, (contacts[0][again], contacts[1][again] + later(rng, int(again.sum()), 0.1, 10)))
    passages = orders[0], orders[1] + later(rng, len(orders[0]), 2, 5)
    chance = fault_chance(kind, passages, member, gifts, contacts)
    exposed = rng.random(len(chance)) < chance
    lag = LAGS[seed % 4]
    if kind == "real":
        first = first_fault(people, passages, exposed)
        lost = rng.random(people) < FEWER / np.maximum(1 - np.exp(-order_rate * 60), FEWER)
        gone = lost[orders[0]] & (orders[1] > first[orders[0]]) & (orders[1] <= first[orders[0]] + 60 * DAY_US)
        orders, passages, exposed = (orders[0][~gone], orders[1][~gone]), (passages[0][~gone], passages[1][~gone]), exposed[~gone]
        contacts = merged(contacts, after_fault(rng, (passages[0][exposed], passages[1][exposed]), contact, calendar, lag))
    events = [poisson(rng, rates[place], calendar) for place in range(len(TOUCHPOINTS))]
    events[ORDER], events[FAULTY], events[CONTACT] = orders, passages, contacts
    events[BASKET] = orders[0], orders[1] - later(rng, len(orders[0]), 0.01, 0.1)
    events[INVOICE] = passages[0], passages[1] + later(rng, len(passages[0]), 0.5, 20)
    return RippleWorld(kind, seed, lag, tuple(events), member, exposed, contact, calendar)


def poisson(rng: np.random.Generator, rate: Float, calendar: Float) -> Events:
    """Events of each of the people at their rate per day times the day's factor."""
    total = float(calendar.sum())
    count = rng.poisson(rate * total)
    who = np.repeat(np.arange(len(rate)), count)
    day = np.searchsorted(np.cumsum(calendar), rng.random(len(who)) * total, side="right")
    return who, ((np.minimum(day, DAYS - 1) + rng.random(len(who))) * DAY_US).astype(np.int64)


def later(rng: np.random.Generator, count: int, low: float, high: float) -> Int:
    """Times of `low` to `high` days."""
    return (rng.uniform(low, high, count) * DAY_US).astype(np.int64)


def merged(a: Events, b: Events) -> Events:
    return np.concatenate([a[0], b[0]]), np.concatenate([a[1], b[1]])


def inside(day: NDArray[np.number]) -> Mask:
    """Whether days lie in the holiday."""
    return np.asarray((day >= HOLIDAY[0]) & (day < HOLIDAY[1]))


def fault_chance(kind: Kind, passages: Events, member: Mask, gifts: Mask, contacts: Events) -> Float:
    """[passages]: a fault has a spell of forty days; members meet it somewhat more often."""
    who, at = passages
    day = at / DAY_US
    chance = np.where((day >= 150) & (day < 190), 0.3, 0.08) * np.where(member[who], 1.3, 0.9)
    if kind == "common":
        chance = np.where(inside(day) & gifts[who], 3 * chance, chance)
    if kind == "reverse":
        chance = np.where(recent(passages, contacts, 7), 3 * chance, chance)
    return np.asarray(np.minimum(chance, 0.9))


def recent(passages: Events, contacts: Events, days: int) -> Mask:
    """[passages]: whether the same person made a contact in the days before."""
    width = (DAYS + 60) * DAY_US
    keys = np.sort(contacts[0] * width + contacts[1])
    stop = passages[0] * width + passages[1]
    return np.asarray(np.searchsorted(keys, stop) > np.searchsorted(keys, np.maximum(stop - days * DAY_US, passages[0] * width)))


def first_fault(people: int, passages: Events, exposed: Mask) -> Int:
    """[people]: when each met the fault first; long after everything for who never did."""
    found = np.full(people, 10 * DAYS * DAY_US)
    np.minimum.at(found, passages[0][exposed], passages[1][exposed])
    return found


def after_fault(rng: np.random.Generator, faults: Events, rate: Float, calendar: Float, lag: tuple[int, int]) -> Events:
    """What comes on top of the usual contacts, by thinning."""
    who, at = faults
    most = float(calendar.max())
    count = rng.poisson((STRONGER - 1) * rate[who] * most * (lag[1] - lag[0]))
    who, start = np.repeat(who, count), np.repeat(at, count)
    when = start + later(rng, len(who), *lag)
    fine = (when < DAYS * DAY_US) & (rng.random(len(who)) * most < calendar[np.minimum(when // DAY_US, DAYS - 1)])
    return who[fine], when[fine]
