"""A number that is never bare (foundations, 11)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from desirelines.model.period import Period

T = TypeVar("T")


@dataclass(frozen=True)
class Result(Generic[T]):
    """A value with what it rests on.

    `value` is None when nothing can be said (n = 0). `method` is how low and high were made: `exact`, `wilson`, `t`,
    `adjusted wald`, `order statistics`, `linearised`, `quasi-poisson`, `kaplan-meier`, `bootstrap`, …
    (docs/measure.md). `of` names what n counts. `behind` is the address of the customers or events behind it.
    """

    value: T | None
    unit: str
    n: int
    of: str = "journeys"
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    method: str = "exact"
    period: Period = field(default_factory=Period)
    plan_version: int = 0
    data_version: int = 0
    caveats: tuple[str, ...] = ()
    behind: str = ""
