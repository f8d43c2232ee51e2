"""All events of the lake, of known and of unknown people, per day and touchpoint; and those that no touchpoint has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from desirelines.map import Arrays, Bound, Owners, look_up, shelf_key, shelved
from desirelines.measure.gathering.counts import Counts
from desirelines.measure.gathering.days import Calendar, calendar
from desirelines.model.automaton import CONTESTED
from desirelines.model.period import Period
from desirelines.plan import Plan
from desirelines.store import Snapshot
from desirelines.trace import Trace

Int = NDArray[np.int64]
Columns = tuple[Int, NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint32]]
QUIET = 0.1
NO_EVENTS = Calendar(0, np.zeros(1, np.int64))


@dataclass(frozen=True)
class Daily:
    """Counts per (day, touchpoint code, event, source) [k], and the loose events of known people [m] one by one.

    Codes are those of `Bound`; `events`, `sources`: names. Loose: claimed by none or contested, sorted by event, then customer.
    """

    calendar: Calendar
    events: tuple[str, ...]
    sources: tuple[str, ...]
    day: Int
    code: Int
    event: Int
    source: Int
    known: Int
    unknown: Int
    last_at: Int
    """[touchpoints] the last event's instant; -1: none yet"""
    loose_event: Int
    loose_code: Int
    loose_customer: NDArray[np.int32]
    loose_at: Int
    as_of: int
    """The newest event's instant; -1 without events."""

    @cached_property
    def today(self) -> int:
        """The last day of the data: the latest with at least a tenth of a usual day's events; -1 without events.

        A source that ends early must not make the others look silent, nor a few stragglers all of them.
        """
        events = np.bincount(self.day, self.known + self.unknown)
        usual = float(np.median(events[events > 0])) if len(events) else 0.0
        return int(np.flatnonzero(events >= max(1.0, QUIET * usual))[-1]) if len(events) else -1

    @cached_property
    def active_days(self) -> dict[int, Int]:
        """Touchpoint code to the days, in order, on which it had events."""
        return _grouped(self.code, self.day)

    @cached_property
    def sources_of(self) -> dict[int, Int]:
        """Touchpoint code to its sources."""
        return _grouped(self.code, self.source)

    @property
    def count(self) -> int:
        """All events of the lake."""
        return int(self.known.sum() + self.unknown.sum())

    def inside(self, period: Period) -> NDArray[np.bool_]:
        """bool[k]: rows whose day lies in the period."""
        span = self.calendar.span(period)
        mine: NDArray[np.bool_] = (self.day >= span.start) & (self.day < span.stop)
        return mine


def count_days(trace: Trace, snapshot: Snapshot, plan: Plan, bound: Bound, who: Owners, folder: Path) -> Daily:
    """Count once per version of rules and data; kept under `folder`."""
    key = shelf_key(bound.key, plan.brand.zone)
    shelf = shelved(folder, "daily", key, lambda: _make(trace, snapshot, plan, bound, who))
    a, about = shelf.arrays, shelf.about
    days = Calendar(about["first"], a["starts"]) if about["as_of"] >= 0 else NO_EVENTS
    return Daily(
        days, tuple(about["events"]), tuple(about["sources"]), a["day"], a["code"], a["event"], a["source"], a["known"],
        a["unknown"], a["last_at"], a["loose_event"], a["loose_code"], a["loose_customer"], a["loose_at"], about["as_of"],
    )  # fmt: skip


