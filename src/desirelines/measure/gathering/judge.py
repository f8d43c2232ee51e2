"""Promises judged, one by one: kept, broken, or not yet due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.map import Arrays, Owners, number_sql, quote, rule_clause, shelf_key, shelved
from desirelines.measure.gathering.days import day_ends_us
from desirelines.measure.gathering.pairs import BROKEN, KEPT, OPEN, within
from desirelines.model.event import property_column
from desirelines.model.hint import nearest
from desirelines.plan import By, Plan, Promise, Score, Within, duration_us, in_order
from desirelines.store import Snapshot

Int = NDArray[np.int64]
Mask = NDArray[np.bool_]
STATES = {BROKEN: "broken", KEPT: "kept", OPEN: "open"}
Found = tuple[Int, NDArray[np.int32], NDArray[np.int8], Int]
"""When, whose, how it ended, and when it was due, of each judgement."""


@dataclass(frozen=True)
class Judgements:
    """All judgements [n], promise after promise (`offsets`), each promise's by time."""

    promises: tuple[str, ...]
    offsets: Int
    at: Int
    """The event judged; for a time to be met, its start. Microseconds."""
    customer: NDArray[np.int32]
    """Index among the owners' customers; -1: nobody known."""
    state: NDArray[np.int8]
    people: int
    """How many customers the owners know."""
    due: Int
    """When it is kept or broken for good: the limit; of a score, its answer's time. Microseconds."""

    def of(self, promise: str) -> slice:
        index = self.promises.index(promise)
        return slice(int(self.offsets[index]), int(self.offsets[index + 1]))

    def between(self, promise: str, low_us: int, high_us: int, customers: Mask | None = None) -> Int:
        """Places of a promise's judgements in the half-open time, of the customers marked (None: of everybody)."""
        mine = self.of(promise)
        low, high = np.searchsorted(self.at[mine], [low_us, high_us]) + mine.start
        places = np.arange(low, high)
        return places if customers is None else places[np.append(customers, False)[self.customer[low:high]]]

    def customers_in(self, promise: str, state: str) -> Mask:
        """bool[people]: customers with at least one such judgement, at any time. Raises BadInput for another promise."""
        if promise not in self.promises:
            raise BadInput(f"there is no promise `{promise[:80]}`", hint=nearest(promise, self.promises))
        mine = self.of(promise)
        wanted = {name: code for code, name in STATES.items()}[state]
        who = self.customer[mine][self.state[mine] == wanted]
        found = np.zeros(self.people, dtype=np.bool_)
        found[who[who >= 0]] = True
        return found


def judge(snapshot: Snapshot, plan: Plan, who: Owners, as_of_us: int, folder: Path) -> Judgements:
    """Judge every promise of the plan by the lake's events; kept under `folder` until promises or data change.

    `as_of_us`: the newest event's instant; what is due later is open.
    """
    promises = in_order(plan.promises)
    parts = [
        [one.id, one.per, *(part and part.model_dump(mode="json") for part in (one.by, one.within, one.score))]
        for one in promises
    ]
    key = shelf_key(_data_key(snapshot, who), plan.brand.zone, as_of_us, parts, "due")
    shelf = shelved(folder, "judged", key, lambda: (_make(snapshot, promises, plan.brand.zone, who, as_of_us), {}))
    a = shelf.arrays
    return Judgements(
        tuple(one.id for one in promises), a["offsets"], a["at"], a["customer"], a["state"], len(who.customers), a["due"]
    )


def _data_key(snapshot: Snapshot, who: Owners) -> list[object]:
    """Names the data: versions of the lake, and whose rows are whose."""
    return [snapshot.data_version, dict(snapshot.versions), who.key]


def _make(snapshot: Snapshot, promises: Sequence[Promise], zone: str, who: Owners, as_of_us: int) -> Arrays:
    found = [_judged(snapshot, promise, zone, who, as_of_us) for promise in promises]
    sorted_ = [tuple(column[np.argsort(one[0], kind="stable")] for column in one) for one in found]
    at = np.concatenate([np.empty(0, np.int64), *(one[0] for one in sorted_)])
    customer = np.concatenate([np.empty(0, np.int32), *(one[1] for one in sorted_)])
    state = np.concatenate([np.empty(0, np.int8), *(one[2] for one in sorted_)])
    offsets = np.cumsum([0, *(len(one[0]) for one in found)]).astype(np.int64)
    due = np.concatenate([np.empty(0, np.int64), *(one[3] for one in sorted_)])
    return {"offsets": offsets, "at": at, "customer": customer, "state": state, "due": due}


