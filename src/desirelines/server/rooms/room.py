"""The room of a workspace: one writer stores what waits in one transaction, and only then tells it and answers `stored`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any

from desirelines import store
from desirelines.errors import Conflict, DesirelinesError, Unavailable
from desirelines.server.faults import shape
from desirelines.server.people import Person
from desirelines.server.rooms.frames import From, To, frame, number, words
from desirelines.server.rooms.seat import Closed, Seat, colour_of
from desirelines.store import Database, Lease, Update
from desirelines.studio import Live, NotAnUpdate, Opened, Sent

log = logging.getLogger("desirelines")

LEASE = "rooms"
LEASE_SECONDS = 20.0
LOOK_SECONDS = 0.25
"""So often the room looks for what others stored: the API, a terminal."""
WAITING_BYTES = 8_000_000
"""Beyond this nobody's frames are read until the writer has caught up."""
OTHER = "another process serves the rooms of this workspace"
GARBAGE, NO_DOCUMENT, ELSEWHERE, AGAIN = 1003, 4404, 4409, 1013


@dataclass(frozen=True)
class Order:
    """Something a seat asks of the documents: OPEN with its state vector, or UPDATE with its number."""

    seat: Seat
    kind: From
    document: str
    data: bytes
    number: int = 0


@dataclass(frozen=True)
class Done:
    """What became of a batch: an answer for each order, and what others stored."""

    answers: list[Opened | int | DesirelinesError]
    others: list[Update]


