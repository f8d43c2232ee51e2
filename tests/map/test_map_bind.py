"""Events claimed for touchpoints: by name, channel and source, and by properties of every type."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from map_rows import House, happened, house

from desirelines.model.automaton import CONTESTED, UNCLAIMED


def plan(*touchpoints: str) -> str:
    lines = "\n".join(f"  - {line}" for line in touchpoints)
    return f"brand: {{name: B}}\ntouchpoints:\n{lines}\n"


def codes(built: House) -> dict[str, int]:
    """Event (with its minute) to code."""
    found = {}
    for bucket, part in zip(built.trace.buckets, built.bound.codes, strict=True):
        for at, event, code in zip(bucket.at.tolist(), bucket.event.tolist(), part.tolist(), strict=True):
            found[f"{built.trace.events[event]}{(at - 1_577_836_800_000_000) // 60_000_000}"] = code
    return found


def test_names_channels_and_sources_claim(tmp_path: Path) -> None:
    rows = [
        {"event": "Open", "at": 0, "channel": "web", "id_user": "u"},
        {"event": "Open", "at": 1, "channel": "app", "id_user": "u"},
        {"event": "Open", "at": 2, "id_user": "u"},
        {"event": "Call", "at": 3, "source": "desk", "id_user": "u"},
        {"event": "Call", "at": 4, "source": "line", "id_user": "u"},
        {"event": "Else", "at": 5, "id_user": "u"},
    ]
    built = house(
        tmp_path,
        plan(
            "{id: web, name: web, order: 1, rule: [{event: Open, channel: web}]}",
            "{id: app, name: app, order: 2, rule: [{event: Open, channel: app}, {event: Never}]}",
            "{id: desk, name: desk, order: 3, rule: [{event: Call, source: desk}]}",
        ),
        rows,
    )
    assert codes(built) == {"Open0": 0, "Open1": 1, "Open2": UNCLAIMED, "Call3": 2, "Call4": UNCLAIMED, "Else5": UNCLAIMED}
    assert built.bound.contested == {}


def test_what_two_touchpoints_claim_is_given_to_neither(tmp_path: Path) -> None:
    built = house(
        tmp_path,
        plan(
            "{id: a, name: a, order: 1, rule: [{event: A}, {event: B}]}",
            "{id: b, name: b, order: 2, rule: [{event: B}, {event: C, where: {score: {at_least: 5}}}]}",
            "{id: c, name: c, order: 3, rule: [{event: C}]}",
        ),
        [*happened("u: A0 B1 C2"), {"event": "C", "at": 3, "id_user": "u", "number_score": 7.0}],
    )
    assert codes(built) == {"A0": 0, "B1": CONTESTED, "C2": 2, "C3": CONTESTED}
    assert built.bound.contested == {"B": ("a", "b"), "C": ("b", "c")}


@pytest.mark.parametrize(
    ("column", "value", "where", "hit"),
    [
        ("text_x", "SP", "SP", True),
        ("text_x", "sp", "SP", False),
        ("text_x", "SP", "[RJ, SP]", True),
        ("text_x", "9", "{at_least: 9}", True),
        ("text_x", "nine", "{at_least: 9}", False),
        ("text_x", "5", "5", True),
        ("text_x", "True", "true", True),
        ("number_x", 5.0, "5", True),
        ("number_x", 5.0, "'5'", True),
        ("number_x", 5.0, "five", False),
        ("number_x", 5.0, "{at_least: 5, below: 6}", True),
        ("number_x", 6.0, "{at_least: 5, below: 6}", False),
        ("flag_x", True, "true", True),
        ("flag_x", False, "true", False),
        ("flag_x", True, "'yes'", True),
        ("date_x", date(2020, 2, 1), "'2020-02-01'", True),
        ("date_x", date(2020, 2, 2), "'2020-02-01'", False),
        ("date_x", date(2020, 2, 2), "today", False),
        ("money_x", Decimal("19.99"), "19.99", True),
        ("money_x", Decimal("19.99"), "{below: 19.99}", False),
        ("text_x", "'; DROP TABLE events; --", '"\'; DROP TABLE events; --"', True),
        ("text_y", "SP", "SP", False),
        ("text_x", None, "SP", False),
    ],
)
def test_properties_compare_by_their_type(tmp_path: Path, column: str, value: Any, where: str, hit: bool) -> None:
    rows = [{"event": "A", "at": 0, "id_user": "u", column: value}, {"event": "B", "at": 1, "id_user": "u"}]
    built = house(tmp_path, plan(f"{{id: t, name: t, rule: [{{event: A, where: {{x: {where}}}}}]}}"), rows)
    assert codes(built) == {"A0": 0 if hit else UNCLAIMED, "B1": UNCLAIMED}


def test_codes_are_kept_by_the_rules_and_made_anew_when_they_change(tmp_path: Path) -> None:
    rows = happened("u: A0 B1")
    built = house(tmp_path, plan("{id: t, name: t, rule: [{event: A}]}"), rows)
    first = built.bound
    assert built.bound.key == first.key
    renamed = house(tmp_path, plan("{id: t, name: other words, rule: [{event: A}]}"))
    assert House(built.snapshot, built.identities, built.trace, renamed.plan, built.folder).bound.key == first.key
    ruled = house(tmp_path, plan("{id: t, name: t, rule: [{event: B}]}"))
    second = House(built.snapshot, built.identities, built.trace, ruled.plan, built.folder).bound
    assert second.key != first.key
    assert [part.tolist() for part in second.codes] != [part.tolist() for part in first.codes]


def test_a_plan_meets_no_data(tmp_path: Path) -> None:
    built = house(tmp_path, plan("{id: t, name: t, rule: [{event: A, where: {x: 1}}]}"))
    assert built.bound.touchpoints == ("t",)
    assert sum(len(part) for part in built.bound.codes) == 0
    assert built.who.customers.dtype == np.int64
