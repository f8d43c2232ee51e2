"""A small workspace from literal rows, through the real store, identities and trace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from desirelines.identify import Identities, resolve
from desirelines.map import Bound, Matched, Owners, bind, match, owners
from desirelines.model.event import EVENT_BASE, FIGURES, OBSERVATIONS, PROPERTY_TYPES, TRAITS
from desirelines.model.receipt import Batch
from desirelines.plan import Plan, read_plan
from desirelines.store import Lake, Snapshot
from desirelines.trace import Trace, build

Row = dict[str, Any]
START_US = 1_577_836_800_000_000
"""2020-01-01, where minutes are counted from."""


def instant(value: float | str) -> datetime:
    """Minutes since 2020-01-01 UTC, or an ISO text with its zone."""
    if isinstance(value, str):
        return datetime.fromisoformat(value)
    return datetime.fromtimestamp(START_US / 1e6 + 60 * value, UTC)


def happened(text: str, source: str = "web") -> list[Row]:
    """``u1: A0 B5 C9`` line by line: a person's events with their minutes; ``-`` is nobody known."""
    rows = []
    for line in text.strip().splitlines():
        person, _, events = line.strip().partition(":")
        for word in events.split():
            name = word.rstrip("0123456789.")
            row: Row = {"event": name, "at": float(word[len(name) :]), "source": source}
            rows.append(row if person == "-" else {**row, "id_user": person})
    return rows


def events_table(rows: Sequence[Row]) -> pa.Table:
    filled = []
    for number, row in enumerate(rows):
        base = {"source": "web", "message_id": None, "rank": 0, "sequence": number, "channel": None}
        filled.append({**base, **row, "at": instant(row["at"])})
    fields = list(EVENT_BASE)
    for name in sorted({name for row in filled for name in row} - set(EVENT_BASE.names)):
        fields.append(pa.field(name, PROPERTY_TYPES.get(name.partition("_")[0], pa.string())))
    return pa.Table.from_pylist(filled, schema=pa.schema(fields))


def plain_table(rows: Sequence[Row], schema: pa.Schema) -> pa.Table:
    filled = [{"source": "web", "sequence": number, **row} for number, row in enumerate(rows)]
    return pa.Table.from_pylist([row | ({"at": instant(row["at"])} if "at" in row else {}) for row in filled], schema=schema)


def bring(
    folder: Path,
    events: Sequence[Row] = (),
    traits: Sequence[Row] = (),
    figures: Sequence[Row] = (),
    observations: Sequence[Row] = (),
) -> Snapshot:
    """A lake that holds these rows, each source's in an import of its own."""
    lake, versions = Lake(folder), dict[str, int]()
    kinds = (("traits", traits, TRAITS), ("figures", figures, FIGURES), ("observations", observations, OBSERVATIONS))
    given = [("events", list(events), None), *((name, list(rows), schema) for name, rows, schema in kinds)]
    for source in sorted({row.get("source", "web") for _, rows, _ in given for row in rows}):
        tables = {}
        for name, rows, schema in given:
            mine = [row for row in rows if row.get("source", "web") == source]
            if mine:
                tables[name] = events_table(mine) if schema is None else plain_table(mine, schema)
        staging = lake.stage(f"import-{source}", keyed=False)
        staging.add(Batch(1, 1, tables))
        versions = lake.commit(staging.resolve(lake.snapshot(versions)), lambda: None)
    return lake.snapshot(versions, len(versions))


@dataclass(frozen=True)
class House:
    """Everything up to the map."""

    snapshot: Snapshot
    identities: Identities
    trace: Trace
    plan: Plan
    folder: Path

    @property
    def bound(self) -> Bound:
        return bind(self.trace, self.snapshot, self.plan, self.folder)

    @property
    def who(self) -> Owners:
        return owners(self.trace, self.snapshot, self.folder)

    def matched(self, journey: str = "j") -> Matched:
        subject = next(one.subject for one in self.plan.journeys if one.id == journey)
        trace = build(self.snapshot, self.identities, self.folder / "trace", subject)
        return match(trace, self.snapshot, self.plan, journey, self.folder)

    def ids(self, *users: str) -> set[int]:
        """Customer ids of these users."""
        found = self.snapshot.sql("SELECT id_user, person FROM events WHERE person IS NOT NULL").to_pylist()
        keys = {row["id_user"]: row["person"] for row in found}
        return {keys[user] for user in users}


def house(folder: Path, plan: str, events: Sequence[Row] = (), **tables: Sequence[Row]) -> House:
    """Build it from rows and a plan in YAML."""
    snapshot = bring(folder / "workspace", events, **tables)
    identities = resolve(snapshot, {})
    return House(
        snapshot, identities, build(snapshot, identities, folder / "derived" / "trace"), read_plan(plan), folder / "derived"
    )
