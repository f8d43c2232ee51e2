"""Writing plans: readable, and the same bytes every time, whatever the texts hold."""

from __future__ import annotations

import json
import random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desirelines.plan import (
    By,
    EventRule,
    Journey,
    Plan,
    Promise,
    Range,
    Scalar,
    Stage,
    Step,
    Touchpoint,
    canonical,
    normal,
    plan_hash,
    read_plan,
    workshop,
    write_plan,
)

NASTY = [
    *("no", "yes", "On", "1e3", "01310", "5", "5.0", "1:30", "~", "null", "2018-01-01", "true", "0x1f", ".5", "1_000", "-.inf"),
    *("'", '"', "{a}", "[", "&a", "*a", "!t", "%", "@", "`", "|", ">", "=", "<<", "x:", "---", "...", "-", ","),
    *("a: b", "- a", "# x", "a #b", "? a", "a\nb", "a\n\n  b\n c", "a\n b \nc", "tab\tx"),
    *("\u2028x\u2028y", "a\x85b", "\ufeffx", "🙂 ü", "日本語"),
]

texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(
        alphabet=st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t\x85"), min_size=1, max_size=30
    ).filter(lambda text: text.strip() != ""),
)
ids = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,6}", fullmatch=True)
orders = st.one_of(st.sampled_from([0, 10, 20, 30]), st.integers(-99, 99))
numbers = st.floats(allow_nan=False, allow_infinity=False)
scalars: st.SearchStrategy[Scalar] = st.one_of(texts, numbers, st.integers(-(2**53), 2**53), st.booleans())
ranges = st.builds(Range, at_least=st.none() | numbers, below=st.none() | numbers)
rules = st.builds(
    EventRule,
    event=texts,
    channel=st.none() | texts,
    source=st.none() | texts,
    where=st.dictionaries(texts, st.one_of(scalars, st.lists(scalars, max_size=3), ranges), max_size=3),
)
few_rules = st.lists(rules, max_size=3).map(tuple)
touchpoints = st.builds(
    Touchpoint,
    id=ids,
    name=texts,
    order=orders,
    words=texts | st.just(""),
    owner=st.none() | ids,
    responsible=st.lists(ids, max_size=3).map(tuple),
    systems=st.lists(texts, max_size=3).map(tuple),
    rule=few_rules,
)
steps = st.builds(
    Step,
    id=ids | st.sampled_from(["a-b", "a-b-2", "b-a"]),
    order=orders,
    touchpoint=st.none() | st.sampled_from(["a", "b"]),
    one_of=st.lists(ids, max_size=2).map(tuple),
    optional=st.booleans(),
    within=st.sampled_from([None, "2d", "30min"]),
)
stages = st.builds(
    Stage,
    id=ids | st.sampled_from(["a", "b"]),
    name=texts,
    order=orders,
    side=st.sampled_from(["buyer", "customer"]),
    steps=st.lists(steps, max_size=3).map(tuple),
    desired=st.none() | st.floats(-1, 1),
)
journeys = st.builds(
    Journey,
    id=ids,
    name=texts,
    order=orders,
    starts=few_rules,
    gap=st.none() | st.just("4h"),
    stages=st.lists(stages, max_size=3).map(tuple),
)
promises = st.builds(
    Promise,
    id=ids,
    name=texts,
    order=orders,
    touchpoint=ids,
    target=st.floats(0, 1),
    by=st.none() | st.builds(By, event=rules, limit=texts),
)
plans = st.builds(
    lambda name, **lists: Plan.model_validate({"brand": {"name": name}, **lists}),
    name=texts,
    touchpoints=st.lists(touchpoints, max_size=3),
    promises=st.lists(promises, max_size=2),
    journeys=st.lists(journeys, max_size=2),
)
often = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@given(plans)
@often
def test_written_plans_read_back_to_the_same_bytes(plan: Plan) -> None:
    written = write_plan(plan)
    again = read_plan(written)
    assert write_plan(again) == written
    assert canonical(again) == canonical(plan)
    assert again == normal(plan)


@given(plans, st.randoms(use_true_random=False))
@often
def test_the_sequence_of_a_list_means_nothing_order_does(plan: Plan, chance: random.Random) -> None:
    def shuffled(elements: tuple[Any, ...]) -> tuple[Any, ...]:
        # two elements with the same order and id keep their sequence: such a plan cannot be published
        unique = {(element.order, element.id): element for element in elements}
        return tuple(chance.sample(list(unique.values()), len(unique)))

    one = plan.model_copy(update={"touchpoints": shuffled(plan.touchpoints), "journeys": shuffled(plan.journeys)})
    other = one.model_copy(update={"touchpoints": shuffled(one.touchpoints), "journeys": shuffled(one.journeys)})
    assert plan_hash(one) == plan_hash(other)
    assert write_plan(one) == write_plan(other)


def test_a_written_plan_is_readable() -> None:
    plan = read_plan(
        """
        brand: {name: Lumen, about: "Light for homes.\\nSince 1990."}
        touchpoints:
          - {id: shop, name: Shop, rule: Order Placed}
          - {id: parcel, name: "Parcel: it arrives", medium: parcel, systems: [WMS, "no"],
             rule: [{event: Sent, where: {zip: "01310", weight: {below: 2.5}, state: [SP, RJ]}}, Delivered]}
        journeys:
          - id: main
            name: Main
            stages:
              - {id: buy, name: Buy, side: buyer, steps: [shop]}
              - {id: get, name: Get, order: 25, side: customer, steps: [{touchpoint: parcel, optional: true}, shop, shop]}
        """
    )
    assert (
        write_plan(plan)
        == """\
format: 1
brand:
  name: Lumen
  about: |-
    Light for homes.
    Since 1990.
touchpoints:
  - id: shop
    name: Shop
    rule: Order Placed
  - id: parcel
    name: 'Parcel: it arrives'
    medium: parcel
    rule:
      - event: Sent
        where:
          state: [SP, RJ]
          weight: {below: 2.5}
          zip: '01310'
      - Delivered
    systems: [WMS, 'no']
journeys:
  - id: main
    name: Main
    stages:
      - id: buy
        name: Buy
        side: buyer
        steps: [shop]
      - id: get
        name: Get
        order: 25
        side: customer
        steps:
          - touchpoint: parcel
            optional: true
          - id: get-shop
            touchpoint: shop
          - id: get-shop-2
            touchpoint: shop
"""
    )


def test_the_canonical_form_is_sorted_json_without_defaults() -> None:
    plan = read_plan(
        "brand: {name: Lumen, zone: UTC}\nteams: [{id: b, name: B, order: 2}, {id: a, name: Ä, order: 1, partner: false}]"
    )
    assert canonical(plan) == (
        b'{"brand":{"name":"Lumen"},"format":1,"teams":[{"id":"a","name":"\xc3\x84","order":1},{"id":"b","name":"B","order":2}]}'
    )
    assert plan_hash(plan) == plan_hash(read_plan(write_plan(plan)))
    assert len(plan_hash(plan)) == 64


def test_one_and_yes_and_one_point_nought_are_three_conditions() -> None:
    def plan(value: Scalar) -> Plan:
        return Plan.model_validate(
            {"brand": {"name": "A"}, "touchpoints": [{"id": "a", "name": "A", "rule": [{"event": "E", "where": {"x": value}}]}]}
        )

    assert len({plan_hash(plan(value)) for value in (1, 1.0, True, "1", "true")}) == 5


def test_json_of_a_plan_is_a_plan() -> None:
    plan = workshop("Lumen")
    assert read_plan(json.dumps(plan.model_dump(mode="json"))) == plan
