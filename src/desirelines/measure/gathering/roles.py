"""What events mean to the figures: every occasion of each role the plan names, with whose it was, where, and how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from desirelines.map import Arrays, Bound, Owners, event_flags, flat, look_up, number_sql, quote, rules_clause, shelf_key, shelved
from desirelines.measure.gathering.daily import coded
from desirelines.measure.gathering.days import day_start_us
from desirelines.measure.gathering.merging import COLUMNS, by_customer, joined, one_per_object, placed
from desirelines.model.automaton import CONTESTED
from desirelines.model.digest import key64
from desirelines.plan import Plan, Role, in_order
from desirelines.store import Snapshot
from desirelines.trace import Trace

Int = NDArray[np.int64]
ISSUES = ("contact", "resolved", "failure", "asked-again")
"""Roles whose every event counts; their object says which issue each is about."""


@dataclass(frozen=True)
class Occasions:
    """All occasions of one role [n], sorted by customer (unknown ones first), then time."""

    at: Int
    """Microseconds since 1970 UTC; of a figure per day, the day's start."""
    customer: NDArray[np.int32]
    """Index among the owners' customers; -1: nobody known."""
    value: NDArray[np.float64]
    """The role's property; nan where it is no number."""
    touchpoint: NDArray[np.int32]
    """Index among the plan's touchpoints in order; -1: none, or contested."""
    channel: NDArray[np.int32]
    """Index in `channels`; 0: none."""
    channels: tuple[str, ...]
    object: Int
    """Digest of the object that the role names; 0: none."""


def read_roles(trace: Trace, snapshot: Snapshot, plan: Plan, bound: Bound, who: Owners, folder: Path) -> Mapping[str, Occasions]:
    """By role id, and ``outcome:<id>`` for outcomes with events; what the plan does not name is absent.

    Kept under `folder` until roles, rules or data change.
    """
    roles = roles_of(plan)
    said = [[one.id, one.property, one.object, one.figure, [rule.model_dump(mode="json") for rule in one.rule]] for one in roles]
    key = shelf_key(bound.key, who.key, dict(snapshot.versions), plan.brand.zone, said)
    shelf = shelved(folder, "roles", key, lambda: _make(trace, snapshot, plan, bound, who))
    channels, offsets = tuple(shelf.about["channels"]), shelf.arrays["offsets"]
    found: dict[str, Occasions] = {}
    for index, role in enumerate(roles):
        mine = slice(int(offsets[index]), int(offsets[index + 1]))
        at, customer, value, touchpoint, channel, thing = (shelf.arrays[name][mine] for name in COLUMNS)
        found[role.id] = Occasions(at, customer, value, touchpoint, channel, channels, thing)
    return found


def roles_of(plan: Plan) -> tuple[Role, ...]:
    """The plan's roles, and its outcomes' events as if they were roles."""
    reached = [Role.model_construct(id=f"outcome:{one.id}", rule=one.reached) for one in in_order(plan.outcomes) if one.reached]
    return (*in_order(plan.roles), *reached)


def _make(trace: Trace, snapshot: Snapshot, plan: Plan, bound: Bound, who: Owners) -> tuple[Arrays, Mapping[str, Any]]:
    channels = list(trace.channels) or [""]
    nobody = bool(len(who.owner)) and bool((who.owner < 0).any())
    found = []
    for role in roles_of(plan):
        parts = [_known(trace, snapshot, bound, who, role)]
        if role.rule and nobody:
            parts.append(_unknown(snapshot, plan, bound, who, role, channels))
        if role.figure:
            parts.append(_daily(snapshot, plan, role, channels))
        rows = by_customer(joined(parts))
        found.append(one_per_object(rows) if role.object and role.id not in ISSUES else rows)
    arrays = joined(found)
    offsets = np.cumsum([0, *(len(one["at"]) for one in found)]).astype(np.int64)
    return {**arrays, "offsets": offsets}, {"channels": channels}


