"""Counting what was really written, chunk by chunk: the exact truths beside the planted ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from desirelines.simulate.world import clock, planted
from desirelines.simulate.world.book import Book
from desirelines.simulate.world.buying import Orders
from desirelines.simulate.world.owning import Deliveries
from desirelines.simulate.world.people import SLOTS, Flags, Ints, People

EVENTS = (
    "Advert Seen", "Advert Clicked", "Post Liked", planted.UNCLAIMED_EVENT, "Category Viewed", "Product Viewed", "Chat Started",
    "Shop Visited", "Advice Given", "Basket Filled", "Checkout Started", "Order Placed", "Invoice Sent", "Parcel Handed Over",
    "Tracking Viewed", "Out for Delivery", "Delivered", "Invoice Paid", "Guide Opened", "Product Registered", "Service Called",
    "Problem Solved", "Return Requested", "Review Asked", "Review Written", "Friend Recommended",
)  # fmt: skip
"""Every event that belongs to a person; its place is its rank where two happen in the same second."""


@dataclass
class Logged:
    """What a chunk's silos wrote of people who can be found again: arrays by event."""

    person: list[Ints] = field(default_factory=list)
    at: list[Ints] = field(default_factory=list)
    code: list[Ints] = field(default_factory=list)

    def write(self, event: str, person: Ints, at: Ints) -> None:
        self.person.append(person)
        self.at.append(at)
        self.code.append(np.full(len(person), EVENTS.index(event)))


@dataclass
class Tally:
    """The counts of the whole world, added up chunk by chunk."""

    drawn: int = 0
    people: int = 0
    customers: int = 0
    events: Counter[tuple[str, str]] = field(default_factory=Counter)
    duplicates: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    nobody: Counter[str] = field(default_factory=Counter)
    promises: Counter[tuple[str, str, bool]] = field(default_factory=Counter)
    """(region, before or after the glitch, kept) of orders that were delivered."""
    ripple: Counter[tuple[bool, bool]] = field(default_factory=Counter)
    """(late, called within three days after the promised day) of orders that were delivered."""
    stars: Counter[tuple[bool, int]] = field(default_factory=Counter)
    shared_orders: int = 0
    placeholder_cookies: int = 0
    hidden_phones: int = 0
    ways: Ints = field(default_factory=lambda: np.zeros((len(EVENTS), len(EVENTS)), dtype=np.int64))
    calls_a_day: Ints = field(default_factory=lambda: np.zeros(planted.DAYS, dtype=np.int64))
    silent_last_at: int = 0

    def count_ways(self, logged: Logged, size: int) -> None:
        """Transitions between consecutive claimed events of one true person, and how many people have any event."""
        person, at, code = (np.concatenate(parts) for parts in (logged.person, logged.at, logged.code))
        self.people += int(np.count_nonzero(np.bincount(person, minlength=size)))
        claimed = code != EVENTS.index(planted.UNCLAIMED_EVENT)
        person, at, code = person[claimed], at[claimed], code[claimed]
        key = (person << 40) | ((at - at.min()) << 6) | code
        key.sort()
        whose, what = key >> 40, key & 63
        same = whose[1:] == whose[:-1]
        pairs = what[:-1][same] * len(EVENTS) + what[1:][same]
        self.ways += np.bincount(pairs, minlength=self.ways.size).reshape(self.ways.shape)

    def count_orders(self, orders: Orders, deliveries: Deliveries, book: Book) -> None:
        """Promises kept and broken, and what a late delivery moved."""
        arrived = deliveries.delivered < book.end
        glitch = (planted.GLITCH_ON - planted.FIRST_ON).days
        after = deliveries.promised >= glitch
        for place, region in enumerate(planted.REGIONS):
            for name, when in (("before", ~after), ("after", after)):
                here = arrived & (orders.region == place) & when
                self.promises[region, name, True] += int(np.count_nonzero(here & ~deliveries.late))
                self.promises[region, name, False] += int(np.count_nonzero(here & deliveries.late))
        moved = _moved(orders, deliveries, book)
        for late in (True, False):
            here = arrived & (deliveries.late == late)
            self.ripple[late, True] += int(np.count_nonzero(here & moved))
            self.ripple[late, False] += int(np.count_nonzero(here & ~moved))
        self.shared_orders += int(np.count_nonzero(orders.shared))
        self._count_stars(book)

    def _count_stars(self, book: Book) -> None:
        reviews = book.read("Review Asked")
        if not len(reviews["at"]):
            return
        for late in (True, False):
            written = (reviews["written"] >= 0) & (reviews["late"] == int(late))
            for star, count in enumerate(np.bincount(reviews["stars"][written], minlength=6).tolist()):
                if star:
                    self.stars[late, star] += count

    def count_customers(self, people: People, core: Flags, used: Flags, linked: Flags, handles: Flags) -> None:
        """How many customers a faultless resolution finds: a cookie that nothing joins stays a customer of its own."""
        self.drawn += len(people)
        self.customers += int(np.count_nonzero(core) + np.count_nonzero(used & ~linked) + np.count_nonzero(handles))


def _moved(orders: Orders, deliveries: Deliveries, book: Book) -> Flags:
    """Whether a call about the order came within the three days after the promised day."""
    calls = book.read("Service Called")
    if not len(calls["at"]):
        return np.zeros(len(orders.at), dtype=bool)
    by_number = np.argsort(orders.number)
    place = by_number[np.searchsorted(orders.number[by_number], calls["order"])]
    days = clock.day_of(calls["at"]) - deliveries.promised[place]
    moved = np.zeros(len(orders.at), dtype=bool)
    moved[place[(days >= 1) & (days <= 3)]] = True
    return moved


def marks(people: People, cookies: Ints) -> Flags:
    """One flag per cookie slot of the chunk: which of them are among these cookies' numbers."""
    found = np.zeros(len(people) * SLOTS, dtype=bool)
    found[cookies[cookies >= 0] - people.base * SLOTS] = True
    return found
