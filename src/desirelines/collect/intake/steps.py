"""The intake's checks in the order they are made. A row, or one of its events, falls at the first that does not hold.

Read this file to know why something was refused: each step has one reason of `model.receipt.REASONS`, or two close ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from desirelines.collect.intake.rows import Rows, column_of, filled, named
from desirelines.collect.intake.strings import Mask, controlled, sizes, valid
from desirelines.collect.source import Event, Property, Source


@dataclass
class Verdict:
    """Which rows still give one event (or trait, figure, observation). `label` is how a refusal names it."""

    rows: Rows
    label: str
    alive: Mask

    def refuse(self, reason: str, where: Mask, says: str, column: str | None = None) -> None:
        """These rows do not give it, for this reason."""
        fallen = self.alive & where
        if fallen.any():
            self.rows.refuse(reason, fallen, says, column, self.label)
            self.alive = self.alive & ~fallen

    def skip(self, where: Mask) -> None:
        """These rows do not give it, and nothing is wrong."""
        self.alive = self.alive & ~where


# Checks of the whole row


def cells_are_small(rows: Rows) -> None:
    """`too_large`: a cell that the source uses is larger than the limit."""
    for column in _texts_used(rows):
        large = sizes(rows.stretch.columns[column]) > rows.limits.cell
        if large.any():
            rows.refuse("too_large", large & rows.alive, f"`{column}` holds more than {rows.limits.cell:,} bytes")
            rows.alive &= ~large


def characters_are_plain(rows: Rows) -> None:
    """`control_character`: NUL and its like in a cell that the source uses."""
    for column in _texts_used(rows):
        found = controlled(rows.stretch.columns[column])
        if found.any():
            rows.refuse("control_character", found & rows.alive, f"`{column}` holds a control character")
            rows.alive &= ~found


ROW_STEPS: tuple[Callable[[Rows], None], ...] = (cells_are_small, characters_are_plain)


# Checks of each event of a row


def is_meant(rows: Rows, event: Event, verdict: Verdict) -> None:
    """Rows that `when` does not name give no such event; nothing is wrong with them."""
    for column, allowed in event.when.items():
        values = [allowed] if isinstance(allowed, str) else allowed
        texts = rows.texts(column)
        met = pc.is_in(texts, pa.array([value.strip() for value in values], pa.string())).to_numpy(zero_copy_only=False)
        verdict.skip(~(met | ~valid(texts)) if "" in values else ~met)


def has_time(rows: Rows, event: Event, verdict: Verdict) -> None:
    """`missing_time`, or `missing_column` where the row has no such column; skipped where the source says so."""
    column = column_of(event.time)
    blank = rows.times(event.time).blank
    if skips_blank_time(rows.source, event):
        verdict.skip(blank)
        return
    verdict.refuse("missing_column", rows.absent(column), f"there is no `{column}`")
    verdict.refuse("missing_time", blank, f"`{column}` is blank")


def time_reads(rows: Rows, event: Event, verdict: Verdict) -> None:
    """`bad_time`: not written as the source says."""
    written = "iso" if isinstance(event.time, str) else event.time.format or "iso"
    column = column_of(event.time)
    verdict.refuse("bad_time", rows.times(event.time).bad, f"`{column}` does not read as {written}", column)


def time_is_near(rows: Rows, event: Event, verdict: Verdict) -> None:
    """`time_out_of_range`: before 1900 or after 2200."""
    column = column_of(event.time)
    verdict.refuse("time_out_of_range", rows.times(event.time).far, f"`{column}` is before 1900 or after 2200", column)


def has_name(rows: Rows, event: Event, verdict: Verdict) -> None:
    """`missing_event`, or `missing_column`: the column that names the event says nothing."""
    if event.event_column:
        verdict.refuse("missing_column", rows.absent(event.event_column), f"there is no `{event.event_column}`")
        verdict.refuse("missing_event", ~filled(rows.texts(event.event_column)), f"`{event.event_column}` is blank")


def has_key(rows: Rows, event: Event, verdict: Verdict) -> None:
    """`missing_key`, or `missing_column`: without its key nobody could tell the event from another."""
    for column in rows.source.key:
        verdict.refuse("missing_column", rows.absent(column), f"there is no `{column}`")
        verdict.refuse("missing_key", ~filled(rows.texts(column)), f"`{column}` is blank and part of the key")


def properties_read(rows: Rows, event: Event, verdict: Verdict) -> None:
    """`bad_number` or `bad_value`: a property is not what its type allows."""
    for asked in named(event.properties).values():
        check_property(rows, asked, verdict)


EVENT_STEPS: tuple[Callable[[Rows, Event, Verdict], None], ...] = (
    is_meant,
    has_time,
    time_reads,
    time_is_near,
    has_name,
    has_key,
    properties_read,
)


def check_property(rows: Rows, asked: Property, verdict: Verdict) -> None:
    """`bad_number` or `bad_value` where a property does not read."""
    if asked.type == "text":
        return
    values = rows.values(asked)
    reason = "bad_number" if asked.type in ("number", "money") else "bad_value"
    kind = {"number": "a number", "money": "an amount", "flag": "yes or no", "date": "a day", "time": "a time"}[asked.type]
    verdict.refuse(reason, values.bad, f"`{asked.column}` is not {kind}", asked.column)
    if asked.type == "money" and asked.currency_column:
        currencies = rows.currencies(asked)
        lacking = filled(values.array) & ~filled(currencies.array)
        verdict.refuse("bad_value", currencies.bad, f"`{asked.currency_column}` is no ISO 4217 code", asked.currency_column)
        verdict.refuse("bad_value", lacking, f"`{asked.column}` has no currency in `{asked.currency_column}`")


def skips_blank_time(source: Source, event: Event) -> bool:
    """Is a row without this time simply one that does not give this event?"""
    return (event.blank_time or ("skip" if len(source.events) > 1 else "refuse")) == "skip"


def _texts_used(rows: Rows) -> list[str]:
    return [name for name, column in rows.stretch.columns.items() if pa.types.is_string(column.type)]


def all_rows(rows: Rows, label: str) -> Verdict:
    """A verdict that starts with every row that has not been refused."""
    return Verdict(rows, label, cast("Mask", np.array(rows.alive)))
