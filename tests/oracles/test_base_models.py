"""Models of a customer base to the printed decimals: CDNOW, donors, two cohorts of a subscription; and what must always hold."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from math import inf, nan
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from desirelines.measure.base import bg_bb, bg_nbd, gamma_gamma, lifetime, nbd, pareto_nbd, sbg
from desirelines.measure.base.buyers import Buyers, buyers, total
from desirelines.measure.base.fitting import Fit, error_of

WATCHED, AHEAD = 39.0, 39.0
"""Weeks."""
HIGH_END = np.array([100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1]) * 10
REGULAR = np.array([100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1]) * 10


HISTORIES = st.lists(
    st.tuples(st.integers(0, 400), st.floats(0, 1), st.floats(0.1, 300)).map(
        lambda one: (float(one[0]), one[1] * one[2] if one[0] else 0.0, one[2])
    ),
    min_size=1,
    max_size=30,
)
LOGS = st.lists(st.floats(-3, 3), min_size=4, max_size=4).map(lambda one: np.array(one))


def row(x: float, t_x: float, T: float) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    return np.array([x]), np.array([t_x]), np.array([T])


def published(name: str) -> pd.DataFrame:
    """A file of the package's; the package itself warns when it is imported."""
    spec = find_spec("lifetimes")
    if spec is None or spec.submodule_search_locations is None:
        pytest.skip("lifetimes is not installed")
    return pd.read_csv(Path(spec.submodule_search_locations[0]) / "datasets" / name)


@cache
def cdnow() -> Buyers:
    table = published("cdnow_customers_summary.csv")
    return buyers(table["frequency"].to_numpy(), table["recency"].to_numpy(), table["T"].to_numpy())


@cache
def fitted(model: Any) -> Fit:
    found = model.fit(cdnow())
    assert isinstance(found, Fit)
    return found


def rounded(fit: Fit, digits: int) -> tuple[float, ...]:
    return tuple(round(value, digits) for value in fit.values)


def test_cdnow_is_the_published_sample() -> None:
    found = cdnow()
    assert (found.n, total(found.weight, found.x), found.n - found.again) == (2357, 2457, 1411)


def test_bg_nbd_is_as_published() -> None:
    fit = fitted(bg_nbd)
    assert rounded(fit, 3) == (0.243, 4.414, 0.793, 2.426)
    assert rounded(fit, 4) == (0.2426, 4.4135, 0.7929, 2.4258)
    assert [round(error or 0, 4) for error in fit.errors] == [0.0126, 0.3782, 0.1857, 0.7053]
    assert (round(fit.log_likelihood, 1), round(fit.log_likelihood, 3), fit.caveats) == (-9582.4, -9582.426, ())


def test_bg_nbd_predicts_as_published() -> None:
    logs, found = fitted(bg_nbd).logs, cdnow()
    assert round(float(bg_nbd.conditional(logs, *row(2, 30.43, 38.86), t=39)[0]), 3) == 1.226
    assert round(float(bg_nbd.p_alive(logs, *row(2, 30.43, 38.86))[0]), 4) == 0.7266
    assert [round(float(bg_nbd.expected(logs, t)), 4) for t in (39, 52)] == [1.1950, 1.4440]
    assert round(float(bg_nbd.conditional(logs, *row(26, 30.86, 31), t=52)[0]), 2) == 25.76
    assert round(float(bg_nbd.p_alive(logs, *row(26, 30.86, 31))[0]), 4) == 0.9689
    assert round(total(found.weight, bg_nbd.p_alive(logs, found.x, found.t_x, found.T)), 2) == 1917.28


def test_pareto_nbd_is_as_published() -> None:
    fit = fitted(pareto_nbd)
    assert rounded(fit, 3) == (0.553, 10.578, 0.606, 11.668)  # 11.669 in print: the likelihood is flat to that decimal
    assert rounded(fit, 4) == (0.5533, 10.5776, 0.6062, 11.6679)
    assert (round(fit.log_likelihood, 1), round(fit.log_likelihood, 3)) == (-9595.0, -9594.974)
    logs = fit.logs
    assert round(float(pareto_nbd.expected(logs, 52)), 4) == 1.4734
    assert round(float(pareto_nbd.conditional(logs, *row(26, 30.86, 31), t=52)[0]), 4) == 25.4565
    assert round(float(pareto_nbd.p_alive(logs, *row(26, 30.86, 31))[0]), 4) == 0.9979
    assert round(float(pareto_nbd.conditional(logs, *row(2, 30.43, 38.86), t=39)[0]), 4) == 1.4551


