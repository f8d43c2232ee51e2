"""Experiments that the data show: an event, or a trait, whose property reads as an arm."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from desirelines.explain.experiments.exposure import MOST_ARMS, text_sql
from desirelines.explain.experiments.nouns import Trial
from desirelines.explain.ground import Ground
from desirelines.model.event import PROPERTY_TYPES

ARMS = (
    "variant",
    "variation",
    "arm",
    "treatment",
    "test_version",
    "test_group",
    "experiment_group",
    "experiment_variant",
    "ab_group",
)
NAMES = ("experiment", "experiment_name", "experiment_id", "test", "test_name", "test_id", "flag", "feature_flag")
"""Properties that read as an arm, and as the name of an experiment, whatever their case."""
MOST = 200


def trials(ground: Ground) -> tuple[Trial, ...]:
    """All that are found, the latest first; those with fewer than two arms are none."""
    found = [*_by_event(ground), *_by_trait(ground)]
    kept = [one for one in found if 2 <= len(one.arms) <= MOST_ARMS]
    return tuple(sorted(kept, key=lambda one: (one.last_on is None, -(one.last_on or date.min).toordinal(), one.name))[:MOST])


def _by_event(ground: Ground) -> list[Trial]:
    columns = ground.snapshot.columns("events")
    there = {column.partition("_")[2] for column in columns if column.partition("_")[0] in PROPERTY_TYPES}
    found = []
    for arm in (one for one in ARMS if one in there):
        named = next((one for one in NAMES if one in there), "")
        found += _grouped(ground, arm, named)
    return found


def _grouped(ground: Ground, arm: str, named: str) -> list[Trial]:
    said = text_sql(ground, arm)
    name = f"coalesce({text_sql(ground, named)}, '')" if named else "''"
    shown = f'event, {name} AS name, {said} AS arm, epoch_us("at") AS at'
    rows = ground.snapshot.sql(f"SELECT file_index, row_index, {shown} FROM events WHERE {said} IS NOT NULL")
    who = ground.facts.who.of(rows.column("file_index").to_numpy(), rows.column("row_index").to_numpy())
    table = pa.table({**{key: rows.column(key) for key in ("event", "name", "arm", "at")}, "customer": who})
    if ground.members is not None:
        table = table.filter(pa.array(np.append(ground.members, False)[who]))
    table = table.filter(pc.greater_equal(table.column("customer"), 0))
    per_arm = table.group_by(["event", "name", "arm"]).aggregate([("customer", "count_distinct"), ("at", "min"), ("at", "max")])
    kinds: dict[tuple[str, str], list[dict[str, object]]] = {}
    for row in per_arm.to_pylist():
        kinds.setdefault((row["event"], row["name"]), []).append(row)
    return [_trial(ground, event, name, arm, named if name else "", rows) for (event, name), rows in sorted(kinds.items())]


def _trial(ground: Ground, event: str, name: str, arm: str, named: str, rows: list[dict[str, object]]) -> Trial:
    arms = tuple(sorted((str(row["arm"]), int(str(row["customer_count_distinct"]))) for row in rows))
    first = ground.day_of(min(int(str(row["at_min"])) for row in rows))
    last = ground.day_of(max(int(str(row["at_max"])) for row in rows))
    return Trial(name or event, event, arm, named, arms, first, last)


def _by_trait(ground: Ground) -> list[Trial]:
    traits, found = ground.traits(), []
    for index, name in enumerate(traits.names):
        if name.lower() not in ARMS:
            continue
        mine = slice(int(traits.offsets[index]), int(traits.offsets[index + 1]))
        said = pc.coalesce(pc.cast(pa.array(traits.number[mine], from_pandas=True), pa.large_string()), traits.text[mine])
        counts = {str(row["values"]): int(row["counts"]) for row in pc.value_counts(said).to_pylist()}
        found.append(Trial(name, "", name, "", tuple(sorted(counts.items())), None, None))
    return found