def _known(trace: Trace, snapshot: Snapshot, bound: Bound, who: Owners, role: Role) -> Arrays:
    """Known people's, from where they lie in the trace; only amounts and objects are asked of the lake."""
    none = {"row": np.empty(0, np.int64), **joined([])}
    if not role.rule:
        return none
    flags = event_flags(trace, snapshot, role.rule)
    parts: list[Arrays] = [none]
    for index, (bucket, mask) in enumerate(zip(trace.buckets, flags, strict=True)):
        places = np.flatnonzero(mask)
        group = np.searchsorted(bucket.offsets, places, side="right") - 1 + int(who.group_start[index])
        codes = np.asarray(bound.codes[index][places], dtype=np.int64)
        part = placed(bucket.at[places], who.group[group], codes, CONTESTED, bucket.channel[places])
        parts.append({"row": flat(np.asarray(bucket.ref)[places], who.row_start), **part})
    rows = {name: np.concatenate([part[name] for part in parts]) for name in none}
    if role.property or role.object:
        table = _said(snapshot, role)
        row = who.row_start[table.column("file_index").to_numpy()] + table.column("row_index").to_numpy()
        order = np.argsort(row, kind="stable")
        found = order[np.searchsorted(row[order], rows["row"]).clip(0, max(0, len(row) - 1))] if len(row) else order
        if len(row):
            rows["value"], rows["object"] = _values(table)[found], _objects(table, role)[found]
    return {name: rows[name] for name in COLUMNS}


def _unknown(snapshot: Snapshot, plan: Plan, bound: Bound, who: Owners, role: Role, channels: list[str]) -> Arrays:
    """Those of nobody known, from the lake; `channels` grows by what the trace has not seen."""
    table = _said(snapshot, role)
    file, row = table.column("file_index").to_numpy(), table.column("row_index").to_numpy()
    mine = np.flatnonzero(who.of(file, row) < 0)
    table = table.take(pa.array(mine))
    names = snapshot.events_at(["event", "channel", "source"], (file[mine].astype(np.int64) << 32) | row[mine])
    events: list[str] = []
    sources: list[str] = []
    event, source = coded(names.column("event"), events), coded(names.column("source"), sources)
    channel = coded(names.column("channel"), channels)
    lookup = look_up(plan, events, channels, sources)
    rows = bound.rows if lookup.by_row else np.empty(0, np.uint32)
    codes = lookup.codes(event, channel.astype(np.uint16), source.astype(np.uint16), rows, who.row_start[file[mine]] + row[mine])
    found = placed(
        table.column("moment").to_numpy(), np.full(len(mine), -1, np.int32), codes.astype(np.int64), CONTESTED, channel
    )
    return {**found, "value": _values(table), "object": _objects(table, role)}


def _said(snapshot: Snapshot, role: Role) -> pa.Table:
    """Every row of the role: where it lies, when, its amount and its object."""
    columns = snapshot.columns("events")
    clause = rules_clause(role.rule, columns)
    number = (number_sql(columns, role.property) if role.property else None) or "NULL"
    thing = quote(f"object_{role.object}") if role.object and f"object_{role.object}" in columns else "NULL"
    return snapshot.sql(
        f'SELECT file_index, row_index, epoch_us("at") AS moment, {number}::DOUBLE AS value, {thing}::VARCHAR AS thing '
        f"FROM events WHERE {clause.sql} ORDER BY 1, 2",
        list(clause.values),
    )


def _values(table: pa.Table) -> NDArray[np.float64]:
    values = np.array(table.column("value").fill_null(np.nan).to_numpy(), dtype=np.float64)
    values[~np.isfinite(values)] = np.nan
    return values


def _objects(table: pa.Table, role: Role) -> Int:
    return key64(role.object or "none", table.column("thing"))


def _daily(snapshot: Snapshot, plan: Plan, role: Role, channels: list[str]) -> Arrays:
    """A figure per day, in the brand's days, at the touchpoint that it names."""
    table = snapshot.sql(
        "SELECT datediff('day', DATE '1970-01-01', \"on\")::BIGINT AS day, value, touchpoint, channel "
        "FROM figures WHERE name = ? AND isfinite(value) ORDER BY 1",
        [role.figure],
    )
    day, which = np.unique(table.column("day").to_numpy(), return_inverse=True)
    starts = np.array([day_start_us(number, plan.brand.zone) for number in day.tolist()], dtype=np.int64)
    places = {one.id: index for index, one in enumerate(in_order(plan.touchpoints))}
    codes = np.array([places.get(name, CONTESTED) for name in table.column("touchpoint").to_pylist()], dtype=np.int64)
    at = starts[which] if len(day) else np.empty(0, np.int64)
    found = placed(at, np.full(len(at), -1, np.int32), codes, CONTESTED, coded(table.column("channel"), channels))
    return {**found, "value": _values(table)}
