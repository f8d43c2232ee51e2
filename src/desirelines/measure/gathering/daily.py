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

from desirelines.map import Arrays, Bound, Owners, kernel, look_up, shelf_key, shelved
from desirelines.measure.gathering.days import Calendar, calendar
from desirelines.model.automaton import CONTESTED
from desirelines.model.period import Period
from desirelines.plan import Plan
from desirelines.store import Snapshot
from desirelines.trace import Trace

Int = NDArray[np.int64]
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


@dataclass
class _Rows:
    """Columns of events, pieced together: at, touchpoint code, event, source, known."""

    at: list[Int]
    code: list[Int]
    event: list[Int]
    source: list[Int]
    known: list[NDArray[np.bool_]]

    def add(self, at: Any, code: Any, event: Any, source: Any, known: bool) -> None:
        for column, values in ((self.at, at), (self.code, code), (self.event, event), (self.source, source)):
            column.append(np.asarray(values, dtype=np.int64))
        self.known.append(np.full(len(at), known))


def _make(trace: Trace, snapshot: Snapshot, plan: Plan, bound: Bound, who: Owners) -> tuple[Arrays, dict[str, Any]]:
    events, sources = list(trace.events), list(trace.sources)
    rows = _Rows([], [], [], [], [])
    loose: list[tuple[Int, Int, Int, Int]] = []
    for bucket, codes in zip(trace.buckets, bound.codes, strict=True):
        known = np.repeat(bucket.customer, np.diff(bucket.offsets)) != 0
        rows.add(bucket.at[known], codes[known], bucket.event[known], bucket.source[known], True)
        places = np.flatnonzero(known & (codes >= CONTESTED))
        owner = bucket.customer[np.searchsorted(bucket.offsets, places, side="right") - 1]
        loose.append((bucket.event[places].astype(np.int64), codes[places].astype(np.int64), owner, bucket.at[places]))
    if len(who.owner) and (who.owner < 0).any():
        _unknown(snapshot, plan, bound, who, events, sources, rows)
    none = np.empty(0, np.int64)
    at, code, event, source = (np.concatenate([none, *part]) for part in (rows.at, rows.code, rows.event, rows.source))
    known = np.concatenate([np.empty(0, np.bool_), *rows.known])
    days = calendar(int(at.min()), int(at.max()), plan.brand.zone) if len(at) else NO_EVENTS
    last_at = np.full(len(bound.touchpoints), -1, dtype=np.int64)
    claimed = code < CONTESTED
    np.maximum.at(last_at, code[claimed], at[claimed])
    counted = _counted(days.index(at), code, event, source, known, len(events), len(sources))
    arrays = {**counted, **_loose(loose, who), "last_at": last_at, "starts": days.starts}
    about = {"events": events, "sources": sources, "first": days.first, "as_of": int(at.max()) if len(at) else -1}
    return arrays, about


def _counted(day: Int, code: Int, event: Int, source: Int, known: NDArray[np.bool_], events: int, sources: int) -> Arrays:
    """Rows (day, code, event, source) with the counts of known and of unknown."""
    codes, place = np.unique(code, return_inverse=True)
    key = ((day * max(1, len(codes)) + place) * max(1, events) + event) * max(1, sources) + source
    size = int(key.max()) + 1 if len(key) else 0
    if size <= 50_000_000:
        both = np.zeros((2, size), dtype=np.int64)
        _count_keys(key, known, both)
        keys = np.flatnonzero(both.sum(axis=0))
        counts = both[:, keys]
    else:
        keys, where = np.unique(key, return_inverse=True)
        counts = np.zeros((2, len(keys)), dtype=np.int64)
        _count_keys(where, known, counts)
    rest, of_source = keys // max(1, sources), keys % max(1, sources)
    rest, of_event = rest // max(1, events), rest % max(1, events)
    of_day, of_code = rest // max(1, len(codes)), rest % max(1, len(codes))
    return {
        "day": of_day, "code": codes[of_code] if len(codes) else of_code, "event": of_event, "source": of_source,
        "known": counts[1], "unknown": counts[0],
    }  # fmt: skip


@kernel
def _count_keys(key: Any, known: Any, counts: Any) -> None:
    for i in range(key.size):
        counts[1 if known[i] else 0, key[i]] += 1


def _loose(parts: list[tuple[Int, Int, Int, Int]], who: Owners) -> Arrays:
    none = np.empty(0, np.int64)
    event, code, owner, at = (np.concatenate([none, *(part[column] for part in parts)]) for column in range(4))
    order = np.argsort(event.astype(np.uint16) if len(event) and event.max() < 65536 else event, kind="stable")
    places = np.searchsorted(who.customers, owner).astype(np.int32)
    return {"loose_event": event[order], "loose_code": code[order], "loose_customer": places[order], "loose_at": at[order]}


def _unknown(
    snapshot: Snapshot, plan: Plan, bound: Bound, who: Owners, events: list[str], sources: list[str], rows: _Rows
) -> None:
    """Add the rows that belong to nobody known, file by file; names that the trace has not seen are appended."""
    channels = [""]
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
        rows.add(at, codes, event, source, False)


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
