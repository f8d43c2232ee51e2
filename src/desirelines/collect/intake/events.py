"""Events: what is left of the rows after every step, as columns."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from desirelines.collect.intake.rows import Rows, filled, instants, named
from desirelines.collect.intake.steps import EVENT_STEPS, Verdict, all_rows
from desirelines.collect.intake.strings import Mask
from desirelines.collect.source import Event, Property, Source
from desirelines.model.event import EVENT_BASE, PROPERTY_TYPES, property_column

SEPARATOR, ESCAPE = "|", "\\"


def events_schema(source: Source) -> pa.Schema:
    """Base columns, identifiers and objects in their order, then properties as they are first named."""
    fields = [*EVENT_BASE]
    fields += [pa.field(f"id_{kind}", pa.string()) for kind in source.people]
    fields += [pa.field(f"object_{kind}", pa.string()) for kind in source.objects]
    names: dict[str, pa.DataType] = {}
    for event in source.events:
        for name, asked in named(event.properties).items():
            names[property_column(asked.type, name)] = PROPERTY_TYPES[asked.type]
            if asked.type == "money":
                names[f"currency_{name}"] = pa.string()
    return pa.schema([*fields, *(pa.field(name, kind) for name, kind in names.items())])


def take_events(rows: Rows) -> pa.Table:
    """Every event of the rows, event by event in the source's order; refusals go to `rows`."""
    schema = events_schema(rows.source)
    tables = [_take(rows, event, schema) for event in rows.source.events]
    return pa.concat_tables(tables) if tables else schema.empty_table()


def _take(rows: Rows, event: Event, schema: pa.Schema) -> pa.Table:
    verdict = all_rows(rows, event.event or "")
    if event.event_column:
        verdict = _Named(rows, event.event_column, verdict.alive)
    for step in EVENT_STEPS:
        step(rows, event, verdict)
    rows.fruitful |= verdict.alive
    columns = _columns(rows, event, verdict.alive)
    count = int(np.count_nonzero(verdict.alive))
    pick = None if count == len(rows) else pa.array(np.flatnonzero(verdict.alive))
    arrays = []
    for field in schema:
        column = columns.get(field.name)
        if column is None:
            arrays.append(pa.nulls(count, field.type))
        elif isinstance(column, pa.Scalar):
            arrays.append(pa.repeat(column, count))
        else:
            arrays.append(column if pick is None else column.take(pick))
    return pa.Table.from_arrays(arrays, schema=schema)


class _Named(Verdict):
    """A verdict on events that are named by a column: each refusal says the row's own name."""

    def __init__(self, rows: Rows, column: str, alive: Mask) -> None:
        super().__init__(rows, "", alive)
        self._column = column

    def refuse(self, reason: str, where: Mask, says: str, column: str | None = None) -> None:
        fallen = self.alive & where
        if not fallen.any():
            return
        before = len(self.rows.refused)
        super().refuse(reason, where, says, column)
        names = self.rows.texts(self._column).take(pa.array(np.flatnonzero(fallen))).to_pylist()
        fresh = self.rows.refused[before:]
        self.rows.refused[before:] = [one.called(name) for one, name in zip(fresh, names, strict=True)]


def _columns(rows: Rows, event: Event, alive: Mask) -> dict[str, pa.Array | pa.Scalar]:
    """Whole columns (not yet only the rows that give the event) or constants, by name."""
    source = rows.source
    times = rows.times(event.time)
    name: pa.Array | pa.Scalar = rows.texts(event.event_column) if event.event_column else pa.scalar(event.event, pa.string())
    columns: dict[str, pa.Array | pa.Scalar] = {
        "source": pa.scalar(source.source, pa.string()),
        "event": name,
        "at": instants(times.at, np.ones(len(rows), np.bool_)),
        "rank": pa.scalar(event.rank, pa.int32()),
        "sequence": pa.array(rows.stretch.lines),
    }
    if source.key:
        columns["message_id"] = message_ids(name, [rows.texts(column) for column in source.key])
    if event.channel_column:
        columns["channel"] = rows.texts(event.channel_column)
    elif event.channel:
        columns["channel"] = pa.scalar(event.channel, pa.string())
    columns |= {f"id_{kind}": rows.texts(column) for kind, column in source.people.items()}
    columns |= {f"object_{kind}": rows.texts(column) for kind, column in source.objects.items()}
    for title, asked in named(event.properties).items():
        columns |= _property(rows, title, asked)
    return columns


def _property(rows: Rows, name: str, asked: Property) -> dict[str, pa.Array]:
    values = rows.values(asked).array
    columns = {property_column(asked.type, name): values}
    if asked.type == "money":
        currency = rows.currencies(asked).array
        given = filled(values)
        columns[f"currency_{name}"] = (
            currency if given.all() else pc.if_else(pa.array(given), currency, pa.scalar(None, pa.string()))
        )
    return columns


def message_ids(name: pa.Array | pa.Scalar, key: list[pa.Array]) -> pa.Array:
    """The event's name and its key's texts with `|` between; a `|` or backslash inside is preceded by a backslash."""
    return pc.binary_join_element_wise(_escaped(name), *(_escaped(one) for one in key), SEPARATOR)


def _escaped(texts: pa.Array | pa.Scalar) -> pa.Array | pa.Scalar:
    for letter in (ESCAPE, SEPARATOR):
        found = pc.match_substring(texts, letter)
        if found.as_py() if isinstance(texts, pa.Scalar) else pc.any(found).as_py():
            texts = pc.replace_substring(texts, letter, ESCAPE + letter)
    return texts
