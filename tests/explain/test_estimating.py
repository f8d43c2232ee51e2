"""The shared statistics, against strangers, hand-made cases and input from which nothing follows."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from desirelines.explain.estimating.doubly import doubly_robust, weighted_difference
from desirelines.explain.estimating.estimate import difference, mean_of
from desirelines.explain.estimating.logistic import logistic
from desirelines.explain.estimating.looking import benjamini_hochberg, holm
from desirelines.explain.estimating.regression import least_squares, with_ones
from desirelines.explain.estimating.sensitivity import e_value, e_value_of_interval, smallest_effect
from desirelines.explain.estimating.weighting import balance, effective, propensity, weigh

RNG = np.random.default_rng(4)
N = 400
X = with_ones(RNG.normal(size=(N, 2)), RNG.integers(0, 2, N).astype(float))
GROUPS = RNG.integers(0, 40, N)
Y = X @ np.array([1.0, -0.5, 0.2, 0.7]) + RNG.normal(size=N) * (1 + X[:, 3]) + RNG.normal(size=40)[GROUPS]
BINARY = (np.median(Y) < Y).astype(float)
WEIGHTS = RNG.uniform(0.5, 2.0, N)


@pytest.mark.parametrize("weights", [None, WEIGHTS])
def test_least_squares_agrees_with_a_stranger(weights: np.ndarray | None) -> None:
    other = sm.WLS(Y, X, weights=np.ones(N) if weights is None else weights)
    plain, robust = least_squares(Y, X, weights), least_squares(Y, X, weights, GROUPS)
    assert plain is not None
    assert robust is not None
    assert plain.coefficient == pytest.approx(other.fit().params, rel=1e-9)
    assert np.sqrt(np.diag(plain.covariance)) == pytest.approx(other.fit(cov_type="HC1").bse, rel=1e-8)
    clustered = other.fit(cov_type="cluster", cov_kwds={"groups": GROUPS})
    assert np.sqrt(np.diag(robust.covariance)) == pytest.approx(clustered.bse, rel=1e-8)
    assert plain.r_squared == pytest.approx(other.fit().rsquared)


def test_logistic_agrees_with_a_stranger() -> None:
    other = sm.Logit(BINARY, X).fit(disp=0)
    found = logistic(BINARY, X)
    assert found is not None
    assert found.coefficient == pytest.approx(other.params, rel=1e-6)
    assert np.sqrt(np.diag(found.covariance)) == pytest.approx(other.bse, rel=1e-6)
    assert found.log_likelihood == pytest.approx(other.llf)
    assert not found.separated


def test_a_column_that_tells_the_outcome_by_itself_is_held_and_said() -> None:
    x = np.linspace(-1, 1, 50)
    found = logistic((x > 0).astype(float), with_ones(x))
    assert found is not None
    assert found.separated
    assert np.isfinite(found.coefficient).all()
    rare = np.zeros(200)
    rare[:5] = 1
    found = logistic(rare, with_ones(rare))
    assert found is not None
    assert found.separated
    assert np.abs(found.coefficient).max() < 10


def test_a_column_said_twice_is_left_without_a_coefficient() -> None:
    twice = np.column_stack([X, X[:, 1] * 2 + 1])
    found = least_squares(Y, twice)
    assert found is not None
    assert found.of(4) is None
    alone = least_squares(Y, X)
    assert alone is not None
    assert found.coefficient[:4] == pytest.approx(alone.coefficient)


def test_corrections_agree_with_a_stranger() -> None:
    p = np.concatenate([RNG.uniform(size=20), RNG.uniform(size=5) * 0.001, [1.0, 0.0]])
    assert benjamini_hochberg(p) == pytest.approx(multipletests(p, method="fdr_bh")[1])
    assert holm(p) == pytest.approx(multipletests(p, method="holm")[1])
    assert np.isnan(benjamini_hochberg(np.array([nan, 0.01, 0.02]))).tolist() == [True, False, False]
    assert benjamini_hochberg(np.array([nan, 0.01, 0.02]))[1:] == pytest.approx([0.02, 0.02])
    assert len(holm(np.array([]))) == 0


def test_e_values_of_the_paper() -> None:
    # VanderWeele and Ding 2017: RR 3.9 (1.8 to 8.7) → 7.26 and 3.0
    found = e_value(3.9)
    assert found == pytest.approx(7.26, abs=0.005)
    assert e_value_of_interval(1.8, 8.7) == pytest.approx(3.0, abs=0.005)
    assert e_value(1 / 3.9) == pytest.approx(found)
    assert e_value_of_interval(0.8, 1.2) == 1.0
    assert e_value(0.0) is None
    assert e_value(inf) is None


def test_the_smallest_effect_seen_with_four_in_five() -> None:
    assert smallest_effect(1.0) == pytest.approx(1.959964 + 0.841621, abs=1e-5)


def test_weights_balance_what_they_were_made_from() -> None:
    exposed = RNG.uniform(size=N) < 1 / (1 + np.exp(-X[:, 1] - 0.5))
    found = propensity(exposed, X[:, 1:])
    assert found is not None
    after = balance(exposed, X[:, 1:], weigh(exposed, found.share))
    assert max(abs(one.after) for one in after) < 1e-6  # overlap weights balance means exactly
    assert max(abs(one.before) for one in after) > 0.3
    assert effective(np.ones(7)) == pytest.approx(7)


def test_doubly_robust_finds_what_confounding_hides() -> None:
    n = 20_000
    rng = np.random.default_rng(1)
    before = rng.normal(size=(n, 2))
    exposed = rng.uniform(size=n) < 1 / (1 + np.exp(-before[:, 0]))
    y = 1.0 * exposed + 2 * before[:, 0] + rng.normal(size=n)
    naive = weighted_difference(y, exposed, np.ones(n))
    assert naive is not None
    assert naive.value > 2
    for target in ("all", "exposed", "overlap"):
        found = doubly_robust(y, exposed, before, target)
        assert found is not None
        assert found.value == pytest.approx(1, abs=0.08)
        assert found.error == pytest.approx(0.016, abs=0.004)


def test_means_of_one_customer_hang_together() -> None:
    values, groups = np.repeat([1.0, 2.0, 3.0, 4.0], 5), np.repeat(np.arange(4), 5)
    alone, together = mean_of(values), mean_of(values, groups)
    assert alone is not None
    assert together is not None
    assert together.value == alone.value == 2.5
    assert together.error == pytest.approx(np.std([1, 2, 3, 4], ddof=1) / 2)
    assert (together.n, together.groups, together.freedom) == (20, 4, 3)
    gap = difference(together, together)
    assert gap.value == 0
    assert gap.freedom == pytest.approx(6)
    assert gap.p == 1


@pytest.mark.parametrize("y", [[], [1.0], [2.0] * 8, [nan] * 8, [inf, -inf, 1, 1, 1, 1, 1, 1], [0, 1, 0, 1, 0, 1, nan, inf]])
def test_from_poor_input_nothing_follows_and_nothing_breaks(y: list[float]) -> None:
    values = np.array(y, dtype=float)
    n = len(values)
    exposed = np.arange(n) % 2 == 0
    covariates = np.arange(n, dtype=float)[:, None]
    one_customer = np.zeros(n, np.int64)
    for groups in (None, one_customer):
        for found in (mean_of(values, groups), doubly_robust(values, exposed, covariates, groups=groups)):
            assert found is None or np.isfinite(found.value)
        fit = least_squares(values, with_ones(covariates), None, groups)
        assert fit is None or fit.sum_of(np.array([1.0, 1.0])) is None or fit.n <= n
    model = logistic(values, with_ones(covariates))
    assert model is None or np.isfinite(model.coefficient).all()
    assert propensity(np.zeros(n, np.bool_), covariates) is None


@settings(deadline=None, max_examples=50)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_corrected_values_keep_their_order(p: list[float]) -> None:
    raw = np.array(p)
    q, strict = benjamini_hochberg(raw), holm(raw)
    order = np.argsort(raw, kind="stable")
    assert (np.diff(q[order]) >= -1e-12).all()
    assert (raw <= q + 1e-12).all()
    assert (q <= strict + 1e-12).all()