def test_nbd_is_as_published() -> None:
    fit = fitted(nbd)
    assert (rounded(fit, 3), round(fit.log_likelihood, 3)) == ((0.385, 12.072), -9763.660)


def test_both_models_fall_short_of_what_came_as_published() -> None:
    """By week 78 there were 4339 repeat purchases, 1882 of them after week 39."""
    found = cdnow()
    weight = found.weight
    for model, upto, later, gap in ((bg_nbd, 4160.8, 1653.4, -0.041), (pareto_nbd, 4270.1, 1665.5, -0.016)):
        logs = fitted(model).logs
        cumulative = total(weight, model.expected(logs, AHEAD + found.T))
        assert cumulative == pytest.approx(upto, abs=0.2)  # the first purchases' days: weeks of the sample are rounded
        assert round(cumulative / 4339 - 1, 3) == gap
        assert round(total(weight, model.conditional(logs, found.x, found.t_x, found.T, AHEAD)), 1) == later < 1882


def test_gamma_gamma_is_as_published() -> None:
    table = published("cdnow_customers_summary_with_transactions.csv")
    x, mean = table["x"].to_numpy(np.float64), table["zbar"].to_numpy(np.float64)
    fit = gamma_gamma.fit(x, mean)
    assert fit is not None
    assert (rounded(fit, 4), fit.n, round(fit.log_likelihood, 2)) == ((6.2488, 3.7446, 15.4477), 946, -4055.92)
    assert round(float(mean[x > 0].mean()), 2) == 35.08
    assert round(gamma_gamma.population(fit.logs) or 0, 2) == 35.17
    assert round(gamma_gamma.population(np.log([6.25, 3.74, 15.44])) or 0, 2) == 35.22
    worth = gamma_gamma.conditional(fit.logs, np.array([2.0, 1.0]), np.array([22.35, 11.77]))
    assert [round(value, 2) for value in worth.tolist()] == [24.66, 18.91]
    assert round(gamma_gamma.related(x, mean) or 0, 3) == 0.114


def test_bg_bb_is_as_published() -> None:
    table = published("donations.csv")
    x, t_x, n, weight = (table[name].to_numpy(np.float64) for name in ("frequency", "recency", "periods", "weights"))
    fit = bg_bb.fit(x, t_x, n, weight)
    assert fit is not None
    assert (rounded(fit, 3), fit.n, round(fit.log_likelihood, 1)) == ((1.204, 0.750, 0.657, 2.783), 11_104, -33_225.6)
    alive = bg_bb.p_alive(fit.logs, x, t_x, n)
    assert np.all((alive >= 0) & (alive <= 1))
    more = bg_bb.conditional(fit.logs, x, t_x, n, ahead=5)
    assert np.all((more >= 0) & (more <= 5 * alive + 1e-12))


@pytest.mark.parametrize(
    ("left", "parameters", "height", "later"),
    [
        (HIGH_END, (0.668, 3.806), -1611.2, [46.0, 43.6, 41.4, 39.5, 37.8]),
        (REGULAR, (0.704, 1.182), -1680.3, [22.0, 20.4, 19.1, 18.0, 17.0]),
        (np.array([1000, 631, 468, 382, 326]), (0.764, 1.296), -1401.6, None),
    ],
)
def test_sbg_is_as_published(
    left: NDArray[np.float64], parameters: tuple[float, float], height: float, later: list[float] | None
) -> None:
    fit = sbg.fit(left)
    assert fit is not None
    assert (rounded(fit, 3), round(fit.log_likelihood, 1)) == (parameters, height)
    if later:
        assert [round(100 * share, 1) for share in sbg.stays(fit.logs, np.arange(8.0, 13.0)).tolist()] == later
    else:
        assert (rounded(fit, 4), round(fit.log_likelihood, 2)) == ((0.7637, 1.2958), -1401.56)


@pytest.mark.parametrize(
    ("parameters", "whole", "rest"),
    [
        ((0.668, 3.806), 5.9226, [5.415, 5.902, 6.294, 6.620, 6.897]),
        ((0.704, 1.182), 3.6951, [2.965, 4.103, 4.870, 5.442, 5.894]),
    ],
)
def test_discounted_lifetimes_are_as_published(parameters: tuple[float, float], whole: float, rest: list[float]) -> None:
    logs = np.log(np.array(parameters))
    assert round(sbg.lifetime(logs, 0.1), 4) == whole
    assert [round(sbg.residual_lifetime(logs, renewals, 0.1), 3) for renewals in range(1, 6)] == rest
    years = np.arange(0.0, 3000.0)
    shares = sbg.stays(logs, years)
    assert total(shares, 1.1**-years) == pytest.approx(sbg.lifetime(logs, 0.1), rel=1e-9)
    assert total(shares[3:] / shares[2], 1.1 ** -(years[3:] - 3.0)) == pytest.approx(
        sbg.residual_lifetime(logs, 3, 0.1), rel=1e-9
    )


