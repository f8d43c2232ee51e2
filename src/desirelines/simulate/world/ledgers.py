"""The silos around an order: checkout, billing, delivery, the service line, reviews, and the customer file that joins names."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.random import Generator

from desirelines.simulate.world import clock, people, planted
from desirelines.simulate.world.book import NEVER, Book
from desirelines.simulate.world.buying import Orders, daytime
from desirelines.simulate.world.owning import Deliveries
from desirelines.simulate.world.people import Flags, Ints, People
from desirelines.simulate.world.silos import comment, numbered
from desirelines.simulate.world.tally import Logged, Tally
from desirelines.simulate.world.writers import Lines, json_lines, quoted

_ORDER_EVENTS = ("Order Placed", "Return Requested", "Friend Recommended")
_REASONS = ("where is it", "late or wrong", "how does it work")
_BILLING = ("Rechnung", "Kunde", "Auftrag", "Betrag", "Währung", "gestellt", "bezahlt")
_DELIVERY = ("order_no", "carrier", "region", "promised_on", "handed_over", "out_for_delivery", "delivered")
_CALLS = ("call", "phone", "order_no", "called_at", "reason", "waited_s", "solved_at", "effort")
_CRM = ("customer_no", "email", "phone", "card", "region", "age")


class Ledgers:
    """Open files of the silos around orders. `add` writes one chunk to all of them."""

    def __init__(self, folder: Path, tally: Tally) -> None:
        self.tally = tally
        self._stack = ExitStack()
        enter = self._stack.enter_context
        self.orders = enter(Lines(folder / "orders.jsonl", ""))
        self.billing = enter(Lines(folder / "billing.csv", ";", _BILLING, "cp1252"))
        self.delivery = enter(Lines(folder / "delivery.csv", ",", _DELIVERY))
        self.calls = enter(Lines(folder / "calls.csv", ",", _CALLS))
        self.reviews = enter(Lines(folder / "reviews.jsonl", ""))
        self.crm = enter(Lines(folder / "crm.csv", ",", _CRM))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()

    def add(self, rng: Generator, chunk: People, orders: Orders, came: Deliveries, book: Book, logged: Logged) -> None:
        """Write the chunk's orders and all that follows from them."""
        self._orders(chunk, book, logged)
        self._billing(rng, chunk, orders, came, book, logged)
        self._delivery(orders, came, book, logged)
        self._calls(rng, chunk, book, logged)
        self._reviews(rng, book, logged)

    def add_crm(self, chunk: People, core: Flags) -> None:
        """The customer file: everybody whom an order or a card has made known."""
        person = np.flatnonzero(core)
        number = chunk.base + person
        has_card = pa.array(chunk.has_card[person])
        self.crm.add(
            [
                people.customer_number(number),
                people.email(number),
                people.phone(number),
                pc.if_else(has_card, people.card(number), None),
                pa.array(planted.REGIONS).take(pa.array(chunk.region[person])),
                pa.array(planted.AGES).take(pa.array(chunk.age[person])),
            ]
        )

    def _log(self, source: str, event: str, person: Ints, at: Ints, end: int, logged: Logged) -> Flags:
        """Count one kind of event; answers which rows have it."""
        there = (at >= 0) & (at < end)
        self.tally.events[source, event] += int(np.count_nonzero(there))
        logged.write(event, person[there], at[there])
        return there

    def _orders(self, chunk: People, book: Book, logged: Logged) -> None:
        rows = book.read(*_ORDER_EVENTS)
        for place, event in enumerate(_ORDER_EVENTS):
            here = rows["event"] == place
            self._log("orders", event, rows["person"][here], rows["at"][here], book.end, logged)
        if not len(rows["at"]):
            return
        placed = rows["event"] == 0
        by_cookie = placed & (rows["cookie"] >= 0)
        own = people.email(chunk.base + rows["person"])
        money = pc.binary_join_element_wise(*_euros(rows["cents"]), ".")
        fields = {
            "type": quoted(pa.array(_ORDER_EVENTS).take(pa.array(rows["event"]))),
            "order_no": quoted(people.order(rows["order"])),
            "at": quoted(clock.stamp(rows["at"])),
            "email": quoted(pc.if_else(pa.array(rows["shared"] == 1), planted.SHARED_EMAIL, own)),
            "cookie": pc.if_else(pa.array(by_cookie), quoted(people.cookie(np.maximum(rows["cookie"], 0))), None),
            "place": quoted(pc.if_else(pa.array(by_cookie | ~placed), "web", "shop")),
            "total": pc.if_else(pa.array(placed), money, None),
            "currency": pc.if_else(pa.array(placed), '"EUR"', None),
            "promised_on": pc.if_else(pa.array(placed), quoted(clock.day_stamp(rows["promised"])), None),
        }
        self.orders.add_lines(json_lines(fields))

    def _billing(self, rng: Generator, chunk: People, orders: Orders, came: Deliveries, book: Book, logged: Logged) -> None:
        count = len(orders.at)
        sent = clock.instant(clock.day_of(orders.at) + 1, daytime(rng, count, 6, 9))
        paid = clock.instant(clock.day_of(came.delivered) + rng.integers(1, 5, count), daytime(rng, count, 8, 18))
        there = self._log("billing", "Invoice Sent", orders.person, sent, book.end, logged)
        paid = np.where(rng.random(count) < 0.97, paid, NEVER)
        settled = self._log("billing", "Invoice Paid", orders.person, paid, book.end, logged)[there]
        order = people.order(orders.number[there])
        money = pc.binary_join_element_wise(*_euros(orders.cents[there]), ",")
        self.billing.add(
            [
                pc.binary_join_element_wise("R-", order, ""),
                people.customer_number(chunk.base + orders.person[there]),
                order,
                money,
                pa.repeat("EUR", len(order)),
                clock.local_stamp(sent[there]),
                pc.if_else(pa.array(settled), clock.local_stamp(np.maximum(paid[there], 0 + sent[there])), None),
            ]
        )

    def _delivery(self, orders: Orders, came: Deliveries, book: Book, logged: Logged) -> None:
        there = self._log("delivery", "Parcel Handed Over", orders.person, came.handed, book.end, logged)
        out = self._log("delivery", "Out for Delivery", orders.person, came.out, book.end, logged)[there]
        done = self._log("delivery", "Delivered", orders.person, came.delivered, book.end, logged)[there]
        self.delivery.add(
            [
                people.order(orders.number[there]),
                pa.array(("parcel", "van")).take(pa.array(came.by_van[there].astype(int))),
                pa.array(planted.REGIONS).take(pa.array(orders.region[there])),
                clock.day_stamp(came.promised[there]),
                clock.stamp(came.handed[there]),
                pc.if_else(pa.array(out), clock.stamp(came.out[there]), None),
                pc.if_else(pa.array(done), clock.stamp(came.delivered[there]), None),
            ]
        )

    def _calls(self, rng: Generator, chunk: People, book: Book, logged: Logged) -> None:
        rows = book.read("Service Called")
        self._log("calls", "Service Called", rows["person"], rows["at"], book.end, logged)
        if not len(rows["at"]):
            return
        solved = self._log("calls", "Problem Solved", rows["person"], rows["solved"], book.end, logged)
        self.tally.hidden_phones += int(np.count_nonzero(rows["hidden"]))
        self.tally.calls_a_day += np.bincount(clock.day_of(rows["at"]), minlength=planted.DAYS)
        vague = (rows["reason"] == 2) & (rows["hidden"] == 0) & (rng.random(len(solved)) < 0.5)
        phone = people.phone(chunk.base + rows["person"])
        self.calls.add(
            [
                numbered("call", chunk, np.arange(len(solved))),
                pc.if_else(pa.array(rows["hidden"] == 1), planted.PLACEHOLDER_PHONE, phone),
                pc.if_else(pa.array(vague), None, people.order(rows["order"])),
                clock.stamp(rows["at"]),
                pa.array(_REASONS).take(pa.array(rows["reason"])),
                pa.array(rows["waited"]).cast(pa.string()),
                pc.if_else(pa.array(solved), clock.stamp(rows["solved"]), None),
                pc.if_else(pa.array(solved), pa.array(rows["effort"]).cast(pa.string()), None),
            ]
        )

    def _reviews(self, rng: Generator, book: Book, logged: Logged) -> None:
        rows = book.read("Review Asked")
        self._log("reviews", "Review Asked", rows["person"], rows["at"], book.end, logged)
        if not len(rows["at"]):
            return
        written = self._log("reviews", "Review Written", rows["person"], rows["written"], book.end, logged)
        mask = pa.array(written)
        words = comment(rows["late"], rng.integers(0, 1_000_000, len(written)))
        fields = {
            "order_no": quoted(people.order(rows["order"])),
            "asked_at": quoted(clock.stamp(rows["at"])),
            "written_at": pc.if_else(mask, quoted(clock.stamp(rows["written"])), None),
            "stars": pc.if_else(mask, pa.array(rows["stars"]).cast(pa.string()), None),
            "words": pc.if_else(mask, words, None),
        }
        self.reviews.add_lines(json_lines(fields))


def _euros(cents: Ints) -> tuple[pa.Array, pa.Array]:
    """Whole euros and two digits of cents, as texts."""
    whole, rest = np.divmod(np.maximum(cents, 0), 100)
    return pa.array(whole).cast(pa.string()), pc.utf8_lpad(pa.array(rest).cast(pa.string()), 2, "0")
