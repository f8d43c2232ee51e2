"""Rules of credit to the printed decimals, and what must hold of any paths at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from desirelines.measure.credit.removal import removal
from desirelines.measure.credit.sharing import shapley, within
from desirelines.measure.credit.walking import RULES, Goals, Tally, Terms, added, walked

DAY = 86_400_000_000
FAR = 2**61
TERMS = Terms(window_us=400 * DAY, half_us=7 * DAY, runs=False, low_us=-FAR, high_us=FAR, as_of_us=FAR)

Path = tuple[str, int]
"""Its touches as letters, one a day, the last a day before the conversion; and how many conversions follow, 0 or 1."""


def tallied(paths: Sequence[Path], names: str, terms: Terms = TERMS, days: Sequence[Sequence[float]] | None = None) -> Tally:
    """Each path is somebody's."""
    at: list[int] = []
    codes: list[int] = []
    offsets, goal_offsets, goals = [0], [0], []
    for number, (path, converts) in enumerate(paths):
        ago = days[number] if days else [len(path) - place for place in range(len(path))]
        at += [round((1000 - one) * DAY) for one in ago]
        codes += [names.index(name) for name in path]
        goals += [1000 * DAY] * converts
        offsets.append(len(at))
        goal_offsets.append(len(goals))
    count = len(goals)
    wanted = Goals(np.array(goal_offsets), np.array(goals, np.int64), np.arange(1.0, count + 1.0), np.ones(count, np.bool_))
    events = np.array(at, np.int64), np.array(codes, np.uint32)
    return walked(np.array(offsets), np.arange(len(paths)), *events, len(names), wanted, terms)[0]


def credit(found: Tally, rule: str) -> list[float]:
    return [round(value, 4) for value in found.credit[RULES.index(rule)].tolist()]


ORACLE_A: list[Path] = [("abc", 1), ("a", 0), ("bc", 0)]
ORACLE_B: list[Path] = [("g", 1), ("g", 1), ("m", 1), ("gm", 1), ("g", 0)]


def test_markov_is_as_published_with_three_paths() -> None:
    found = removal(tallied(ORACLE_A, "abc").moves)
    assert found.conversion == pytest.approx(1 / 3)
    assert found.effect == pytest.approx([0.5, 1, 1])
    assert found.shares == pytest.approx([0.2, 0.4, 0.4])


def test_markov_is_as_published_with_two_channels() -> None:
    tally = tallied(ORACLE_B, "gm")
    found = removal(tally.moves)
    assert found.conversion == pytest.approx(0.8)
    assert found.effect == pytest.approx([0.75, 0.5])
    assert found.shares * 4 == pytest.approx([2.4, 1.6])
    assert tally.chains.tolist() == [4, 1, 0]
    assert credit(tally, "shapley") == [2.5, 1.5, 0.0]


def test_shapley_is_as_published() -> None:
    sets = {frozenset("a"): 10.0, frozenset("b"): 5.0, frozenset("ab"): 12.0, frozenset("abc"): 6.0, frozenset("c"): 3.0}
    assert shapley(("a", "b", "c"), within(sets)) == pytest.approx({"a": 18, "b": 13, "c": 5})
    paths = [("".join(sorted(path)), 1) for path, count in sets.items() for _ in range(int(count))]
    assert credit(tallied(paths, "abc"), "shapley") == [18, 13, 5, 0]


def test_the_glove_game_is_as_published() -> None:
    def pairs(chosen: frozenset[str]) -> float:
        return float("left" in chosen and len(chosen) > 1)

    found = shapley(("left", "right 1", "right 2"), pairs)
    assert found == pytest.approx({"left": 2 / 3, "right 1": 1 / 6, "right 2": 1 / 6})
    with pytest.raises(ValueError, match="at most"):
        shapley(tuple("abcdefghijklmn"), pairs)


def test_time_decay_is_as_published() -> None:
    terms = Terms(**{**vars(TERMS), "window_us": 30 * DAY})
    found = tallied([("abc", 1)], "abc", terms, days=[[14, 7, 1e-9]])
    assert found.credit[RULES.index("decay"), :3] == pytest.approx([1 / 7, 2 / 7, 4 / 7], abs=1e-6)


def test_position_is_as_published() -> None:
    assert credit(tallied([("abcde", 1)], "abcde"), "position") == [0.4, 0.0667, 0.0667, 0.0667, 0.4, 0]
    assert credit(tallied([("ab", 1)], "ab"), "position") == [0.5, 0.5, 0]
    assert credit(tallied([("a", 1)], "a"), "position") == [1, 0]


def test_the_simple_rules() -> None:
    found = tallied([("aab", 1), ("", 1)], "ab")
    assert (credit(found, "last"), credit(found, "first")) == ([0, 1, 1], [1, 0, 1])
    assert credit(found, "linear") == [0.6667, 0.3333, 1]
    merged = tallied([("aab", 1)], "ab", Terms(**{**vars(TERMS), "runs": True}))
    assert credit(merged, "linear") == [0.5, 0.5, 0]
    assert found.worth[RULES.index("linear")].tolist() == pytest.approx([2 / 3, 1 / 3, 2])
    assert (found.reached.tolist(), found.people.tolist()) == ([1, 1, 1], [1, 1, 1])


