"""The tables of the base's value: tenths, cohorts, groups."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from desirelines.measure.asking.calendar import first_day
from desirelines.measure.base.buyers import total
from desirelines.measure.base.orders import FINE
from desirelines.measure.base.standing import Standing
from desirelines.measure.base.value_nouns import ValueCohort, ValueGroup, ValueTenth
from desirelines.measure.intervals import LEVEL, mean
from desirelines.model.result import Result

Int = NDArray[np.int64]
Float = NDArray[np.float64]
MOST_COHORTS = 60


def averaged(found: Standing, values: Float, unit: str, behind: str = "", method: str = "t") -> Result[float]:
    """A mean over customers with its t interval; what is not known of somebody is left out."""
    known = values[np.isfinite(values)]
    centre = float(known.mean()) if len(known) else 0.0
    off = known - centre
    said = mean(float(off.sum()), total(off, off), len(known))
    if said is None:
        return found.accounts.result(None, unit, 0, "customers", behind, method=method)
    low, high = (max(0.0, centre + said[1][0]), centre + said[1][1]) if said[1] else (None, None)
    return found.accounts.result(centre, unit, len(known), "customers", behind, low=low, high=high, level=LEVEL, method=method)


def tenth_of(found: Standing) -> Int | None:
    """[n] which tenth of the customers each is in, 1 the one worth most; 0 where worth is unknown. None without money."""
    worth = found.lifetime
    if worth is None:
        return None
    known = np.flatnonzero(np.isfinite(worth))
    order = known[np.argsort(-worth[known], kind="stable")]
    which = np.zeros(len(worth), np.int64)
    which[order] = 1 + np.arange(len(order)) * 10 // max(1, len(order))
    return which


def tenths(found: Standing) -> tuple[ValueTenth, ...]:
    which, worth = tenth_of(found), found.lifetime
    if which is None or worth is None:
        return ()
    whole = float(worth[which > 0].sum())
    rows = []
    for tenth in range(1, 11):
        mine = which == tenth
        if mine.any():
            behind = found.accounts.behind("value", found.ask, f"tenth:{tenth}")
            said = averaged(found, worth[mine], found.currency, behind)
            rows.append(ValueTenth(tenth, int(mine.sum()), said, float(worth[mine].sum()) / whole if whole else 0.0, behind))
    return tuple(rows)


def cohort_months(found: Standing) -> tuple[Int, tuple[date, ...]]:
    """[n] the month of each one's first order, and each month's first day."""
    days, place = np.unique(found.base.first, return_inverse=True)
    firsts = [first_day(found.accounts.day(int(day)), "month") for day in days]
    months = sorted(set(firsts))
    numbers = np.array([months.index(one) for one in firsts], np.int64)
    return (numbers[place] if len(numbers) else np.empty(0, np.int64)), tuple(months)


def cohorts(found: Standing) -> tuple[ValueCohort, ...]:
    month, first_on = cohort_months(found)
    base, accounts, worth = found.base, found.accounts, found.lifetime
    money = np.where(base.valued > 0, base.amount / FINE, np.nan) if found.money else np.full(base.n, np.nan)
    rows = []
    for index in range(max(0, len(first_on) - MOST_COHORTS), len(first_on)):
        mine = month == index
        behind = accounts.behind("value", found.ask, f"cohort:{first_on[index].isoformat()}")
        customers = int(mine.sum())
        rows.append(
            ValueCohort(
                first_on[index], customers, accounts.share(int((base.count[mine] > 1).sum()), customers, "customers", behind),
                averaged(found, base.count[mine].astype(np.float64), "orders", behind),
                averaged(found, money[mine], found.currency, behind),
                averaged(found, worth[mine] if worth is not None else np.empty(0), found.currency, behind), behind,
            )
        )  # fmt: skip
    return tuple(rows)


def _alive(found: Standing, mine: NDArray[np.bool_], behind: str) -> Result[float]:
    """The model's mean chance; without an interval, for it is the fit that may be off, alike for all groups."""
    chance = found.projection.alive[mine] if found.projection else np.empty(0)
    centre = float(np.nanmean(chance)) if np.isfinite(chance).any() else None
    return found.accounts.result(centre, "share", len(chance), "customers", behind, method="model")


def groups(found: Standing) -> tuple[ValueGroup, ...]:
    projection, worth = found.projection, found.lifetime
    orders = projection.orders(found.ask.weeks) if projection else None
    rows = []
    for name, mine in found.groups:
        behind = found.accounts.behind("value", found.ask, f"group:={name}")
        none = np.empty(0)
        rows.append(
            ValueGroup(
                name, int(mine.sum()),
                _alive(found, mine, behind),
                averaged(found, orders[mine] if orders is not None else none, "orders", behind),
                averaged(found, worth[mine] if worth is not None else none, found.currency, behind), behind,
            )
        )  # fmt: skip
    return tuple(rows)
