"""The rows of one stretch as the intake's steps ask for them: each column is trimmed and read once."""

from __future__ import annotations

from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from desirelines.collect.formats import Refusal, Stretch
from desirelines.collect.intake.strings import Mask, trimmed, valid
from desirelines.collect.intake.times import Times, read_times
from desirelines.collect.intake.values import Values, read_currencies, read_flags, read_money, read_numbers, whole
from desirelines.collect.limits import Limits
from desirelines.collect.source import Property, Source, Time

SHOWN = 80


class Rows:
    """One stretch under one source. Arrays have one element per row."""

    def __init__(self, source: Source, stretch: Stretch, zone: str, limits: Limits) -> None:
        self.source = source
        self.stretch = stretch
        self.zone = source.zone or zone
        self.limits = limits
        self.alive: Mask = np.ones(len(stretch), np.bool_)
        """Rows not refused as a whole."""
        self.fruitful: Mask = np.zeros(len(stretch), np.bool_)
        """Rows that gave something, be it a refusal."""
        self.refused: list[Refusal] = []
        self._cells: dict[str, pa.Array] = {}
        self._texts: dict[str, pa.Array] = {}
        self._times: dict[tuple[str, str | None, str], Times] = {}
        self._values: dict[Property, Values] = {}

    def __len__(self) -> int:
        return len(self.stretch)

    def cells(self, column: str) -> pa.Array:
        """A column: trimmed text, or the format's own type; blank is null. A column the stretch lacks is blank."""
        if column not in self._cells:
            raw = self.stretch.columns.get(column)
            if raw is None:
                raw = pa.nulls(len(self), pa.string())
            self._cells[column] = cleaned(raw)
        return self._cells[column]

    def texts(self, column: str) -> pa.Array:
        """A column as text."""
        if column not in self._texts:
            cells = self.cells(column)
            self._texts[column] = cells if pa.types.is_string(cells.type) else _as_text(cells)
        return self._texts[column]

    def absent(self, column: str) -> Mask:
        """Rows that lack the column altogether."""
        mask = self.stretch.absent.get(column)
        return mask if mask is not None else np.zeros(len(self), np.bool_)

    def times(self, time: str | Time) -> Times:
        """A column of times."""
        column, written, zone = (time, None, None) if isinstance(time, str) else (time.column, time.format, time.zone)
        key = (column, written, zone or self.zone)
        if key not in self._times:
            self._times[key] = read_times(self.cells(column), written, key[2], self.stretch.own_times)
        return self._times[key]

    def values(self, asked: Property) -> Values:
        """A property's values; of money the amounts."""
        if asked not in self._values:
            self._values[asked] = self._read(asked)
        return self._values[asked]

    def _read(self, asked: Property) -> Values:
        column, decimal = self.cells(asked.column), self.source.options.decimal
        if asked.type == "text":
            return Values(self.texts(asked.column), np.zeros(len(self), np.bool_))
        if asked.type == "number":
            return whole(read_numbers(column, decimal)) if asked.format == "whole" else read_numbers(column, decimal)
        if asked.type == "money":
            return read_money(column, decimal)
        if asked.type == "flag":
            return read_flags(column)
        times = self.times(Time(column=asked.column, format=asked.format))
        wrong = times.bad | times.far
        if asked.type == "time":
            return Values(instants(times.at, times.good), wrong)
        return Values(_days(times), wrong)

    def currencies(self, asked: Property) -> Values:
        """The currency of each amount."""
        if asked.currency_column:
            return read_currencies(self.texts(asked.currency_column))
        constant = pa.repeat(pa.scalar(asked.currency, pa.string()), len(self))
        return Values(constant, np.zeros(len(self), np.bool_))

    def refuse(self, reason: str, where: Mask, says: str, column: str | None = None, event: str | None = None) -> None:
        """Keep a refusal for each row of `where`; with a column, its value is added to what is said."""
        rows = np.flatnonzero(where)
        if not len(rows):
            return
        self.fruitful[rows] = True
        values = self.texts(column).take(pa.array(rows)).to_pylist() if column else [None] * len(rows)
        for row, text, value in zip(rows.tolist(), self.stretch.texts(rows), values, strict=True):
            detail = says if value is None else f"{says}: {_shown(value)}"
            self.refused.append(Refusal(reason, detail, int(self.stretch.lines[row]), text, event))


def cleaned(column: pa.Array) -> pa.Array:
    """A column as every step sees it: texts are trimmed, blank ones null."""
    return trimmed(column) if pa.types.is_string(column.type) else column


def named(properties: dict[str, str | Property]) -> dict[str, Property]:
    """Properties, those written short too."""
    return {name: Property(column=one) if isinstance(one, str) else one for name, one in properties.items()}


def column_of(time: str | Time) -> str:
    """The column of a time, written short or not."""
    return time if isinstance(time, str) else time.column


def instants(at: np.typing.NDArray[np.int64], good: Mask) -> pa.Array:
    """Microseconds as timestamps, null where not good."""
    return pa.array(at, pa.timestamp("us", tz="UTC"), mask=None if good.all() else ~good)


def filled(array: pa.Array) -> Mask:
    """Where a value stands."""
    return valid(array)


def _days(times: Times) -> pa.Array:
    good = times.good
    days = np.where(good, times.day, 0).astype(np.int32)
    return pc.cast(pa.array(days, mask=None if good.all() else ~good), pa.date32())


def _as_text(cells: pa.Array) -> pa.Array:
    if pa.types.is_floating(cells.type):
        whole = pc.equal(cells, pc.floor(cells))
        small = pc.less(pc.abs(cells), 1e15)
        ints = pc.cast(pc.if_else(pc.and_(whole, small), cells, 0.0), pa.int64())
        plain = cast("pa.Array", pc.if_else(pc.and_(whole, small), pc.cast(ints, pa.string()), pc.cast(cells, pa.string())))
        return pc.if_else(pc.is_nan(cells), pa.scalar(None, pa.string()), plain)
    return pc.cast(cells, pa.string())


def _shown(value: str) -> str:
    return f"`{value[:SHOWN]}…`" if len(value) > SHOWN else f"`{value}`"