class Room:
    """Everybody who has this workspace's plan open here. Lives on one loop; documents and database on one thread of its own."""

    def __init__(self, name: str, database: Database, holder: str, ended: Callable[[Room], None]) -> None:
        self.name = name
        self.database = database
        self.holder = holder
        self.seats: list[Seat] = []
        self.loop = asyncio.get_running_loop()
        self._ended = ended
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"room-{name}")
        self._live = Live(database)
        self._lease: Lease | None = None
        self._renew_at = 0.0
        self._orders: list[Order] = []
        self._waiting = 0
        self._coming = 0
        self._over = False
        self._news = asyncio.Event()
        self._room_for_more = asyncio.Event()
        self._room_for_more.set()
        self._begun = self.loop.run_in_executor(self._thread, self._begin)
        self._task = self.loop.create_task(self._work())

    # coming and going

    async def enter(self, person: Person) -> tuple[Seat, list[str]]:
        """A seat for a person, and the documents there are for them. Raises Closed, Unavailable."""
        self._coming += 1
        try:
            documents = await asyncio.shield(self._begun)
        except Conflict as error:
            raise Closed(ELSEWHERE, OTHER) from error
        finally:
            self._coming -= 1
        if self._over:
            raise Closed(AGAIN)
        seat = Seat(person, colour_of([one.colour for one in self.seats]))
        self.seats.append(seat)
        return seat, [name for name in documents if seat.may_open(name)]

    def arrive(self, seat: Seat) -> None:
        """Tell the newcomer of all, and all of the newcomer, at once."""
        for other in self.seats:
            if other is seat or seat.sees(other):
                seat.send(frame(To.PRESENCE, "", words(other.said(seat))))
        self.show(seat, {})

    def leave(self, seat: Seat) -> None:
        """The socket has ended."""
        if seat in self.seats:
            self.seats.remove(seat)
            for other in self.seats:
                if other.sees(seat):
                    other.send(frame(To.PRESENCE, "", words({"session": seat.session, "gone": True})))
        self._news.set()

    def show(self, seat: Seat, presence: dict[str, Any]) -> None:
        """Tell the others where somebody is."""
        saw = [other for other in self.seats if other is not seat and other.sees(seat)]
        seat.presence = presence
        for other in self.seats:
            if other is seat:
                continue
            if other.sees(seat):
                other.send(frame(To.PRESENCE, "", words(seat.said(other))))
            elif other in saw:
                other.send(frame(To.PRESENCE, "", words({"session": seat.session, "gone": True})))

    def notice(self, said: dict[str, Any]) -> None:
        """Tell everybody that rows have changed. Guests hear what is about their map; of what names no map, only its kind."""
        data, bare = frame(To.NOTICE, "", words(said)), frame(To.NOTICE, "", words({"about": said.get("about", "")}))
        for seat in self.seats:
            guest_of = seat.person.guest_of
            if guest_of is None or said.get("map") == guest_of:
                seat.send(data)
            elif "map" not in said:
                seat.send(bare)

    # orders

    async def order(self, order: Order) -> None:
        """Hand an order to the writer; waits while too much waits."""
        await self._room_for_more.wait()
        self._orders.append(order)
        self._waiting += len(order.data)
        if self._waiting > WAITING_BYTES:
            self._room_for_more.clear()
        self._news.set()

    async def _work(self) -> None:
        try:
            await asyncio.shield(self._begun)
            while self.seats or self._orders or self._coming:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), LOOK_SECONDS)
                self._news.clear()
                orders, self._orders, self._waiting = self._orders, [], 0
                self._room_for_more.set()
                done = await self.loop.run_in_executor(self._thread, self._process, orders)
                self._tell(orders, done)
        except Conflict:
            self._end(ELSEWHERE, OTHER)
        except Exception as error:
            if not isinstance(error, Unavailable):
                log.exception("the room of %s ended", self.name)
            self._end(AGAIN, "what you did last could not be stored")
        finally:
            self._end(AGAIN, "")
            with suppress(RuntimeError):
                self._thread.submit(self._release)
                self._thread.shutdown(wait=False)

    def _end(self, code: int, reason: str) -> None:
        """Close all sockets and be forgotten: the next who comes finds a new room that reads what is stored."""
        self._over = True
        self._ended(self)
        seats, self.seats = self.seats, []
        for seat in seats:
            seat.close(code, reason)
        self._room_for_more.set()

    def _tell(self, orders: list[Order], done: Done) -> None:
        for update in done.others:
            self._broadcast(update.document, update.data)
        for order, answer in zip(orders, done.answers, strict=True):
            if isinstance(answer, Opened):
                order.seat.open.add(order.document)
                payload = number(len(answer.vector)) + answer.vector + answer.data
                order.seat.send(frame(To.STATE, order.document, payload), asked=True)
            elif isinstance(answer, int):
                self._broadcast(order.document, order.data, order.seat)
                order.seat.send(frame(To.STORED, order.document, number(order.number)))
            elif isinstance(answer, NotAnUpdate) or order.kind is From.OPEN:
                order.seat.close(NO_DOCUMENT if answer.status == 404 else GARBAGE, answer.message[:100])
            else:
                refuse(order.seat, order.document, order.number, answer)

    def _broadcast(self, document: str, data: bytes, but: Seat | None = None) -> None:
        told = frame(To.UPDATE, document, data)
        for seat in self.seats:
            if seat is not but and document in seat.open:
                seat.send(told)

    # on the room's thread

    def _begin(self) -> list[str]:
        self._hold()
        return self._live.begin()

    def _process(self, orders: list[Order]) -> Done:
        self._hold()
        answers: list[Opened | int | DesirelinesError] = []
        sent = [Sent(one.document, one.seat.person.name, one.data) for one in orders if one.kind is From.UPDATE]
        taken, others = self._live.take(sent)
        mine = iter(taken)
        for one in orders:
            if one.kind is From.UPDATE:
                answers.append(next(mine))
                continue
            try:
                answers.append(self._live.open(one.document, one.data))
            except DesirelinesError as error:
                answers.append(error)
        return Done(answers, others)

    def _hold(self) -> None:
        """Hold the lease. Raises Conflict when another process serves the rooms of this workspace."""
        if monotonic() < self._renew_at:
            return
        if self._lease is None:
            self._lease = store.take(self.database, LEASE, self.holder, LEASE_SECONDS)
        else:
            self._lease = store.renew(self.database, self._lease, LEASE_SECONDS)
        self._renew_at = monotonic() + LEASE_SECONDS / 4

    def _release(self) -> None:
        self._live.forget()
        if self._lease is not None:
            with suppress(DesirelinesError):
                store.release(self.database, self._lease)


def refuse(seat: Seat, document: str, what: int, error: DesirelinesError) -> None:
    """Answer that an update is not taken."""
    seat.send(frame(To.REFUSED, document, number(what) + words(shape(error).model_dump())))
