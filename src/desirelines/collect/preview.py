"""What an import would do, shown on the first rows. It runs the import's own steps, so it cannot disagree with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from desirelines.collect.columns import named_columns
from desirelines.collect.exchange import write_source
from desirelines.collect.formats import Stretch
from desirelines.collect.intake import take_in
from desirelines.collect.limits import LIMITS, Limits
from desirelines.collect.read import caveats, opened
from desirelines.collect.source import Source
from desirelines.model.event import EVENT_BASE

_OTHERS = ("links", "traits", "objects", "figures", "observations")


@dataclass(frozen=True)
class PreviewEvent:
    """An event as it would be kept; `at` is ISO in UTC, properties are plain values, money as text with its currency."""

    event: str
    at: str
    channel: str | None
    people: Mapping[str, str]
    objects: Mapping[str, str]
    properties: Mapping[str, Any]
    message_id: str | None


@dataclass(frozen=True)
class PreviewRefusal:
    """A refusal; `event` None: the whole row."""

    reason: str
    detail: str
    event: str | None


@dataclass(frozen=True)
class PreviewRow:
    """One row of the file: what it would become. `others` counts its links, traits, objects, figures, observations."""

    line: int
    events: tuple[PreviewEvent, ...]
    refused: tuple[PreviewRefusal, ...]
    others: Mapping[str, int]


@dataclass(frozen=True)
class Would:
    """Counts over the first rows (`read` of them): events accepted, refusals by reason, and what else they give."""

    read: int
    accepted: int
    refused: Mapping[str, int]
    others: Mapping[str, int]


@dataclass(frozen=True)
class Preview:
    rows: tuple[PreviewRow, ...]
    would: Would
    caveats: tuple[str, ...]
    yaml: str


def preview(source: Source, path: Path | str, zone: str = "UTC", rows: int = 20, limits: Limits = LIMITS) -> Preview:
    """Show the first rows, and count over the first 10,000. Raises as `read` does when it is called."""
    shown: list[PreviewRow] = []
    read = accepted = 0
    refused: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for stretch in _first(source, Path(path), zone, limits):
        tables: Mapping[str, Any] = take_in(source, stretch, zone, limits).tables
        read += stretch.rows
        accepted += len(tables.get("events", ()))
        others.update({name: len(tables[name]) for name in _OTHERS if name in tables})
        if "refused" in tables:
            refused.update(tables["refused"].column("reason").to_pylist())
        if len(shown) < rows:
            shown += _shown(source, stretch.head(rows - len(shown)), zone, limits)
    would = Would(read, accepted, dict(refused), dict(others))
    return Preview(tuple(shown), would, caveats(source, path, limits, whole=False), write_source(source))


def _first(source: Source, path: Path, zone: str, limits: Limits) -> Iterator[Stretch]:
    """The stretches of the first rows that are counted."""
    left = limits.sample_rows
    for piece in opened(source, path, zone, limits).pieces(named_columns(source)):
        stretch = piece().head(left)
        left -= stretch.rows
        yield stretch
        if left <= 0:
            return


def _shown(source: Source, stretch: Stretch, zone: str, limits: Limits) -> list[PreviewRow]:
    tables: Mapping[str, Any] = take_in(source, stretch, zone, limits).tables
    places = sorted({*stretch.lines.tolist(), *(one.line for one in stretch.refused)})
    events: dict[int, list[PreviewEvent]] = {}
    for row in _rows(tables.get("events")):
        events.setdefault(row["sequence"], []).append(_event(row))
    refusals: dict[int, list[PreviewRefusal]] = {}
    for row in _rows(tables.get("refused")):
        refusals.setdefault(row["line"], []).append(PreviewRefusal(row["reason"], row["detail"], row["event"]))
    others = {name: Counter(row.get("sequence", 0) for row in _rows(tables.get(name))) for name in _OTHERS if name != "links"}
    return [
        PreviewRow(
            line,
            tuple(sorted(events.get(line, ()), key=lambda event: event.at)),
            tuple(refusals.get(line, ())),
            {name: count[line] for name, count in others.items() if count[line]},
        )
        for line in places
    ]


def _rows(table: pa.Table | None) -> list[dict[str, Any]]:
    return [] if table is None else list(table.to_pylist())


def _event(row: Mapping[str, Any]) -> PreviewEvent:
    base = set(EVENT_BASE.names)
    properties: dict[str, Any] = {}
    for name, value in row.items():
        kind, _, plain = name.partition("_")
        if name in base or value is None or kind in ("id", "object", "currency"):
            continue
        properties[plain] = f"{_plain(value)} {row[f'currency_{plain}']}" if kind == "money" else _plain(value)
    return PreviewEvent(
        row["event"], _plain(row["at"]), row["channel"], _prefixed(row, "id_"), _prefixed(row, "object_"), properties,
        row["message_id"],
    )  # fmt: skip


def _prefixed(row: Mapping[str, Any], prefix: str) -> dict[str, str]:
    return {name[len(prefix) :]: value for name, value in row.items() if name.startswith(prefix) and value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value
