"""Retention, growth and stickiness against their references."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trace_makers import HOUR, Group, parts, worlds

from desirelines.trace import run
from desirelines.trace.returning.growth import active_within, growth
from desirelines.trace.returning.presence import CHURNED, NEW, RESURRECTED, RETAINED, in_cell, standing
from desirelines.trace.returning.reference import active_reference, growth_reference, retention_reference
from desirelines.trace.returning.retention import BACK, BEGIN, EVERY, Kinds, offset_columns, retention
from desirelines.trace.returning.units import Units

World = tuple[list[Group], list[bool], int]
BUCKETS = (1, 3)
DAY = 20 * HOUR
EDGES = [
    -3 * 10**15,
    -(10**15),
    -DAY,
    0,
    DAY,
    3 * DAY,
    3 * DAY,
    5 * DAY,
    10**13,
    4_102_444_800_000_000,
    42 * 10**14,
    7 * 10**15 + DAY,
]
"""Around the instants of the worlds: uneven, one unit empty, before 1970 and after 2100."""


def spread(world: World) -> World:
    """The world with its instants around 1970 a day apart."""
    groups, keep, skip = world
    wide = [(who, [(at * DAY if -1 <= at <= 5 else at, code) for at, code in events]) for who, events in groups]
    return wide, keep, skip


STARTS = [
    [EDGES[0], *inner, EDGES[-1]]
    for inner in ([], EDGES[1:-1], EDGES[2:8], [-DAY, *range(0, 30 * DAY, DAY)], [0, 2 * DAY], [EDGES[1], EDGES[9]])
]


@cache
def _units(*starts: int) -> Units:
    return Units(np.array(starts, np.int64))


def units_of(starts: list[int]) -> Units:
    return _units(*starts)


def kinds_of(alphabet: int, skip: int, begins: Callable[[int], bool], back: Callable[[int], bool]) -> Kinds:
    """Per code up to the alphabet's end or what is skipped; the sentinel is for codes beyond."""
    size = alphabet if skip == -1 else min(skip, alphabet)
    return np.array([BEGIN * begins(code) | BACK * back(code) for code in range(size)] + [0], np.uint8)


RULES: list[tuple[Callable[[int], bool], Callable[[int], bool]]] = [
    (lambda code: True, lambda code: True),
    (lambda code: code % 2 == 0, lambda code: code % 2 == 1),
    (lambda code: code > 0, lambda code: True),
    (lambda code: True, lambda code: False),
]
SHAPES: list[list[tuple[int, int]]] = [
    [(offset, offset) for offset in range(12)],
    [(0, 0), (1, 2), (4, 9)],
    [(1, 1)],
    [(0, 0), (1, 1)],
]


def alive(groups: list[Group], keep: list[bool], skip: int) -> list[list[tuple[int, int]]]:
    limit = 2**32 if skip == -1 else skip
    return [[(at, code) for at, code in events if code < limit] for (_, events), kept in zip(groups, keep, strict=True) if kept]


@settings(deadline=None, max_examples=60)
@given(worlds().map(spread), st.sampled_from(STARTS), st.sampled_from(RULES), st.sampled_from(SHAPES), st.booleans())
def test_retention_is_the_references(
    world: World,
    starts: list[int],
    rule: tuple[Callable[[int], bool], Callable[[int], bool]],
    brackets: list[tuple[int, int]],
    since: bool,
) -> None:
    groups, keep, skip = world
    units = units_of(starts)
    kinds = kinds_of(70_000, skip, *rule)
    column = offset_columns(brackets, units.count, since)
    expected = retention_reference(alive(groups, keep, skip), starts, brackets, *rule, since)
    for buckets in BUCKETS:
        over = parts(groups, keep, buckets)
        found = run(retention, over, units, column, kinds)
        rows = zip(found.cohort.tolist(), found.people.tolist(), found.came.tolist(), strict=True)
        assert {cohort: (people, came) for cohort, people, came in rows} == expected
        for cohort, (people, came) in (
            expected.items() if buckets > 1 else ()
        ):  # the customers behind a cell are as many as the cell says
            assert run(in_cell, over, units, (cohort, cohort), None, kinds).sum() == people
            for (low, high), count in zip(brackets, came, strict=True):
                offsets = (low, units.count if since else high)
                assert run(in_cell, over, units, (cohort, cohort), offsets, kinds).sum() == count


@settings(deadline=None, max_examples=40)
@given(worlds().map(spread), st.sampled_from(STARTS), st.sampled_from(SHAPES))
def test_the_pass_over_all_events_gives_what_the_walk_gives(
    world: World, starts: list[int], brackets: list[tuple[int, int]]
) -> None:
    groups, _, _ = world
    units = units_of(starts)
    column = offset_columns(brackets, units.count)
    for buckets in BUCKETS:
        over = parts(groups, None, buckets)
        tight = run(retention, over, units, column)
        walked = run(retention, over, units, column, np.repeat(EVERY, 2))
        for name in ("cohort", "people", "came"):
            assert getattr(tight, name).tolist() == getattr(walked, name).tolist()


