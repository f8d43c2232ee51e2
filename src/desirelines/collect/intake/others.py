"""What a row gives beside events: links, traits, objects, figures, observations."""

from __future__ import annotations

from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from desirelines.collect.intake.rows import Rows, column_of, filled, instants, named
from desirelines.collect.intake.steps import Verdict, all_rows, check_property
from desirelines.collect.intake.strings import Mask
from desirelines.collect.source import Figure, Observation, Property, Source, Time, Traits
from desirelines.model.event import FIGURES, LINKS, OBSERVATIONS, TRAITS


def take_links(rows: Rows) -> pa.Table:
    """A link for each pair of kinds whose two identifiers stand in the row."""
    tables = []
    for a, b in rows.source.links:
        ours, theirs = rows.texts(rows.source.people[a]), rows.texts(rows.source.people[b])
        alive = rows.alive & filled(ours) & filled(theirs)
        values = {"a_kind": a, "a_value": ours, "b_kind": b, "b_value": theirs}
        tables.append(_table(rows, LINKS, values, alive))
    return pa.concat_tables(tables) if tables else LINKS.empty_table()


def take_traits(rows: Rows, objects: bool) -> pa.Table:
    """Properties of the persons, or of the objects, that rows describe. A blank property says nothing."""
    tables = []
    for traits in rows.source.traits:
        if is_object(rows.source, traits) == objects:
            verdict = all_rows(rows, f"traits of {traits.of}")
            owner = rows.texts((rows.source.objects if objects else rows.source.people)[traits.of])
            verdict.skip(~filled(owner))
            if traits.at:
                _check_time(rows, traits.at, verdict, blank="keep")
            for asked in named(traits.properties).values():
                check_property(rows, asked, verdict)
            at = _instants(rows, traits.at) if traits.at else None
            for name, asked in named(traits.properties).items():
                text, number = _trait(rows, asked)
                values = {"kind": traits.of, "value": owner, "name": name, "text": text, "number": number, "at": at}
                tables.append(_table(rows, TRAITS, values, verdict.alive & filled(text)))
    return pa.concat_tables(tables) if tables else TRAITS.empty_table()


def is_object(source: Source, traits: Traits) -> bool:
    """A kind that people and objects share is taken as the person's."""
    return traits.of not in source.people


def take_figures(rows: Rows) -> pa.Table:
    """Numbers per day. Where the source gives several things, a row without a figure's value does not give that figure."""
    tables = [_figure(rows, figure) for figure in rows.source.figures]
    return pa.concat_tables(tables) if tables else FIGURES.empty_table()


def _figure(rows: Rows, figure: Figure) -> pa.Table:
    verdict = all_rows(rows, f"figure {figure.name}")
    values = rows.values(Property(column=figure.value, type="number"))
    blank = ~filled(rows.texts(figure.value))
    if _gives_several(rows.source):
        verdict.skip(blank)
    _check_time(rows, figure.on, verdict, blank="refuse")
    verdict.refuse("missing_value", blank, f"`{figure.value}` is blank")
    verdict.refuse("bad_number", values.bad, f"`{figure.value}` is not a number", figure.value)
    on = figure.on if isinstance(figure.on, Time) else Time(column=figure.on)
    columns = {
        "touchpoint": _either(rows, figure.touchpoint, figure.touchpoint_column),
        "channel": _either(rows, figure.channel, figure.channel_column),
        "on": rows.values(Property(column=on.column, type="date", format=on.format)).array,
        "name": figure.name,
        "value": values.array,
        "unit": figure.unit,
    }
    return _table(rows, FIGURES, columns, verdict.alive)


def take_observations(rows: Rows) -> pa.Table:
    """What somebody saw. A row without score, note and photo does not give the observation."""
    tables = [_observation(rows, observation) for observation in rows.source.observations]
    return pa.concat_tables(tables) if tables else OBSERVATIONS.empty_table()


def _observation(rows: Rows, seen: Observation) -> pa.Table:
    verdict = all_rows(rows, f"observation {seen.touchpoint or ''}".strip())
    said = [rows.texts(column) for column in (seen.score, seen.note, seen.photo) if column]
    verdict.skip(~np.logical_or.reduce([filled(one) for one in said]))
    _check_time(rows, seen.at, verdict, blank="refuse")
    if seen.touchpoint_column:
        verdict.refuse("missing_value", ~filled(rows.texts(seen.touchpoint_column)), f"`{seen.touchpoint_column}` is blank")
    score = None
    if seen.score:
        asked = Property(column=seen.score, type="number")
        check_property(rows, asked, verdict)
        score = rows.values(asked).array
    columns = {
        "touchpoint": _either(rows, seen.touchpoint, seen.touchpoint_column),
        "at": _instants(rows, seen.at),
        "observer": _either(rows, None, seen.observer),
        "score": score,
        "note": _either(rows, None, seen.note),
        "photo": _either(rows, None, seen.photo),
    }
    return _table(rows, OBSERVATIONS, columns, verdict.alive)


def _check_time(rows: Rows, time: str | Time, verdict: Verdict, blank: str) -> None:
    column = column_of(time)
    times = rows.times(time)
    if blank == "refuse":
        verdict.refuse("missing_column", rows.absent(column), f"there is no `{column}`")
        verdict.refuse("missing_time", times.blank, f"`{column}` is blank")
    verdict.refuse("bad_time", times.bad, f"`{column}` does not read as a time", column)
    verdict.refuse("time_out_of_range", times.far, f"`{column}` is before 1900 or after 2200", column)


def _instants(rows: Rows, time: str | Time) -> pa.Array:
    times = rows.times(time)
    return instants(times.at, times.good)


def _trait(rows: Rows, asked: Property) -> tuple[pa.Array, pa.Array | None]:
    """A trait's text, always, and its number where it is one. Money is its amount, and its text names the currency."""
    values = rows.values(asked).array
    if asked.type == "number":
        return pc.if_else(pa.array(filled(values)), rows.texts(asked.column), pa.scalar(None, pa.string())), values
    if asked.type == "money":
        text = pc.binary_join_element_wise(pc.cast(values, pa.string()), rows.currencies(asked).array, " ")
        return text, pc.cast(values, pa.float64())
    if asked.type == "time":
        wall = pc.cast(values.view(pa.timestamp("us")), pa.string())
        return pc.binary_join_element_wise(wall, "Z", ""), None
    return pc.cast(values, pa.string()), None


def _either(rows: Rows, constant: str | None, column: str | None) -> pa.Array | str | None:
    return rows.texts(column) if column else constant


def _gives_several(source: Source) -> bool:
    return len(source.events) + len(source.figures) + len(source.observations) + len(source.traits) > 1


def _table(rows: Rows, schema: pa.Schema, columns: dict[str, pa.Array | str | None], alive: Mask) -> pa.Table:
    """The rows alive, with the source and the line filled in; a text is the same in every row."""
    rows.fruitful |= alive
    pick = pa.array(np.flatnonzero(alive))
    given = {"source": rows.source.source, "sequence": pa.array(rows.stretch.lines), **columns}
    arrays = []
    for field in schema:
        value = given[field.name]
        if value is None or isinstance(value, str):
            arrays.append(pa.repeat(pa.scalar(value, field.type), len(pick)))
        else:
            arrays.append(cast("pa.Array", value).take(pick))
    return pa.Table.from_arrays(arrays, schema=schema)
