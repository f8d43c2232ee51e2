"""Published tables and hand-computed values of the intervals."""

from __future__ import annotations

from math import comb, inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirelines.measure.intervals import mean, median_ranks, newcombe, recommend, t_value, wilson, z_value


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_is_newcombes_table(hits: int, n: int, low: float, high: float) -> None:
    assert wilson(hits, n) == pytest.approx((low, high), abs=5e-5)


def test_newcombe_difference_of_the_published_pair() -> None:
    assert newcombe(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert newcombe(1, 1, 0, 0) is None


@pytest.mark.parametrize(
    ("promoters", "detractors", "n", "score", "low", "high"),
    [(50, 20, 100, 30.0, 14.051, 44.201), (36, 9, 60, 45.0, 24.471, 61.244), (500, 200, 1000, 30.0, 25.077, 34.744)],
)
def test_recommendation_is_adjusted_wald(promoters: int, detractors: int, n: int, score: float, low: float, high: float) -> None:
    found = recommend(promoters, detractors, n)
    assert found is not None
    assert found[0] == pytest.approx(score)
    assert found[1] == pytest.approx((low, high), abs=5e-4)


def test_recommendation_at_ninety_percent() -> None:
    found = recommend(50, 20, 100, 0.90)
    assert found is not None
    assert found[1] == pytest.approx((16.475, 41.778), abs=5e-4)


@pytest.mark.parametrize(
    ("freedom", "level", "value"),
    [
        (1, 0.95, 12.70620), (2, 0.95, 4.302653), (3, 0.95, 3.182446), (5, 0.95, 2.570582), (10, 0.95, 2.228139),
        (29, 0.95, 2.045230), (30, 0.95, 2.042272), (120, 0.95, 1.979930), (1, 0.99, 63.65674), (4, 0.99, 4.604095),
        (10, 0.90, 1.812461), (60, 0.99, 2.660283),
    ],
)  # fmt: skip
def test_t_quantile_is_the_printed_table(freedom: int, level: float, value: float) -> None:
    assert t_value(freedom, level) == pytest.approx(value, rel=1e-6)


def test_t_quantile_at_its_ends() -> None:
    assert t_value(0) == inf
    assert t_value(999_999) == pytest.approx(z_value(), rel=1e-5)
    assert t_value(10_000_000) == z_value()


def test_mean_of_literal_values() -> None:
    found = mean(10.0, 30.0, 4)  # 1, 2, 3, 4: sd 1.2910, t(3) 3.1824
    assert found is not None
    assert found[0] == 2.5
    assert found[1] == pytest.approx((2.5 - 2.054260, 2.5 + 2.054260), abs=1e-5)
    assert mean(7.0, 49.0, 1) == (7.0, None)
    assert mean(0.0, 0.0, 0) is None


@pytest.mark.parametrize(("n", "ranks"), [(5, None), (6, (0, 5)), (10, (1, 8)), (20, (5, 14)), (100, (39, 60))])
def test_median_ranks_are_the_binomial_table(n: int, ranks: tuple[int, int] | None) -> None:
    assert median_ranks(n) == ranks


@given(st.integers(6, 400))
@settings(deadline=None, max_examples=40)
def test_median_ranks_cover_and_are_tight(n: int) -> None:
    ranks = median_ranks(n)
    assert ranks is not None
    outside = sum(comb(n, k) for k in range(ranks[0] + 1)) / 2**n
    assert 1 - 2 * outside >= 0.95 > 1 - 2 * (outside + comb(n, ranks[0] + 1) / 2**n)


def test_large_median_ranks_meet_the_exact_ones() -> None:
    exact, rough = median_ranks(1000), median_ranks(1001)
    assert exact == (468, 531)
    assert rough is not None
    assert rough[0] <= 468
    assert rough[1] >= 532


@given(st.integers(1, 500), st.data())
@settings(deadline=None, max_examples=60)
def test_wilson_holds_the_share_and_stays_within(n: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, n))
    found = wilson(hits, n)
    assert found is not None
    assert 0 <= found[0] <= hits / n <= found[1] <= 1