def _judged(snapshot: Snapshot, promise: Promise, zone: str, who: Owners, as_of_us: int) -> Found:
    if promise.by:
        return _by(snapshot, promise.by, zone, who)
    if promise.score:
        return _score(snapshot, promise.score, who)
    if promise.within:
        return _within(snapshot, promise.within, promise.per, who, as_of_us)
    return np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0, np.int8), np.empty(0, np.int64)


def _by(snapshot: Snapshot, by: By, zone: str, who: Owners) -> Found:
    columns = snapshot.columns("events")
    day, time = (property_column(kind, by.limit) for kind in ("date", "time"))
    days = f"datediff('day', DATE '1970-01-01', {quote(day)})" if day in columns else "NULL"
    times = f"epoch_us({quote(time)})" if time in columns else "NULL"
    clause = rule_clause(by.event, columns)
    table = snapshot.sql(
        f'SELECT file_index, row_index, epoch_us("at") AS moment, {days}::BIGINT AS day, {times}::BIGINT AS time '
        f"FROM events WHERE {clause.sql} AND ({days} IS NOT NULL OR {times} IS NOT NULL)",
        list(clause.values),
    )
    at, customer = _whose(table, who)
    limit = table.column("time").fill_null(0).to_numpy().copy()
    dated = table.column("time").is_null().to_numpy()
    limit[dated] = day_ends_us(table.column("day").fill_null(0).to_numpy()[dated], zone)
    return at, customer, np.where(at <= limit, KEPT, BROKEN).astype(np.int8), limit


def _score(snapshot: Snapshot, score: Score, who: Owners) -> Found:
    columns = snapshot.columns("events")
    number = number_sql(columns, score.property)
    clause = rule_clause(score.event, columns)
    table = snapshot.sql(
        f'SELECT file_index, row_index, epoch_us("at") AS moment, {number or "NULL"}::DOUBLE AS score '
        f"FROM events WHERE {clause.sql} AND isfinite({number or 'NULL'}::DOUBLE)",
        list(clause.values),
    )
    at, customer = _whose(table, who)
    state = np.where(table.column("score").to_numpy() >= score.at_least, KEPT, BROKEN).astype(np.int8)
    return at, customer, state, at


def _within(snapshot: Snapshot, promise: Within, per: str, who: Owners, as_of_us: int) -> Found:
    columns = snapshot.columns("events")
    subject = quote(f"object_{per}") if f"object_{per}" in columns else "NULL::VARCHAR"
    starts, ends = rule_clause(promise.start, columns), rule_clause(promise.to, columns)
    table = snapshot.sql(
        f'SELECT file_index, row_index, epoch_us("at") AS moment, {subject} AS subject, is_start, is_end '
        f"FROM (SELECT *, {starts.sql} AS is_start, {ends.sql} AS is_end FROM events) WHERE is_start OR is_end "
        'ORDER BY "at", "rank", "sequence", message_id',
        [*starts.values, *ends.values],
    )
    at, customer = _whose(table, who)
    group = customer.astype(np.int64) if per == "customer" else _codes(table.column("subject"))
    order = np.argsort(group, kind="stable")
    order = order[group[order] >= 0]
    is_start, is_end = (table.column(name).to_numpy() for name in ("is_start", "is_end"))
    time = duration_us(promise.time)
    places, states = within(group[order], at[order], is_start[order], is_end[order], time, as_of_us, per == "customer")
    return at[order][places], customer[order][places], states, at[order][places] + time


def _whose(table: pa.Table, who: Owners) -> tuple[Int, NDArray[np.int32]]:
    at = table.column("moment").to_numpy()
    return at, who.of(table.column("file_index").to_numpy(), table.column("row_index").to_numpy())


def _codes(column: Any) -> Int:
    """A number per distinct text, -1 for null."""
    chunks = pc.dictionary_encode(column).combine_chunks()
    array = chunks if isinstance(chunks, pa.DictionaryArray) else chunks.chunk(0)
    return np.asarray(array.indices.fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int64)
