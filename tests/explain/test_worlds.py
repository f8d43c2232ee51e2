"""Twenty worlds whose truths are known, through the estimators of the product; `make worlds` takes two hundred."""

from __future__ import annotations

import numpy as np
import pytest
from rippling_worlds import Judged, judge, seeds, table, uniform

from desirelines.simulate.rippling import CONTACT, FAULTY, ripple_world


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    return [judge(ripple_world(*one)) for one in seeds(5)]


def of(judged: list[Judged], kind: str) -> list[Judged]:
    return [one for one in judged if one.kind == kind]


def test_where_nothing_follows_nothing_is_shown(judged: list[Judged]) -> None:
    assert sum(one.shown > 0 for one in of(judged, "none")) <= 1
    assert uniform([p for one in judged for p in one.p]) < 1.63


def test_a_real_ripple_is_found_at_its_lag_and_its_intervals_hold(judged: list[Judged]) -> None:
    real = of(judged, "real")
    assert sum(one.to_contact for one in real) >= 4
    assert all(one.right_lag for one in real if one.to_contact)
    assert 0.92 <= sum(one.held for one in real) / sum(one.told for one in real) <= 0.98


def test_a_common_cause_and_a_reverse_path_are_told_by_the_days_before(judged: list[Judged]) -> None:
    assert sum(one.caught for one in of(judged, "common")) >= 4
    assert sum(one.caught for one in of(judged, "reverse")) >= 4
    assert len(table(judged)) == 7


def test_the_same_seed_draws_the_same_world_and_its_faults_last_a_spell() -> None:
    a, b = ripple_world("real", 3, 500), ripple_world("real", 3, 500)
    assert all(
        np.array_equal(x, y) for one, other in zip(a.events, b.events, strict=True) for x, y in zip(one, other, strict=True)
    )
    assert np.array_equal(a.exposed, b.exposed)
    assert not np.array_equal(a.events[CONTACT][1], ripple_world("real", 4, 500).events[CONTACT][1])
    day = a.events[FAULTY][1] / 86_400_000_000
    spell = (day >= 150) & (day < 190)
    assert a.exposed[spell].mean() > 2 * a.exposed[~spell].mean()
