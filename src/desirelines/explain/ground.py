"""What a why is asked of: all that is known of customers, in one period and segment, at one version of plan and data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from desirelines.errors import NotFound
from desirelines.map import Traits
from desirelines.measure import SMALL, Asked, Facts, Frame, Walk, day_numbers, wilson, write_address
from desirelines.model.period import Period
from desirelines.model.result import Result
from desirelines.plan import Plan
from desirelines.store import Snapshot

Mask = NDArray[np.bool_]
WHOLE = Walk()
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Ground:
    """`members`: bool[customers of the facts] of the segment; None: everybody. `traits`: read when they are asked for."""

    facts: Facts
    snapshot: Snapshot
    plan: Plan
    asked: Asked
    traits: Callable[[], Traits]
    members: Mask | None = None
    plan_version: int = 0
    frames: Callable[[Asked, str], Frame] | None = None
    """The planned journey of a question as the map's figures take it, held against a version of the plan (empty: this one)."""

    @property
    def period(self) -> Period:
        return self.asked.period

    @property
    def bounds(self) -> tuple[int, int]:
        """The period as a half-open time, microseconds."""
        return self.period.bounds_us(self.plan.brand.zone)

    @property
    def customers(self) -> int:
        return len(self.facts.who.customers)

    def frame(self, asked: Asked, version: str = "") -> Frame:
        """Raises NotFound where no journey is planned."""
        if self.frames is None:
            raise NotFound(
                "no journey is planned yet", hint="draw one under Journeys and stages, or import a plan", code="no_journey"
            )
        return self.frames(asked, version)

    def result(self, value: float | None, unit: str, n: int, of: str, behind: str = "", **rest: Any) -> Result[float]:
        """A Result of this ground; says when it rests on few."""
        said = rest.pop("caveats", ())
        few = (f"rests on {n} {of} only",) if 0 < n < SMALL else ()
        return Result(
            value if n else None, unit, n, of, period=self.period, plan_version=self.plan_version,
            data_version=self.facts.trace.data_version, caveats=(*few, *said), behind=behind, **rest,
        )  # fmt: skip

    def share(self, hits: int, n: int, of: str, behind: str = "") -> Result[float]:
        """A share of n with Wilson's interval."""
        low, high = wilson(hits, n) or (None, None)
        return self.result(hits / n if n else None, "share", n, of, behind, low=low, high=high, method="wilson")

    def day_of(self, at_us: int) -> date:
        """The day of an instant, in the brand's zone."""
        return EPOCH + timedelta(days=int(day_numbers(np.array([at_us], np.int64), self.plan.brand.zone)[0]))

    def behind(self, kind: str, ask: BaseModel, mark: str) -> str:
        """The address of the customers that `mark` stands for in the answer to `ask`."""
        return write_address(kind, self.asked, WHOLE, ask, mark)
