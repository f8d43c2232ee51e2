"""Journeys held against a plan: cut, aligned, tallied, timed; every subset equals counting by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from map_rows import START_US, happened, house

from desirelines.map import Features, Ranked, desire_lines, tally
from desirelines.map.matching.features import build_features
from desirelines.map.matching.ranked import rank

MINUTE = 60_000_000
PLAN = """
brand: {{name: B}}
touchpoints:
  - {{id: a, name: a, order: 1, rule: [{{event: A}}]}}
  - {{id: b, name: b, order: 2, rule: [{{event: B}}]}}
  - {{id: c, name: c, order: 3, rule: [{{event: C}}]}}
  - {{id: d, name: d, order: 4, rule: [{{event: D}}]}}
journeys:
  - id: j
    name: j
    {more}
    stages:
      - {{id: s1, name: one, order: 1, side: buyer, steps: [{{id: p1, touchpoint: a}}, {{id: p2, touchpoint: b}}]}}
      - id: s2
        name: two
        order: 2
        side: customer
        steps: [{{id: p3, touchpoint: c, within: 3min}}, {{id: p4, touchpoint: d}}]
"""
TABLE = """
u1: A0 B1 C2 D3
u2: A0 C1 D2
u3: A0 B1 X2 C3 D4
u4: A0 C1 X2 D3
u5: A0 C1 B2 D3
u6: A0 B1 B2 C3 D4
u7: D0 C1 B2 A3
"""


def test_the_published_table_by_marks(tmp_path: Path) -> None:
    built = house(tmp_path, PLAN.format(more=""), happened(TABLE))
    matched = built.matched()
    names = {next(iter(built.ids(f"u{n}"))): n for n in range(1, 8)}
    found = {}
    for journey in range(7):
        variant = int(matched.variant[journey])
        who = names[int(matched.journeys.customers[matched.journeys.customer[journey]])]
        missing = [matched.automaton.positions[place].touchpoint for place in matched.variants.missing_of(variant)]
        marks = "".join("+x~r"[mark] for mark in matched.variants.marks_of(variant))
        found[who] = (
            int(matched.variants.cost[variant]),
            round(float(matched.variants.fitness[variant]), 4),
            marks,
            "".join(missing),
        )
    assert found[1] == (0, 1.0, "++++", "")
    assert found[2] == (1, 0.8571, "+++", "b")
    assert found[3] == (1, 0.8889, "++x++", "")
    assert found[4] == (2, 0.75, "++x+", "b")
    assert found[5][:2] == (2, 0.75)
    assert found[5][2].count("~") == 1
    assert found[6] == (1, 0.8889, "++r++", "")
    assert found[7][:2] == (6, 0.25)


@pytest.mark.parametrize(("more", "cost", "length"), [("unclaimed: unplanned", 1, 5), ("unclaimed: ignored", 0, 4)])
def test_unclaimed_events_count_or_not_as_the_plan_says(tmp_path: Path, more: str, cost: int, length: int) -> None:
    matched = house(tmp_path, PLAN.format(more=more), happened("u: A0 B1 X2 C3 D4")).matched()
    assert (matched.variants.cost.tolist(), matched.variants.length.tolist()) == ([cost], [length])
    assert matched.journeys.events.tolist() == [5]


def test_boundaries_cut_journeys(tmp_path: Path) -> None:
    more = "starts: [{event: A, where: {x: yes}}]\n    ends: [{event: D}]"
    rows = [{**row, "text_x": "yes"} for row in happened("u: B0 A1 B2 D3 C4 A5 C6")]
    matched = house(tmp_path, PLAN.format(more=more), rows).matched()
    assert [(at - START_US) // MINUTE for at in matched.journeys.began_at.tolist()] == [1, 5]
    assert matched.journeys.events.tolist() == [3, 2]
    assert matched.journeys.people(np.ones(2, np.bool_)) == 1
    gap = house(tmp_path / "gap", PLAN.format(more="gap: 10min"), happened("u: A0 B1 C20 D21")).matched()
    assert gap.journeys.events.tolist() == [2, 2]


def test_journeys_of_an_object_belong_to_its_customer(tmp_path: Path) -> None:
    rows = [{**row, "object_order": order} for row, order in zip(happened("u: A0 A1 B2 B3"), "1212", strict=True)]
    matched = house(tmp_path, PLAN.format(more="subject: order"), rows).matched()
    assert matched.journeys.events.tolist() == [2, 2]
    counts = tally(matched.features, matched.variant, matched.journeys.customer, np.ones(2, np.bool_))
    assert (counts.times[:2].tolist(), counts.journeys[:2].tolist(), counts.people[:2].tolist()) == ([2, 2], [2, 2], [1, 1])


def test_times_by_stage_touchpoint_way_and_seam(tmp_path: Path) -> None:
    matched = house(tmp_path, PLAN.format(more="unclaimed: ignored"), happened("u: A0 X1 B2 C7 D9\nv: C0 B1 D5")).matched()
    every = np.ones(2, np.bool_)
    assert matched.stage_time.counts(every).tolist() == [2, 0]
    assert (matched.stage_time.value // MINUTE).tolist() == [4, 7]  # v: from B at 1 to D at 5; u: from A at 0 to C at 7
    assert (matched.seam_time.value // MINUTE).tolist() == [4, 5]
    ways = list(zip(matched.features.origin.tolist(), matched.features.target.tolist(), strict=True))
    assert ways == [(0, 1), (1, 2), (1, 3), (2, 1), (2, 3)]
    assert (matched.way_time.value // MINUTE).tolist() == [2, 5, 4, 1, 2]
    assert matched.late_touchpoint.tolist() == [2]
    assert matched.late_journey.tolist() == matched.way_time.journey[1:2].tolist()


def test_a_desire_line_is_frequent_and_not_drawn(tmp_path: Path) -> None:
    rows = happened(
        "\n".join([f"u{n}: A0 B1" for n in range(40)] + [f"v{n}: A0 C1" for n in range(30)] + [f"w{n}: A0 D1" for n in range(29)])
    )
    matched = house(tmp_path, PLAN.format(more=""), rows).matched()
    keep = np.ones(99, np.bool_)
    counts = tally(matched.features, matched.variant, matched.journeys.customer, keep)
    planned, desire = desire_lines(matched, counts, 99)
    assert list(zip(matched.features.target.tolist(), planned.tolist(), desire.tolist(), strict=True)) == [
        (1, True, False),
        (2, False, True),
        (3, False, False),
    ]
    assert desire_lines(matched, counts, 99, rate=0.31)[1].tolist() == [False, False, False]
    assert desire_lines(matched, counts, 99, customers=29)[1].tolist() == [False, True, True]


def test_matching_nothing_and_again_from_disk(tmp_path: Path) -> None:
    built = house(tmp_path, PLAN.format(more=""))
    assert built.matched().journeys.count == 0
    full = house(tmp_path / "full", PLAN.format(more=""), happened(TABLE))
    first, again = full.matched(), full.matched()
    assert first.key == again.key
    assert again.variants.cost.tolist() == first.variants.cost.tolist()


@st.composite
def logs(draw: st.DrawFn) -> tuple[list[list[int]], list[int], list[bool]]:
    sequences = draw(st.lists(st.lists(st.integers(0, 4), max_size=6), min_size=1, max_size=12))
    customers = sorted(draw(st.lists(st.integers(-1, 4), min_size=len(sequences), max_size=len(sequences))))
    return sequences, customers, draw(st.lists(st.booleans(), min_size=len(sequences), max_size=len(sequences)))


@given(logs())
@settings(deadline=None, max_examples=150)
def test_tallies_equal_counting_by_hand(log: tuple[list[list[int]], list[int], list[bool]]) -> None:
    sequences, customers, kept = log
    distinct = sorted({tuple(one) for one in sequences})
    offsets = np.cumsum([0, *(len(one) for one in distinct)])
    codes = np.array([code for one in distinct for code in one], dtype=np.uint32)
    in_stage = np.array([[True, False], [True, True], [False, True], [False, False]])
    none = np.empty(0, np.int64)
    features = build_features(codes, offsets, (none, none), in_stage)
    variant = np.array([distinct.index(tuple(one)) for one in sequences], dtype=np.int32)
    found = tally(features, variant, np.array(customers, dtype=np.int32), np.array(kept))
    for which, held in _features(features):
        mine = [(held(one), who) for one, who, keep in zip(sequences, customers, kept, strict=True) if keep and held(one)]
        assert found.times[which] == sum(times for times, _ in mine)
        assert found.journeys[which] == len(mine)
        assert found.people[which] == len({who for _, who in mine if who >= 0})


def _features(features: Features):  # type: ignore[no-untyped-def]
    def claimed(one: list[int]) -> list[int]:
        return [code for code in one if code < 4]

    for code in range(4):
        yield code, lambda one, code=code: one.count(code)
    for stage, codes in enumerate(((0, 1), (1, 2))):
        yield features.stage(stage), lambda one, codes=codes: sum(code in codes for code in one)
    for way, pair in enumerate(zip(features.origin.tolist(), features.target.tolist(), strict=True)):
        yield features.way(way), lambda one, pair=pair: list(zip(claimed(one), claimed(one)[1:], strict=False)).count(pair)


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9), st.integers(0, 50)), max_size=40),
    st.lists(st.booleans(), min_size=10, max_size=10),
)
@settings(deadline=None, max_examples=100)
def test_ranks_equal_sorting_the_subset(rows: list[tuple[int, int, int]], kept: list[bool]) -> None:
    group, journey, value = (np.array([row[column] for row in rows], dtype=np.int64) for column in range(3))
    found: Ranked = rank(group, journey, value, 3)
    keep = np.array(kept)
    by_hand = [sorted(v for g, j, v in rows if g == one and kept[j]) for one in range(3)]
    assert found.counts(keep).tolist() == [len(values) for values in by_hand]
    ranks = np.array([[(len(v) - 1) // 2, len(v) // 2, len(v) - 1] if v else [-1, -1, -1] for v in by_hand])
    expected = [[v[(len(v) - 1) // 2], v[len(v) // 2], v[-1]] if v else [-1, -1, -1] for v in by_hand]
    assert found.at_ranks(keep, ranks).tolist() == expected
