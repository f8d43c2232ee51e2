"""Journeys held against a plan: published figures, the tie rule, marks, late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trace_makers import HOUR, SILENT, Group, Move, automaton, linear, parts, plans, read_log, sequences

from desirelines.errors import BadInput
from desirelines.model.automaton import Automaton
from desirelines.trace import MARKS, Alignment, align, index_variants, late, late_events, run, transitions, variants
from desirelines.trace.aligning.machine import machine
from desirelines.trace.aligning.memo import new_memo
from desirelines.trace.aligning.walk import walk_all
from desirelines.trace.reference import alignment_reference, late_reference, marks_reference


def marks_of(found: Alignment, one: int) -> list[str]:
    return [MARKS[mark] for mark in found.mark[found.offsets[one] : found.offsets[one + 1]]]


def missing_of(found: Alignment, one: int) -> list[int]:
    return [int(place) for place in found.missing[found.missing_offsets[one] : found.missing_offsets[one + 1]]]


TABLE = [
    ("abcd", 0, 1.0, "pppp", []),
    ("acd", 1, 6 / 7, "ppp", [1]),
    ("abxcd", 1, 8 / 9, "ppupp", []),
    ("acxd", 2, 0.75, "ppup", [1]),
    ("acbd", 2, 0.75, "popp", []),
    ("abbcd", 1, 8 / 9, "pprpp", []),
    ("dcba", 6, 0.25, "ooop", []),
    ("", 4, 0.0, "", [0, 1, 2, 3]),
    ("abcdabcd", 4, 8 / 12, "pppprrrr", []),
    ("accbd", 3, 6 / 9, "porpp", []),
]
SHORT = {"planned": "p", "unplanned": "u", "out of order": "o", "repeated": "r"}


@pytest.mark.parametrize(("word", "cost", "fitness", "marks", "missing"), TABLE)
def test_the_plan_abcd(word: str, cost: int, fitness: float, marks: str, missing: list[int]) -> None:
    found = align(linear([0, 1, 2, 3]), *sequences([word]))
    assert (found.cost.tolist(), found.shortest) == ([cost], 4)
    assert found.fitness[0] == pytest.approx(fitness, abs=1e-12)
    assert "".join(SHORT[mark] for mark in marks_of(found, 0)) == marks
    assert missing_of(found, 0) == missing


def test_a_branch_not_taken_is_unplanned_when_its_event_comes_too() -> None:
    choice = automaton([0, 1, 2, 3], [(0, 1, 0), (1, 2, 1), (1, 2, 2), (2, 3, 3)], [3])  # a, b or c, d
    found = align(choice, *sequences(["abd", "acd", "abcd", "ad"]))
    assert found.cost.tolist() == [0, 0, 1, 1]
    assert marks_of(found, 2) == ["planned", "planned", "unplanned", "planned"]
    assert missing_of(found, 3) == [1]


def test_optional_steps_cost_nothing() -> None:
    optional = automaton([0, 1, 2], [(0, 1, 0), (1, 2, 1), (1, 2, SILENT), (2, 3, 2)], [3])
    found = align(optional, *sequences(["abc", "ac", "bac", ""]))
    assert (found.cost.tolist(), found.shortest) == ([0, 0, 1, 2], 2)
    assert marks_of(found, 2) == ["unplanned", "planned", "planned"]


def test_a_plan_without_steps_expects_nothing() -> None:
    found = align(automaton([], [], [0]), *sequences(["", "ab"]))
    assert (found.cost.tolist(), found.shortest, found.fitness.tolist()) == ([0, 2], 0, [1.0, 0.0])


def test_no_sequences_at_all() -> None:
    found = align(linear([0]), *sequences([]))
    assert (len(found.cost), found.missing_offsets.tolist()) == (0, [0])


def test_a_plan_without_an_end_or_with_a_silent_cycle_is_refused() -> None:
    with pytest.raises(BadInput, match="no end"):
        machine(automaton([0], [(0, 1, 0)], []))
    with pytest.raises(BadInput, match="cycle"):
        machine(automaton([0], [(0, 1, 0), (1, 2, SILENT), (2, 1, SILENT)], [1]))


def test_the_receipt_log_against_its_most_frequent_variant() -> None:
    groups, _ = read_log("receipt.csv")
    over = parts(groups, None, 4)
    index = index_variants(over)
    best = variants(over, index, 200)
    first = best.variant[0]
    plan = linear(index.codes[index.offsets[first] : index.offsets[first + 1]].tolist())
    found = align(plan, index.offsets, index.codes)
    count = np.bincount(np.concatenate(index.variant))
    assert int((found.cost * count).sum()) == 2943
    assert int(count[found.cost == 0].sum()) == 713
    assert (found.fitness * count).sum() / 1434 == pytest.approx(0.818053, abs=5e-7)
    whole = (np.diff(index.offsets) + found.shortest) * count
    assert 1 - (found.cost * count).sum() / whole.sum() == pytest.approx(0.828706, abs=5e-7)


L_FULL = {
    "acdeh": 455, "abdeg": 191, "adceh": 177, "abdeh": 144, "acdeg": 111, "adceg": 82, "adbeh": 56, "acdefdbeh": 47,
    "adbeg": 38, "acdefbdeh": 33, "acdefbdeg": 14, "acdefdbeg": 11, "adcefcdeh": 9, "adcefdbeh": 8, "adcefbdeg": 5,
    "acdefbdefdbeg": 3, "adcefdbeg": 2, "adcefbdefbdeg": 2, "adcefdbefbdeh": 1, "adbefbdefdbeg": 1,
    "adcefdbefcdefdbeg": 1,
}  # fmt: skip
A, B, C, D, E, F, G, H = range(8)
BOTH: list[Move] = [(1, 2, C), (1, 3, D), (2, 4, D), (3, 4, C)]
NETS = {
    "N1": ([(0, 1, A), *BOTH, (1, 2, B), (3, 4, B), (4, 5, E), (5, 1, F), (5, 6, G), (5, 6, H)], 6, 1.0),
    "N2": ([(0, 1, A), (1, 2, B), (1, 2, C), (2, 4, D), (4, 5, E), (5, 1, F), (5, 6, G), (5, 6, H)], 6, 0.9369),
    "N3": ([(0, 1, A), *BOTH, (4, 5, E), (5, 6, H)], 6, 0.8368),
    "N4": ([(0, 1, A), *((1, 1, step) for step in (B, C, D, E, F)), (1, 2, G), (1, 2, H)], 2, 1.0),
}


@pytest.mark.parametrize("net", NETS)
def test_l_full_against_its_four_nets(net: str) -> None:
    moves, end, fitness = NETS[net]
    symbols = range(8)
    if net == "N3":  # b, f and g are not in this plan at all
        moves = [(origin, target, [A, C, D, E, H].index(place)) for origin, target, place in moves]
        symbols = [A, C, D, E, H]  # type: ignore[assignment]
    found = align(automaton(list(symbols), moves, [end]), *sequences(list(L_FULL)))
    count = np.array(list(L_FULL.values()))
    whole = (np.diff(found.offsets) + found.shortest) * count
    assert count.sum() == 1391
    assert 1 - (found.cost * count).sum() / whole.sum() == pytest.approx(fitness, abs=5e-5)


WORDS = st.lists(st.lists(st.integers(0, 4), max_size=7), min_size=1, max_size=4)


@settings(deadline=None, max_examples=300)
@given(plans(), WORDS)
def test_alignment_is_the_reference(plan: Automaton, words: list[list[int]]) -> None:
    found = align(plan, *sequences(words))
    for one, word in enumerate(words):
        way = alignment_reference(plan, word)
        marks, missing = marks_reference(plan, word, way)
        position = found.position[found.offsets[one] : found.offsets[one + 1]].tolist()
        assert found.cost[one] == way[0]
        assert [place for place in position if place >= 0] == list(way[1])
        assert [event for event, place in enumerate(position) if place >= 0] == list(way[2])
        assert (marks_of(found, one), missing_of(found, one)) == (marks, missing)


def every_way(
    plan: Automaton, word: list[int], event: int, state: int, budget: int
) -> Iterator[tuple[int, tuple[int, ...], tuple[int, ...], tuple[int, ...]]]:
    """All alignments that cost at most `budget`, written down one by one."""
    if event == len(word) and plan.accepting[state]:
        yield 0, (), (), ()
    if event < len(word) and budget:
        for cost, *rest in every_way(plan, word, event + 1, state, budget - 1):
            yield cost + 1, *rest  # type: ignore[misc]
    for origin, target, place in zip(plan.origin.tolist(), plan.target.tolist(), plan.position.tolist(), strict=True):
        if origin != state:
            continue
        if place == SILENT:
            yield from every_way(plan, word, event, target, budget)
            continue
        if budget:
            for cost, matched, at, missing in every_way(plan, word, event, target, budget - 1):
                yield cost + 1, matched, at, (place, *missing)
        if event < len(word) and plan.positions[place].symbol == word[event]:
            for cost, matched, at, missing in every_way(plan, word, event + 1, target, budget):
                yield cost, (place, *matched), (event, *at), missing


@settings(deadline=None, max_examples=60)
@given(plans(), st.lists(st.integers(0, 3), max_size=4))
def test_the_reference_is_the_best_of_all_there_are(plan: Automaton, word: list[int]) -> None:
    best = alignment_reference(plan, word)
    if best[0] <= 4:
        assert best == min(every_way(plan, word, 0, 0, best[0]))


@settings(deadline=None, max_examples=60)
@given(plans(), st.lists(st.lists(st.integers(0, 4), max_size=60), min_size=1, max_size=2))
def test_sweeping_nodes_changes_nothing(plan: Automaton, words: list[list[int]]) -> None:
    offsets, codes = sequences(words)
    answers = []
    for room in (1, 100_000):
        cost, position = np.zeros(len(words), np.int64), np.zeros(len(codes), np.int32)
        mark = np.zeros(len(codes), np.uint8)
        missing = walk_all(machine(plan), offsets, codes, cost, position, mark, room)
        answers.append([column.tolist() for column in (cost, position, mark, *missing)])
    assert answers[0] == answers[1]


@settings(deadline=None, max_examples=200)
@given(plans(), st.lists(st.lists(st.integers(0, 4), max_size=12), min_size=1, max_size=6))
def test_what_was_found_out_before_changes_nothing(plan: Automaton, words: list[list[int]]) -> None:
    offsets, codes = sequences(words)
    answers, known = [], new_memo(machine(plan))
    for memo in (known, known, new_memo(machine(plan), 1), new_memo(machine(plan), 100)):  # new, old, hardly any room
        cost, position = np.zeros(len(words), np.int64), np.zeros(len(codes), np.int32)
        mark = np.zeros(len(codes), np.uint8)
        missing = walk_all(machine(plan), offsets, codes, cost, position, mark, 1, memo)
        answers.append([column.tolist() for column in (cost, position, mark, *missing)])
    assert all(answer == answers[0] for answer in answers)
    for one, word in enumerate(words):
        way = alignment_reference(plan, word)
        places = answers[0][1][offsets[one] : offsets[one + 1]]
        assert answers[0][0][one] == way[0]
        assert [(place, event) for event, place in enumerate(places) if place >= 0] == list(zip(way[1], way[2], strict=True))
        missing_here = answers[0][4][answers[0][3][one] : answers[0][3][one + 1]]
        assert missing_here == marks_reference(plan, word, way)[1]


def test_a_sequence_of_a_hundred_thousand_events() -> None:
    loop = automaton([0, 1], [(0, 1, 0), (1, 0, 1)], [0])  # (a b)*
    rng = np.random.default_rng(5)
    codes = rng.integers(0, 3, 100_000).astype(np.uint32)
    offsets = np.array([0, 50_000, 150_000])
    align(loop, *sequences(["ab"]))  # compiles, which is not what is timed
    began = process_time()
    found = align(loop, offsets, np.concatenate([np.tile([0, 1], 25_000).astype(np.uint32), codes]))
    assert process_time() - began < 5  # far below a second when time grows with the length, many with its square
    assert found.cost[0] == 0
    counted = Counter(codes.tolist())
    assert found.cost[1] >= counted[2]
    unmatched = int((found.position[50_000:] < 0).sum())
    swaps = int((found.mark[50_000:] == MARKS.index("out of order")).sum())
    assert found.cost[1] == unmatched + len(found.missing) + swaps


@pytest.mark.parametrize("seed", range(4))
def test_long_journeys_through_a_repeating_plan_are_the_references(seed: int) -> None:
    loop = automaton([0, 1], [(0, 1, 0), (1, 0, 1)], [0])  # (a b)*: ways agree for hundreds of positions
    word = np.random.default_rng(seed).choice(3, 1_400, p=[0.9, 0.05, 0.05]).tolist()
    found = align(loop, *sequences([word]))
    way = alignment_reference(loop, word)
    assert found.cost[0] == way[0]
    assert found.position[found.position >= 0].tolist() == list(way[1])
    assert np.flatnonzero(found.position >= 0).tolist() == list(way[2])


def test_a_plan_fits_itself() -> None:
    groups: list[Group] = [(1, [(0, 2), (5, 0), (9, 1)])]
    index = index_variants(parts(groups))
    assert align(linear([2, 0, 1]), index.offsets, index.codes).fitness.tolist() == [1.0]


def test_late_is_an_attribute_of_matched_events() -> None:
    groups: list[Group] = [
        (1, [(0, 0), (HOUR, 9), (2 * HOUR, 1)]),  # b two hours after a
        (2, [(0, 0), (HOUR, 1)]),  # just in time
        (3, [(0, 1)]),  # nothing before it
        (4, [(0, 0), (HOUR, 0), (2 * HOUR, 1)]),  # the plan's first a counts, and b came two hours after it
    ]
    plan = linear([0, 1], within_us=HOUR)
    for buckets in (1, 3):
        over = parts(groups, None, buckets)
        index = index_variants(over, 9)
        found = late(over, index.variant, align(plan, index.offsets, index.codes), plan, 9)
        assert (found.late.tolist(), found.judged.tolist()) == ([0, 2], [0, 3])
    one = parts(groups)[0]
    index = index_variants([one], 9)
    flags = late_events(one, index.variant[0], align(plan, index.offsets, index.codes), plan, 9)
    assert np.flatnonzero(flags).tolist() == [2, 8]


TIMED = st.lists(st.tuples(st.integers(-20, 20), st.integers(0, 4)), min_size=1, max_size=6).map(sorted)


@settings(deadline=None, max_examples=80)
@given(plans(), st.lists(st.tuples(st.integers(0, 3), TIMED), max_size=5), st.integers(0, 10))
def test_late_is_the_reference(plan: Automaton, groups: list[Group], within: int) -> None:
    timed = automaton(
        [place.symbol for place in plan.positions],
        list(zip(plan.origin.tolist(), plan.target.tolist(), plan.position.tolist(), strict=True)),
        np.flatnonzero(plan.accepting).tolist(),
        within,
    )
    over = parts(groups, None, 2)
    index = index_variants(over)
    aligned = align(timed, index.offsets, index.codes)
    found = late(over, index.variant, aligned, timed, -1)
    ordered = [group for part in (0, 1) for group in sorted(groups, key=lambda row: row[0]) if group[0] % 2 == part]
    matched = [
        aligned.position[aligned.offsets[one] : aligned.offsets[one + 1]].tolist() for one in np.concatenate(index.variant)
    ]
    expected = late_reference(timed, ordered, matched)
    got = {place: (int(found.late[place]), int(found.judged[place])) for place in np.flatnonzero(found.judged).tolist()}
    assert got == {place: row for place, row in expected.items() if row[1]}


def test_transitions_and_alignment_take_the_same_parts() -> None:
    over = parts([(1, [(0, 0), (1, 1)])])
    assert run(transitions, over).count.tolist() == [1]
