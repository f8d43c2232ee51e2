"""Transitions, variants and reach against their references and against published counts."""

from __future__ import annotations

import pickle
from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trace_makers import HOUR, Group, as_journeys, parts, read_log, worlds

from desirelines.errors import BadInput
from desirelines.trace import Figures, index_variants, reach, run, transitions, variant_counts, variants
from desirelines.trace.counting.brackets import EVERY, STRETCH
from desirelines.trace.counting.words import MULTIPLIER
from desirelines.trace.reference import (
    cut_reference,
    quantiles_reference,
    reach_reference,
    transitions_reference,
    variants_reference,
)

World = tuple[list[Group], list[bool], int]
BUCKETS = (1, 3)


@settings(deadline=None, max_examples=80)
@given(worlds())
def test_transitions_are_the_references(world: World) -> None:
    groups, keep, skip = world
    journeys = as_journeys(groups, keep, skip)
    expected = transitions_reference(journeys)
    for buckets in BUCKETS:
        found = run(transitions, parts(groups, keep, buckets), skip)
        rows = zip(found.count, found.journeys, found.people, found.median_us, found.mean_us, strict=True)
        edges = zip(found.origin.tolist(), found.target.tolist(), strict=True)
        got = {edge: tuple(row) for edge, row in zip(edges, rows, strict=True)}
        assert list(got) == sorted(expected)
        for edge, row in expected.items():
            assert got[edge] == pytest.approx(row, rel=1e-12)
            assert got[edge][3] == row[3]  # the median is exact
        firsts = [events[0][1] for _, events in journeys if events]
        lasts = [events[-1][1] for _, events in journeys if events]
        assert found.starts.sum() == len(firsts)
        assert found.ends.sum() == len(lasts)
        assert all(found.starts[code] == firsts.count(code) for code in set(firsts))
        assert all(found.ends[code] == lasts.count(code) for code in set(lasts))
        assert found.event_count == sum(len(events) for _, events in journeys)
        assert found.journey_count == len(journeys)


@settings(deadline=None, max_examples=40)
@given(worlds(), st.sampled_from([(0.5,), (0.0, 1.0), (0.1, 0.5, 0.9)]), st.booleans())
def test_each_figure_is_told_alone_and_equal(world: World, quantiles: tuple[float, ...], sampled: bool) -> None:
    groups, keep, skip = world
    over = parts(groups, keep, 2)
    whole = run(transitions, over, skip)
    plain, times = run(transitions, over, skip, Figures()), run(transitions, over, skip, Figures(quantiles), 0 if sampled else 10)
    counted = run(transitions, over, skip, Figures(distinct=True))
    for name in ("origin", "target", "count", "mean_us", "nodes", "starts", "ends", "journey_count", "event_count"):
        for found in (plain, times, counted):
            assert np.array_equal(getattr(found, name), getattr(whole, name))
    assert np.array_equal(counted.journeys, whole.journeys)
    assert np.array_equal(counted.people, whole.people)
    assert (len(plain.journeys), plain.quantile_us.shape[1]) == (0, 0)
    expected = quantiles_reference(as_journeys(groups, keep, skip), quantiles)
    got = dict(zip(zip(times.origin.tolist(), times.target.tolist(), strict=True), times.quantile_us.tolist(), strict=True))
    assert got == {edge: pytest.approx(row, rel=1e-12) for edge, row in expected.items()}


@pytest.mark.parametrize("spread", ["many", "few", "misleading"])
def test_quantiles_from_a_sample_are_those_of_all(spread: str) -> None:
    """A sample is believed only as to where to look: here also with few different gaps, and with gaps that are others
    wherever the sample is taken."""
    random, count = np.random.default_rng(5), 40_000
    gaps = random.integers(0, 3 if spread == "few" else 10**9, count)
    if spread == "misleading":
        gaps[np.arange(count) % EVERY < STRETCH] //= 10**6
    events = [(int(at), int(code)) for at, code in zip(np.cumsum(gaps), random.integers(0, 3, count), strict=True)]
    wanted = (0.05, 0.5, 0.99)
    over = parts([(1, events[:30_000]), (2, events[30_000:])], None, 2)
    expected = quantiles_reference([(1, events[:30_000]), (2, events[30_000:])], wanted)
    for sampled in (0, 10**9):
        found = run(transitions, over, -1, Figures(wanted), sampled)
        for origin, target, row in zip(found.origin.tolist(), found.target.tolist(), found.quantile_us.tolist(), strict=True):
            assert row == pytest.approx(expected[origin, target], rel=1e-12)


