"""Customers and what they bought, as questions about the base take them: in one period and segment, at one version of all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from desirelines.map import Traits, rules_clause
from desirelines.measure.asking.address import Asked, write_address
from desirelines.measure.asking.walk import Walk
from desirelines.measure.gathering.days import day_numbers, day_of, number_of
from desirelines.measure.gathering.facts import Facts
from desirelines.measure.gathering.roles import Occasions
from desirelines.measure.intervals import LEVEL, SMALL, wilson
from desirelines.model.period import Period
from desirelines.model.result import Result
from desirelines.plan import Plan
from desirelines.store import Snapshot

Mask = NDArray[np.bool_]
WHOLE = Walk()


@dataclass(frozen=True)
class Accounts:
    """`members`: bool[customers of the facts] of the segment; None: everybody. `traits` and `whose` (a segment's rule →
    its customers) are read when they are asked for."""

    facts: Facts
    snapshot: Snapshot
    plan: Plan
    asked: Asked
    traits: Callable[[], Traits]
    whose: Callable[[str], Mask]
    members: Mask | None = None
    plan_version: int = 0

    @property
    def period(self) -> Period:
        return self.asked.period

    @property
    def zone(self) -> str:
        return self.plan.brand.zone

    @property
    def customers(self) -> int:
        return len(self.facts.who.customers)

    @property
    def last_day(self) -> int:
        """The number of the last day that is known: the data's, or the period's before it."""
        newest = int(day_numbers(np.array([self.facts.daily.as_of], np.int64), self.zone)[0])
        return min(newest, number_of(self.period.last_on)) if self.period.last_on else newest

    @property
    def first_day(self) -> int | None:
        return number_of(self.period.first_on) if self.period.first_on else None

    def day(self, number: int) -> date:
        return day_of(number)

    def role(self, name: str) -> Occasions | None:
        return self.facts.occasions.get(name)

    def currencies(self, name: str) -> tuple[str, ...]:
        """The currencies that a role's amounts come in; none where they are bare numbers."""
        kept = ("currencies", name)
        if kept not in self.facts.kept:
            self.facts.kept[kept] = self._currencies(name)
        return tuple(self.facts.kept[kept])

    def _currencies(self, name: str) -> tuple[str, ...]:
        columns = self.snapshot.columns("events")
        roles = [role for role in self.plan.roles if role.id == name and role.property]
        if not roles or f"currency_{roles[0].property}" not in columns:
            return ()
        clause, column = rules_clause(roles[0].rule, columns), f'"currency_{roles[0].property}"'
        text = f"SELECT DISTINCT {column} AS name FROM events WHERE {column} IS NOT NULL AND ({clause.sql}) ORDER BY 1"
        return tuple(self.snapshot.sql(text, list(clause.values)).column("name").to_pylist())

    # results

    def result(self, value: float | None, unit: str, n: int, of: str, behind: str = "", **rest: Any) -> Result[float]:
        """A Result of this accounts; says when it rests on few."""
        said = rest.pop("caveats", ())
        few = (f"rests on {n} {of} only",) if 0 < n < SMALL else ()
        return Result(
            value if n else None, unit, n, of, period=self.period, plan_version=self.plan_version,
            data_version=self.facts.trace.data_version, caveats=(*few, *said), behind=behind, **rest,
        )  # fmt: skip

    def share(self, hits: int, n: int, of: str, behind: str = "") -> Result[float]:
        """A share of n with Wilson's interval."""
        low, high = wilson(hits, n) or (None, None)
        return self.result(hits / n if n else None, "share", n, of, behind, low=low, high=high, level=LEVEL, method="wilson")

    def behind(self, kind: str, ask: BaseModel, mark: str) -> str:
        """The address of the customers that `mark` stands for in the answer to `ask`."""
        return write_address(kind, self.asked, WHOLE, ask, mark)
