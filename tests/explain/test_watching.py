"""Glitches of single series: made by hand, against a plain reference, and where there are none."""

from __future__ import annotations

from itertools import pairwise
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirelines.explain.glitches.baseline import Kind, Series, deviance, season_factors
from desirelines.explain.glitches.lags import follows_at
from desirelines.explain.glitches.partition import one_break, partition
from desirelines.explain.glitches.runs import run_lengths
from desirelines.explain.glitches.watching import look

DAYS = 365
WEEKDAY = np.arange(DAYS) % 7
WEEK = np.array([1, 1.1, 1, 0.9, 1.3, 0.5, 0.2])[WEEKDAY]
WHOLE = np.ones(DAYS, np.bool_)


def counts(level: np.ndarray, seed: int = 0) -> Series:
    made = np.random.default_rng(seed).poisson(level * WEEK).astype(float)
    return Series("volume", made, np.ones(DAYS), WEEKDAY, WHOLE)


def broken(share: np.ndarray, seed: int = 0) -> Series:
    rng = np.random.default_rng(seed)
    size = rng.poisson(30 * WEEK)
    return Series("failure", rng.binomial(size, share).astype(float), size.astype(float), WEEKDAY, WHOLE)


def plain_partition(values: list[float], penalty: float, shortest: int) -> float:
    """The least cost over every way to cut, by recursion over the last segment."""
    best = [-penalty] + [inf] * len(values)
    for stop in range(shortest, len(values) + 1):
        for start in range(stop - shortest + 1):
            part = np.array(values[start:stop])
            best[stop] = min(best[stop], best[start] + float(((part - part.mean()) ** 2).sum()) + penalty)
    return best[-1]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(-5, 5), min_size=6, max_size=30), st.floats(0.5, 20), st.integers(1, 3))
def test_pruning_loses_no_better_cut(numbers: list[int], penalty: float, shortest: int) -> None:
    values = np.array(numbers, dtype=float)
    edges = [0, *partition(values, penalty=penalty, shortest=shortest), len(values)]
    cost = sum(float(((values[a:b] - values[a:b].mean()) ** 2).sum()) + penalty for a, b in pairwise(edges)) - penalty
    assert cost == pytest.approx(plain_partition(list(values), penalty, shortest), abs=1e-6)


def test_a_broken_share_that_doubles_is_found_and_goes_on() -> None:
    found = look(broken(np.where(np.arange(DAYS) >= 166, 0.18, 0.06)))
    (glitch,) = found.glitches
    assert abs(glitch.began - 166) <= 7
    assert glitch.ended is None
    assert glitch.side == 1
    assert glitch.seen is not None
    assert glitch.began <= glitch.seen < glitch.began + 30
    assert glitch.level.value == pytest.approx(0.18, abs=0.01)
    assert glitch.usual.value == pytest.approx(0.06, abs=0.01)


def test_a_week_of_too_many_begins_and_ends() -> None:
    (glitch,) = look(counts(np.where((np.arange(DAYS) >= 200) & (np.arange(DAYS) < 207), 120.0, 40.0))).glitches
    assert (glitch.began, glitch.ended, glitch.side) == (200, 207, 1)


def test_a_touchpoint_that_falls_silent() -> None:
    (glitch,) = look(counts(np.where(np.arange(DAYS) >= 250, 0.0, 40.0))).glitches
    assert (glitch.began, glitch.ended, glitch.side, glitch.level.value) == (250, None, -1, 0)
    assert glitch.seen is not None
    assert glitch.seen <= 253


def test_where_nothing_happens_hardly_anything_is_found() -> None:
    watched = rang = listed = 0
    for seed in range(20):
        for series in (counts(np.full(DAYS, 3.0), seed), counts(np.full(DAYS, 60.0), seed), broken(np.full(DAYS, 0.06), seed)):
            found = look(series)
            watched, rang, listed = watched + found.watched, rang + len(found.alarms), listed + len(found.glitches)
    assert rang < 1.7 * watched / 465.44  # the usual is learned, not known: rings somewhat oftener than the table
    assert listed <= 3


def test_weekdays_are_no_glitch() -> None:
    assert season_factors(counts(np.full(DAYS, 400.0)))[:7] == pytest.approx(WEEK[:7] / WEEK.mean(), rel=0.1)


def test_a_day_that_is_not_over_is_not_judged() -> None:
    series = counts(np.full(DAYS, 400.0))
    series.value[-1] = 3
    series.whole[-1] = False
    try:
        found = look(series)
        assert found.alarms == look(counts(np.full(DAYS, 400.0))).alarms
        assert found.glitches == ()
    finally:
        series.whole[-1] = True


@pytest.mark.parametrize("kind", ["volume", "failure", "time", "score"])
@pytest.mark.parametrize("values", [[], [1.0], [0.0] * 60, [3.0] * 60, [nan] * 60, [0.0] * 59 + [1.0], [1.0, inf] * 30])
def test_from_poor_series_nothing_follows(kind: Kind, values: list[float]) -> None:
    n = len(values)
    value, size = np.array(values), np.full(n, 5.0)
    found = look(Series(kind, value, size, np.arange(n) % 7, np.isfinite(value), value**2))
    assert len(found.usual) == n
    assert all(np.isfinite(glitch.p) for glitch in found.glitches)
    assert one_break(value) is None or n >= 6


def test_deviance_has_the_sign_and_size_of_a_standard_deviation() -> None:
    found = deviance("volume", np.array([90.0, 100, 110, 0]), np.ones(4), np.full(4, 100.0), 1.0)
    assert found[:3] == pytest.approx([-1.02, 0, 0.98], abs=0.01)
    assert found[3] == pytest.approx(-np.sqrt(200))
    share = deviance("failure", np.array([0.0, 10, 20]), np.full(3, 100.0), np.full(3, 0.1), 1.0)
    assert share[1] == pytest.approx(0)
    assert share[0] < -3
    assert share[2] > 2.5


def test_lags_and_runs_of_nothing() -> None:
    assert np.isnan(follows_at(np.ones(9), np.arange(9.0), 2)).all()
    assert np.isnan(follows_at(np.array([1.0]), np.array([1.0]), 2)).all()
    assert len(run_lengths(np.array([]), 1, 0, 1)) == 0
    assert run_lengths(np.array([nan, nan, 0.1]), 1, 0, 1).tolist() == [1, 2, 3]
