"""The intake: a stretch of rows goes through named checks (`steps.py`) and comes out as a batch of tables."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from desirelines.collect.formats import Refusal, Stretch
from desirelines.collect.intake.events import events_schema, message_ids, take_events
from desirelines.collect.intake.others import take_figures, take_links, take_observations, take_traits
from desirelines.collect.intake.pattern import pattern_fault
from desirelines.collect.intake.rows import Rows, cleaned, column_of, named
from desirelines.collect.intake.steps import EVENT_STEPS, ROW_STEPS
from desirelines.collect.intake.times import EPOCHS, Times, format_fault, read_times
from desirelines.collect.intake.values import CURRENCIES, read_currencies, read_flags, read_money, read_numbers
from desirelines.collect.intake.zones import to_utc, zone_fault
from desirelines.collect.limits import LIMITS, Limits
from desirelines.collect.source import Source
from desirelines.model.event import REFUSED
from desirelines.model.receipt import Batch

__all__ = [
    "CURRENCIES", "EPOCHS", "EVENT_STEPS", "ROW_STEPS", "Times", "cleaned", "column_of", "events_schema", "format_fault",
    "message_ids", "named", "pattern_fault", "read_currencies", "read_flags", "read_money", "read_numbers", "read_times",
    "take_in", "to_utc", "zone_fault",
]  # fmt: skip


def take_in(source: Source, stretch: Stretch, zone: str, limits: Limits = LIMITS) -> Batch:
    """Map one stretch. `zone` is the brand's, for naive times of a source that names none. Only tables with rows are given."""
    rows = Rows(source, stretch, zone, limits)
    for step in ROW_STEPS:
        step(rows)
    tables = {
        "events": take_events(rows),
        "links": take_links(rows),
        "traits": take_traits(rows, objects=False),
        "objects": take_traits(rows, objects=True),
        "figures": take_figures(rows),
        "observations": take_observations(rows),
    }
    rows.refuse("empty", rows.alive & ~rows.fruitful, "no event, link, trait, figure or observation comes from this row")
    refused = sorted([*stretch.refused, *rows.refused], key=lambda one: one.line)
    tables["refused"] = _refused(refused)
    return Batch(stretch.rows, stretch.position, {name: table for name, table in tables.items() if len(table)})


def _refused(refused: Sequence[Refusal]) -> pa.Table:
    columns = [[getattr(one, field.name) for one in refused] for field in REFUSED]
    return pa.Table.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, REFUSED, strict=True)], schema=REFUSED
    )
