"""What the customer base is worth: who may still buy, what they will bring, who is loyal and worth much."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.measure.base import gamma_gamma
from desirelines.measure.base.accounts import Accounts
from desirelines.measure.base.checking import check
from desirelines.measure.base.fitting import Fit, error_of
from desirelines.measure.base.histories import histories
from desirelines.measure.base.matrix import levels, loyalty_of, matrix, worth_of
from desirelines.measure.base.orders import FINE
from desirelines.measure.base.projecting import LEAST_AGAIN, Projection
from desirelines.measure.base.standing import Standing
from desirelines.measure.base.value_nouns import Value, ValueAhead, ValueAsk, ValueChance, ValueModel, ValueParameter
from desirelines.measure.base.value_rows import cohort_months, cohorts, groups, tenth_of, tenths
from desirelines.measure.intervals import LEVEL, z_value
from desirelines.measure.telling.words import several
from desirelines.model.result import Result

Mask = NDArray[np.bool_]
AHEAD = (4, 12, 20, 28, 36, 44, 52)
"""Weeks at which all customers' orders are looked ahead to."""
NOBODY_LEAVES = 0.995
CHANCES: tuple[tuple[Literal["likely", "open", "unlikely"], str, float, float], ...] = (
    ("likely", "likely still customers: a chance of two thirds or more", 2 / 3, 2.0),
    ("open", "open: between one and two thirds", 1 / 3, 2 / 3),
    ("unlikely", "probably gone: under one third", -1.0, 1 / 3),
)


def value(accounts: Accounts, ask: ValueAsk) -> Value:
    """Raises BadInput where no event is an order, and for a trait that nobody has.

    The period's last day is the last one that is known; its first day leaves out who had ordered before it.
    """
    found = Standing(accounts, ask)
    return found.kept("value", ask, lambda: _answered(found))


def _answered(found: Standing) -> Value:
    accounts, ask, base, projection = found.accounts, found.ask, found.base, found.projection
    again, again_before, again_within = _again(found)
    return Value(
        base.n, accounts.period, accounts.plan_version, accounts.facts.trace.data_version, tuple(_caveats(found)), found.currency,
        accounts.day(accounts.last_day), ask.weeks, accounts.result(float(base.count.sum()), "orders", base.n, "customers"),
        accounts.result(float(base.amount.sum()) / FINE if found.money else None, found.currency, base.n, "customers"),
        again, again_before, again_within, _alive(found), _chances(found), _order_worth(found),
        gamma_gamma.related(base.valued.astype(np.float64), base.mean) if found.money else None,
        tuple(_ahead(found, projection, one) for one in AHEAD) if projection else (), _lifetime(found), tenths(found),
        matrix(found), cohorts(found), groups(found), _told(projection.fit) if projection else None,
        _told(projection.worth) if projection and projection.worth else None,
        check(accounts, found.orders, accounts.last_day, ask.model) if projection else None,
    )  # fmt: skip


def _again(found: Standing) -> tuple[Result[float], Result[float], Result[float]]:
    accounts, base, ask = found.accounts, found.base, found.ask
    before = histories(found.placed, accounts.last_day, accounts.first_day, accounts.members)
    closed = accounts.last_day - base.first >= ask.window
    second = _second_day(found)
    within = closed & (second >= 0) & (second - base.first <= ask.window)
    return (
        accounts.share(int((base.count > 1).sum()), base.n, "customers", accounts.behind("value", ask, "again")),
        accounts.share(int((before.count > 1).sum()), before.n, "customers"),
        accounts.share(int(within.sum()), int(closed.sum()), "customers"),
    )


def _second_day(found: Standing) -> NDArray[np.int64]:
    """[n] the day of each one's second order; -1: none."""
    rows, base = found.orders, found.base
    start = np.searchsorted(rows.customer, base.customer)
    there = base.count > 1
    return np.where(there, np.append(rows.day, -1)[np.minimum(start + 1, len(rows.day))], -1)


def _alive(found: Standing) -> Result[float]:
    projection, accounts, n = found.projection, found.accounts, found.base.n
    if projection is None:
        return accounts.result(None, "share", 0, "customers", method="model")
    mean, error = float(np.nanmean(projection.alive)), projection.alive_error()
    told = error is not None and None not in projection.fit.errors  # a parameter that nothing fixes has no error to speak of
    half = z_value() * error if error is not None else 0.0
    low, high = (max(0.0, mean - half), min(1.0, mean + half)) if told else (None, None)
    caveats = projection.fit.caveats
    return accounts.result(mean, "share", n, "customers", low=low, high=high, level=LEVEL, method="model", caveats=caveats)


def _chances(found: Standing) -> tuple[ValueChance, ...]:
    if found.projection is None:
        return ()
    alive = found.projection.alive
    return tuple(
        ValueChance(
            name, words, int(((alive >= low) & (alive < high)).sum()), found.accounts.behind("value", found.ask, f"alive:{name}")
        )
        for name, words, low, high in CHANCES
    )


def _order_worth(found: Standing) -> Result[float]:
    projection, accounts = found.projection, found.accounts
    if projection is None or projection.worth is None or found.mixed:
        return accounts.result(None, found.currency, 0, "customers", method="model")
    fit = projection.worth
    centre, error = gamma_gamma.population(fit.logs), error_of(fit, lambda at: gamma_gamma.population(at) or np.nan)
    half = z_value() * error if error is not None else None
    low, high = (max(0.0, centre - half), centre + half) if centre is not None and half is not None else (None, None)
    caveats = (*fit.caveats, *(() if centre is not None else ("a few orders are so large that no mean can be told",)))
    return accounts.result(
        centre, found.currency, fit.n, "customers", low=low, high=high, level=LEVEL, method="model", caveats=caveats
    )


