"""Rows of the answer about drivers: every figure of one driver as a Result."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.explain.drivers.design import Design
from desirelines.explain.drivers.grid import Item, boundaries, place
from desirelines.explain.drivers.known import Driver, is_product
from desirelines.explain.drivers.nouns import DriverRow, DriversAsk
from desirelines.explain.drivers.weighed import NO_ENDS, Pair, Weighed, between
from desirelines.explain.estimating.estimate import Estimate
from desirelines.explain.ground import Ground
from desirelines.model.result import Result

Float = NDArray[np.float64]
BOOTSTRAP = "bootstrap"


def of_what(found: Design) -> str:
    """What the rows of a design are."""
    return "customers" if found.rows.binary else "answers"


def drawn(
    ground: Ground, value: float | None, unit: str, n: int, of: str, ends: Pair = NO_ENDS, behind: str = ""
) -> Result[float]:
    """A value with the interval of customers drawn again."""
    return ground.result(value, unit, n if value is not None else 0, of, behind, low=ends[0], high=ends[1], method=BOOTSTRAP)


def listed(ground: Ground, ask: DriversAsk, weighed: Weighed) -> tuple[tuple[DriverRow, ...], tuple[float, float] | None]:
    """The most important first, each in its field; and the fields' boundaries."""
    rows = [_row(ground, ask, weighed, at) for at in range(weighed.p)]
    items = [_item(row) for row in rows]
    there = [one for one in items if one]
    placed = iter(place(there))
    for at, item in enumerate(items):
        if item:
            found = next(placed)
            rows[at] = replace(rows[at], field=found.field, sure=found.sure)
    ranked = sorted(rows, key=lambda row: -(row.importance.value if row.importance.value is not None else -1.0))
    return tuple(ranked), boundaries(there)


def _item(row: DriverRow) -> Item | None:
    if row.kind == "meeting" or row.importance.value is None or row.performance.value is None:
        return None
    sides = (row.importance.low, row.importance.high, row.performance.low, row.performance.high)
    return Item(row.importance.value, row.performance.value, *sides)


def _row(ground: Ground, ask: DriversAsk, weighed: Weighed, at: int) -> DriverRow:
    found, one, n = weighed.design, weighed.design.drivers[at], weighed.n
    of, fitted, samples = of_what(found), weighed.fit, weighed.drawn
    chosen = np.zeros(weighed.p)
    chosen[at] = 1.0
    importance, ends = weighed.of_all(chosen)
    mean, mean_ends, rows = weighed.performance(at)
    behind = ground.behind("drivers", ask, f"low:{one.id}")
    contrast = weighed.contrasts.get(at)
    explained = float(weighed.explains[at]) if fitted else None
    explains = between(weighed.samples[:, at], explained) if weighed.samples is not None else NO_ENDS
    slope, beta = (between(part[:, at]) for part in (samples.slope, samples.beta)) if samples else (NO_ENDS, NO_ENDS)
    told = [warned for warned in weighed.warned if warned.driver == at]
    return DriverRow(
        id=one.id, name=one.name, kind=one.kind, touchpoint=one.touchpoint, owner=owner_of(ground, one.touchpoint),
        product=is_product(one, ask.product),
        importance=drawn(ground, importance, "share", n, of, ends, behind),
        explains=drawn(ground, explained, "share", n, of, explains),
        performance=drawn(ground, mean, "share", rows, of, mean_ends, behind),
        effect=drawn(ground, float(fitted.slope[at]) if fitted else None, found.rows.unit, n, of, slope),
        beta=drawn(ground, float(fitted.beta[at]) if fitted else None, "deviations", n, of, beta),
        correlation=float(weighed.crossed.correlation[at, -1]) if weighed.crossed else None,
        vif=float(fitted.vif[at]) if fitted and np.isfinite(fitted.vif[at]) else None,
        suppressor=any(warned.kind == "suppressor" for warned in told), warnings=tuple(warned.words for warned in told),
        field=None, sure=False,
        penalty=estimated(ground, found, contrast.penalty) if contrast else None,
        reward=estimated(ground, found, contrast.reward) if contrast else None,
        asymmetry=contrast.asymmetry if contrast else None, q=contrast.q if contrast else None,
        asymmetric=contrast.kind if contrast else None, behind=behind,
    )  # fmt: skip


def estimated(ground: Ground, found: Design, one: Estimate | None) -> Result[float] | None:
    """A regression's estimate, its error by customer."""
    if one is None:
        return None
    low, high = one.interval() or NO_ENDS
    said: dict[str, Any] = {"low": low, "high": high, "method": "cluster robust"}
    return ground.result(one.value, found.rows.unit, one.n, of_what(found), **said)


def owner_of(ground: Ground, touchpoint: str) -> str:
    """The id of the team that a touchpoint belongs to; empty: nobody's."""
    return next((one.owner or "" for one in ground.plan.touchpoints if one.id == touchpoint), "")


def touchpoint_name(ground: Ground, driver: Driver) -> str:
    """What the driver's touchpoint is called."""
    return next((one.name for one in ground.plan.touchpoints if one.id == driver.touchpoint), driver.name)