@settings(deadline=None, max_examples=60)
@given(worlds().map(spread), st.sampled_from(STARTS), st.sampled_from(RULES), st.integers(1, 9))
def test_growth_is_the_references(
    world: World, starts: list[int], rule: tuple[Callable[[int], bool], Callable[[int], bool]], window: int
) -> None:
    groups, keep, skip = world
    units, counts = units_of(starts), rule[1]
    kinds = kinds_of(70_000, skip, *rule)
    journeys = alive(groups, keep, skip)
    expected = growth_reference(journeys, starts, counts)
    for buckets in BUCKETS:
        over = parts(groups, keep, buckets)
        found = run(growth, over, units, kinds)
        rows = list(
            zip(*(getattr(found, name).tolist() for name in ("active", "new", "retained", "resurrected", "churned")), strict=True)
        )
        assert rows == expected
        for unit, (now, new, _, resurrected, churned) in enumerate(expected):
            before = expected[unit - 1][0] if unit else 0
            assert now == before + new + resurrected - churned
            if buckets == 1 and now == before == 0:
                continue
            states = run(standing, over, units, unit, kinds).tolist()
            assert tuple(states.count(one) for one in (NEW, RETAINED, RESURRECTED, CHURNED)) == expected[unit][1:]
        assert run(active_within, over, units, window, kinds).tolist() == active_reference(journeys, starts, window, counts)


def test_only_who_began_in_time_belongs_to_a_cohort() -> None:
    groups: list[Group] = [(1, [(0, 0), (15, 1)]), (2, [(4, 0), (5, 0)]), (3, [(12, 0)])]
    units = units_of([0, 10, 20])
    column = offset_columns([(0, 0), (1, 1)], 2)
    found = run(retention, parts(groups), units, column, EVERY, 3, 12)
    assert (found.cohort.tolist(), found.people.tolist(), found.came.tolist()) == ([0], [1], [[1, 0]])
    assert run(in_cell, parts(groups), units, (0, 1), None, EVERY, 3, 12).tolist() == [False, True, False]


def test_one_customer_with_very_many_events() -> None:
    count = 200_000
    groups: list[Group] = [(1, [(at, at % 3) for at in range(count)]), (2, [(0, 0), (count - 1, 0)])]
    units = units_of(list(range(0, count + 1000, 1000)))
    column = offset_columns([(offset, offset) for offset in range(units.count)], units.count)
    found = run(retention, parts(groups, None, 2), units, column)
    assert found.people.tolist() == [2]
    assert found.came.tolist() == [[2, *[1] * (units.count - 2), 2]]
    grown = run(growth, parts(groups, None, 2), units)
    assert grown.active.tolist() == [2, *[1] * (units.count - 2), 2]
    assert (grown.churned[1], grown.resurrected[-1]) == (1, 1)


def test_more_units_than_the_square_table_holds_are_walked() -> None:
    groups: list[Group] = [(1, [(0, 0), (699, 0)]), (2, [(5, 0)])]
    units = units_of(list(range(701)))
    found = run(retention, parts(groups), units, offset_columns([(0, 0), (699, 699)], 700))
    assert found.cohort.tolist() == [0, 5]
    assert found.came.tolist() == [[1, 1], [1, 0]]


def test_nothing_at_all() -> None:
    units = units_of([0, 1])
    found = run(retention, parts([]), units, offset_columns([(0, 0)], 1))
    assert (found.cohort.tolist(), found.came.shape) == ([], (0, 1))
    assert run(growth, parts([]), units).active.tolist() == [0]
    assert run(active_within, parts([]), units, 7).tolist() == [0]
    assert run(in_cell, parts([]), units, (0, 0), None).tolist() == []


@pytest.mark.parametrize("brackets", [[(0, 1), (1, 2)], [(2, 1)], [(3, 4), (0, 1)]])
def test_brackets_follow_one_another(brackets: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="brackets"):
        offset_columns(brackets, 5)


def test_an_event_outside_of_the_units_is_no_answer() -> None:
    for starts in ([0, 5], [6, 9]):
        with pytest.raises(ValueError, match="units"):
            run(retention, parts([(1, [(5, 0)])]), units_of(starts), offset_columns([(0, 0)], 1))
    with pytest.raises(ValueError, match="units"):
        units_of([3, 1])
    with pytest.raises(ValueError, match="as different as that"):
        units_of([0, 1, 10**15])


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(STARTS), st.lists(st.integers(-3 * 10**15, 7 * 10**15), max_size=20))
def test_an_instants_unit_is_found_without_a_search(starts: list[int], at: list[int]) -> None:
    units = units_of(starts)
    instants = np.array([*at, *starts[:-1], starts[-1] - 1], np.int64)
    slots = units.slots
    slot = (instants - slots.low) >> slots.shift
    found = slots.unit[2 * slot + (instants >= slots.edge[slot])]
    assert found.tolist() == units.of(instants).tolist()
