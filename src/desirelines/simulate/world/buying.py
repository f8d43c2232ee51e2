"""The buyer's side: dreaming, comparing, deciding, buying."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from desirelines.simulate.world import clock, planted
from desirelines.simulate.world.book import NEVER, Book
from desirelines.simulate.world.people import NUMBERS, SLOTS, Flags, Floats, Ints, People


@dataclass(frozen=True)
class Cycles:
    """Purchases begun, arrays of one length."""

    person: Ints
    number: Ints
    """The number of the order, should it come to one."""
    cookie: Ints
    start: Ints
    online: Flags
    """Comes to the web shop at all."""
    in_shop: Flags
    """Comes to a shop and shows the loyalty card."""


@dataclass(frozen=True)
class Orders:
    """Orders placed, arrays of one length."""

    person: Ints
    number: Ints
    cookie: Ints
    """The cookie the person uses; in shops it is not the one that ordered."""
    region: Ints
    at: Ints
    in_shop: Flags
    shared: Flags
    cents: Ints


def buy(rng: Generator, people: People, book: Book) -> Orders:
    """Draw all purchases of these people up to the order."""
    cycles = _begin(rng, people)
    _dream(rng, people, cycles, book)
    looked = _compare(rng, cycles, book)
    visited = _visit(rng, cycles, looked, book)
    return _decide(rng, people, cycles, np.where(cycles.online, looked, visited), book)


def several(rng: Generator, start: Ints, counts: Ints, low: int, high: int) -> tuple[Ints, Ints]:
    """For each start so many instants after it, low to high seconds apart; answers (place of the start, instants)."""
    place = np.repeat(np.arange(len(start)), counts)
    steps = np.cumsum(rng.integers(low, high, len(place)))
    before = np.concatenate(([0], steps))[np.cumsum(counts) - counts]
    return place, start[place] + steps - before[place]


def daytime(rng: Generator, count: int, first: int = 8, last: int = 22) -> Ints:
    """Seconds of the day between two hours."""
    return rng.integers(first * clock.HOUR, last * clock.HOUR, count)


def _season() -> Floats:
    """The share of purchases begun on each day: more before Christmas and at weekends."""
    day = np.arange(planted.DAYS)
    weekday = (day + planted.FIRST_ON.weekday()) % 7
    weight = 1 + 0.6 * np.exp(-(((day - 65) / 22.0) ** 2)) + 0.25 * (weekday >= 5)
    return np.asarray(weight / weight.sum())


def _begin(rng: Generator, people: People) -> Cycles:
    person = np.repeat(np.arange(len(people)), people.purchases)
    nth = np.arange(len(person)) - np.repeat(np.cumsum(people.purchases) - people.purchases, people.purchases)
    day = rng.choice(planted.DAYS, len(person), p=_season())
    slot = (rng.random(len(person)) * people.cookies[person]).astype(np.int64)
    in_shop = people.has_card[person] & (rng.random(len(person)) < 0.35)
    return Cycles(
        person=person,
        number=(people.base + person) * NUMBERS + nth,
        cookie=(people.base + person) * SLOTS + slot,
        start=clock.instant(day, daytime(rng, len(person))),
        online=~in_shop | (rng.random(len(person)) < 0.5),
        in_shop=in_shop,
    )


def _dream(rng: Generator, people: People, cycles: Cycles, book: Book) -> None:
    seen, at = several(rng, cycles.start - 6 * clock.DAY, rng.poisson(1.2, len(cycles.start)), clock.HOUR, 3 * clock.DAY)
    campaign = rng.integers(0, 6, len(seen))
    book.write("Advert Seen", cycles.person[seen], at, cookie=cycles.cookie[seen], campaign=campaign)
    hit = rng.random(len(seen)) < 0.15
    clicked = seen[hit]
    later = at[hit] + rng.integers(2, 40, len(clicked))
    book.write("Advert Clicked", cycles.person[clicked], later, cookie=cycles.cookie[clicked], campaign=campaign[hit])
    fond = np.flatnonzero(people.has_handle[cycles.person] & (rng.random(len(cycles.person)) < 0.45))
    book.write("Post Liked", cycles.person[fond], cycles.start[fond] - rng.integers(clock.HOUR, 9 * clock.DAY, len(fond)))


def _compare(rng: Generator, cycles: Cycles, book: Book) -> Ints:
    """The visit to the web shop; answers the instant of the last look (never: not online)."""
    online = np.flatnonzero(cycles.online)
    start = cycles.start[online]
    person, cookie = cycles.person[online], cycles.cookie[online]
    closed = rng.random(len(online)) < 0.3
    book.write(planted.UNCLAIMED_EVENT, person[closed], start[closed] + 2, cookie=cookie[closed])
    book.write("Category Viewed", person, start + 5, cookie=cookie)
    views = 1 + np.minimum(np.floor(rng.lognormal(0.9, 1.0, len(online))), 400).astype(np.int64)
    place, at = several(rng, start + 10, views, 15, 240)
    book.write("Product Viewed", person[place], at, cookie=cookie[place])
    last = at[np.cumsum(views) - 1]
    asked = rng.random(len(online)) < 0.08
    silent = int(clock.instant(np.array([(planted.SILENT_FROM - planted.FIRST_ON).days]), 0)[0])
    chat = np.flatnonzero(asked & (last + 60 < silent))
    book.write(planted.SILENT_EVENT, person[chat], last[chat] + 60, cookie=cookie[chat])
    looked = np.full(len(cycles.person), NEVER)
    looked[online] = last + 120
    return looked


def _visit(rng: Generator, cycles: Cycles, looked: Ints, book: Book) -> Ints:
    """The visit to a shop, some days after looking online; answers the instant of leaving (never: not in a shop)."""
    inside = np.flatnonzero(cycles.in_shop)
    day = clock.day_of(np.maximum(cycles.start[inside], looked[inside])) + rng.integers(1, 4, len(inside))
    at = clock.instant(day, daytime(rng, len(inside), 10, 18))
    shop = rng.integers(0, 4, len(inside))
    person = cycles.person[inside]
    book.write("Shop Visited", person, at, shop=shop)
    advised = rng.random(len(inside)) < 0.5
    book.write("Advice Given", person[advised], at[advised] + rng.integers(300, 1500, advised.sum()), shop=shop[advised])
    left = np.full(len(cycles.person), NEVER)
    left[inside] = at + 1800
    return left


def _decide(rng: Generator, people: People, cycles: Cycles, looked: Ints, book: Book) -> Orders:
    willing = rng.random(len(cycles.person)) < people.propensity[cycles.person]
    at_till = cycles.in_shop & ~cycles.online & willing
    filled = np.flatnonzero(cycles.online & (rng.random(len(cycles.person)) < 0.35 + 0.5 * people.propensity[cycles.person]))
    at = looked[filled] + rng.integers(20, 600, len(filled))
    book.write("Basket Filled", cycles.person[filled], at, cookie=cycles.cookie[filled])
    back = np.flatnonzero(rng.random(len(filled)) < planted.BACK_RATE)
    place, again = several(rng, at[back], rng.integers(1, 4, len(back)), 20, 120)
    book.write("Product Viewed", cycles.person[filled[back]][place], again, cookie=cycles.cookie[filled[back]][place])
    checkout = np.flatnonzero(willing[filled])
    began = at[checkout] + 1_000 + rng.integers(10, 2 * clock.HOUR, len(checkout))
    web = filled[checkout]
    book.write("Checkout Started", cycles.person[web], began, cookie=cycles.cookie[web])
    paid = rng.random(len(web)) < 0.8
    online, ordered_at = web[paid], began[paid] + rng.integers(60, 600, paid.sum())
    till = np.flatnonzero(at_till)
    chosen = np.concatenate((online, till))
    ordered = np.concatenate((ordered_at, looked[till] + rng.integers(60, 900, len(till))))
    return _place(rng, people, cycles, chosen, ordered, book)


def _place(rng: Generator, people: People, cycles: Cycles, chosen: Ints, at: Ints, book: Book) -> Orders:
    in_shop = ~cycles.online[chosen]
    early = clock.day_of(at) < planted.SHARED_UNTIL_DAY
    shared = in_shop & early & (rng.random(len(chosen)) < planted.SHARED_RATE)
    cents = np.round(np.exp(rng.normal(4.4, 0.8, len(chosen))) * 100).astype(np.int64)
    kept = at < book.end
    person, number = cycles.person[chosen], cycles.number[chosen]
    orders = Orders(person, number, cycles.cookie[chosen], people.region[person], at, in_shop, shared, cents)
    return Orders(*(values[kept] for values in vars(orders).values()))