def test_quantiles_that_are_none_are_refused() -> None:
    for quantiles in [(1.5,), (0.5, 0.1), (0.5, 0.5)]:
        with pytest.raises(BadInput, match="ascending"):
            run(transitions, parts([]), -1, Figures(quantiles))


@settings(deadline=None, max_examples=80)
@given(worlds())
def test_reach_is_the_reference(world: World) -> None:
    groups, keep, skip = world
    journeys = as_journeys(groups, keep, skip)
    expected = reach_reference(journeys)
    for buckets in BUCKETS:
        found = run(reach, parts(groups, keep, buckets), skip)
        assert found.code.tolist() == sorted(expected)
        for index, code in enumerate(found.code.tolist()):
            events, distinct, people, left, median = expected[code]
            assert [found.events[index], found.journeys[index], found.people[index], found.left[index]] == [
                events,
                distinct,
                people,
                left,
            ]
            assert isnan(found.median_us[index]) if median is None else found.median_us[index] == median
        assert found.person_count == len({customer for customer, _ in journeys} - {0})


@settings(deadline=None, max_examples=80)
@given(worlds())
def test_variants_are_the_references(world: World) -> None:
    groups, keep, skip = world
    expected = variants_reference(as_journeys(groups, keep, skip))
    for buckets in BUCKETS:
        over = parts(groups, keep, buckets)
        index = index_variants(over, skip)
        found = variants(over, index, 100)
        codes = [tuple(index.codes[index.offsets[one] : index.offsets[one + 1]].tolist()) for one in found.variant.tolist()]
        figures = zip(found.count.tolist(), found.people.tolist(), found.median_us.tolist(), strict=True)
        assert [(word, *row) for word, row in zip(codes, figures, strict=True)] == expected
        for word, where, journey in zip(codes, found.part, found.journey, strict=True):
            cut_out = over[where].journeys
            whole = over[where].codes[cut_out.start[journey] : cut_out.end[journey]].tolist()
            assert tuple(code for code in whole if skip == -1 or code < skip) == word


@settings(deadline=None, max_examples=40)
@given(worlds())
def test_an_index_over_all_journeys_serves_any_choice_of_them(world: World) -> None:
    groups, keep, skip = world
    index = index_variants(parts(groups, None, 2), skip)
    found = variants(parts(groups, keep, 2), index, 3)
    expected = variants_reference(as_journeys(groups, keep, skip))
    assert found.count.tolist() == [row[1] for row in expected[:3]]
    assert found.variant_count == len(expected)
    assert found.journey_count == sum(row[1] for row in expected)


@settings(deadline=None, max_examples=40)
@given(worlds())
def test_variants_of_equal_hash_stay_apart(world: World) -> None:
    groups, keep, skip = world
    for buckets in BUCKETS:
        over = parts(groups, keep, buckets)
        right, collided = index_variants(over, skip), index_variants(over, skip, np.uint64(0))
        assert [one.tolist() for one in collided.variant] == [one.tolist() for one in right.variant]
        assert [one.tolist() for one in collided.duration_us] == [one.tolist() for one in right.duration_us]
        assert (collided.offsets.tolist(), collided.codes.tolist()) == (right.offsets.tolist(), right.codes.tolist())


@settings(deadline=None, max_examples=40)
@given(worlds(), st.sampled_from([None, 0, 2, 10**15]), st.booleans())
def test_variants_are_counted_while_silence_cuts_them(world: World, gap_us: int | None, collide: bool) -> None:
    groups, keep, skip = world
    over = parts(groups, keep, 2)
    found = run(variant_counts, over, skip, gap_us, np.uint64(0) if collide else MULTIPLIER)
    sessions = [
        (customer, [events[place] for place in session])
        for (customer, events), kept in zip(groups, keep, strict=True)
        if kept
        for session in cut_reference([at for at, _ in events], None, [False] * len(events), 2**62 if gap_us is None else gap_us)
    ]
    expected = variants_reference(as_journeys(sessions, [True] * len(sessions), skip))
    got = {tuple(found.codes(one).tolist()): count for one, count in enumerate(found.count.tolist())}
    assert got == {word: count for word, count, _, _ in expected}


