"""Stays, waiting, cycles and working time against their references."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trace_makers import HOUR, Group, as_journeys, parts, worlds

from desirelines.trace import run
from desirelines.trace.timing.clock import Hours, moved
from desirelines.trace.timing.cycles import cycles
from desirelines.trace.timing.marks import ends, visits
from desirelines.trace.timing.reference import Row, cycles_reference, quantile_reference, stays_reference, worked_reference
from desirelines.trace.timing.spread import DECILES, Spread
from desirelines.trace.timing.stays import States, dwell, stays

World = tuple[list[Group], list[bool], int]
BUCKETS = (1, 3)
TOP = 70_000
NOWHERE = Row(0, 0, 0, 0, 0, [])


def states_of(size: int, skip: int) -> States:
    """Every code's state is its remainder, those divisible by seven have none; what is skipped has none."""
    limit = TOP if skip == -1 else min(skip, TOP)
    codes = np.arange(limit)
    return np.append(np.where((codes % 7 == 0) & (codes > 0), -1, codes % size), -1).astype(np.int32)


def staying(world: World, states: States) -> list[Group]:
    """What the references take: events as states."""
    groups, keep, skip = world
    journeys = as_journeys(groups, keep, skip)
    return [(who, [(at, int(states[code])) for at, code in events if states[code] >= 0]) for who, events in journeys]


def same_spread(found: Spread, place: int, durations: Sequence[int]) -> None:
    assert found.size[place] == len(durations)
    if durations:
        assert found.mean_us[place] == pytest.approx(sum(durations) / len(durations), rel=1e-12)
        expected = [quantile_reference(durations, share) for share in DECILES]
        assert found.quantile_us[place].tolist() == pytest.approx(expected, rel=1e-12)
        median = quantile_reference(durations, 0.5)
        assert found.excess_us[place] == pytest.approx(sum(max(0, one - median) for one in durations), rel=1e-9)
        if len(durations) % 2:
            assert found.quantile_us[place][2] == sorted(durations)[len(durations) // 2]
    else:
        assert np.isnan([found.mean_us[place], *found.quantile_us[place]]).all()


@settings(deadline=None, max_examples=60)
@given(worlds(), st.sampled_from([1, 3, 10, 300]), st.booleans(), st.booleans())
def test_stays_are_the_references(world: World, size: int, runs: bool, before: bool) -> None:
    groups, keep, skip = world
    states = states_of(size, skip)
    journeys = staying(world, states)
    expected = stays_reference(journeys, runs, before)
    for buckets in BUCKETS:
        over = parts(groups, keep, buckets)
        found = run(stays, over, states, size, runs, before)
        assert found.journey_count == len(journeys)
        for state in {*expected, 0, size - 1}:
            row = expected.get(state, NOWHERE)
            told = (found.visits, found.journeys, found.people, found.again, found.left)
            assert tuple(int(one[state]) for one in told) == row[:5]
            same_spread(found.spread, state, row.durations)
        assert found.visits.sum() == sum(row.visits for row in expected.values())


@settings(deadline=None, max_examples=60)
@given(worlds(), st.sampled_from([1, 3, 10, 11]))
def test_dwelling_is_the_references(world: World, size: int) -> None:
    groups, keep, skip = world
    states = states_of(size, skip)
    journeys = staying(world, states)
    expected = stays_reference(journeys, True, False)
    for buckets in BUCKETS:
        found = run(dwell, parts(groups, keep, buckets), states, size)
        assert found.journey_count == len(journeys)
        for state in range(size):
            row = expected.get(state, NOWHERE)
            assert (found.visits[state], found.journeys[state], found.left[state]) == (row.visits, row.journeys, row.left)
            mean = sum(row.durations) / len(row.durations) if row.durations else np.nan
            assert found.mean_us[state] == pytest.approx(mean, rel=1e-12, nan_ok=True)


@settings(deadline=None, max_examples=60)
@given(worlds(), st.sampled_from([1, 3, 300]), st.booleans())
def test_each_journey_is_marked_as_it_went(world: World, size: int, runs: bool) -> None:
    groups, keep, skip = world
    states = states_of(size, skip)
    over = parts(groups, keep, 1)
    journeys = over[0].journeys
    found = run(ends, over, states, runs)
    often = run(visits, over, states, 0, runs)
    kept = [kept for (_, events), kept in sorted(zip(groups, keep, strict=True), key=lambda row: row[0][0]) if events]
    for journey in range(len(journeys.start)):
        reach = range(journeys.start[journey], journeys.end[journey])
        rows = [(int(over[0].bucket.at[event]), int(states[min(over[0].codes[event], len(states) - 1)])) for event in reach]
        rows = [row for row in rows if row[1] >= 0 and kept[journey]]
        expected = stays_reference([(1, rows)], runs, False)
        assert often[journey] == (expected[0].visits if 0 in expected else 0)
        if not rows:
            assert found.state[journey] == -1
            continue
        since = rows[-1][0]
        for at, state in reversed(rows if runs else rows[-1:]):
            if state != rows[-1][1]:
                break
            since = at
        assert (found.state[journey], found.at[journey], found.since[journey]) == (rows[-1][1], rows[-1][0], since)
    assert found.newest.all()


@settings(deadline=None, max_examples=60)
@given(worlds(), st.integers(1, 5))
def test_cycles_are_the_references(world: World, most: int) -> None:
    groups, keep, skip = world
    wanted = np.append(np.arange(TOP if skip == -1 else min(skip, TOP)) % 2 == 0, False)
    journeys = as_journeys(groups, keep, skip)
    expected = cycles_reference(journeys, {code for code in range(TOP) if code % 2 == 0}, most)
    for buckets in BUCKETS:
        found = run(cycles, parts(groups, keep, buckets), wanted, most)
        for number, (often, people, gaps, since) in enumerate(expected):
            assert (found.journeys[number], found.people[number]) == (often, people)
            same_spread(found.gap, number, gaps)
            same_spread(found.since, number, since)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 20)), min_size=1, max_size=8),
    st.lists(st.integers(-50 * HOUR, 500 * HOUR), min_size=2, max_size=12),
)
def test_the_clock_runs_in_open_hours_only(stretches: list[tuple[int, int]], at: list[int]) -> None:
    hours: list[tuple[int, int]] = []
    now = 0
    for closed, opened in stretches:
        hours.append((now + closed * HOUR, now + (closed + opened) * HOUR))
        now = hours[-1][1]
    clock = Hours(*(np.array(bounds, np.int64) for bounds in zip(*hours, strict=True)))
    found = clock.clock(np.array(at, np.int64))
    for index in range(1, len(at)):
        low, high = sorted((at[index - 1], at[index]))
        assert abs(found[index] - found[index - 1]) == worked_reference(hours, low, high)


