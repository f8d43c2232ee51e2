"""Small questions to a plan."""

from __future__ import annotations

import pytest

from desirelines.errors import BadInput, NotFound
from desirelines.plan import (
    TEMPLATES,
    Brand,
    Plan,
    Touchpoint,
    check,
    duration_us,
    errors_in,
    every_rule,
    journey_of,
    missing_strategy,
    read_plan,
    stages_of,
    stages_with,
    steps_of,
    suggest,
    touchpoint_codes,
    touchpoint_of,
    touchpoints_of,
    workshop,
)

PLAN = read_plan(
    """
    brand: Lumen
    strategy: {message: Light}
    touchpoints: [{id: b, name: B, order: 1}, {id: a, name: A, order: 1, rule: E}, {id: c, name: C, order: 0}]
    promises: [{id: p, name: P, touchpoint: a, target: 1, score: {event: S, property: x, at_least: 4}}]
    journeys:
      - id: main
        name: Main
        starts: Begun
        stages:
          - {id: late, name: L, order: 9, side: customer, steps: [a, {one_of: [b, c]}]}
          - {id: soon, name: S, order: 1, side: buyer, steps: [{touchpoint: c, order: 5}, {touchpoint: a, order: 2}]}
    """
)


def test_everything_is_read_in_order() -> None:
    assert [stage.id for stage in stages_of(PLAN, "main")] == ["soon", "late"]
    assert [step.touchpoint for step in steps_of(stages_of(PLAN, "main")[0])] == ["a", "c"]
    assert touchpoint_codes(PLAN) == {"c": 0, "a": 1, "b": 2}
    assert stages_with(PLAN, "main") == {"a": ("soon", "late"), "c": ("soon", "late"), "b": ("late",)}
    assert [touchpoints_of(step) for step in steps_of(stages_of(PLAN, "main")[1])] == [("a",), ("b", "c")]
    assert touchpoint_of(PLAN, "b").name == "B"
    assert missing_strategy(PLAN) == ("target_groups", "position", "offering", "how", "channels")
    assert [(path, rule.event) for path, rule in every_rule(PLAN)] == [
        (("touchpoints", 1, "rule", 0), "E"),
        (("promises", 0, "score", "event"), "S"),
        (("journeys", 0, "starts", 0), "Begun"),
    ]


def test_what_is_not_there_is_named_with_the_nearest() -> None:
    with pytest.raises(NotFound) as caught:
        journey_of(PLAN, "mian")
    assert (caught.value.message, caught.value.hint) == ("no journey `mian`", "did you mean `main`?")


@pytest.mark.parametrize(
    ("text", "us"),
    [
        ("90s", 90_000_000),
        ("30min", 1_800_000_000),
        ("4h", 14_400_000_000),
        ("2d", 172_800_000_000),
        ("1.5w", 907_200_000_000),
        ("0.1s", 100_000),
    ],
)
def test_durations_are_exact_microseconds(text: str, us: int) -> None:
    assert duration_us(text) == us


@pytest.mark.parametrize(
    "text", ["", "2", "d", "2y", "2 d", "1/3d", "-1d", "1e3s", "99999w", "٣d", "9" * 99 + "s", "1.2.3d", "nand"]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match=r"length of time|hundred years"):
        duration_us(text)


def test_templates_can_be_published_as_they_are() -> None:
    plan = workshop("Lumen", "Europe/Lisbon", "EUR")
    assert [(stage.name, stage.side) for stage in stages_of(plan, "main")] == [
        ("Aware", "buyer"), ("Consider", "buyer"), ("Buy", "buyer"), ("Receive", "customer"), ("Use", "customer"),
        ("Get help", "customer"), ("Recommend", "customer"),
    ]  # fmt: skip
    assert {(one.id, one.kind, one.medium) for one in plan.touchpoints} == {
        ("store-visit", "physical", "place"),
        ("invoice", "physical", "paper"),
        ("website", "digital", "screen"),
        ("brochure", "physical", "paper"),
        ("phone-to-service", "human", "phone"),
    }
    assert all("Evidence" in one.words for one in plan.touchpoints)
    assert errors_in(check(plan)) == ()
    assert set(TEMPLATES) == {"empty", "workshop"}
    assert TEMPLATES["empty"]("Lumen").touchpoints == ()


def test_events_find_their_touchpoints_by_common_words() -> None:
    found = suggest(workshop("Lumen"), ["visited_store", "Invoice Paid", "CallStarted", "Support Ticket Opened", "Page Viewed"])
    assert {event: one.touchpoint for event, one in found.items()} == {
        "visited_store": "store-visit",
        "Invoice Paid": "invoice",
        "CallStarted": "phone-to-service",
        "Support Ticket Opened": "phone-to-service",
    }
    assert found["visited_store"].score == 1.0


def test_strange_events_become_new_touchpoints_with_a_medium() -> None:
    found = suggest(
        workshop("Lumen"), ["Parcel Delivered", "Ad Clicked", "Chat Started", "Wishlist Opened", "Invoicé", "???", "!!!", "???"]
    )
    assert [(one.touchpoint, one.id, one.name, one.kind, one.medium) for one in found.values()] == [
        (None, "parcel-delivered", "Parcel Delivered", "physical", "parcel"),
        (None, "ad-clicked", "Ad Clicked", "digital", "advert"),
        (None, "chat-started", "Chat Started", "human", "message"),
        (None, "wishlist-opened", "Wishlist Opened", "digital", "screen"),
        (None, "invoic", "Invoicé", "digital", "screen"),
        (None, "touchpoint", "???", "digital", "screen"),
        (None, "touchpoint-2", "!!!", "digital", "screen"),
    ]


def test_the_drawn_end_of_an_id_made_in_the_browser_is_no_word() -> None:
    names = {"x9k2": "Web page", "q7d0": "Order", "2b41": "Delivery"}
    drawn = tuple(Touchpoint(id=f"new-touchpoint-{end}", name=name) for end, name in names.items())
    found = suggest(Plan(brand=Brand(name="Lumen"), touchpoints=drawn), ["Page Viewed", "Order Placed"])
    assert [one.touchpoint for one in found.values()] == [one.id for one in drawn[:2]]
