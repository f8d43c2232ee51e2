"""The difference between two plans, element by element, in words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirelines.plan import Plan, Step, Team, Touchpoint, canonical, diff, normal, read_plan

BASE = """
brand: Lumen
teams: [{id: a, name: A}, {id: b, name: B}, {id: c, name: C}]
story: {messages: [{id: light, words: Light}]}
touchpoints:
  - {id: shop, name: Shop, owner: a, rule: {event: Visited, where: {size: {at_least: 2}}}}
journeys:
  - {id: main, name: Main, stages: [{id: buy, name: Buy, side: buyer, steps: [shop]}]}
"""


def words(old: str, new: str) -> list[str]:
    assert old in BASE
    return [change.words for change in diff(read_plan(BASE), read_plan(BASE.replace(old, new)))]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("brand: Lumen", "brand: {name: Lumen, zone: Asia/Tokyo}", ["the brand: zone changed from “UTC” to “Asia/Tokyo”"]),
        ("owner: a", "owner: b", ["touchpoint `shop`: owner changed from “a” to “b”"]),
        ("owner: a, ", "", ["touchpoint `shop`: owner was taken away (it was “a”)"]),
        ("owner: a", "owner: a, systems: [till]", ["touchpoint `shop`: systems is now “till”"]),
        ("at_least: 2", "below: 3",
         ["touchpoint `shop`: rule changed from Visited where size at least 2 to Visited where size below 3"]),
        ("{id: b, name: B}, ", "{id: d, name: D}, ", ["team `b` was removed", "team `d` was added"]),
        ("words: Light", "words: Warmth", ["message `light`: words changed from “Light” to “Warmth”"]),
        ("steps: [shop]", "steps: [{touchpoint: shop, optional: true}]", ["step `buy-shop`: optional changed from no to yes"]),
        ("steps: [shop]", "desired: 0.5", ["stage `buy`: desired is now 0.5", "step `buy-shop` was removed in stage `buy`"]),
        ("{id: a, name: A}, {id: b, name: B}, {id: c, name: C}", "{id: c, name: C}, {id: a, name: A}, {id: b, name: B}",
         ["team `c` moved to the beginning"]),
        ("{id: a, name: A}, {id: b, name: B}", "{id: b, name: B}, {id: a, name: A}", ["team `b` moved to the beginning"]),
        ("id: a, name: A", "id: a, order: 1, name: A", ["the teams were numbered anew; their sequence is the same"]),
    ],
)  # fmt: skip
def test_changes_are_said_in_words(old: str, new: str, expected: list[str]) -> None:
    assert words(old, new) == expected


def test_a_change_carries_its_element_field_and_values() -> None:
    change = diff(read_plan(BASE), read_plan(BASE.replace("owner: a", "owner: b")))[0]
    assert (change.kind, change.element, change.field, change.before, change.after) == (
        "changed",
        "touchpoint:shop",
        "owner",
        "“a”",
        "“b”",
    )


teams = st.lists(
    st.builds(Team, id=st.sampled_from("abcdefg"), name=st.sampled_from(["A", "B"]), order=st.integers(0, 5)),
    unique_by=lambda team: team.id,
).map(tuple)
steps = st.lists(st.builds(Step, id=st.sampled_from("abc"), order=st.integers(0, 2)), unique_by=lambda step: step.id)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    stages = [{"id": "s", "name": "S", "side": "buyer", "steps": draw(steps)}]
    where = draw(st.dictionaries(st.sampled_from("xy"), st.sampled_from([1, 1.0, True, "1", [1]])))
    shop = Touchpoint.model_validate({"id": "t", "name": "T", "rule": [{"event": "E", "where": where}]})
    return Plan.model_validate(
        {
            "brand": {"name": "A"},
            "teams": draw(teams),
            "touchpoints": [shop],
            "journeys": [{"id": "j", "name": "J", "stages": stages}],
        }
    )


@given(plans(), plans())
@settings(deadline=None)
def test_no_change_means_the_same_plan_and_the_other_way_round(one: Plan, other: Plan) -> None:
    assert (diff(one, other) == []) == (canonical(one) == canonical(other))
    assert diff(one, normal(one)) == []


@given(plans(), plans())
@settings(deadline=None)
def test_what_was_added_one_way_was_removed_the_other(one: Plan, other: Plan) -> None:
    added = {change.element for change in diff(one, other) if change.kind == "added"}
    removed = {change.element for change in diff(other, one) if change.kind == "removed"}
    assert added == removed
