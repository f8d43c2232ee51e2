"""The silos: each writes its own file of the same people's year, under its own names for them."""

from __future__ import annotations

import json
from collections.abc import Sequence
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
from desirelines.simulate.world.people import Flags, Ints, People
from desirelines.simulate.world.tally import Logged, Tally, marks
from desirelines.simulate.world.writers import Lines, Rows, json_lines, quoted

WEB = (
    planted.UNCLAIMED_EVENT, "Category Viewed", "Product Viewed", "Basket Filled", "Checkout Started", "Tracking Viewed",
    "Guide Opened", "Product Registered",
)  # fmt: skip
_NAMED = len(planted.PLACEHOLDER_COOKIES)
_WEB_SCHEMA = pa.schema(
    [
        ("event_id", pa.string()), ("at", pa.timestamp("us", tz="UTC")), ("event", pa.string()), ("cookie", pa.string()),
        ("email", pa.string()), ("order_no", pa.string()), ("device", pa.string()),
    ]
)  # fmt: skip
_CAMPAIGNS = ("Slow evenings", "First flat", "Table for eight", "Winter light", "Balcony", "Good wool")
_SHOPS = ("Hamburg", "Leipzig", "München", "Köln")
_TOPICS = ("size", "colour", "delivery", "care")
_WORDS = {
    True: ("Came later than you said.", "Nice, but I waited and waited.", "I had to call to learn where it was."),
    False: ("Just as I hoped.", "There on the day you said.", "Good wood, good people.", "It fits the room."),
}


class Silos:
    """Open files of the silos that keep people's events. `add` writes one chunk to all of them."""

    def __init__(self, folder: Path, tally: Tally) -> None:
        self.tally = tally
        self._stack = ExitStack()
        enter = self._stack.enter_context
        self.web = enter(Rows(folder / "web.parquet", _WEB_SCHEMA))
        self.adverts = enter(Lines(folder / "adverts.tsv", "\t", ("advert_id", "cookie", "what", "campaign", "at_ms")))
        self.social = enter(Lines(folder / "social.jsonl", ""))
        self.chat = enter(Lines(folder / "chat.jsonl", ""))
        self.shops = enter(Lines(folder / "shops.csv", ",", ("visit", "card", "shop", "what", "at")))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()

    def add(self, rng: Generator, chunk: People, book: Book, logged: Logged) -> tuple[Flags, Flags, Flags]:
        """Write the chunk; answers cookies used, persons seen in shops, persons seen on social media."""
        used = self._web(rng, chunk, book, logged) | self._adverts(rng, chunk, book, logged) | self._chat(chunk, book, logged)
        return used, self._shops(chunk, book, logged), self._social(chunk, book, logged)

    def log(self, source: str, events: Sequence[str], rows: dict[str, Ints], logged: Logged, known: Flags | None = None) -> None:
        """Count rows as events of a source; those of nobody (`known` false) are nobody's."""
        for place, event in enumerate(events):
            here = rows["event"] == place
            self.tally.events[source, event] += int(np.count_nonzero(here))
            found = here if known is None else here & known
            self.tally.nobody[source] += int(np.count_nonzero(here) - np.count_nonzero(found))
            logged.write(event, rows["person"][found], rows["at"][found])

    def _web(self, rng: Generator, chunk: People, book: Book, logged: Logged) -> Flags:
        rows = book.read(*WEB)
        count = len(rows["at"])
        viewed = (rows["event"] == WEB.index("Category Viewed")) | (rows["event"] == WEB.index("Product Viewed"))
        blind = viewed & (rng.random(count) < planted.PLACEHOLDER_RATE)
        self.log("web", WEB, rows, logged, ~blind)
        self.tally.placeholder_cookies += int(np.count_nonzero(blind))
        table = _web_table(rng, chunk, rows, blind)
        again = np.flatnonzero(rng.random(count) < planted.DUPLICATE_RATE)
        self.tally.duplicates["web"] += len(again)
        self.web.add(pa.concat_tables([table, table.take(pa.array(again))]).combine_chunks())
        return marks(chunk, rows["cookie"][~blind])

    def _adverts(self, rng: Generator, chunk: People, book: Book, logged: Logged) -> Flags:
        events = ("Advert Seen", "Advert Clicked")
        rows = book.read(*events)
        self.log("adverts", events, rows, logged)
        count = len(rows["at"])
        again = np.flatnonzero(rng.random(count) < planted.DUPLICATE_RATE)
        self.tally.duplicates["adverts"] += len(again)
        place = np.concatenate((np.arange(count), again))
        self.adverts.add(
            [
                numbered("ad", chunk, place),
                people.cookie(rows["cookie"][place]),
                pa.array(events).take(pa.array(rows["event"][place])),
                pa.array(_CAMPAIGNS).take(pa.array(rows["campaign"][place])),
                pa.array(rows["at"][place] * 1000).cast(pa.string()),
            ]
        )
        return marks(chunk, rows["cookie"])

    def _chat(self, chunk: People, book: Book, logged: Logged) -> Flags:
        rows = book.read(planted.SILENT_EVENT)
        self.log("chat", (planted.SILENT_EVENT,), rows, logged)
        if len(rows["at"]):
            self.tally.silent_last_at = max(self.tally.silent_last_at, int(rows["at"].max()))
        topic = pa.array(_TOPICS).take(pa.array(rows["at"] % len(_TOPICS)))
        fields = {"chat": numbered("ch", chunk, np.arange(len(topic))), "cookie": people.cookie(rows.get("cookie", rows["at"]))}
        fields |= {"started_at": clock.stamp(rows["at"]), "topic": topic}
        self.chat.add_lines(json_lines({name: quoted(values) for name, values in fields.items()}))
        return marks(chunk, rows.get("cookie", rows["at"]))

    def _shops(self, chunk: People, book: Book, logged: Logged) -> Flags:
        events = ("Shop Visited", "Advice Given")
        rows = book.read(*events)
        self.log("shops", events, rows, logged)
        seen = np.bincount(rows["person"], minlength=len(chunk)) > 0
        self.shops.add(
            [
                numbered("v", chunk, np.arange(len(rows["at"]))),
                people.card(chunk.base + rows["person"]),
                pa.array(_SHOPS).take(pa.array(rows.get("shop", rows["at"]))),
                pa.array(events).take(pa.array(rows["event"])),
                clock.local_stamp(rows["at"]),
            ]
        )
        return seen

    def _social(self, chunk: People, book: Book, logged: Logged) -> Flags:
        rows = book.read("Post Liked")
        self.log("social", ("Post Liked",), rows, logged)
        fields = {
            "id": numbered("s", chunk, np.arange(len(rows["at"]))),
            "handle": people.handle(chunk.base + rows["person"]),
            "what": pa.repeat("Post Liked", len(rows["at"])),
            "at": clock.stamp(rows["at"]),
        }
        self.social.add_lines(json_lines({name: quoted(values) for name, values in fields.items()}))
        return np.bincount(rows["person"], minlength=len(chunk)) > 0


