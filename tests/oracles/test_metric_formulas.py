"""The numbers that textbooks and papers print for metrics of customers' experience, to their printed decimals."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirelines.measure.estimating.estimate import Estimate, Gap, square_and_add, waves, welch
from desirelines.measure.estimating.formulas import opportunity, peak_end, quick_ratio, wallet_share
from desirelines.measure.estimating.rates import bunching, poisson_rate, quasi_poisson, rate_ratio
from desirelines.measure.estimating.ratios import ratio_of_sums
from desirelines.measure.estimating.resampling import bootstrap_median, bootstrap_sums
from desirelines.measure.estimating.survival import kaplan_meier, log_log, log_rank, median_wait, share_by
from desirelines.measure.intervals import newcombe, recommend, wilson

# Freireich et al. 1963, weeks of remission (a + stands for still in remission)
T = TypeVar("T")


def there(value: T | None) -> T:
    assert value is not None
    return value


DRUG = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


def mean(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    return np.asarray(top / bottom)


def width(found: Estimate | Gap) -> float:
    return there(found.high) - there(found.low)


def waits(text: str) -> tuple[np.ndarray, np.ndarray]:
    return (
        np.array([float(one.rstrip("+")) for one in text.split()]),
        np.array([not one.endswith("+") for one in text.split()]),
    )


@pytest.mark.parametrize(
    ("promoters", "detractors", "n", "level", "score", "low", "high"),
    [
        (50, 20, 100, 0.95, 30.0, 14.051, 44.201),
        (50, 20, 100, 0.90, 30.0, 16.475, 41.778),
        (36, 9, 60, 0.95, 45.0, 24.471, 61.244),
        (500, 200, 1000, 0.95, 30.0, 25.077, 34.744),
    ],
)
def test_net_recommendation_by_adjusted_wald(
    promoters: int, detractors: int, n: int, level: float, score: float, low: float, high: float
) -> None:
    value, limits = there(recommend(promoters, detractors, n, level))
    assert value == score
    assert tuple(round(one, 3) for one in limits) == (low, high)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_newcombe_prints_it(hits: int, n: int, low: float, high: float) -> None:
    assert tuple(round(one, 4) for one in there(wilson(hits, n))) == (low, high)


def test_the_difference_of_two_shares_and_that_square_and_add_is_the_same() -> None:
    assert tuple(round(one, 4) for one in there(newcombe(56, 70, 48, 80))) == (0.0524, 0.3339)
    shares = [Estimate(hits / n, *there(wilson(hits, n)), n, "wilson") for hits, n in ((56, 70), (48, 80))]
    found = square_and_add(*shares)
    assert (round(there(found.low), 4), round(there(found.high), 4)) == (0.0524, 0.3339)
    assert found.more_than_chance
    assert there(found.p) < 0.05


def test_kaplan_meier_of_freireichs_patients() -> None:
    curve = there(kaplan_meier(*waits(DRUG)))
    printed = {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}
    assert {week: round(curve.at(week)[0], 4) for week in printed} == printed
    assert (round(curve.at(6)[1], 4), round(curve.at(23)[1], 4)) == (0.0764, 0.1346)
    assert median_wait(*waits(DRUG)).value == 23
    assert median_wait(*waits(PLACEBO)).value == 8
    found = share_by(*waits(DRUG), 10)
    assert found.value == pytest.approx(1 - 0.7529, abs=5e-5)
    assert there(found.low) < there(found.value) < there(found.high)


def test_log_rank_of_freireichs_patients() -> None:
    found = there(log_rank(*waits(DRUG), *waits(PLACEBO)))
    assert round(found.statistic, 3) == 16.793
    assert (found.observed, round(found.expected, 2)) == (9, 19.25)
    assert found.p < 1e-4


def test_the_wallet_allocation_rule() -> None:
    printed = {1: [1.0], 2: [0.6667, 0.3333], 3: [0.5, 0.3333, 0.1667], 4: [0.4, 0.3, 0.2, 0.1]}
    for brands, shares in printed.items():
        found = wallet_share(np.arange(1.0, brands + 1), np.full(brands, float(brands)))
        assert found.round(4).tolist() == shares
        assert found.sum() == pytest.approx(1)
    assert np.isnan(wallet_share(np.array([3.0, 0.0, np.nan]), np.array([2.0, 2.0, 2.0]))).all()


def test_the_quick_ratio_and_where_it_is_not_defined() -> None:
    assert quick_ratio(20, 8, 5, 3) == 3.5
    assert quick_ratio(20, 8, 0, 0) is None


def test_what_is_remembered() -> None:
    felt = np.array([3.0, -1, 2, -4, 1, 2])
    assert peak_end(felt) == (-4.0, 2.0, -1.0)
    assert felt.mean() == 0.5
    assert peak_end(np.array([])) is None
    assert peak_end(np.array([np.nan])) is None


def test_opportunity() -> None:
    assert opportunity(9.3, 6.1) == pytest.approx(12.5)
    assert opportunity(5, 8) == 5


def test_poisson_limits_as_tables_print_them() -> None:
    printed = {0: (0.0, 3.6889), 1: (0.0253, 5.5716), 5: (1.6235, 11.6683), 10: (4.7954, 18.3904)}
    for count, limits in printed.items():
        found = poisson_rate(count, 1)
        assert (round(there(found.low), 4), round(there(found.high), 4)) == limits


def test_rates_that_bunch_have_wider_limits_and_ratios_are_symmetric() -> None:
    count, over = np.array([0.0, 0, 12, 0, 0, 9]), np.ones(6)
    assert bunching(count, over) > 5
    assert there(quasi_poisson(count, over).high) > there(poisson_rate(21, 6).high)
    ratio, low, high, p = there(rate_ratio(30, 100, 60, 100))
    back = there(rate_ratio(60, 100, 30, 100))
    assert ratio == 0.5
    assert back[:3] == pytest.approx((2, 1 / high, 1 / low))
    assert p == pytest.approx(back[3])
    assert rate_ratio(0, 10, 3, 10) is None


def test_a_ratio_of_sums_with_one_row_a_customer_is_the_textbooks() -> None:
    top, bottom = np.array([1.0, 2, 4, 8]), np.array([2.0, 2, 4, 4])
    found = ratio_of_sums(top, bottom, np.arange(4))
    rest = top - 1.25 * bottom
    error = np.sqrt(4 / 3 * (rest**2).sum()) / 12
    assert found.value == 1.25
    assert there(found.high) - there(found.value) == pytest.approx(3.182446305 * error)
    assert ratio_of_sums(top, bottom, np.zeros(4, np.int64)).low is None
    assert ratio_of_sums(top, np.zeros(4), np.arange(4)).value is None


def test_welch_against_student_where_spreads_are_equal() -> None:
    rng = np.random.default_rng(4)
    a, b = rng.normal(1, 1, 400), rng.normal(0, 1, 400)
    found = welch(a, b)
    assert there(found.low) < 1 < there(found.high)
    assert there(found.p) < 1e-6
    assert welch(a, a).p == pytest.approx(1)
    assert not welch(a, a).more_than_chance
    assert welch(a[:1], b).low is None


def test_two_waves() -> None:
    a, b = (
        Estimate(there(recommend(p, d, n))[0], *there(recommend(p, d, n))[1], n, "adjusted wald")
        for p, d, n in ((50, 20, 100), (45, 25, 100))
    )
    found = waves(a, b)
    assert found.value == 10
    half = np.hypot(width(a) / 2, width(b) / 2)
    assert width(found) / 2 == pytest.approx(half)
    assert not found.more_than_chance


def test_the_bootstrap_is_the_same_every_time_and_knows_who_belongs_together() -> None:
    rng = np.random.default_rng(1)
    value, ones, alone = rng.normal(5, 2, 600), np.ones(600), np.arange(600)
    together = np.repeat(np.arange(30), 20)
    assert bootstrap_sums((value, ones), alone, mean) == bootstrap_sums((value, ones), alone, mean)
    same = np.repeat(rng.normal(5, 2, 30), 20)
    wide = bootstrap_sums((same, ones), together, mean)
    narrow = bootstrap_sums((same, ones), alone, mean)
    assert width(wide) > 3 * width(narrow)
    found = bootstrap_median(value, alone)
    assert there(found.low) <= np.median(value) <= there(found.high)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.floats(0, 100), st.booleans()), min_size=1, max_size=40))
def test_kaplan_meier_against_a_plain_loop(rows: list[tuple[float, bool]]) -> None:
    time, ended = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    curve = there(kaplan_meier(time, ended))
    share = 1.0
    expected: dict[float, float] = {}
    for at in sorted({row[0] for row in rows if row[1]}):
        waiting = sum(row[0] >= at for row in rows)
        share *= 1 - sum(row[0] == at and row[1] for row in rows) / waiting
        expected[at] = share
    assert curve.time.tolist() == list(expected)
    assert curve.share.tolist() == pytest.approx(list(expected.values()))
    for value, error in zip(curve.share, curve.error, strict=True):
        limits = log_log(value, error)
        assert limits is None or 0 <= limits[0] <= value <= limits[1] <= 1


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.floats(allow_nan=True, allow_infinity=True), st.integers(-1, 3)), max_size=30))
def test_nothing_breaks_an_estimate(rows: list[tuple[float, int]]) -> None:
    value, customer = np.array([row[0] for row in rows], dtype=np.float64), np.array([row[1] for row in rows], dtype=np.int64)
    small = np.clip(value, -1e6, 1e6)
    found = [
        ratio_of_sums(small, np.ones(len(rows)), customer),
        bootstrap_median(small, customer),
        median_wait(small, np.ones(len(rows), np.bool_)),
    ]
    for one in found:
        assert one.low is None or one.low <= there(one.value) <= there(one.high)