def test_contractual_lifetime_is_as_published() -> None:
    assert round(lifetime.contractual(100, 0.8, 0.1) or 0, 2) == 266.67
    assert round(lifetime.contractual(100, 0.8, 0.1, at_once=True) or 0, 2) == 366.67
    assert lifetime.contractual(100, 1.0, 0.0) is None
    assert lifetime.contractual(nan, 0.8, 0.1) is None


def test_discounting_is_the_sum_period_by_period() -> None:
    logs = fitted(bg_nbd).logs

    def upto(t: float) -> NDArray[np.float64]:
        return bg_nbd.conditional(logs, *row(2, 30.43, 38.86), t=t)

    plain = lifetime.discounted(upto, 12, 4.0, 0.0)
    assert plain[0] == pytest.approx(upto(48.0)[0])
    steps = [(upto(4.0 * k) - upto(4.0 * (k - 1)))[0] / 1.01**k for k in range(1, 13)]
    assert lifetime.discounted(upto, 12, 4.0, 0.01)[0] == pytest.approx(sum(steps))
    assert (1 + lifetime.per_period(0.1, 52)) ** 52 == pytest.approx(1.1)


def test_gradient_is_the_slope() -> None:
    slope, at = bg_nbd.likelihood(cdnow()), np.log([0.4, 5.0, 0.6, 2.0])
    step = np.eye(4) * 1e-6
    by_hand = [(slope(at + one)[0] - slope(at - one)[0]) / 2e-6 for one in step]
    assert slope(at)[1] == pytest.approx(by_hand, rel=1e-5)


@settings(deadline=None, max_examples=60)
@given(HISTORIES, LOGS)
def test_pareto_sums_over_instants_what_the_closed_form_says(histories: Any, logs: NDArray[np.float64]) -> None:
    x, t_x, T = np.array(histories).T
    usual = x * np.log1p((T - t_x) / (t_x + 0.05)) < 100  # beyond, nobody with such a history is alive anyway
    x, t_x, T = x[usual], t_x[usual], np.maximum(T[usual], t_x[usual] * 1.001)
    found = buyers(x, t_x, T)
    if not found.n:
        return
    slope = pareto_nbd.likelihood(found)
    assert slope(logs)[0] == pytest.approx(pareto_nbd.log_likelihood(found, logs), rel=1e-6, abs=1e-6)
    step = np.eye(4) * 1e-5
    by_hand = [(slope(logs + one)[0] - slope(logs - one)[0]) / 2e-5 for one in step]
    assert slope(logs)[1] == pytest.approx(by_hand, rel=1e-4, abs=1e-4 * (1 + float(x.sum())))


@pytest.mark.parametrize("model", [bg_nbd, pareto_nbd])
def test_possible_futures_have_the_expected_mean(model: Any) -> None:
    found, logs, rng = cdnow(), fitted(model).logs, np.random.default_rng(7)
    x, t_x, T = (np.repeat(one, 40) for one in (found.x, found.t_x, found.T))
    came = model.simulated(logs, x, t_x, T, AHEAD, rng)
    expected = model.conditional(logs, x, t_x, T, AHEAD)
    assert float(came.mean()) == pytest.approx(float(expected.mean()), abs=4 * float(came.std()) / len(came) ** 0.5)


def test_intervals_hold_what_they_say() -> None:
    """Of 60 bases made by the model, the 95 % interval of a new customer's purchases in a year holds the truth in most."""
    rng, truth, held = np.random.default_rng(11), np.log([0.8, 6.0, 0.8, 2.5]), 0
    real = float(bg_nbd.expected(truth, 52.0))
    for _ in range(60):
        fit = bg_nbd.fit(made(rng, 1500))
        assert fit is not None
        error = error_of(fit, lambda at: float(bg_nbd.expected(at, 52.0)))
        assert error is not None
        held += abs(float(bg_nbd.expected(fit.logs, 52.0)) - real) < 1.96 * error
    assert held >= 51  # 57 expected; fewer than 51 in less than one of 300 such tests


