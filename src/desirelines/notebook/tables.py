"""Nouns as Arrow tables: one row each; a Result becomes `name`, `name_low`, `name_high`, `name_n`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pyarrow as pa

from desirelines.measure import Cohort, Funnel, FunnelStep, RetentionCell
from desirelines.model.result import Result


def as_table(rows: Iterable[Any]) -> pa.Table:
    """A table of frozen dataclasses of one kind; nested nouns become columns `outer_inner`, tuples become lists."""
    return pa.Table.from_pylist([dict(_cells(row, "")) for row in rows])


def _cells(row: Any, inside: str) -> Iterator[tuple[str, Any]]:
    for field in dataclasses.fields(row):
        name, value = inside + field.name, getattr(row, field.name)
        if isinstance(value, Result):
            yield name, value.value
            yield f"{name}_low", value.low
            yield f"{name}_high", value.high
            yield f"{name}_n", value.n
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            yield from _cells(value, f"{name}_")
        elif isinstance(value, (tuple, list)):
            yield name, [dict(_cells(one, "")) if dataclasses.is_dataclass(one) else one for one in value]
        elif isinstance(value, dict):
            yield name, [f"{key}: {item}" for key, item in value.items()]
        else:
            yield name, value


def cohort_rows(cohort: Cohort) -> Iterator[Any]:
    """A cohort's cells, each with whose they are: `start_on` is None in the total."""
    for cell in cohort.cells:
        yield _CohortCell(cohort.start_on, cohort.people, cell)


@dataclasses.dataclass(frozen=True)
class _CohortCell:
    start_on: date | None
    cohort_people: int
    cell: RetentionCell


def funnel_rows(funnel: Funnel) -> Iterator[Any]:
    """Its steps, then those of each group: `group` is None for the whole, `kind` says what it is."""
    for group, kind, steps in (
        (None, "whole", funnel.steps),
        *((one.value, one.kind, one.steps) for one in funnel.groups),
    ):
        for number, step in enumerate(steps, 1):
            yield _FunnelRow(group, kind, number, step)


@dataclasses.dataclass(frozen=True)
class _FunnelRow:
    group: str | None
    kind: str
    number: int
    step: FunnelStep