def test_touches_out_of_the_window_are_a_chain_that_led_nowhere() -> None:
    terms = Terms(**{**vars(TERMS), "window_us": 5 * DAY, "as_of_us": 1003 * DAY})
    found = tallied([("aabb", 1), ("a", 0), ("b", 0)], "ab", terms, days=[[30, 20, 6, 2], [3], [1]])
    assert found.chains.tolist() == [1, 4, 1]  # 30, 20 and 6 days before; the lone a is over, the lone b may still come
    assert credit(found, "linear") == [0, 1, 0]


def test_a_conversion_ends_a_chain_and_its_own_instant_is_no_touch() -> None:
    at = np.array([1, 2, 3, 4]) * DAY
    codes = np.array([0, 1, 0, 1], np.uint32)
    goals = Goals(np.array([0, 2]), np.array([2, 5]) * DAY, np.array([10.0, np.nan]), np.array([True, True]))
    found, whose = walked(np.array([0, 4]), np.array([0]), at, codes, 2, goals, TERMS, wanted=1)
    assert credit(found, "linear") == [1.5, 0.5, 0]
    assert found.worth[RULES.index("linear")].tolist() == [10, 0, 0]
    assert whose.tolist() == [True]
    later = Goals(goals.offsets, goals.at, goals.value, np.array([False, True]))
    assert credit(walked(np.array([0, 4]), np.array([0]), at, codes, 2, later, TERMS)[0], "linear") == [0.5, 0.5, 0]


PATHS = st.lists(st.tuples(st.text("abcde", max_size=7), st.integers(0, 1)), min_size=1, max_size=30)


@settings(deadline=None, max_examples=80)
@given(PATHS, st.booleans())
def test_credits_sum_to_conversions(paths: list[Path], runs: bool) -> None:
    found = tallied(paths, "abcde", Terms(**{**vars(TERMS), "runs": runs}))
    count = sum(converts for _, converts in paths)
    assert found.credit.sum(axis=1) == pytest.approx([count] * len(RULES))
    assert found.worth.sum(axis=1) == pytest.approx([count * (count + 1) / 2] * len(RULES))
    assert found.moves[5].sum() == sum(1 for path, _ in paths if path)
    assert np.all(found.credit >= 0)


@settings(deadline=None, max_examples=40)
@given(PATHS)
def test_shapley_is_the_equal_split(paths: list[Path]) -> None:
    sets: dict[frozenset[str], float] = {}
    for path, converts in paths:
        if path:
            sets[frozenset(path)] = sets.get(frozenset(path), 0.0) + converts
    expected = shapley(tuple("abcde"), within(sets))
    assert tallied(paths, "abcde").credit[RULES.index("shapley"), :5] == pytest.approx(list(expected.values()))


@settings(deadline=None, max_examples=40)
@given(PATHS)
def test_removal_is_what_redirecting_each_touch_leaves(paths: list[Path]) -> None:
    moves = tallied(paths, "abcde").moves
    found = removal(moves)
    if found.conversion is None:
        assert not moves.any()
        return
    assert found.conversion == pytest.approx(converted(moves))
    for touch in range(5):
        gone = moves.copy()
        gone[touch] = 0
        gone[touch, 6] = 1
        lost = 1 - converted(gone) / found.conversion if found.conversion else 0.0
        assert found.effect[touch] == pytest.approx(lost, abs=1e-9)


def converted(moves: NDArray[np.float64]) -> float:
    """The chance to convert, by equations over all five touches."""
    out = moves.sum(axis=1)
    chance = moves / np.where(out > 0, out, 1)[:, None]
    return float(chance[5, :5] @ np.linalg.solve(np.eye(5) - chance[:5, :5], chance[:5, 5]) + chance[5, 5])


def test_removal_is_what_chains_drawn_at_random_come_to() -> None:
    rng = np.random.default_rng(3)
    moves = rng.integers(1, 30, (5, 6)).astype(float)
    found = removal(moves)
    for touch in range(4):
        share = float(np.mean([drawn(moves, rng, None) for _ in range(4000)]))
        without = float(np.mean([drawn(moves, rng, touch) for _ in range(4000)]))
        error = 3 * (2 * 0.25 / 4000) ** 0.5 / (found.conversion or 1)
        assert 1 - without / share == pytest.approx(found.effect[touch], abs=2 * error)


def drawn(moves: NDArray[np.float64], rng: Any, gone: int | None) -> bool:
    state = 4
    while state < 5 and state != gone:
        step = int(rng.choice(6, p=moves[state] / moves[state].sum()))
        if step == 4:
            return True
        state = step
    return False


def test_nothing_at_all() -> None:
    found = tallied([("", 0)], "ab")
    assert (found.credit.sum(), removal(found.moves).conversion) == (0, None)
    assert removal(tallied([("a", 0)], "ab").moves).conversion == 0
    assert removal(tallied([("a", 0)], "ab").moves).shares.tolist() == [0, 0]
    assert added([], 2).chains.tolist() == [0, 0, 0]
    left_out = Goals(np.array([0, 0]), np.empty(0, np.int64), np.empty(0), np.empty(0, np.bool_))
    alone = walked(np.array([0, 1]), np.array([-1]), np.array([5]), np.array([0], np.uint32), 2, left_out, TERMS)[0]
    assert alone.chains.tolist() == [0, 0, 0]
