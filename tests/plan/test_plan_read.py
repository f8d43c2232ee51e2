"""Reading plans: what people may leave out, and every fault at once with its place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirelines.errors import BadInput, Fault, TooLarge
from desirelines.model.document import Document
from desirelines.plan import EventRule, Plan, Range, check, normal, plan_of, read_plan, write_plan


def faults(text: str) -> list[Fault]:
    with pytest.raises(BadInput) as caught:
        read_plan(text, "plan.yaml")
    return list(caught.value.faults)


def test_a_brand_is_enough() -> None:
    assert read_plan("brand: Lumen").brand.name == "Lumen"
    assert read_plan('{"brand": {"name": "Lumen", "zone": "Europe/Lisbon"}}').brand.zone == "Europe/Lisbon"
    assert read_plan(b"\xef\xbb\xbfbrand: Caf\xc3\xa9").brand.name == "Café"


def test_order_comes_from_the_place_unless_it_is_written() -> None:
    plan = read_plan(
        """
        brand: Lumen
        teams: [{id: shop, name: Shop}, {id: web, name: Web, order: 5}, {id: desk, name: Desk}]
        """
    )
    assert [(team.id, team.order) for team in plan.teams] == [("shop", 10), ("web", 5), ("desk", 30)]


def test_steps_may_be_bare_touchpoints_and_get_ids_from_their_stage() -> None:
    plan = read_plan(
        """
        brand: Lumen
        journeys:
          - id: main
            name: Main
            stages:
              - {id: buy, name: Buy, side: buyer, steps: [shop, till, shop, {one_of: [web, app]}]}
              - {id: use, name: Use, side: customer, steps: [{touchpoint: shop, id: buy-shop-2}, till]}
              - {id: love, name: Love, side: customer, steps: shop}
        """
    )
    steps = [[(step.id, step.order) for step in stage.steps] for stage in plan.journeys[0].stages]
    assert steps == [
        [("buy-shop", 10), ("buy-till", 20), ("buy-shop-3", 30), ("buy-web", 40)],
        [("buy-shop-2", 10), ("use-till", 20)],
        [("love-shop", 10)],
    ]


def test_a_rule_may_be_a_name_a_mapping_or_a_list() -> None:
    plan = read_plan(
        """
        brand: Lumen
        touchpoints:
          - {id: a, name: A, rule: Order Placed}
          - {id: b, name: B, rule: {event: Order Placed, channel: web}}
          - {id: c, name: C, rule: [Order Paid, {event: Order Sent}]}
          - {id: d, name: D}
        promises:
          - {id: p, name: P, touchpoint: a, target: 0.9, within: {start: Order Placed, to: {event: Order Sent}, time: 2d}}
        journeys:
          - {id: j, name: J, starts: Order Placed, ends: [Order Sent], gap: }
        """
    )
    assert [touchpoint.rule for touchpoint in plan.touchpoints] == [
        (EventRule(event="Order Placed"),),
        (EventRule(event="Order Placed", channel="web"),),
        (EventRule(event="Order Paid"), EventRule(event="Order Sent")),
        (),
    ]
    assert plan.promises[0].within is not None
    assert plan.promises[0].within.to == EventRule(event="Order Sent")
    assert plan.journeys[0].starts == (EventRule(event="Order Placed"),)
    assert plan.journeys[0].gap is None


def test_conditions_keep_the_type_that_was_written() -> None:
    plan = read_plan(
        """
        brand: Lumen
        touchpoints:
          - id: a
            name: A
            rule:
              event: Review Given
              where: {score: 5, share: 1.0, zip: 01310, state: no, at: 1:30, on: 2018-01-01, quoted: "5", flag: true,
                      any: [SP, 7, false], range: {at_least: 1, below: 3}}
        """
    )
    where = plan.touchpoints[0].rule[0].where
    assert {name: (type(value), value) for name, value in where.items() if not isinstance(value, (list, Range))} == {
        "score": (int, 5),
        "share": (float, 1.0),
        "zip": (str, "01310"),
        "state": (str, "no"),
        "at": (str, "1:30"),
        "on": (str, "2018-01-01"),
        "quoted": (str, "5"),
        "flag": (bool, True),
    }
    assert where["any"] == ["SP", 7, False]
    assert where["range"] == Range(at_least=1, below=3)


def test_every_fault_is_named_at_once_with_line_path_and_hint() -> None:
    found = faults(
        """brand: {name: 3, zon: UTC}
touchpoints:
  - id: My Shop
    medium: screeen
    rule: {event: x, where: {a: null, b: [1, [2]], c: {below: low}}}
promises: {a: 1}
journeys:
  - id: main
    name: Main
    gap: 3y
    stages:
      - {id: buy, name: Buy, side: byer, desired: 3, steps: [A B, 3]}
