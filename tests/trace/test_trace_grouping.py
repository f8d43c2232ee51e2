"""How far variants are apart, and the groups around those that stand for them."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trace_makers import parts, sequences

from desirelines.trace import grouping, index_variants
from desirelines.trace.grouping import grouping as grouping_module
from desirelines.trace.grouping.likeness import LONGEST, PARTS, apart
from desirelines.trace.grouping.medoids import chain, silhouette
from desirelines.trace.grouping.reference import apart_reference, best_reference

CODES = st.sampled_from([0, 1, 2, 63, 64, 65, 255, 256, 257, 69_999])
SEQUENCE = st.one_of(st.lists(CODES, max_size=9), st.lists(CODES, min_size=60, max_size=140))


def parted(one: list[int], several: list[list[int]]) -> list[int]:
    letter = np.full(70_000, -1, np.int32)
    found = apart(*sequences(several), np.array(one, np.uint32), letter)
    assert (letter == -1).all()
    return [int(parts) for parts in found]


@settings(deadline=None, max_examples=40)
@given(SEQUENCE, st.lists(SEQUENCE, min_size=1, max_size=3))
def test_how_far_sequences_are_apart_is_the_reference(one: list[int], several: list[list[int]]) -> None:
    expected = [apart_reference(other, one) for other in several]
    assert parted(one, several) == [spare * PARTS // both if both else 0 for spare, both in expected]


def test_apart_is_what_one_costs_held_against_the_other() -> None:
    """a b c d against a c x d: b is missing and x is unplanned, 2 of 8."""
    assert parted([0, 1, 2, 3], [[0, 2, 4, 3], [0, 1, 2, 3], [5], []]) == [PARTS // 4, 0, PARTS, PARTS]


def test_only_the_first_steps_of_a_long_sequence_are_compared() -> None:
    long = [0] * LONGEST
    assert parted([*long, 1, 2, 3], [[*long, 7, 8], long]) == [0, 0]


MATRICES = st.integers(2, 7).flatmap(
    lambda size: st.tuples(
        st.lists(st.lists(st.integers(0, 9), min_size=size, max_size=size), min_size=size, max_size=size),
        st.lists(st.integers(1, 20), min_size=size, max_size=size),
    )
)


@settings(deadline=None, max_examples=120)
@given(MATRICES)
def test_no_exchange_makes_groups_better(drawn: tuple[list[list[int]], list[int]]) -> None:
    raw, weight = np.array(drawn[0]), np.array(drawn[1])
    between = raw + raw.T
    np.fill_diagonal(between, 0)

    def cost(medoids: list[int]) -> int:
        return int((weight * between[:, medoids].min(axis=1)).sum())

    before = None
    for count, medoids in enumerate(chain(between, weight), 1):
        chosen = medoids.tolist()
        assert chosen == sorted(set(chosen))
        assert len(chosen) == count
        exchanged = [
            cost([*(one for one in chosen if one != out), member])
            for out in chosen for member in range(len(weight)) if member not in chosen
        ]  # fmt: skip
        assert all(cost(chosen) <= other for other in exchanged)
        if count == 1:
            assert cost(chosen) == best_reference(between.tolist(), weight.tolist(), 1)
        assert before is None or cost(chosen) <= before
        before = cost(chosen)
    assert before == 0


def test_silhouettes_by_hand() -> None:
    """Two pairs, 1 apart inside and 9 between: (9 - 1) / 9 each. A lone member counts 0."""
    between = np.array([[0, 1, 9, 9], [1, 0, 9, 9], [9, 9, 0, 1], [9, 9, 1, 0]])
    assert silhouette(between, np.ones(4, np.int64), np.array([0, 2])) == pytest.approx(8 / 9)
    assert silhouette(between, np.array([2, 1, 1, 1]), np.array([0, 2])) == pytest.approx((2 * 8.5 / 9 + 3 * 8 / 9) / 5)
    assert silhouette(between[:3, :3], np.ones(3, np.int64), np.array([0, 2])) == pytest.approx(2 * 8 / 9 / 3)
    assert silhouette(between, np.ones(4, np.int64), np.array([0])) == 0.0


FAMILIES = ("abcdefgh", "ijklmnop", "qrstuvwx")


def planted() -> list[str]:
    """Three families: each original with some that lack one of its steps."""
    return [word for family in FAMILIES for word in (family, *(family[:place] + family[place + 1 :] for place in range(8)))]


def test_families_are_found_and_their_number_is_suggested() -> None:
    words = planted()
    weight = np.array([30 if word in FAMILIES else 1 for word in words])
    found = grouping(*sequences(words), weight, 2**32, 3)
    assert found is not None
    assert [words[one] for one in found.representative] == list(FAMILIES)
    assert found.group.tolist() == [0] * 9 + [1] * 9 + [2] * 9
    assert found.journeys.tolist() == [38, 38, 38]
    assert found.distance[:2].tolist() == [0.0, pytest.approx(1 / 15, abs=1e-6)]
    assert (found.suggested, found.candidates, found.sampled) == (3, 27, False)


def test_what_is_no_step_does_not_part_variants() -> None:
    words, weight = ["ab", "azb", "zz", "", "cd", "ab"], np.array([5, 4, 3, 2, 1, 0])
    found = grouping(*sequences(words), weight, 25, 4)
    assert found is not None
    assert found.group.tolist() == [0, 0, -1, -1, 1, -1]
    assert (found.representative.tolist(), found.journeys.tolist(), found.candidates) == ([0, 4], [9, 1], 2)
    assert grouping(*sequences(["zz", ""]), np.ones(2, np.int64), 25, 4) is None


def test_the_others_are_sampled_and_stand_for_their_like(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping_module, "FREQUENT", 2)
    monkeypatch.setattr(grouping_module, "SAMPLED", 4)
    words = ["xy", "xyx", *("abcdefgh"[: 4 + extra % 5] + "i" * extra for extra in range(30))]
    weight = np.array([20, 10, *([2] * 30)])
    found = grouping(*sequences(words), weight, 2**32, 2)
    assert found is not None
    assert (found.sampled, found.candidates) == (True, 6)
    assert found.journeys.tolist() == [60, 30]
    assert words[found.representative[0]][:4] == "abcd"


def test_the_cut_into_buckets_does_not_matter() -> None:
    groups = [(number + 1, [(0, number % 3), (1, number % 5), (2, number % 2)]) for number in range(40)]
    told = []
    for buckets in (1, 3):
        index = index_variants(parts(groups, None, buckets))
        weight = np.bincount(np.concatenate(index.variant), minlength=len(index.offsets) - 1)
        found = grouping(index.offsets, index.codes, weight, -1 % 2**32, 4)
        assert found is not None
        told.append((found.representative.tolist(), found.group.tolist(), found.silhouettes))
    assert told[0] == told[1]


def test_more_groups_than_variants() -> None:
    found = grouping(*sequences(["a", "b"]), np.array([1, 2]), 2**32, 9)
    assert found is not None
    assert (found.representative.tolist(), found.journeys.tolist()) == ([1, 0], [2, 1])
    assert found.silhouettes[2] == pytest.approx(2 / 3)
    assert len(list(islice(chain(np.zeros((1, 1), np.int64), np.ones(1, np.int64)), 3))) == 1