def numbered(prefix: str, chunk: People, place: Ints) -> pa.Array:
    """Names of rows, unique within their silo."""
    return pc.binary_join_element_wise(f"{prefix}-{chunk.base}-", pa.array(place).cast(pa.string()), "")


def comment(late: Ints, pick: Ints) -> pa.Array:
    """What customers wrote, as JSON strings; most write nothing."""
    texts = [json.dumps(text) for text in (*_WORDS[True], *_WORDS[False])]
    place = np.where(late == 1, pick % len(_WORDS[True]), len(_WORDS[True]) + pick % len(_WORDS[False]))
    return pa.array(texts).take(pa.array(place, mask=pick % 3 > 0))


def _web_table(rng: Generator, chunk: People, rows: dict[str, Ints], blind: Flags) -> pa.Table:
    count = len(rows["at"])
    blank = np.flatnonzero(blind)
    stand_in = pa.array(planted.PLACEHOLDER_COOKIES).take(pa.array(rng.integers(0, _NAMED, len(blank))))
    named = rows.get("named", np.full(count, NEVER)) == 1
    ordered = rows.get("order", np.full(count, NEVER))
    return pa.table(
        [
            numbered("w", chunk, np.arange(count)),
            pa.array(rows["at"] * 1_000_000, pa.timestamp("us", tz="UTC")),
            pa.array(WEB).take(pa.array(rows["event"])),
            pc.replace_with_mask(people.cookie(rows["cookie"]), pa.array(blind), stand_in),
            _scattered(people.email(chunk.base + rows["person"][named]), named),
            _scattered(people.order(ordered[ordered >= 0]), ordered >= 0),
            pa.array(("phone", "computer")).take(pa.array(rows["cookie"] % 2)),
        ],
        schema=_WEB_SCHEMA,
    )


def _scattered(values: pa.Array, where: Flags) -> pa.Array:
    """Values at the flagged places, null elsewhere."""
    place = np.cumsum(where) - 1
    return values.take(pa.array(place, mask=~where))
