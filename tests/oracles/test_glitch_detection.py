"""What is printed about watching and breaks: run lengths of the CUSUM, the Nile at Aswan, a lag made by hand (oracles 7)."""

from __future__ import annotations

import numpy as np
import pytest
import ruptures
import statsmodels.api as sm

from desirelines.explain.glitches.cusum import cusum, run_length
from desirelines.explain.glitches.lags import follows_at
from desirelines.explain.glitches.partition import one_break, partition, spread_of
from desirelines.explain.glitches.runs import run_lengths

SHIFTS = (0, 0.25, 0.5, 1, 2, 3)
PRINTED = {4: (167.68, 74.22, 26.63, 8.38, 3.34, 2.19), 5: (465.44, 139.49, 38.00, 10.38, 4.01, 2.57)}
NILE = sm.datasets.nile.load_pandas().data["volume"].to_numpy(dtype=float)


@pytest.mark.parametrize(("limit", "printed"), PRINTED.items())
def test_how_long_a_cusum_stays_quiet(limit: int, printed: tuple[float, ...]) -> None:
    assert [run_length(shift, limit=limit) for shift in SHIFTS] == pytest.approx(printed, abs=0.005)
    assert run_length(limit=limit, sides=1) == pytest.approx({4: 335.4, 5: 930.9}[limit], abs=0.05)


@pytest.mark.parametrize(("shift", "runs"), [(0.0, 40), (1.0, 400)])
def test_the_watch_itself_rings_as_often_as_it_says(shift: float, runs: int) -> None:
    rng = np.random.default_rng(3)
    length = 40_000 if shift == 0 else 200
    waits: list[float] = []
    for _ in range(runs):
        alarms = cusum(rng.normal(shift, 1, length)).alarms
        waits.extend(np.diff([-1, *(one.at for one in alarms)]).tolist() if shift == 0 else [alarms[0].at + 1])
    error = np.std(waits) / np.sqrt(len(waits))
    assert abs(np.mean(waits) - run_length(shift)) < 4 * error


def test_the_nile_changed_in_1898() -> None:
    found = one_break(NILE)
    assert found is not None
    assert (found.at, 1870 + found.at) == (28, 1898)
    assert (found.before, found.after) == pytest.approx((1097.75, 849.97), abs=0.005)
    assert (found.squares_without, found.squares) == pytest.approx((2_835_156.75, 1_597_457.19), abs=0.005)
    assert found.sup_f == pytest.approx(75.93, abs=0.005)
    away = np.abs(np.cumsum(NILE - NILE.mean()))
    assert (int(away.argmax()) + 1, away.max()) == (28, pytest.approx(4995.2, abs=0.05))


def test_two_strangers_find_the_same_break() -> None:
    spread = spread_of(NILE)
    assert partition(NILE / spread) == [28]
    penalty = 2 * np.log(100) * spread**2
    assert ruptures.Dynp(model="l2", min_size=3, jump=1).fit(NILE).predict(n_bkps=1) == [28, 100]
    assert ruptures.Pelt(model="l2", min_size=3, jump=1).fit(NILE).predict(pen=penalty) == [28, 100]


def test_the_present_state_of_the_nile_began_in_1899() -> None:
    found = run_lengths(NILE, 125.0, float(NILE[:20].mean()), 200.0, 0.01)
    assert found[29] == 30
    assert found[30] < 5  # 1901
    assert found[-1] == 72
    assert 1970 - found[-1] + 1 == 1899


def test_a_lag_made_by_hand() -> None:
    x = np.array([0, 0, 5, 0, 0, 0, 9, 0, 0, 0, 0, 3, 0, 0, 0, 0, 7, 0, 0, 0], dtype=float)
    y = 5 + 0.8 * np.concatenate([[0, 0], x[:-2]])
    assert follows_at(x, y, 4) == pytest.approx([-0.2130, -0.2268, 1.0, -0.2604, -0.2289], abs=5e-5)
