"""The customer's side: waiting, receiving, settling in, getting help, recommending. Here the ripple is planted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from desirelines.simulate.world import clock, planted
from desirelines.simulate.world.book import NEVER, Book
from desirelines.simulate.world.buying import Orders, daytime, several
from desirelines.simulate.world.people import Flags, Floats, Ints


@dataclass(frozen=True)
class Deliveries:
    """What became of each order, arrays as long as the orders; instants may lie after the end or be `NEVER`."""

    promised: Ints
    """The local day, counted from the first."""
    handed: Ints
    out: Ints
    delivered: Ints
    late: Flags
    by_van: Flags


def own(rng: Generator, orders: Orders, book: Book) -> Deliveries:
    """Draw what follows each order."""
    order = {"order": orders.number}
    placed = {
        "cookie": np.where(orders.in_shop, NEVER, orders.cookie),
        "cents": orders.cents,
        "shared": orders.shared.astype(int),
    }
    deliveries = _deliver(rng, orders)
    book.write("Order Placed", orders.person, orders.at, **order, **placed, promised=deliveries.promised)
    _wait(rng, orders, deliveries, book)
    _call(rng, orders, deliveries, book)
    _settle(rng, orders, deliveries, book)
    _recommend(rng, orders, deliveries, book)
    return deliveries


def kept_rate(region: Ints, promised: Ints) -> Floats:
    """The planted chance that an order comes by its day."""
    rate = np.array([planted.KEPT_RATE[name] for name in planted.REGIONS])[region]
    glitch = (planted.GLITCH_ON - planted.FIRST_ON).days
    struck = (region == planted.REGIONS.index(planted.GLITCH_REGION)) & (promised >= glitch)
    return np.where(struck, planted.GLITCH_RATE, rate)


def _deliver(rng: Generator, orders: Orders) -> Deliveries:
    count = len(orders.at)
    placed = clock.day_of(orders.at)
    lead = rng.integers(3, 8, count)
    promised = placed + lead
    late = rng.random(count) >= kept_rate(orders.region, promised)
    in_time = placed + 2 + (rng.random(count) * (lead - 1)).astype(np.int64)
    day = np.where(late, promised + rng.integers(1, 6, count), in_time)
    return Deliveries(
        promised=promised,
        handed=clock.instant(placed + 1, daytime(rng, count, 9, 18)),
        out=clock.instant(day, daytime(rng, count, 6, 7)),
        delivered=clock.instant(day, daytime(rng, count, 9, 20)),
        late=late,
        by_van=rng.random(count) < 0.45,
    )


def _wait(rng: Generator, orders: Orders, deliveries: Deliveries, book: Book) -> None:
    """Looking at the tracking page, which is planned, and calling, which is not."""
    handed, until = deliveries.handed, np.minimum(deliveries.delivered, clock.instant(deliveries.promised, 22 * clock.HOUR))
    looks = rng.poisson(0.8, len(handed))
    place, at = several(rng, handed, looks, clock.HOUR, 20 * clock.HOUR)
    place, at = place[at < until[place]], at[at < until[place]]
    book.write("Tracking Viewed", orders.person[place], at, cookie=orders.cookie[place], order=orders.number[place])
    calls = np.flatnonzero(rng.random(len(handed)) < planted.WAIT_CALL_RATE)
    share = rng.uniform(0.1, 0.9, len(calls))
    when = (handed[calls] + share * (until[calls] - handed[calls])).astype(np.int64)
    _ring(rng, orders, calls, when, 0, book)


def _call(rng: Generator, orders: Orders, deliveries: Deliveries, book: Book) -> None:
    """Calls within the three days after the promised day, far more of them if the order was late; then other calls."""
    rate = np.where(deliveries.late, planted.CALL_RATE["late"], planted.CALL_RATE["on time"])
    moved = np.flatnonzero(rng.random(len(rate)) < rate)
    day = deliveries.promised[moved] + rng.integers(1, 4, len(moved))
    _ring(rng, orders, moved, clock.instant(day, daytime(rng, len(moved), 8, 20)), 1, book)
    other = np.flatnonzero(rng.random(len(rate)) < 0.05)
    later = deliveries.promised[other] + rng.integers(8, 45, len(other))
    _ring(rng, orders, other, clock.instant(later, daytime(rng, len(other), 8, 20)), 2, book)


def _ring(rng: Generator, orders: Orders, which: Ints, at: Ints, reason: int, book: Book) -> None:
    """One call each. `reason`: 0 where is it, 1 it is late or wrong, 2 how does it work."""
    solved = np.where(rng.random(len(which)) < 0.86, at + rng.integers(300, 60 * clock.HOUR, len(which)), NEVER)
    solved = np.where(solved < book.end, solved, NEVER)
    hidden = (rng.random(len(which)) < planted.HIDDEN_PHONE_RATE).astype(int)
    details = {"order": orders.number[which], "reason": np.full(len(which), reason), "hidden": hidden}
    details |= {"waited": rng.gamma(2.0, 60.0, len(which)).astype(np.int64), "effort": rng.integers(1, 6, len(which))}
    book.write("Service Called", orders.person[which], at, solved=solved, **details)


def _settle(rng: Generator, orders: Orders, deliveries: Deliveries, book: Book) -> None:
    count = len(orders.at)
    for event, rate, low, high in (("Guide Opened", 0.35, 1, 72), ("Product Registered", 0.2, 2, 96)):
        chosen = np.flatnonzero(rng.random(count) < rate)
        at = deliveries.delivered[chosen] + rng.integers(low * clock.HOUR, high * clock.HOUR, len(chosen))
        registered = np.full(len(chosen), int(event == "Product Registered"))
        book.write(event, orders.person[chosen], at, cookie=orders.cookie[chosen], named=registered)
    returned = np.flatnonzero(rng.random(count) < np.where(deliveries.late, 0.09, 0.05))
    at = deliveries.delivered[returned] + rng.integers(clock.DAY, 13 * clock.DAY, len(returned))
    book.write("Return Requested", orders.person[returned], at, order=orders.number[returned])


def _recommend(rng: Generator, orders: Orders, deliveries: Deliveries, book: Book) -> None:
    count = len(orders.at)
    asked = clock.instant(clock.day_of(deliveries.delivered) + 5, 10 * clock.HOUR)
    asked = asked + rng.integers(0, 1800, count)
    one_to_five = np.arange(1, 6)
    good, bad = (rng.choice(one_to_five, count, p=planted.STARS[name]) for name in ("on time", "late"))
    stars = np.where(deliveries.late, bad, good)
    answers = rng.random(count) < 0.4
    written = np.where(answers, asked + rng.integers(clock.HOUR, 9 * clock.DAY, count), NEVER)
    written = np.where(written < book.end, written, NEVER)
    late = deliveries.late.astype(int)
    book.write("Review Asked", orders.person, asked, order=orders.number, written=written, stars=stars, late=late)
    fond = np.flatnonzero(answers & (stars >= 4) & (rng.random(count) < 0.2))
    at = asked[fond] + rng.integers(2 * clock.DAY, 9 * clock.DAY, len(fond))
    book.write("Friend Recommended", orders.person[fond], at, order=orders.number[fond])