"""
    )
    assert [(fault.line, fault.path, fault.message) for fault in found] == [
        (1, "brand.name", "`name` must be text, not `3`"),
        (1, "brand.zon", "`zon` is not a field of a brand"),
        (3, "touchpoints[0].id", "`My Shop` is no id"),
        (3, "touchpoints[0].name", "`name` is missing in this touchpoint"),
        (4, "touchpoints[0].medium", "`medium` cannot be `screeen`"),
        (5, "touchpoints[0].rule[0].where.a", "`a` cannot be compared with nothing"),
        (5, "touchpoints[0].rule[0].where.b", "`b` cannot be compared with a list"),
        (5, "touchpoints[0].rule[0].where.c", "`c` cannot be compared with a mapping"),
        (6, "promises", "`promises` must be a list, not a mapping"),
        (10, "journeys[0].gap", "`gap` is a length of time, not `3y`"),
        (12, "journeys[0].stages[0].side", "`side` cannot be `byer`"),
        (12, "journeys[0].stages[0].steps[0].touchpoint", "`A B` is no id"),
        (12, "journeys[0].stages[0].steps[1]", "entry 2 must be a mapping of fields, not `3`"),
        (12, "journeys[0].stages[0].desired", "`desired` must be at most 1.0"),
    ]
    assert {fault.file for fault in found} == {"plan.yaml"}
    hints = {fault.path: fault.hint for fault in found}
    assert hints["brand.name"] == 'put it in quotes: "3"'
    assert hints["brand.zon"] == "did you mean `zone`?"
    assert hints["touchpoints[0].id"].endswith("`my-shop`")
    assert hints["touchpoints[0].medium"] == "did you mean `screen`?"
    assert hints["journeys[0].stages[0].side"] == "did you mean `buyer`?"


@pytest.mark.parametrize("text", ["", "[]", "just words", "3"])
def test_what_is_no_mapping_is_refused(text: str) -> None:
    assert faults(text)[0].message == "a plan is a mapping of fields"


def test_broken_yaml_names_its_line() -> None:
    assert faults("brand: x\n  teams: [")[0].line == 2


def test_not_a_number_and_control_characters_are_refused() -> None:
    assert faults("brand: A\nquestions: [{id: q, words: W, touchpoint: a, event: E, property: p, high: .inf}]")[0].path == (
        "questions[0].high"
    )
    found = faults('{"brand": {"name": "A\\u0000B"}, "teams": [{"id": "a", "name": "x\\ud800"}]}')
    assert [fault.path for fault in found] == ["brand.name", "teams[0].name"]


def test_line_ends_are_levelled() -> None:
    assert read_plan('{"brand": {"name": "A", "about": "one\\r\\ntwo\\rthree"}}').brand.about == "one\ntwo\nthree"


def test_a_newer_format_is_refused_with_a_hint() -> None:
    with pytest.raises(BadInput) as caught:
        read_plan("format: 2\nbrand: Lumen")
    assert caught.value.code == "newer_format"
    assert "upgrade Desirelines" in caught.value.hint
    assert "format" in faults("format: one\nbrand: Lumen")[0].message


def test_a_bomb_is_refused() -> None:
    with pytest.raises(BadInput):
        read_plan("a: &a [x, x]\nb: *a")
    with pytest.raises(TooLarge):
        read_plan("brand: " + "[" * 200 + "]" * 200)


def test_a_thousand_faults_are_enough() -> None:
    text = "brand: A\nteams:\n" + "".join(f"  - {{id: t{i}, name: T, wrong: 1}}\n" for i in range(1200))
    assert len(faults(text)) == 1000


def test_reading_does_not_judge_references() -> None:
    assert isinstance(read_plan("brand: A\nmoments: [{id: m, words: I want, stage: nowhere}]"), Plan)


KEYS = [
    *("format", "brand", "story", "messages", "teams", "touchpoints", "journeys", "stages", "steps", "promises", "questions"),
    *("id", "name", "order", "rule", "where", "event", "one_of", "touchpoint", "within", "starts", "side", "moments", "words"),
]
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["a", "2d", "buyer"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=4), inner, max_size=6),
    max_leaves=25,
)


def attempt(document: Document | str | bytes) -> Plan | BadInput | TooLarge:
    try:
        return plan_of(document) if isinstance(document, Document) else read_plan(document)
    except (BadInput, TooLarge) as error:
        return error


@given(st.dictionaries(st.sampled_from(KEYS), anything, max_size=6))
@settings(deadline=None, max_examples=300)
def test_whatever_comes_in_is_a_plan_or_faults(data: dict[str, Any]) -> None:
    answer = attempt(Document({"brand": "Lumen", **data}))
    if isinstance(answer, Plan):
        assert read_plan(write_plan(answer)) == normal(answer)
        assert all(finding.code for finding in check(answer))
    else:
        assert answer.faults
        assert all(fault.message for fault in answer.faults)


@given(st.binary(max_size=200) | st.text(max_size=200))
@settings(deadline=None)
def test_whatever_text_comes_in_is_answered(text: str | bytes) -> None:
    answer = attempt(text)
    assert isinstance(answer, Plan) or answer.message