def _ahead(found: Standing, projection: Projection, weeks: int) -> ValueAhead:
    accounts = found.accounts
    n, caveats = found.base.n, projection.fit.caveats
    orders = projection.orders_ahead(weeks)
    money = projection.money_ahead(weeks) if found.money else None
    said: Result[float] = accounts.result(
        orders.value, "orders", n, "customers", low=orders.low, high=orders.high, level=LEVEL, method="model", caveats=caveats
    )
    if money is None:
        return ValueAhead(weeks, said, accounts.result(None, found.currency, n, "customers", method="model"))
    worth: Result[float] = accounts.result(
        money.value, found.currency, n, "customers", low=money.low, high=money.high, level=LEVEL, method="model", caveats=caveats
    )
    return ValueAhead(weeks, said, worth)


def _lifetime(found: Standing) -> Result[float]:
    worth = found.lifetime
    if worth is None:
        return found.accounts.result(None, found.currency, 0, "customers", method="model")
    mean = float(np.nanmean(worth)) if np.isfinite(worth).any() else None
    return found.accounts.result(mean, found.currency, int(np.isfinite(worth).sum()), "customers", method="model")


def _told(fit: Fit) -> ValueModel:
    parameters = zip(fit.names, fit.values, fit.errors, strict=True)
    return ValueModel(fit.model, fit.n, float(fit.log_likelihood), tuple(ValueParameter(*one) for one in parameters), fit.caveats)


def _caveats(found: Standing) -> list[str]:
    rows, base, said = found.orders, found.base, []
    if not base.n:
        said.append("no known customer has an order in this period")
    elif found.projection is None:
        again = several(base.buyers.again, "customer has", "customers have")
        said.append(f"{again} ordered again; a forecast needs {LEAST_AGAIN}")
    said.append("orders of one day are one order" if found.ask.days == "one" else "orders of one day are each their own")
    if rows.cancelled or rows.lowered:
        lowered = f", {several(rows.lowered, 'made smaller', 'made smaller')}" if rows.lowered else ""
        said.append(f"of all orders {rows.cancelled:,} were taken back whole and are left out{lowered}")
    if rows.unplaced:
        said.append(f"{several(rows.unplaced, 'refund belongs', 'refunds belong')} to no order that is known")
    if rows.unknown:
        said.append(f"{several(rows.unknown, 'order is', 'orders are')} of nobody known, and in none of these figures")
    if found.mixed:
        said.append(f"amounts come in {' and '.join(found.currencies)}: they are not added up")
    elif not rows.money:
        said.append("orders have no amounts: what they are worth is unknown")
    if found.projection and base.n and float(np.nanmean(found.projection.alive)) > NOBODY_LEAVES:
        said.append("nobody is seen to leave for good: either nobody does, or the time seen is too short to tell")
    if found.projection and found.lifetime is not None:
        kept = "the whole amount of an order" if found.ask.margin == 1 else f"{100 * found.ask.margin:g} % of an order's amount"
        said.append(f"a lifetime counts {kept} for {found.ask.weeks} weeks, discounted by {100 * found.ask.discount:g} % a year")
    return said


def of_value(accounts: Accounts, ask: ValueAsk, mark: str) -> Mask:
    """bool[customers of the facts]: whom `mark` stands for. Raises BadInput for one that is none."""
    found = Standing(accounts, ask)
    kind, _, rest = mark.partition(":")
    mine = _marked(found, kind, rest)
    if mine is None:
        raise BadInput(f"`{mark[:80]}` is no figure of this value", hint="such as again, alive:likely, tenth:1, cell:1:3")
    whose = np.zeros(accounts.customers, np.bool_)
    whose[found.base.customer[mine]] = True
    return whose


def _marked(found: Standing, kind: str, rest: str) -> Mask | None:
    base = found.base
    if kind == "all" and not rest:
        return np.ones(base.n, np.bool_)
    if kind == "again" and not rest:
        return base.count > 1
    if kind == "alive":
        bounds = [(low, high) for name, _, low, high in CHANCES if name == rest]
        if not bounds or found.projection is None:
            return None
        alive = found.projection.alive
        return np.asarray((alive >= bounds[0][0]) & (alive < bounds[0][1]))
    if kind == "tenth" and rest.isdecimal():
        which = tenth_of(found)
        return None if which is None or not 1 <= int(rest) <= 10 else which == int(rest)
    if kind == "cell":
        return _cell(found, rest)
    if kind == "cohort":
        months, first_on = cohort_months(found)
        places = [index for index, day in enumerate(first_on) if day.isoformat() == rest]
        return months == places[0] if places else None
    return dict(found.groups).get(rest.removeprefix("=")) if kind == "group" and rest.startswith("=") else None


def _cell(found: Standing, rest: str) -> Mask | None:
    wanted = [int(one) - 1 for one in rest.split(":") if one.isdecimal()]
    money, loyal = worth_of(found), loyalty_of(found)
    if len(wanted) != 2 or money is None or loyal is None or not all(0 <= one < found.ask.grid for one in wanted):
        return None
    rows, columns = levels(found, money, loyal)
    return np.asarray((rows == wanted[0]) & (columns == wanted[1]))
