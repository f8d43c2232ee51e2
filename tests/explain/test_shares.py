"""Shares of R², by properties and against a plain reference; and by how often their intervals hold the truth."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirelines.explain.drivers.bootstrap import bootstrap, drawn_times, units_of
from desirelines.explain.drivers.chances import cases, chances, drawn_shares
from desirelines.explain.drivers.contrast import contrasts, ends
from desirelines.explain.drivers.crossed import cross
from desirelines.explain.drivers.fitting import fit
from desirelines.explain.drivers.grid import place
from desirelines.explain.drivers.kano import answered, counted
from desirelines.explain.drivers.sharing import johnson, lmg, shapley
from desirelines.explain.drivers.warning import collinear, halo, missing, restricted, suppressors
from desirelines.explain.drivers.weighed import between


def table(seed: int, n: int, p: int, noise: float = 1.0) -> np.ndarray:
    """[n, p + 1] drivers that have something in common, and their outcome."""
    random = np.random.default_rng(seed)
    x = random.normal(size=(n, p)) + random.normal(size=(n, 1))
    return np.column_stack([x, x @ random.normal(size=p) + noise * random.normal(size=n)])


def r2(correlation: np.ndarray, some: list[int]) -> float:
    if not some:
        return 0.0
    outer = correlation[some, -1]
    return float(outer @ np.linalg.lstsq(correlation[np.ix_(some, some)], outer, rcond=None)[0])


def every_order(correlation: np.ndarray) -> list[float]:
    """LMG as it is defined: what a driver adds, averaged over all orders."""
    p = len(correlation) - 1
    share = np.zeros(p)
    orders = list(permutations(range(p)))
    for order in orders:
        for at, one in enumerate(order):
            share[one] += r2(correlation, list(order[: at + 1])) - r2(correlation, list(order[:at]))
    return list(share / len(orders))


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 5), st.integers(8, 40))
def test_shares_are_those_of_every_order_and_add_up(seed: int, p: int, n: int) -> None:
    found = cross(table(seed, n, p), np.ones(n))
    assert found is not None
    fitted = fit(found)
    assert fitted is not None
    share = lmg(found.correlation)
    assert share.tolist() == pytest.approx(every_order(found.correlation), abs=1e-9)
    assert (share >= -1e-12).all()
    assert share.sum() == pytest.approx(fitted.r2)
    assert johnson(found.correlation).sum() == pytest.approx(fitted.r2)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.permutations(range(6)), st.floats(0.001, 1000))
def test_neither_order_nor_units_of_drivers_matter(seed: int, order: list[int], scale: float) -> None:
    rows = table(seed, 60, 6)
    found, other = (cross(one, np.ones(60)) for one in (rows, np.column_stack([rows[:, order] * scale + 7, rows[:, -1] * -3])))
    assert found is not None
    assert other is not None
    assert lmg(found.correlation)[order].tolist() == pytest.approx(lmg(other.correlation).tolist(), abs=1e-9)
    assert johnson(found.correlation)[order].tolist() == pytest.approx(johnson(other.correlation).tolist(), abs=1e-8)


def test_fifteen_drivers_are_exact_and_a_copy_shares_alike() -> None:
    rows = table(1, 300, 14)
    twice = np.column_stack([rows[:, :14], rows[:, 0], rows[:, -1]])
    found = cross(twice, np.ones(300))
    assert found is not None
    share = lmg(found.correlation)
    assert share[0] == pytest.approx(share[14])
    assert share.sum() == pytest.approx(r2(found.correlation, list(range(14))))
    fitted = fit(found)
    assert fitted is not None
    assert np.isinf(fitted.vif[[0, 14]]).all()
    assert {one.driver for one in collinear(fitted)} >= {0, 14}


def test_weights_are_rows_counted_often_and_pairs_of_whole_rows_are_rows() -> None:
    rows, times = table(2, 50, 4), np.arange(50) % 4 + 1
    found, again = cross(rows, times.astype(float)), cross(np.repeat(rows, times, axis=0), np.ones(int(times.sum())))
    assert found is not None
    assert again is not None
    assert found.correlation == pytest.approx(again.correlation)
    assert found.deviation == pytest.approx(again.deviation)
    pairs = cross(rows, times.astype(float), "pairwise")
    assert pairs is not None
    assert pairs.correlation == pytest.approx(found.correlation)
    assert not pairs.mended


def test_pairs_are_those_of_a_stranger_and_contradictions_are_mended() -> None:
    pandas = pytest.importorskip("pandas")
    rows = table(3, 80, 4)
    rows[np.random.default_rng(4).random(rows.shape) < 0.3] = np.nan
    found = cross(rows, np.ones(80), "pairwise")
    assert found is not None
    frame = pandas.DataFrame(rows)
    assert found.correlation == pytest.approx(frame.corr().to_numpy(), abs=1e-10)
    assert found.mean == pytest.approx(frame.mean().to_numpy())
    a, nan = np.arange(6.0), np.full(6, np.nan)
    clash = np.column_stack([np.r_[a, a, nan], np.r_[a, nan, a], np.r_[nan, a, -a]])
    odd = cross(clash, np.ones(18), "pairwise")
    assert odd is not None
    assert odd.mended
    assert np.linalg.eigvalsh(odd.correlation)[0] > 0
    assert np.abs(odd.correlation).max() <= 1


@pytest.mark.parametrize("missing_rows", ["listwise", "pairwise"])
@pytest.mark.parametrize(
    "rows",
    [
        np.empty((0, 3)), np.ones((1, 3)), np.ones((9, 3)), np.full((9, 3), np.nan), np.full((9, 3), np.inf),
        np.full((9, 3), 1e300),
        np.column_stack([np.arange(9.0), np.arange(9.0), np.arange(9.0)]), np.array([[1.0, np.nan, 2], [np.nan, 1, 2]]),
    ],
)  # fmt: skip
def test_degenerate_tables_give_nothing_or_something_finite(rows: np.ndarray, missing_rows: str) -> None:
    mode = "listwise" if missing_rows == "listwise" else "pairwise"
    n = len(rows)
    with np.errstate(over="ignore", invalid="ignore"):
        found = cross(rows, np.ones(n), mode)  # type: ignore[arg-type]
    if found is not None:
        assert np.isfinite(found.correlation).all()
        assert np.isfinite(lmg(found.correlation)).all()
        fitted = fit(found)
        assert fitted is None or 0 <= fitted.r2 <= 1
    times = drawn_times(units_of(np.full(n, -1, np.int32)))
    with np.errstate(over="ignore", invalid="ignore"):
        again = bootstrap(rows, np.ones(n), times, mode)  # type: ignore[arg-type]
    assert again is None or np.isfinite(again.share).all()
    assert bootstrap(rows, np.ones(n), drawn_times(np.zeros(n, np.int64)), mode) is None  # type: ignore[arg-type]


def test_nothing_to_share_or_to_class() -> None:
    assert lmg(np.ones((1, 1))).tolist() == []
    assert shapley(np.zeros(1)).tolist() == []
    none = np.zeros((0, 2), np.bool_)
    assert [one.kind for one in contrasts(np.empty(0), none, none)[1]] == ["not told apart"] * 2
    same = np.zeros((5, 1), np.bool_)
    assert contrasts(np.ones(5), same, same)[1][0].penalty is None
    assert [side.tolist() for side in ends(np.array([1, 2, 3, 5, np.nan]), 1, 5)] == [
        [True, True, False, False, False], [False, False, False, True, False],
    ]  # fmt: skip
    assert counted({}).category is None
    assert counted({"R": 9}).satisfaction is None
    assert answered(np.array([7]), np.array([-1])).n == 0
    assert place([]) == []
    assert between(np.ones(3)) == (None, None)


def test_whether_it_happens_needs_both_ends() -> None:
    x = np.arange(20.0)[:, None] % 4
    assert chances(cases(np.ones(20), x, np.ones(20))) is None
    assert chances(cases(np.zeros(20), x, np.ones(20))) is None
    assert chances(cases(np.full(20, np.nan), x, np.ones(20))) is None
    told = chances(cases((x[:, 0] > 1).astype(float), x, np.ones(20)))  # the driver tells it by itself
    assert told is not None
    assert 0.9 < told.mcfadden <= 1
    assert np.isfinite(told.coefficient).all()
    assert drawn_shares(cases(np.ones(20), x, np.ones(20)), drawn_times(np.arange(20))) is None


def test_what_is_held_takes_nothing_for_itself() -> None:
    random = np.random.default_rng(6)
    past = random.integers(0, 3, (2000, 1)).astype(float)
    x = (past[:, 0] + random.normal(size=2000) > 1).astype(float)[:, None]
    y = (random.random(2000) < 0.2 + 0.25 * past[:, 0]).astype(float)  # the past alone decides
    alone, held = chances(cases(y, x, np.ones(2000))), chances(cases(y, x, np.ones(2000), past))
    assert alone is not None
    assert held is not None
    assert alone.mcfadden > 0.02
    assert held.mcfadden < 0.003


def test_warnings_come_where_they_belong_and_nowhere_else() -> None:
    random = np.random.default_rng(7)
    mood = random.normal(size=(500, 1))
    glad = np.column_stack([mood + 0.3 * random.normal(size=(500, 4)), mood[:, 0] + random.normal(size=500)])
    found, apart = cross(glad, np.ones(500)), cross(random.normal(size=(500, 5)), np.ones(500))
    assert found is not None
    assert apart is not None
    assert [one.kind for one in halo(found.correlation)] == ["halo"]
    assert halo(apart.correlation) == []
    calm = fit(apart)
    assert calm is not None
    assert collinear(calm) == suppressors(calm, np.eye(5)) == []
    same = np.r_[np.full(90, 5.0), np.arange(10) % 4 + 1][:, None]
    assert [one.kind for one in restricted(same)] == ["range"]
    assert [one.kind for one in restricted(np.ones((9, 1)))] == ["constant"]
    y = random.normal(size=400)
    gone = np.where(y > 0.3, np.nan, 1.0)[:, None]
    assert [one.kind for one in missing(gone, y)] == ["missing"]
    assert missing(np.where(np.arange(400) % 2, np.nan, 1.0)[:, None], y) == []
    assert missing(np.empty((0, 2)), np.empty(0)) == restricted(np.empty((0, 2))) == []


def test_intervals_of_shares_hold_the_truth_about_as_often_as_they_say() -> None:
    inner = np.array([[1, 0.4, 0.2], [0.4, 1, 0.3], [0.2, 0.3, 1]])
    weights = np.array([0.5, 0.3, 0.1])
    spread = float(weights @ inner @ weights) + 1.0
    truth = np.eye(4)
    truth[:3, :3] = inner
    truth[:3, 3] = truth[3, :3] = inner @ weights / np.sqrt(spread)
    real, held = lmg(truth), np.zeros(3)
    for seed in range(150):
        random = np.random.default_rng(seed)
        x = random.normal(size=(300, 3)) @ np.linalg.cholesky(inner).T
        rows = np.column_stack([x, x @ weights + random.normal(size=300)])
        found = cross(rows, np.ones(300))
        drawn = bootstrap(rows, np.ones(300), drawn_times(np.arange(300), seed=seed))
        assert found is not None
        assert drawn is not None
        for at, value in enumerate(lmg(found.correlation).tolist()):
            low, high = between(drawn.share[:, at], value)
            held[at] += (low or 0) <= real[at] <= (high or 1)
    assert held.sum() / 450 >= 0.92
    assert (held / 150 >= 0.88).all()