def test_hours_that_overlap_are_no_hours() -> None:
    def hours(begins: list[int], ends: list[int]) -> Hours:
        return Hours(np.array(begins, np.int64), np.array(ends, np.int64))

    with pytest.raises(ValueError, match="one another"):
        hours([0, 5], [6, 9])
    with pytest.raises(ValueError, match="one another"):
        hours([3], [3])
    assert hours([], []).clock(np.array([1, 2], np.int64)).tolist() == [0, 0]
    assert hours([0, 5], [5, 9]).clock(np.array([4, 7, 99], np.int64)).tolist() == [4, 7, 9]


def test_working_time_is_a_question_to_the_same_kernels() -> None:
    over = parts([(1, [(0, 0), (10, 1), (30, 0)])])
    clock = Hours(np.array([5, 25], np.int64), np.array([12, 28], np.int64))
    found = run(stays, [clock.part(one) for one in over], np.array([0, 1, -1], np.int32), 2)
    assert found.spread.mean_us.tolist() == [5.0, 5.0]


def test_a_code_in_two_states_stays_where_it_can() -> None:
    moves = np.array([[0, 0, 255], [1, 0, 255], [0, 0, 255]], np.uint8)  # code 0 is in both, code 1 in the first only
    moves[0, 1] = 1
    over = [moved(one, moves) for one in parts([(1, [(0, 0), (1, 0), (2, 1), (3, 0), (4, 9)]), (2, [(0, 0)])])]
    assert over[0].codes.tolist() == [0, 0, 1, 1, 255, 0]


def test_one_customer_with_very_many_events_and_sums_beyond_64_bits() -> None:
    count = 200_000
    groups: list[Group] = [(1, [(at * 10**11, at % 2) for at in range(count)]), (2, [(0, 0), (7 * 10**15, 1)])]
    states = np.array([0, 1, -1], np.int32)
    over: list[Any] = parts(groups)
    found, quick = run(stays, over, states, 2), run(dwell, over, states, 2)
    assert found.visits.tolist() == quick.visits.tolist() == [count // 2 + 1, count // 2 + 1]
    expected = [(count // 2 * 10**11 + 7 * 10**15) / (count // 2 + 1), 10**11]
    assert found.spread.mean_us.tolist() == pytest.approx(expected)
    assert quick.mean_us.tolist() == pytest.approx(expected)
    many: list[Group] = [(who, [(-2 * 10**15, 0), (7 * 10**15, 1)]) for who in range(3000)]
    assert run(dwell, parts(many), states, 2).mean_us.tolist()[0] == 9e15
    assert run(stays, parts(many), states, 2).spread.mean_us.tolist()[0] == 9e15


def test_nothing_at_all() -> None:
    states = np.array([0, -1], np.int32)
    assert run(stays, parts([]), states, 1).visits.tolist() == [0]
    assert run(dwell, parts([]), states, 1).journeys.tolist() == [0]
    assert run(cycles, parts([]), np.array([True]), 2).journeys.tolist() == [0, 0]
    assert run(ends, parts([]), states).state.tolist() == []
    assert run(visits, parts([]), states, 0).tolist() == []
