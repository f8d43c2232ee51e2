"""`generate`: a folder of silo files with their truths, from a seed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.random import Generator, SeedSequence, default_rng

from desirelines.errors import BadInput
from desirelines.model.progress import Progress, silent
from desirelines.simulate.world import dirt, evidence, planted
from desirelines.simulate.world.book import Book
from desirelines.simulate.world.buying import Orders, buy
from desirelines.simulate.world.clock import begin, end
from desirelines.simulate.world.ledgers import Ledgers
from desirelines.simulate.world.owning import Deliveries, own
from desirelines.simulate.world.people import draw
from desirelines.simulate.world.silos import Silos
from desirelines.simulate.world.tally import Logged, Tally, marks
from desirelines.simulate.world.truth import Identifiers, truth
from desirelines.simulate.world.writers import Lines

FILES: Mapping[str, str] = {
    "web": "web.parquet",
    "adverts": "adverts.tsv",
    "social": "social.jsonl",
    "chat": "chat.jsonl",
    "shops": "shops.csv",
    "orders": "orders.jsonl",
    "billing": "billing.csv",
    "delivery": "delivery.csv",
    "calls": "calls.csv",
    "reviews": "reviews.jsonl",
    "crm": "crm.csv",
    "surveys": "surveys.csv",
    "footfall": "figures.xlsx",
    "calls_a_day": "figures.xlsx",
    "ad_spend": "figures.xlsx",
    "brochures": "figures.xlsx",
    "observations": "observations.xlsx",
}
"""Source name to the file it reads."""
FAULTY_FIGURES = 3


@dataclass(frozen=True)
class World:
    """What was written: `files` by source, `truth` as `truth.json` holds it."""

    folder: Path
    files: Mapping[str, Path]
    truth: Mapping[str, object]
    people: int
    events: int


def generate(
    folder: Path, *, people: int | None = None, events: int | None = None, seed: int = 1, progress: Progress = silent
) -> World:
    """Write the world into `folder`: so many people, or about so many events (default 4,000 people).

    The same seed and size give the same bytes. Raises BadInput for a size below 1 or both sizes at once.
    """
    count = _size(people, events)
    folder.mkdir(parents=True, exist_ok=True)
    tally, scores = Tally(), np.zeros(11, dtype=np.int64)
    with (
        Identifiers(folder / "truth.parquet") as found,
        Silos(folder, tally) as silos,
        Ledgers(folder, tally) as ledgers,
        Lines(folder / "surveys.csv", ",", ("place", "answered_at", "would_recommend")) as surveys,
    ):
        for base in range(0, count, planted.CHUNK):
            progress("drawing people", base / count)
            rng = default_rng(SeedSequence([seed, base // planted.CHUNK]))
            drawn = _chunk(rng, base, min(planted.CHUNK, count - base), silos, ledgers, tally, found)
            answers, given = evidence.answer(rng, *drawn, end(), surveys)
            tally.events["surveys", "Survey Answered"] += answers
            tally.nobody["surveys"] += answers
            scores += given
        progress("writing evidence", 0.98)
        refused = _dirty(ledgers, folder)
    rng = default_rng(SeedSequence([seed, 2**31]))
    sums = evidence.figures(rng, folder, tally.calls_a_day, max(count / 4_000, 0.05), FAULTY_FIGURES)
    seen = evidence.observations(rng, folder)
    told = truth(tally, seed, count, refused, sums, seen, scores.tolist())
    (folder / "truth.json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    progress("written", 1.0)
    files = {name: folder / file for name, file in FILES.items()}
    return World(folder, files, told, tally.people, sum(tally.events.values()))


def _size(count: int | None, events: int | None) -> int:
    if count is not None and events is not None:
        raise BadInput("a world has one size", hint="give people or events, not both")
    if events is not None:
        count = max(1, round(events / planted.EVENTS_PER_PERSON)) if events > 0 else 0
    count = 4_000 if count is None else count
    if count < 1:
        raise BadInput("a world needs somebody in it", hint="give 1 or more")
    return count


def _chunk(
    rng: Generator, base: int, count: int, silos: Silos, ledgers: Ledgers, tally: Tally, found: Identifiers
) -> tuple[Orders, Deliveries]:
    chunk = draw(rng, base, count)
    book, logged = Book(begin(), end()), Logged()
    orders = buy(rng, chunk, book)
    came = own(rng, orders, book)
    used, in_shops, handles = silos.add(rng, chunk, book, logged)
    ledgers.add(rng, chunk, orders, came, book, logged)
    joined = [row["cookie"] for event in ("Order Placed", "Tracking Viewed") for row in book.events[event]]
    joined += [row["cookie"] for row in book.events["Product Registered"]]
    linked = marks(chunk, np.concatenate(joined))
    core = in_shops | (np.bincount(orders.person, minlength=count) > 0)
    used |= linked
    ledgers.add_crm(chunk, core)
    found.note_chunk(chunk, core, used, handles, orders.number, orders.person)
    tally.count_customers(chunk, core, used, linked, handles)
    tally.count_orders(orders, came, book)
    tally.count_ways(logged, count)
    return orders, came


def _dirty(ledgers: Ledgers, folder: Path) -> dict[str, dict[str, int]]:
    refused = {
        "orders": dirt.dirty_orders(ledgers.orders),
        "crm": dirt.dirty_crm(ledgers.crm),
        "footfall": {"bad_number": FAULTY_FIGURES},
    }
    ledgers.calls.flush()
    with (folder / "calls.csv").open("rb") as file:
        first = file.read(4_000).split(b"\n")[1]
    if first:
        refused["calls"] = dirt.dirty_calls(ledgers.calls, first)
    return refused
