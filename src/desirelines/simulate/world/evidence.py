"""Evidence that is no person's event: figures a day, what colleagues saw, and answers nobody signed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.random import Generator

from desirelines.simulate.world import clock, planted
from desirelines.simulate.world.buying import Orders, daytime
from desirelines.simulate.world.owning import Deliveries
from desirelines.simulate.world.people import Ints
from desirelines.simulate.world.writers import Cell, Lines, write_workbook

SURVEY_RATE = 0.06
"""Parcels whose card is answered."""
_PLACES = ("parcel card", "lobby")
_SHOPS = ("Hamburg", "Leipzig", "München", "Köln")
_CHANNELS = ("search", "social", "print")
_SEEN = {
    "lobby": ("The bench is taken by boxes.", "Light, calm, somebody said hello.", "Nobody at the desk for five minutes."),
    "brochure": ("The stand is empty.", "Last season's prices.", "Fresh, and people take it along."),
    "van-delivery": ("Parked across the cycle lane.", "Carried it up to the third floor.", "Clean van, friendly driver."),
}


def answer(rng: Generator, orders: Orders, came: Deliveries, end: int, file: Lines) -> tuple[int, list[int]]:
    """Write the chunk's anonymous answers; answers how many there are and how many gave each score from 0 to 10."""
    card = np.flatnonzero((rng.random(len(orders.at)) < SURVEY_RATE) & (came.delivered < end))
    at = came.delivered[card] + rng.integers(clock.HOUR, 5 * clock.DAY, len(card))
    score = np.clip(np.round(rng.normal(np.where(came.late[card], 5.5, 8.4), 1.6)), 0, 10).astype(np.int64)
    lobby = rng.integers(0, planted.DAYS, len(card) // 4)
    at = np.concatenate((at, clock.instant(lobby, daytime(rng, len(lobby), 10, 19))))
    score = np.concatenate((score, np.clip(np.round(rng.normal(8.0, 1.8, len(lobby))), 0, 10).astype(np.int64)))
    place = np.concatenate((np.zeros(len(card), dtype=np.int64), np.ones(len(lobby), dtype=np.int64)))
    kept = at < end
    columns = [pa.array(_PLACES).take(pa.array(place[kept])), clock.stamp(at[kept]), pa.array(score[kept]).cast(pa.string())]
    file.add(columns)
    return int(kept.sum()), [int(count) for count in np.bincount(score[kept], minlength=11)]


def figures(rng: Generator, folder: Path, calls_a_day: Ints, scale: float, faulty: int) -> dict[str, float]:
    """Write the workbook of figures a day; answers the sum of each. `faulty` rows more have no number."""
    sums: Counter[str] = Counter()
    rows: list[tuple[Cell, ...]] = []
    for day in range(planted.DAYS):
        for name, place, value, unit in _of_day(rng, day, int(calls_a_day[day]), scale):
            rows.append((_date(day), name, place, value, unit))
            sums[name] += value
    bad: list[tuple[Cell, ...]] = [(_date(day), "footfall", "Köln", "n/a", "people") for day in range(faulty)]
    sheets: dict[str, list[tuple[Cell, ...]]] = {
        name: [("day", "where", "value", "unit"), *((row[0], *row[2:]) for row in rows + bad if row[1] == name)] for name in sums
    }
    write_workbook(folder / "figures.xlsx", sheets)
    return {name: float(value) for name, value in sums.items()}


def _of_day(rng: Generator, day: int, calls: int, scale: float) -> Iterator[tuple[str, str, int, str]]:
    for shop in _SHOPS:
        yield "footfall", shop, int(rng.poisson(20 * scale)), "people"
    for channel, base in zip(_CHANNELS, (420, 310, 150), strict=True):
        yield "ad spend", channel, int(rng.integers(base - 90, base + 90) * scale), "EUR"
    yield "calls", "service line", calls, "calls"
    yield "brochures taken", "lobby", int(rng.poisson(6 * scale)), "brochures"


def _date(day: int) -> datetime:
    return datetime.combine(planted.FIRST_ON + timedelta(days=day), time())


def observations(rng: Generator, folder: Path) -> int:
    """Write what colleagues saw in the lobby, at the brochure stand and behind the van; answers how many rows."""
    rows: list[tuple[Cell, ...]] = [("seen_at", "touchpoint", "who", "score", "note")]
    for touchpoint, notes in _SEEN.items():
        for day in sorted(rng.choice(planted.DAYS, 40, replace=False).tolist()):
            at = _date(day) + timedelta(minutes=int(rng.integers(9 * 60, 18 * 60)))
            pick = int(rng.integers(0, len(notes)))
            rows.append((at, touchpoint, f"colleague {int(rng.integers(1, 9))}", (2, 4, 3)[pick], notes[pick]))
    write_workbook(folder / "observations.xlsx", {"seen": rows})
    return len(rows) - 1