def test_words_of_a_bucket_travel_without_it() -> None:
    words = run(variant_counts, parts([(1, [(0, 5), (1, 6), (2, 7)]), (2, [(0, 300), (9, 5)])]), 100).words[0]
    sent = pickle.loads(pickle.dumps(words))  # noqa: S301
    assert [one.tolist() for one in sent.spelled(np.arange(2))] == [one.tolist() for one in words.spelled(np.arange(2))]
    assert sent.codes.tolist() == [5, 6, 7, 5]


def test_a_customer_with_two_journeys_is_one_person() -> None:
    groups: list[Group] = [(7, [(0, 0), (10, 1)]), (7, [(5, 0), (25, 1)]), (0, [(0, 0), (60, 1)])]
    found = run(transitions, parts(groups))
    assert (found.count.tolist(), found.journeys.tolist(), found.people.tolist()) == ([3], [3], [1])
    assert (found.median_us.tolist(), found.mean_us.tolist()) == ([20.0], [30.0])


def test_gaps_of_centuries_do_not_overflow_the_mean() -> None:
    groups: list[Group] = [(1, [(-2 * 10**15, 0), (7 * 10**15, 1)])] * 3000
    found = run(transitions, parts(groups))
    assert found.mean_us.tolist() == [9.0e15]
    assert run(transitions, parts(groups), -1, Figures()).mean_us.tolist() == [9.0e15]


def test_nothing_at_all() -> None:
    found = run(transitions, parts([]))
    assert (found.event_count, found.journey_count, len(found.count)) == (0, 0, 0)
    assert run(reach, parts([])).code.tolist() == []
    over = parts([])
    assert variants(over, index_variants(over), 5).variant_count == 0
    assert run(transitions, []).journey_count == 0


RUNNING_EXAMPLE = {
    "check ticket>decide": 6, "examine casually>check ticket": 4, "decide>pay compensation": 3,
    "decide>reinitiate request": 3, "decide>reject request": 3, "register request>examine casually": 3,
    "check ticket>examine casually": 2, "examine casually>decide": 2, "examine thoroughly>check ticket": 2,
    "register request>check ticket": 2, "check ticket>examine thoroughly": 1, "examine thoroughly>decide": 1,
    "register request>examine thoroughly": 1, "reinitiate request>check ticket": 1,
    "reinitiate request>examine casually": 1, "reinitiate request>examine thoroughly": 1,
}  # fmt: skip


@pytest.mark.parametrize("buckets", [1, 4])
def test_the_running_example_is_as_published(buckets: int) -> None:
    groups, names = read_log("running-example.csv")
    over = parts(groups, None, buckets)
    found = run(transitions, over)
    edges = {
        f"{names[origin]}>{names[target]}": count
        for origin, target, count in zip(found.origin, found.target, found.count.tolist(), strict=True)
    }
    assert edges == RUNNING_EXAMPLE
    assert (found.journey_count, found.event_count, len(names)) == (6, 42, 8)
    assert {names[code]: int(found.starts[code]) for code in np.flatnonzero(found.starts)} == {"register request": 6}
    assert {names[code]: int(found.ends[code]) for code in np.flatnonzero(found.ends)} == {
        "pay compensation": 3,
        "reject request": 3,
    }
    index = index_variants(over)
    best = variants(over, index, 10)
    assert best.count.tolist() == [1] * 6
    assert np.diff(index.offsets).tolist() == [5, 5, 5, 5, 9, 13]


@pytest.mark.parametrize("buckets", [1, 4])
def test_the_receipt_log_is_as_published(buckets: int) -> None:
    groups, names = read_log("receipt.csv")
    over = parts(groups, None, buckets)
    found = run(transitions, over)
    assert (found.journey_count, found.event_count, len(names), len(found.count)) == (1434, 8577, 27, 99)
    assert [int(np.count_nonzero(table)) for table in (found.starts, found.ends)] == [1, 14]
    index = index_variants(over)
    best = variants(over, index, 6)
    assert (best.variant_count, best.count.tolist()) == (116, [713, 123, 116, 115, 75, 40])
    lengths = np.diff(index.offsets)[best.variant].tolist()
    assert lengths[2] == 1
    assert run(reach, over).events.sum() == 8577


def test_times_are_microseconds() -> None:
    found = run(reach, parts([(1, [(0, 0), (HOUR, 1)])]))
    assert found.median_us[0] == HOUR
