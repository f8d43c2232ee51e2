"""The tree of ways, held against its reference."""

from __future__ import annotations

from collections import Counter, defaultdict
from math import isnan
from statistics import fmean, median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trace_makers import Group, as_journeys, parts, worlds

from desirelines.trace import EDGE, Focus, flow, flow_journeys, follows
from desirelines.trace.ways import follows as following
from desirelines.trace.ways.flow import ENDED, MORE, STEP, WIDEST, Flow
from desirelines.trace.ways.later import BINS, FINE, bin_of
from desirelines.trace.ways.reference import Came, flow_reference, follows_reference

WHICH = ("every", "earliest", "latest")
World = tuple[list[Group], list[bool], int]
Row = tuple[int, int, int, float | None]


def figures(rows: list[Came]) -> Row:
    """count, journeys, people, median time"""
    times = [time for _, _, time in rows if time is not None]
    people = {customer for _, customer, _ in rows} - {0}
    return len(rows), len({number for number, _, _ in rows}), len(people), float(median(times)) if times else None


def expected(trie: dict[tuple[int, ...], list[Came]], root: tuple[int, ...], depth: int, top: int) -> dict[tuple[int, ...], Row]:
    """What `flow` lists under `root`: -1 closes the path of an end, -2 that of the rarer steps together."""
    children = defaultdict(list)
    for path in trie:
        if path:
            children[path[:-1]].append(path)
    found: dict[tuple[int, ...], Row] = {}
    level = [root]
    for _ in range(depth):
        below = []
        for path in level:
            steps = sorted((way for way in children[path] if way[-1] >= 0), key=lambda way: (-len(trie[way]), way[-1]))
            found.update({way: figures(trie[way]) for way in steps[:top]})
            rest = [row for way in steps[top:] for row in trie[way]]
            if rest:
                found[*path, -2] = figures(rest)
            if (*path, -1) in trie:
                found[*path, -1] = figures(trie[*path, -1])
            below += steps[:top]
        level = below
    return found


def listed(found: Flow, root: tuple[int, ...]) -> dict[tuple[int, ...], Row]:
    paths: list[tuple[int, ...]] = []
    rows = {}
    for index in range(len(found.parent)):
        above = root if found.parent[index] < 0 else paths[found.parent[index]]
        paths.append((*above, {STEP: int(found.code[index]), MORE: -2, ENDED: -1}[int(found.kind[index])]))
        time = float(found.median_us[index])
        rows[paths[-1]] = (
            int(found.count[index]), int(found.journeys[index]), int(found.people[index]), None if isnan(time) else time
        )  # fmt: skip
    return rows


@settings(deadline=None, max_examples=60)
@given(worlds(), st.data())
def test_flow_is_the_reference(world: World, data: st.DataObject) -> None:
    groups, keep, skip = world
    codes = sorted({code for _, events in groups for _, code in events})
    focus = data.draw(st.sampled_from([EDGE, 3, *codes]))
    forward, collapse = data.draw(st.booleans()), data.draw(st.booleans())
    which, depth, top = data.draw(st.integers(0, 2)), data.draw(st.integers(1, 10)), data.draw(st.integers(1, 3))
    journeys = as_journeys(groups, keep, skip)
    trie = flow_reference(journeys, focus, forward, WHICH[which], collapse, 10)
    root = data.draw(st.sampled_from([(), *sorted(path for path in trie if len(path) < 3 and -1 not in path)]))
    wanted = expected(trie, root, min(depth, 10 - len(root)), top)
    for buckets in (1, 3):
        over = parts(groups, keep, buckets)
        found = flow(over, Focus(focus, forward, which, collapse), min(depth, 10 - len(root)), top, root, skip)
        assert listed(found, root) == wanted
        assert (found.occurrences, found.reached) == (len(trie.get((), [])), len(trie.get(root, [])))
        for path, row in wanted.items():
            kind = {-1: ENDED, -2: MORE}.get(path[-1], STEP)
            focal = Focus(focus, forward, which, collapse)
            marks = flow_journeys(over, focal, path[:-1], kind, path[-1], top, skip)
            assert sum(int(one.sum()) for one in marks) == row[1]


@settings(deadline=None, max_examples=40)
@given(worlds(), st.booleans(), st.integers(1, 4), st.integers(1, 3))
def test_the_children_of_a_node_add_up_to_it(world: World, forward: bool, depth: int, top: int) -> None:
    groups, keep, skip = world
    found = flow(parts(groups, keep, 2), Focus(0, forward), depth, top, (), skip)
    below: dict[int, int] = defaultdict(int)
    for parent, count in zip(found.parent.tolist(), found.count.tolist(), strict=True):
        below[parent] += count
    assert below.pop(-1, 0) == found.reached
    assert below == {index: int(found.count[index]) for index in range(len(found.count)) if found.followed[index]}


def test_a_focus_that_stands_twice_in_a_journey() -> None:
    groups: list[Group] = [(1, [(0, 0), (10, 1), (30, 0), (70, 2)])]
    every = flow(parts(groups), Focus(0), 1, 5)
    assert list(zip(every.code.tolist(), every.count.tolist(), every.median_us.tolist(), strict=True)) == [(1, 1, 10), (2, 1, 40)]
    assert (every.occurrences, every.people.tolist()) == (2, [1, 1])
    assert flow(parts(groups), Focus(0, which=1), 1, 5).code.tolist() == [1]
    assert flow(parts(groups), Focus(0, which=2), 1, 5).code.tolist() == [2]
    back = flow(parts(groups), Focus(0, forward=False), 1, 5)
    assert (back.kind.tolist(), back.code.tolist()) == ([STEP, ENDED], [1, -1])
    assert back.median_us[0] == 20