def _grouped(group: Int, value: Int) -> dict[int, Int]:
    """Group to its distinct values, in order."""
    width = int(value.max()) + 1 if len(value) else 1
    keys = np.unique(group * width + value)
    groups, starts = np.unique(keys // width, return_index=True)
    return dict(zip(groups.tolist(), np.split(keys % width, starts[1:]), strict=True)) if len(keys) else {}


def _make(trace: Trace, snapshot: Snapshot, plan: Plan, bound: Bound, who: Owners) -> tuple[Arrays, dict[str, Any]]:
    """Known people's events are counted where they lie in the trace, those of nobody known as they lie in the lake."""
    events, sources = list(trace.events), list(trace.sources)
    nobody = _unknown(snapshot, plan, bound, who, events, sources) if len(who.owner) and (who.owner < 0).any() else []
    low, high = _span(trace, nobody)
    days = calendar(low, high, plan.brand.zone) if high >= low else NO_EVENTS
    last_at = np.full(len(bound.touchpoints), -1, dtype=np.int64)
    counts = Counts(days.starts, len(bound.touchpoints), len(events), len(sources))
    for bucket, codes in zip(trace.buckets, bound.codes, strict=True):
        counts.add_bucket(bucket, codes, last_at)
    for at, code, event, source in nobody:
        counts.add_unknown(at, code, event, source, last_at)
    arrays = {**counts.rows(), **_loose(trace, bound, who), "last_at": last_at, "starts": days.starts}
    about = {"events": events, "sources": sources, "first": days.first, "as_of": high if high >= low else -1}
    return arrays, about


def _span(trace: Trace, nobody: list[Columns]) -> tuple[int, int]:
    """The first and the last instant of all events; without any the last is before the first."""
    every = [np.asarray(bucket.at) for bucket in trace.buckets if len(bucket.at)] + [one[0] for one in nobody if len(one[0])]
    return (min(int(at.min()) for at in every), max(int(at.max()) for at in every)) if every else (0, -1)


def _loose(trace: Trace, bound: Bound, who: Owners) -> Arrays:
    """Known people's events that no touchpoint has, one by one."""
    found: list[tuple[Int, Int, Int, Int]] = []
    for bucket, codes in zip(trace.buckets, bound.codes, strict=True):
        places = np.flatnonzero(codes >= CONTESTED)
        owner = bucket.customer[np.searchsorted(bucket.offsets, places, side="right") - 1]
        places, owner = places[owner != 0], owner[owner != 0]
        found.append((bucket.event[places].astype(np.int64), codes[places].astype(np.int64), owner, bucket.at[places]))
    none = np.empty(0, np.int64)
    event, code, owner, at = (np.concatenate([none, *(part[column] for part in found)]) for column in range(4))
    order = np.argsort(event.astype(np.uint16) if len(event) and event.max() < 65536 else event, kind="stable")
    places = np.searchsorted(who.customers, owner).astype(np.int32)
    return {"loose_event": event[order], "loose_code": code[order], "loose_customer": places[order], "loose_at": at[order]}


def _unknown(snapshot: Snapshot, plan: Plan, bound: Bound, who: Owners, events: list[str], sources: list[str]) -> list[Columns]:
    """at, code, event, source of the rows that belong to nobody known; names that the trace has not seen are appended."""
    channels, found = [""], []
    for file, path in enumerate(snapshot.files("events")):
        start, stop = int(who.row_start[file]), int(who.row_start[file + 1])
        places = np.flatnonzero(who.owner[start:stop] < 0)
        if not len(places):
            continue
        table = snapshot.read("events", ["at", "event", "channel", "source"], path).take(pa.array(places))
        at = table.column("at").cast(pa.int64()).to_numpy()
        event, channel, source = (
            coded(table.column(name), names) for name, names in (("event", events), ("channel", channels), ("source", sources))
        )
        lookup = look_up(plan, events, channels, sources)
        by_row = bound.rows if lookup.by_row else np.empty(0, np.uint32)
        codes = lookup.codes(event, channel.astype(np.uint16), source.astype(np.uint16), by_row, start + places)
        found.append((at, codes, event, source))
    return found


def coded(column: Any, names: list[str]) -> NDArray[np.uint32]:
    """The place of each text in `names`, which grows by those not in it yet; null is the empty name."""
    encoded = pc.dictionary_encode(pa.chunked_array(column).fill_null("")).combine_chunks()
    chunk = encoded if isinstance(encoded, pa.DictionaryArray) else encoded.chunk(0)
    known = {name: index for index, name in enumerate(names)}
    found: Sequence[str] = chunk.dictionary.to_pylist()
    places = []
    for name in found:
        if name not in known:
            known[name] = len(names)
            names.append(name)
        places.append(known[name])
    codes: NDArray[np.uint32] = np.array(places, dtype=np.uint32)[chunk.indices.to_numpy(zero_copy_only=False)]
    return codes