def made(rng: np.random.Generator, n: int) -> Buyers:
    """Customers as BG/NBD with (0.8, 6, 0.8, 2.5) says, watched for 20 to 52 weeks."""
    T = rng.uniform(20, 52, n)
    rate, leave = rng.gamma(0.8, 1 / 6.0, n), rng.beta(0.8, 2.5, n)
    x, t_x = np.zeros(n), np.zeros(n)
    for who in range(n):
        at = rng.exponential(1 / rate[who])
        while at <= T[who]:
            x[who], t_x[who] = x[who] + 1, at
            if rng.random() < leave[who]:
                break
            at += rng.exponential(1 / rate[who])
    return buyers(x, t_x, T)


@settings(deadline=None, max_examples=60)
@given(HISTORIES, LOGS, st.sampled_from([bg_nbd, pareto_nbd]))
def test_chances_are_chances_and_grow_with_recency(histories: Any, logs: NDArray[np.float64], model: Any) -> None:
    x, t_x, T = np.array(histories).T
    alive = model.p_alive(logs, x, t_x, T)
    assert np.all((alive >= 0) & (alive <= 1))
    later = model.p_alive(logs, x, np.where(x > 0, (t_x + T) / 2, 0.0), T)
    assert np.all(later >= alive - 1e-9)
    soon, long = (model.conditional(logs, x, t_x, T, t) for t in (5.0, 50.0))
    assert np.all(np.isfinite(soon))
    assert np.all(soon >= 0)
    assert np.all(long >= soon - 1e-6 * (1 + soon))


@settings(deadline=None, max_examples=15)
@given(HISTORIES.filter(lambda rows: any(one[0] for one in rows)), st.integers(2, 4))
def test_weights_are_repetition(histories: Any, times: int) -> None:
    rows = np.array(histories)
    once, again = buyers(*rows.T), buyers(*np.repeat(rows, times, axis=0).T)
    assert np.array_equal(once.weight * times, again.weight)
    at = np.log([0.5, 5.0, 0.7, 2.0])
    single, repeated = bg_nbd.likelihood(once)(at), bg_nbd.likelihood(again)(at)
    assert repeated[0] == pytest.approx(times * single[0])
    assert repeated[1] == pytest.approx(times * single[1])
    assert pareto_nbd.log_likelihood(again, at) == pytest.approx(times * pareto_nbd.log_likelihood(once, at))


@pytest.mark.parametrize("model", [bg_nbd, pareto_nbd, nbd])
def test_bases_that_say_nothing(model: Any) -> None:
    nobody = buyers(*row(nan, inf, 1))
    assert (nobody.n, nobody.place.tolist(), model.fit(nobody)) == (0, [-1], None)
    assert model.fit(buyers(np.empty(0), np.empty(0), np.empty(0))) is None
    assert model.fit(buyers(*row(0, 0, 10))) is None  # nobody came again
    assert model.fit(buyers(*row(1, 0, 0))) is None  # nobody was watched
    alone = model.fit(buyers(*row(5, 9, 10)))
    assert alone is not None
    assert all(error is None for error in alone.errors) or alone.caveats
    same = model.fit(buyers(np.full(50, 3.0), np.full(50, 8.0), np.full(50, 10.0)))
    assert same is not None
    assert same.caveats  # everybody alike: a rate each of their own cannot be told from one


def test_histories_that_cannot_be_are_left_out() -> None:
    found = buyers(np.array([1, 1, -1, 0, 2]), np.array([5, 12, 1, 3, 2]), np.array([10, 10, 10, 10, nan]))
    assert (found.n, found.place.tolist()) == (1, [0, -1, -1, -1, -1])
    assert np.isnan(found.each(np.array([7.0]))).tolist() == [False, True, True, True, True]


def test_values_and_cohorts_that_say_nothing() -> None:
    assert gamma_gamma.fit(np.array([]), np.array([])) is None
    assert gamma_gamma.fit(np.array([1.0, 2.0]), np.array([5.0, 5.0])) is None
    assert gamma_gamma.fit(np.array([1.0, nan, 2.0]), np.array([inf, 3.0, -1.0])) is None
    assert gamma_gamma.related(np.array([1.0, 1, 1]), np.array([2.0, 3, 4])) is None
    assert sbg.fit(np.array([])) is None
    assert sbg.fit(np.array([100, 100, 100])) is None
    assert sbg.fit(np.array([100, 110])) is None
    assert bg_bb.fit(*row(0, 0, 6), np.array([10.0])) is None
    assert bg_bb.fit(*row(3, 2, 6), np.array([10.0])) is None
