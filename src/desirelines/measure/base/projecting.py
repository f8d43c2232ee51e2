"""A base fitted and looked ahead of: who may still buy, how often, for how much, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from types import ModuleType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desirelines.measure.base import bg_nbd, gamma_gamma, pareto_nbd
from desirelines.measure.base.buyers import total
from desirelines.measure.base.fitting import STEP, Fit, differences
from desirelines.measure.base.histories import Histories
from desirelines.measure.base.lifetime import discounted, per_period
from desirelines.measure.intervals import z_value

Float = NDArray[np.float64]
Name = Literal["bg", "pareto"]
MODELS: dict[Name, ModuleType] = {"bg": bg_nbd, "pareto": pareto_nbd}
DRAWS, DRAWN = 8, 50_000
"""Possible futures of each customer, of so many customers at most, that say how chance alone scatters a sum."""
LEAST_AGAIN = 30
"""Customers who came again: fewer and a fit says nothing."""
PERIOD = 4.0
"""Weeks after which each payment is discounted."""
WEEKS_A_YEAR = 52.1775


@dataclass(frozen=True)
class Ahead:
    """A sum over customers in some time ahead, where the middle 95 % of what may come lie."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Projection:
    """A model fitted to histories."""

    base: Histories
    name: Name
    fit: Fit
    worth: Fit | None
    """Gamma-gamma; None where amounts are missing or all alike."""

    @property
    def model(self) -> ModuleType:
        return MODELS[self.name]

    @cached_property
    def alive(self) -> Float:
        """[n] the chance that each may buy again."""
        return self.base.buyers.each(self._rows(self.model.p_alive, self.fit.logs))

    def _rows(self, of: Callable[..., Float], logs: Float, *more: float) -> Float:
        found = self.base.buyers
        with np.errstate(all="ignore"):
            return of(logs, found.x, found.t_x, found.T, *more)

    def orders(self, weeks: float) -> Float:
        """[n] orders of each within so many weeks."""
        return self.base.buyers.each(self._rows(self.model.conditional, self.fit.logs, weeks))

    @cached_property
    def each_worth(self) -> Float:
        """[n] what an order of each is expected to come to; nan where nothing is known."""
        return self._worth_at(self.worth.logs) if self.worth else np.full(self.base.n, np.nan)

    def _worth_at(self, logs: Float) -> Float:
        known = gamma_gamma.usable(self.base.valued.astype(np.float64), self.base.mean)
        mean = np.where(known, self.base.mean, 0.0)
        return gamma_gamma.conditional(logs, np.where(known, self.base.valued, 0).astype(np.float64), mean)

    def lifetime(self, weeks: float, discount: float, margin: float) -> Float:
        """[n] what each will have brought within so many weeks, at what it is worth today; `discount` a year."""
        periods = max(1, round(weeks / PERIOD))
        rate = per_period(discount, WEEKS_A_YEAR / PERIOD)
        rows = discounted(lambda t: self._rows(self.model.conditional, self.fit.logs, t), periods, weeks / periods, rate)
        return self.base.buyers.each(rows) * self.each_worth * margin

    def alive_error(self) -> float | None:
        """The standard error of the mean chance to be alive, from that of the parameters."""
        weight = self.base.buyers.weight
        return self._error(self.fit, lambda at: total(weight, self._rows(self.model.p_alive, at)) / max(1.0, weight.sum()))

    def orders_ahead(self, weeks: float) -> Ahead:
        """All customers' orders: the parameters may be off, and chance scatters what comes."""
        weight, sums = self.base.buyers.weight, float(np.nansum(self.orders(weeks)))
        error = self._error(self.fit, lambda at: total(weight, self._rows(self.model.conditional, at, weeks))) or 0.0
        return _band(sums, sqrt(error**2 + self._scatter(weeks, np.ones(self.base.n))))

    def money_ahead(self, weeks: float) -> Ahead | None:
        """All customers' money, before margin and discount; None without amounts."""
        if self.worth is None:
            return None
        each, worth = np.nan_to_num(self.orders(weeks)), np.nan_to_num(self.each_worth)
        place = self.base.buyers.place
        by_row = np.bincount(place[place >= 0], worth[place >= 0], minlength=len(self.base.buyers.x)).astype(np.float64)
        error = self._error(self.fit, lambda at: total(by_row, self._rows(self.model.conditional, at, weeks))) or 0.0
        off = self._error(self.worth, lambda at: total(each, np.nan_to_num(self._worth_at(at)))) or 0.0
        single = total(each, worth**2) / max(self.worth.value("p"), 1e-9)  # orders of one customer differ, too
        return _band(total(each, worth), sqrt(error**2 + off**2 + self._scatter(weeks, worth) + single))

    @staticmethod
    def _error(fit: Fit, of: Callable[[Float], float]) -> float | None:
        if fit.covariance is None:
            return None
        with np.errstate(all="ignore"):
            slope = differences(of, fit.logs, STEP)
        spread = float(slope @ fit.covariance @ slope)
        return sqrt(spread) if np.isfinite(spread) and spread > 0 else None

    def _scatter(self, weeks: float, times: Float) -> float:
        """The variance of all customers' orders, each taken `times` [n], by chance alone."""
        found, rng = self.base.buyers, np.random.default_rng(20_050_324)
        there = np.flatnonzero(found.place >= 0)
        if not len(there):
            return 0.0
        some = there if len(there) <= DRAWN else rng.choice(there, DRAWN, replace=False)
        rows = found.place[some]
        draws = [
            self.model.simulated(self.fit.logs, found.x[rows], found.t_x[rows], found.T[rows], weeks, rng) for _ in range(DRAWS)
        ]
        return float((np.var(draws, axis=0, ddof=1) * times[some] ** 2).sum()) * len(there) / len(some)


def _band(value: float, error: float) -> Ahead:
    half = z_value() * error
    return Ahead(value, max(0.0, value - half), value + half)


def project(base: Histories, name: Name) -> Projection | None:
    """None where the histories say nothing: see `too_few` and LEAST_AGAIN."""
    if base.buyers.again < LEAST_AGAIN:
        return None
    fit = MODELS[name].fit(base.buyers)
    if fit is None:
        return None
    return Projection(base, name, fit, gamma_gamma.fit(base.valued.astype(np.float64), base.mean))
