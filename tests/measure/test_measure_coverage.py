"""How often the intervals of every kind of estimate hold the truth: seeded worlds whose truth is known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.random import Generator

from desirelines.measure import Sample, estimate
from desirelines.measure.metrics.sample import ESTIMATORS, Kind, gap

WORLDS = 400
LOW, HIGH = 0.92, 0.98
"""95 % intervals; four standard errors of 400 draws are 4.4 points around it, so a fair method stays inside 0.91 to 0.99."""

ALARMS = 0.05 + 3 * (0.05 * 0.95 / (WORLDS // 2)) ** 0.5
"""One in twenty may look more than chance, and three standard errors of so many draws."""

Draw = Callable[[Generator], Sample]


def units(value: np.ndarray, customer: np.ndarray | None = None, **more: np.ndarray | float | None) -> Sample:
    who = np.arange(len(value)) if customer is None else customer
    return Sample("units", np.zeros(len(value), np.int64), who.astype(np.int32), value.astype(np.float64), **more)  # type: ignore[arg-type]


def share(rng: Generator) -> Sample:
    return units(rng.random(80) < 0.15)


def mean(rng: Generator) -> Sample:
    return units(rng.choice([1.0, 2, 3, 4, 5], 60, p=[0.1, 0.1, 0.1, 0.2, 0.5]))


def nps(rng: Generator) -> Sample:
    return units(rng.choice([10.0, 7.0, 3.0], 60, p=[0.5, 0.3, 0.2]))


def ratio(rng: Generator) -> Sample:
    """Amounts of orders: 150 customers with one to six each, some of whom spend much in every order."""
    customer = np.repeat(np.arange(150), rng.integers(1, 7, 150))
    size = rng.lognormal(0, 0.4, 150)
    return units(20 * size[customer] * rng.lognormal(0, 0.3, len(customer)), customer, exposure=np.ones(len(customer)))


def rate(rng: Generator) -> Sample:
    """Calls for orders: some customers call often (gamma), so counts bunch."""
    orders = rng.integers(1, 5, 300)
    calls = rng.poisson(0.4 * orders * rng.gamma(1.0, 1.0, 300))
    who = np.concatenate([np.repeat(np.arange(300), calls), np.repeat(np.arange(300), orders)])
    return units(np.arange(len(who)) < calls.sum(), who, exposure=(np.arange(len(who)) >= calls.sum()).astype(np.float64))


def wait(rng: Generator) -> Sample:
    """Half have it after 7 days; a third is watched for a shorter time only."""
    time, watched = rng.exponential(7 / np.log(2), 150), rng.uniform(3, 40, 150)
    return units(np.minimum(time, watched), ended=time <= watched)


def by_day(rng: Generator) -> Sample:
    found = wait(rng)
    return units(found.value, ended=found.ended, scale=7.0)


def median(rng: Generator) -> Sample:
    customer = np.repeat(np.arange(120), 3)
    return units(rng.lognormal(0, 0.3, 120)[customer] * rng.lognormal(0, 0.5, 360), customer)


def bunched_mean(rng: Generator) -> Sample:
    customer = np.repeat(np.arange(150), rng.integers(1, 5, 150))
    return units(2 + rng.gamma(1, 1, 150)[customer] + rng.poisson(1, len(customer)), customer)


def gained(rng: Generator) -> Sample:
    """Three come for two that go."""
    up = rng.random(300) < 0.6
    return units(up, np.arange(300) % 200, exposure=(~up).astype(np.float64))


CASES: dict[Kind, tuple[Draw, float]] = {
    "share": (share, 0.15),
    "mean": (mean, 3.9),
    "nps": (nps, 30.0),
    "ratio": (ratio, 20 * float(np.exp(0.4**2 / 2 + 0.3**2 / 2))),
    "rate": (rate, 0.4),
    "wait": (wait, 7.0),
    "share by": (by_day, 0.5),
    "median": (median, 1.0),
    "bootstrap mean": (bunched_mean, 4.0),
    "quick ratio": (gained, 1.5),
}


@pytest.mark.parametrize("kind", list(CASES))
def test_the_interval_holds_the_truth_as_often_as_it_says(kind: Kind) -> None:
    draw, truth = CASES[kind]
    rng = np.random.default_rng(2026)
    found = [estimate(kind, draw(rng)) for _ in range(WORLDS)]
    held = [one.low is not None and one.high is not None and one.low <= truth <= one.high for one in found]
    assert LOW <= np.mean(held) <= HIGH
    assert np.mean([one.value for one in found if one.value is not None]) == pytest.approx(truth, rel=0.05)


@pytest.mark.parametrize("kind", list(CASES))
def test_two_samples_of_one_world_differ_by_chance_only(kind: Kind) -> None:
    draw, _ = CASES[kind]
    rng = np.random.default_rng(7)
    alarms = 0
    for _ in range(WORLDS // 2):
        one, other = draw(rng), draw(rng)
        alarms += gap(kind, one, other, estimate(kind, one), estimate(kind, other)).more_than_chance is True
    assert alarms / (WORLDS // 2) <= ALARMS


def test_every_kind_of_estimate_is_tried() -> None:
    assert set(CASES) == set(ESTIMATORS)