def test_repeats_that_count_as_one_step_stand_at_the_first_of_them() -> None:
    groups: list[Group] = [(1, [(0, 0), (5, 0), (10, 1), (20, 1), (50, 2)])]
    onward = flow(parts(groups), Focus(0, collapse=True), 3, 5)
    assert (onward.occurrences, onward.code.tolist(), onward.median_us.tolist()[:2]) == (1, [1, 2, -1], [10, 40])
    back = flow(parts(groups), Focus(2, False, collapse=True), 3, 5)
    assert (back.code.tolist(), back.median_us.tolist()[:2]) == ([1, 0, -1], [40, 10])


@pytest.mark.parametrize("alphabet", [257, 70_000])
def test_one_customer_with_very_many_events_and_a_wide_tree(alphabet: int) -> None:
    count = 30_000
    events = [(number, number * 7919 % alphabet) for number in range(count)]
    found = flow(parts([(1, events)]), Focus(EDGE), 10, 20)
    assert found.count.tolist() == [1] * 10
    codes = {code for _, code in events}
    whole = [(1, [(place, code) for code in (code, 1, code) for place in (0,)]) for code in sorted(codes)[: WIDEST + 5]]
    wide = flow(parts(whole), Focus(EDGE), 2, WIDEST + 5)
    assert int(wide.followed.sum()) == min(WIDEST, len(whole))
    assert int((wide.parent < 0).sum()) == min(len(whole), WIDEST + 5)


def test_no_journeys_at_all() -> None:
    assert flow([], Focus(0), 3, 5).count.tolist() == []
    assert flow(parts([]), Focus(EDGE), 3, 5).reached == 0


@settings(deadline=None, max_examples=60)
@given(worlds(), st.integers(1, 2))
def test_follows_is_the_reference(world: World, least: int) -> None:
    groups, keep, skip = world
    journeys = as_journeys(groups, keep, skip)
    wanted = follows_reference(journeys)
    holding = Counter(code for _, events in journeys for code in {code for _, code in events})
    for buckets in (1, 3):
        over = parts(groups, keep, buckets)
        found = follows(over, 1000, least, skip=skip)
        keys = list(zip(found.origin.tolist(), found.target.tolist(), strict=True))
        figured = {pair: figures(rows) for pair, rows in wanted.items()}
        assert keys == sorted(
            (pair for pair in wanted if figured[pair][1] >= least), key=lambda pair: (-figured[pair][1], -figured[pair][0], pair)
        )
        assert (found.pair_count, found.left_out) == (len(wanted), 0)
        for index, pair in enumerate(keys):
            times = [time for _, _, time in wanted[pair] if time is not None]
            assert (found.count[index], found.journeys[index], found.people[index]) == figured[pair][:3]
            assert found.origin_journeys[index] == holding[pair[0]]
            assert found.mean_us[index] == pytest.approx(fmean(times), rel=1e-12)
            assert found.quantile_us[index] == pytest.approx(np.quantile(np.array(times, float), [0.1, 0.5, 0.9]), rel=1e-9)
            assert found.quantile_us[index][1] == median(times)
    for code in holding:
        assert set(follows(parts(groups, keep), 1000, 1, code, skip=skip).origin.tolist()) <= {code}
        assert len(follows(parts(groups, keep), 1000, 1, None, code, skip).target) == sum(pair[1] == code for pair in wanted)


def test_a_step_comes_after_another_once_for_each_time_that_was_before_it() -> None:
    groups: list[Group] = [(1, [(0, 0), (10, 0), (30, 1), (40, 0), (90, 1)]), (2, [(0, 1), (5, 0)])]
    found = follows(parts(groups), 10, 1, 0, 1)
    assert (found.count.tolist(), found.journeys.tolist(), found.people.tolist(), found.origin_journeys.tolist()) == (
        [3],
        [1],
        [1],
        [2],
    )
    assert (found.mean_us.tolist(), found.quantile_us.tolist()) == ([100 / 3], [[22.0, 30.0, 46.0]])


def test_only_the_commonest_are_paired_and_those_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "SYMBOLS", 2)
    groups: list[Group] = [(1, [(0, 0), (1, 1), (2, 0), (3, 1), (4, 300)])]
    found = follows(parts(groups), 10)
    assert ({*found.origin.tolist(), *found.target.tolist()}, found.left_out) == ({0, 1}, 1)
    assert follows(parts(groups), 10, 1, None, 300).origin.tolist() == [0, 1]


def test_bins_ascend_and_are_narrow() -> None:
    values = sorted({*range(300), *(2**power + more for power in range(7, 63) for more in (-1, 0, 1, 2 ** (power - 2)))})
    bins = [bin_of(value) for value in values]
    assert bins == sorted(bins)
    assert bins[: 2 << FINE] == list(range(2 << FINE))
    assert bin_of(2**63 - 1) == BINS - 1


def test_one_journey_of_very_many_events_and_kinds_is_bounded() -> None:
    events = [(number * 1_000, number * 7919 % 70_000) for number in range(20_000)]
    found = follows(parts([(1, events), (2, [(0, 5), (10, 5)])]), 3)
    assert found.left_out == 20_000 - following.SYMBOLS
    assert len(found.count) == 3
