"""A design weighed: shares, effects and performance of its drivers, each with the samples its interval comes from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtrc

from desirelines.explain.drivers.bootstrap import LEAST_DRAWS, Drawn, bootstrap
from desirelines.explain.drivers.chances import Cases, Chances, cases, chances, drawn_shares
from desirelines.explain.drivers.contrast import Contrast, contrasts, ends
from desirelines.explain.drivers.crossed import Crossed, cross
from desirelines.explain.drivers.design import Design
from desirelines.explain.drivers.fitting import Fit, fit
from desirelines.explain.drivers.sharing import MOST_EXACT, shares
from desirelines.explain.drivers.warning import Warned, collinear, halo, missing, restricted, suppressors
from desirelines.explain.estimating.regression import with_ones

Float = NDArray[np.float64]
Pair = tuple[float | None, float | None]
NO_ENDS: Pair = (None, None)
PARTS = 4
"""Classes into which what is held alike falls for logistic regressions."""


@dataclass(frozen=True)
class Weighed:
    design: Design

    @property
    def p(self) -> int:
        return len(self.design.drivers)

    @cached_property
    def ones(self) -> Float:
        return np.ones(len(self.design.y))

    @cached_property
    def crossed(self) -> Crossed | None:
        return cross(self.design.columns, self.ones, self.design.missing)

    @cached_property
    def fit(self) -> Fit | None:
        """None where there is nothing to fit: no driver, too few rows, an outcome that does not vary."""
        found = fit(self.crossed) if self.crossed else None
        return found if found and found.freedom >= 1 else None

    @property
    def beyond_chance(self) -> bool:
        """Whether all drivers together say more of the outcome than chance may do (F, at 0.05)."""
        found = self.fit
        return found is not None and (found.f is None or float(fdtrc(self.p, found.freedom, found.f)) < 0.05)

    @cached_property
    def drawn(self) -> Drawn | None:
        return bootstrap(self.design.columns, self.ones, self.design.times, self.design.missing) if self.fit else None

    # whether it happens

    @cached_property
    def _cases(self) -> Cases | None:
        if not self.design.rows.binary:
            return None
        held = None if self.design.held is None else _classes(self.design.held)
        return cases(self.design.y, self.design.lived, self.ones, held)

    @cached_property
    def chances(self) -> Chances | None:
        return chances(self._cases) if self._cases else None

    @cached_property
    def _likely(self) -> tuple[Float, Float] | None:
        """Shares of the log likelihood and their samples, where there is time for enough of them."""
        if not self.fit or not self.chances or not self._cases:
            return None
        samples = drawn_shares(self._cases, self.design.times)
        return None if samples is None else (self.chances.share, samples)

    # what each explains

    @cached_property
    def explains(self) -> Float:
        """[p] parts of R² (of McFadden's where it happens or not, and that could be drawn again)"""
        if self._likely:
            return self._likely[0]
        return shares(self.crossed.correlation) if self.crossed and self.fit else np.full(self.p, np.nan)

    @cached_property
    def samples(self) -> Float | None:
        """[draws, p] the same of customers drawn again"""
        if self._likely:
            return self._likely[1]
        return self.drawn.share if self.drawn else None

    @property
    def method(self) -> str:
        if self._likely:
            return "shapley of the log likelihood"
        return "lmg" if self.p <= MOST_EXACT else "johnson"

    @property
    def n(self) -> int:
        return self.fit.n if self.fit else 0

    def of_all(self, chosen: Float) -> tuple[float | None, Pair]:
        """The share of what all drivers explain that the `chosen` [p] (weights) have, with its interval."""
        total = float(self.explains.sum())
        if not self.fit or not total > 0:
            return None, NO_ENDS
        value = float(self.explains @ chosen / total)
        if self.samples is None:
            return value, NO_ENDS
        whole = self.samples.sum(axis=1)
        fine = whole > 0
        return value, between(self.samples[fine] @ chosen / whole[fine], value)

    # how each stands

    def performance(self, place: int) -> tuple[float | None, Pair, int]:
        """Mean of the driver from 0 to 1, over all rows that have it."""
        column = self.design.value[:, place]
        there = np.isfinite(column)
        n = int(there.sum())
        if not n:
            return None, NO_ENDS, 0
        times = self.design.times[:, there]
        weight = times.sum(axis=1, dtype=np.float64)
        fine = weight > 0
        means = (times @ column[there])[fine] / weight[fine]
        return float(column[there].mean()), between(means), n

    @cached_property
    def contrasts(self) -> dict[int, Contrast]:
        """By driver, of those that have a middle; a missing score is held apart."""
        places = [place for place, one in enumerate(self.design.drivers) if one.kind == "score"]
        places = [place for place in places if len(np.unique(self.design.value[:, place])) > 3]
        if not places or not self.fit:
            return {}
        scores = self.design.value[:, places]
        low, high = ends(scores, 0.0, 1.0)
        beside = [(~np.isfinite(scores)).astype(np.float64)]
        if self.design.held is not None:
            beside.append(self.design.held)
        _, found = contrasts(self.design.y, low, high, self.design.units, None, with_ones(*beside)[:, 1:])
        return dict(zip(places, found, strict=True))

    def _surely(self, at: int) -> bool:
        """Whether a driver's beta lies beyond 0 by more than chance."""
        low, high = between(self.drawn.beta[:, at]) if self.drawn else NO_ENDS
        return low is None or high is None or not low <= 0 <= high

    @cached_property
    def warned(self) -> list[Warned]:
        found = [*restricted(self.design.value), *missing(self.design.value, self.design.y)]
        if self.fit and self.crossed:
            found += [one for one in suppressors(self.fit, self.crossed.correlation) if self._surely(one.driver or 0)]
            found += [*collinear(self.fit), *halo(self.crossed.correlation)]
        return found


def between(samples: Float, value: float | None = None) -> Pair:
    """The interval that holds 95 of 100 samples; none of fewer than 40.

    Samples of a share lie above it where little is explained: with its `value` they are moved back by how far their mean lies
    from it, and cut at 0 and 1.
    """
    fine = samples[np.isfinite(samples)]
    if len(fine) < LEAST_DRAWS:
        return NO_ENDS
    low, high = np.quantile(fine, [0.025, 0.975], method="weibull")
    if value is None:
        return float(low), float(high)
    off = float(fine.mean()) - value
    return float(min(max(low - off, 0.0), value)), float(max(min(high - off, 1.0), value))


def _classes(held: Float) -> Float:
    """Each column cut at its quartiles: alike enough, and few enough to count."""
    cuts = np.quantile(held, np.linspace(0, 1, PARTS + 1)[1:-1], axis=0) if len(held) else np.zeros((PARTS - 1, held.shape[1]))
    return np.asarray((held[None] > cuts[:, None]).sum(axis=0), dtype=np.float64)
