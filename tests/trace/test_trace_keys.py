"""Journeys held against a plan by its table of keys: the same answers as by walking its moves, for every kind of plan."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trace_makers import SILENT, any_order, automaton, linear, plans, sequences

from desirelines.model.automaton import Automaton
from desirelines.trace import align
from desirelines.trace.aligning.alignment import hold
from desirelines.trace.aligning.desk import CELLS, FORKS
from desirelines.trace.aligning.keys import STATES, Keys, keys
from desirelines.trace.aligning.machine import machine
from desirelines.trace.reference import alignment_reference, marks_reference

LARGE = (CELLS, FORKS)


def held(plan: Automaton, words: list[list[int]], table: Keys | None, cells: int, forks: int) -> list[list[int]]:
    """cost, position, mark, how many positions stay missing, and those"""
    offsets, codes = sequences(words)
    cost, position = np.zeros(len(words), np.int64), np.zeros(len(codes), np.int32)
    mark = np.zeros(len(codes), np.uint8)
    found = hold(machine(plan), table, offsets, codes, cost, position, mark, [], cells, forks)
    return [column.tolist() for column in (cost, position, mark, *found)]


def assert_the_same(plan: Automaton, words: list[list[int]]) -> None:
    table = keys(machine(plan))
    assert table is not None
    walked = held(plan, words, None, *LARGE)
    for cells, forks in (LARGE, (CELLS, 1), (8 * table.table.shape[1], 2)):  # much room, none for forks, little for keys
        assert held(plan, words, table, cells, forks) == walked


def assert_the_reference(plan: Automaton, words: list[list[int]]) -> None:
    found = align(plan, *sequences(words))
    for one, word in enumerate(words):
        way = alignment_reference(plan, word)
        position = found.position[found.offsets[one] : found.offsets[one + 1]].tolist()
        missing = found.missing[found.missing_offsets[one] : found.missing_offsets[one + 1]].tolist()
        matched = [(event, place) for event, place in enumerate(position) if place >= 0]
        assert (found.cost[one], matched) == (way[0], list(zip(way[2], way[1], strict=True)))
        assert missing == marks_reference(plan, word, way)[1]


@settings(deadline=None, max_examples=200)
@given(plans(), st.lists(st.lists(st.integers(0, 4), max_size=40), min_size=1, max_size=6))
def test_keys_say_what_walking_says(plan: Automaton, words: list[list[int]]) -> None:
    assert_the_same(plan, words)


ORDERS = st.lists(st.integers(0, 3), min_size=1, max_size=4), st.lists(st.integers(0, 5), max_size=2)


@settings(deadline=None, max_examples=100)
@given(*ORDERS, st.lists(st.lists(st.integers(0, 6), max_size=12), min_size=1, max_size=4))
def test_steps_in_any_order_say_what_walking_says(symbols: list[int], after: list[int], words: list[list[int]]) -> None:
    assert_the_same(any_order(symbols, after), words)


@settings(deadline=None, max_examples=60)
@given(*ORDERS, st.lists(st.integers(0, 6), max_size=5))
def test_steps_in_any_order_are_the_reference(symbols: list[int], after: list[int], word: list[int]) -> None:
    assert_the_reference(any_order(symbols, after), [word])


def test_where_ways_fork_the_smallest_missing_positions_are_told() -> None:
    plan = any_order([2, 0, 1], [3])  # c, a, b in any order, then d
    found = align(plan, *sequences(["ad", "d", "abd", "dabc"]))
    assert found.cost.tolist() == [2, 3, 1, 2]
    assert found.missing.tolist() == [0, 2, 0, 1, 2, 0]
    assert found.missing_offsets.tolist() == [0, 2, 5, 6, 6]  # the last d is explained: it came too early


def test_a_way_that_went_on_to_a_larger_position_is_left() -> None:
    plan = automaton(
        [2, 2, 3, 2, 0, 1], [(0, 1, 0), (1, 2, 1), (2, 3, 2), (2, 0, 0), (0, 2, 5), (2, 3, 3), (2, 3, 0), (0, 2, 4)], [3, 1]
    )
    words = [[3, 2, 2, 1, 4, 1, 2, 1, 1, 2, 0, 2, 0, 3, 0, 4, 2, 1, 3, 2, 0, 2, 1, 2, 4, 2, 1, 2, 0, 4]]
    assert_the_same(plan, words)
    assert_the_reference(plan, words)


def test_silent_moves_lie_between_what_is_missing() -> None:
    plan = automaton([0, 1, 2, 3], [(0, 1, 3), (0, 2, 1), (1, 3, SILENT), (2, 3, SILENT), (3, 4, 0), (4, 5, 2)], [5])
    found = align(plan, *sequences(["c", ""]))
    assert (found.cost.tolist(), found.missing.tolist()) == ([2, 3], [1, 0, 1, 0, 2])


@pytest.mark.parametrize("plan", [linear(range(STATES)), any_order(range(8))])
def test_plans_too_large_for_a_table_are_walked(plan: Automaton) -> None:
    assert keys(machine(plan)) is None
    word = list(range(7, -1, -1))
    found = align(plan, *sequences([word, []]))
    expected = {8: 0, STATES: 7 + STATES - 1}[len(plan.positions)]
    assert found.cost.tolist() == [expected, len(plan.positions)]


def test_as_many_activities_as_there_may_be() -> None:
    plan = linear([69_999, 0, 35_000])
    found = align(plan, *sequences([[69_999, 70_000, 0, 35_000], [2**32 - 1], list(range(70_000))]))
    assert found.cost.tolist() == [1, 4, 69_999]
    assert found.missing.tolist() == [0, 1, 2]
    assert np.flatnonzero(found.position >= 0).tolist() == [0, 2, 3, 5, 35_005]


def test_a_customer_with_more_events_than_a_desk_holds() -> None:
    word = np.tile(np.array([0, 1, 7], np.uint32), 1_000_000)
    found = align(automaton([0, 1], [(0, 1, 0), (1, 0, 1)], [0]), np.array([0, 2, len(word)]), word)
    assert found.cost.tolist() == [0, 1_000_000]
