"""All that is known beside the paths: events per day, promises judged, answers, figures, observations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.map import Bound, Owners, bind, owners
from desirelines.measure.gathering.answers import Answers, read_answers
from desirelines.measure.gathering.daily import Daily, count_days
from desirelines.measure.gathering.days import day_numbers, number_of
from desirelines.measure.gathering.judge import Judgements, judge
from desirelines.measure.gathering.labels import read_labels
from desirelines.measure.gathering.roles import Occasions, read_roles
from desirelines.model.period import Period
from desirelines.model.progress import Progress, silent
from desirelines.plan import Plan
from desirelines.store import Snapshot
from desirelines.trace import Trace

Days = Mapping[str, NDArray[np.int64]]
"""Touchpoint id to the day numbers (sorted, one per row) on which it has evidence."""


@dataclass(frozen=True)
class Facts:
    """What a plan's version and the data's version have to say, whatever period and segment is asked for."""

    trace: Trace
    who: Owners
    bound: Bound
    daily: Daily
    judgements: Judgements
    answers: Answers
    figures: Days
    observations: Days
    labels: Any
    """pyarrow texts [customers]: what each may be called"""
    occasions: Mapping[str, Occasions] = field(default_factory=dict)
    """By role id, and `outcome:<id>`; a role that the plan does not name is absent."""
    kept: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    """What was made of the facts and is worth keeping as long as they are."""


def gather(trace: Trace, snapshot: Snapshot, plan: Plan, folder: Path, progress: Progress = silent) -> Facts:
    """Gather once per version of plan and data, kept under `folder`. `trace` is the trace of customers."""
    progress("owners", 0.0)
    who = owners(trace, snapshot, folder)
    bound = bind(trace, snapshot, plan, folder)
    progress("days", 0.2)
    daily = count_days(trace, snapshot, plan, bound, who, folder)
    progress("promises", 0.5)
    judgements = judge(snapshot, plan, who, daily.as_of, folder)
    progress("answers", 0.8)
    answers = read_answers(snapshot, plan, who, folder)
    found = Facts(
        trace, who, bound, daily, judgements, answers,
        _days(snapshot, "figures", plan.brand.zone), _days(snapshot, "observations", plan.brand.zone),
        read_labels(trace, snapshot, who, folder), read_roles(trace, snapshot, plan, bound, who, folder),
    )  # fmt: skip
    progress("gathered", 1.0)
    return found


def days_in(days: Days, touchpoint: str, period: Period) -> int:
    """How many rows of evidence a touchpoint has in the period."""
    mine = days.get(touchpoint)
    if mine is None:
        return 0
    low = number_of(period.first_on) if period.first_on else -(2**40)
    high = number_of(period.last_on) if period.last_on else 2**40
    return int(np.searchsorted(mine, high, side="right") - np.searchsorted(mine, low))


def _days(snapshot: Snapshot, table: str, zone: str) -> Days:
    """Days of the rows that name a touchpoint: as they stand for figures, cut in `zone` for observations."""
    when = "datediff('day', DATE '1970-01-01', \"on\")" if table == "figures" else 'epoch_us("at")'
    found = snapshot.sql(f"SELECT touchpoint, {when}::BIGINT AS time FROM {table} WHERE touchpoint IS NOT NULL ORDER BY 1, 2")
    times = found.column("time").to_numpy()
    days = times if table == "figures" else day_numbers(times, zone)
    grouped: dict[str, list[int]] = {}
    for name, number in zip(found.column("touchpoint").to_pylist(), days.tolist(), strict=True):
        grouped.setdefault(name, []).append(number)
    return {name: np.array(numbers, dtype=np.int64) for name, numbers in grouped.items()}
