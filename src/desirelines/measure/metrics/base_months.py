"""The customer base month by month, of the same activity that the figures about it count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from desirelines.measure.mapping.frame import Frame
from desirelines.measure.metrics.ground import Ground


@dataclass(frozen=True)
class BaseMonth:
    """active = active of the month before + new + resurrected - churned."""

    start_on: date
    active: int
    new: int
    retained: int
    resurrected: int
    churned: int
    quick_ratio: float | None
    """(new + resurrected) / churned; None where nobody churned."""
    complete: bool
    """The data hold this month whole."""


@dataclass(frozen=True)
class BaseMonths:
    rows: tuple[BaseMonth, ...]
    active_words: str
    """What counts as activity."""


def base_months(frame: Frame) -> BaseMonths:
    """The months that begin in the frame's period, of its segment; new is who was never active before, whatever the period."""
    ground = Ground(frame.facts, frame.matched)
    active, months, members = ground.active, ground.months, frame.members
    count = len(months.first_on)
    mine = np.ones(len(active.customer), np.bool_) if members is None else members[active.customer]
    month = active.month
    follows = ~active.first & (np.diff(month, prepend=-2) == 1)
    leaves = active.last | (np.append(month[1:], -1) != month + 1)

    def counted(kept: np.ndarray, later: int = 0) -> list[int]:
        places = month[kept & mine] + later
        return [int(one) for one in np.bincount(places[places < count], minlength=count)]

    parts = (counted(active.first), counted(follows), counted(~active.first & ~follows), counted(leaves, 1))
    low, high = frame.bounds
    starts = np.asarray(months.units.starts)
    rows = [
        _row(first, new, kept, back, gone, place < months.complete)
        for place, (first, new, kept, back, gone) in enumerate(zip(months.first_on, *parts, strict=False))
        if low <= int(starts[place]) < high or (place == 0 and low < int(starts[0]))
    ]
    return BaseMonths(tuple(rows), ground.active_words)


def _row(first: date, new: int, kept: int, back: int, gone: int, complete: bool) -> BaseMonth:
    return BaseMonth(first, new + kept + back, new, kept, back, gone, (new + back) / gone if gone else None, complete)
