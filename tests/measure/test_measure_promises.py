"""Promises judged one by one: kept, broken, not yet due, not judged."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measure_rows import Asked, happened, house, instant

from desirelines.measure.gathering.days import calendar, day_ends_us, day_numbers
from desirelines.measure.gathering.pairs import BROKEN, KEPT, OPEN, within
from desirelines.model.period import Period

PLAN = """
brand: {{name: B, zone: America/Sao_Paulo}}
touchpoints: [{{id: a, name: a, rule: [{{event: A}}]}}]
promises: [{{id: p, name: p, touchpoint: a, target: 0.9, {promise}}}]
journeys: [{{id: j, name: j, stages: []}}]
"""


def states(tmp_path: Path, promise: str, rows: list[dict[str, object]]) -> list[str]:
    judgements = Asked(house(tmp_path, PLAN.format(promise=promise), rows)).facts.judgements
    return [{BROKEN: "broken", KEPT: "kept", OPEN: "open"}[state] for state in judgements.state.tolist()]


def test_a_date_holds_to_that_days_end_in_the_brands_zone(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"event": "Delivered", "at": "2018-01-11T01:59:59+00:00", "id_user": "u", "date_due_on": date(2018, 1, 10)},
        {"event": "Delivered", "at": "2018-01-11T02:00:00+00:00", "id_user": "u", "date_due_on": date(2018, 1, 10)},
        {"event": "Delivered", "at": "2018-01-12T00:00:00+00:00", "id_user": "u"},
        {"event": "Delivered", "at": "2018-01-13T00:00:00+00:00", "date_due_on": date(2018, 1, 20)},
    ]
    assert states(tmp_path, "by: {event: {event: Delivered}, limit: due_on}", rows) == ["kept", "broken", "kept"]


def test_an_instant_holds_to_itself(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"event": "Answered", "at": at, "id_user": "u", "time_due_at": instant(5)}
        for at in (4, 5, "2020-01-01T00:05:00.000001+00:00")
    ]
    assert states(tmp_path, "by: {event: {event: Answered}, limit: due_at}", rows) == ["kept", "kept", "broken"]


def test_a_limit_that_no_event_has_is_not_judged(tmp_path: Path) -> None:
    assert states(tmp_path, "by: {event: {event: A}, limit: nowhere}", happened("u: A0")) == []


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ("u: S0 T10", ["kept"]),
        ("u: S0 T11", ["broken"]),
        ("u: S0 Z9", ["open"]),
        ("u: S0 Z10", ["open"]),
        ("u: S0 Z11", ["broken"]),
        ("u: S0 T0", ["kept"]),
        ("u: T0 S5 Z20", ["broken"]),
        ("u: S0 S4 T8", ["open", "kept"]),
        ("u: S0 T2 S4 T30", ["kept", "broken"]),
        ("u: S0\nv: T5 Z20", ["broken"]),
        ("-: S0 T5", []),
    ],
)
def test_each_start_of_a_customer_is_judged_by_the_first_end_before_the_next(
    tmp_path: Path, log: str, expected: list[str]
) -> None:
    promise = "within: {start: {event: S}, to: {event: T}, time: 10min}"
    assert states(tmp_path, promise, happened(log)) == expected


def test_an_object_is_judged_by_its_first_start_whoever_it_belongs_to(tmp_path: Path) -> None:
    promise = "per: order, within: {start: {event: S}, to: {event: T}, time: 10min}"
    orders = {0: "1", 1: "2", 2: "1", 3: "2", 4: "2"}
    rows = [{**row, "object_order": orders[n]} for n, row in enumerate(happened("u: S0 S1 T5 S9\n-: T30"))]
    asked = Asked(house(tmp_path, PLAN.format(promise=promise), rows))
    judgements = asked.facts.judgements
    assert judgements.state.tolist() == [KEPT, BROKEN]
    assert judgements.customers_in("p", "broken").tolist() == [True]


def test_a_score_is_judged_answer_by_answer(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"event": "Review", "at": n, "text_stars": stars} for n, stars in enumerate(("5", "4", "3", "none", None))
    ]
    assert states(tmp_path, "score: {event: {event: Review}, property: stars, at_least: 4}", rows) == ["kept", "kept", "broken"]


def test_judgements_count_by_their_own_time_in_period_and_segment(tmp_path: Path) -> None:
    promise = "within: {start: {event: S}, to: {event: T}, time: 10min}"
    rows = happened("u: S0 T5 S2880 T2900\nv: S1440 T1445")
    asked = Asked(house(tmp_path, PLAN.format(promise=promise), rows))
    found = asked.facts.judgements
    day = Period(date(2020, 1, 1), date(2020, 1, 2)).bounds_us("UTC")
    assert found.state[found.between("p", *day)].tolist() == [KEPT, KEPT]
    only_v = asked.segment("did:S").over(asked.facts.who.customers)
    assert only_v is not None
    members = np.isin(asked.facts.who.customers, list(asked.house.ids("v")))
    assert found.state[found.between("p", -(2**62), 2**62, members)].tolist() == [KEPT]


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 20), st.sampled_from("st")), max_size=14),
    st.integers(0, 8),
    st.integers(20, 30),
)
@settings(deadline=None, max_examples=150)
def test_pairing_equals_pairing_by_hand(rows: list[tuple[int, int, str]], time: int, as_of: int) -> None:
    rows = sorted(set(rows))
    subject, at = (np.array([row[column] for row in rows], dtype=np.int64) for column in range(2))
    starts, ends = (np.array([row[2] == kind for row in rows], dtype=np.bool_) for kind in "st")
    places, found = within(subject, at, starts, ends, time, as_of, True)
    expected = []
    for who, when, kind in rows:
        if kind == "s":
            mine = [(t, k) for w, t, k in rows if w == who and t >= when]
            until = next((place for place, (t, k) in enumerate(mine) if k == "s" and t > when), len(mine))
            after = [t for t, k in mine[:until] if k == "t"]
            expected.append((KEPT if after[0] - when <= time else BROKEN) if after else BROKEN if when + time < as_of else OPEN)
    assert found.tolist() == expected
    assert [rows[place][2] for place in places.tolist()] == ["s"] * len(expected)


def test_days_are_cut_in_the_zone_across_the_change_of_clocks() -> None:
    noon = [1_711_839_600_000_000, 1_711_926_000_000_000]  # 2024-03-31 and 04-01, midnight in Berlin
    days = calendar(noon[0], noon[1], "Europe/Berlin")
    assert np.diff(days.starts).tolist() == [23 * 3_600_000_000, 24 * 3_600_000_000]
    assert days.index(np.array([noon[0], noon[1] - 3_600_000_001, noon[1] - 3_600_000_000])).tolist() == [0, 0, 1]
    assert day_numbers(np.array(noon), "Europe/Berlin").tolist() == [19813, 19814]
    assert day_ends_us(np.array([19813]), "Europe/Berlin").tolist() == [noon[1] - 3_600_000_001]
