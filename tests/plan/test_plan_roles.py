"""Roles, metrics and outcomes that are reached: read kindly, checked whole, and of no weight where a plan has none."""

from __future__ import annotations

import pytest

from desirelines.plan import Seen, canonical, diff, examine, normal, plan_hash, read_plan, suggest_roles, workshop, write_plan

PLAN = """
brand: Lumen
teams: [{id: desk, name: Desk}]
outcomes: [{id: light, words: I have light, reached: Lamp Lit}]
roles:
  - {id: order, rule: Order Placed, property: total, object: order}
  - {id: contact, rule: [Called, {event: Wrote, channel: mail}]}
  - {id: spend, figure: ad spend}
metrics: [{id: nps, target: 40, owner: desk}]
"""


def codes(text: str, seen: Seen | None = None) -> list[tuple[str, str]]:
    return [(one.code, one.path) for one in examine(text, "", seen)[1] if one.code != "strategy-gate"]


def test_roles_are_read_as_people_write_them_and_written_the_same_way() -> None:
    plan = read_plan(PLAN)
    assert [(role.id, [rule.event for rule in role.rule]) for role in plan.roles] == [
        ("order", ["Order Placed"]), ("contact", ["Called", "Wrote"]), ("spend", []),
    ]  # fmt: skip
    assert plan.outcomes[0].reached[0].event == "Lamp Lit"
    text = write_plan(plan)
    assert read_plan(text) == normal(plan)
    assert write_plan(read_plan(text)) == text
    assert "rule: Order Placed" in text
    assert "reached: Lamp Lit" in text


def test_a_plan_without_them_keeps_its_hash() -> None:
    """As it was before there were any: published versions stay what they are."""
    assert plan_hash(workshop("Lumen")) == "9ea7d9a36c6d7468925a9f616209e94a7e583e8c07a30af7b78598453a28d3d3"
    bare = canonical(read_plan("brand: Lumen\noutcomes: [{id: light, words: I have light}]"))
    assert not any(word in bare for word in (b"roles", b"metrics", b"reached"))


@pytest.mark.parametrize(
    ("written", "instead", "found"),
    [
        ("rule: Order Placed, property", "property", ("empty-role", "roles[0]")),
        ("id: contact, rule", "id: review, rule", ("role-needs-property", "roles[1]")),
        ("{id: spend, figure", "{id: visit, figure", ("empty-role", "roles[2].figure")),
        ("property: total", "property: Total due", ("kind-name", "roles[0].property")),
        ("owner: desk", "owner: dusk", ("unknown-reference", "metrics[0].owner")),
        ("id: contact", "id: order", ("duplicate-id", "roles[1].id")),
    ],
)
def test_what_cannot_be_counted_is_found(written: str, instead: str, found: tuple[str, str]) -> None:
    assert codes(PLAN) == []
    assert found in codes(PLAN.replace(written, instead))


def test_what_the_data_have_not_shown_is_worth_a_look() -> None:
    seen = Seen(
        frozenset({"Order Placed", "Called", "Wrote"}), frozenset({"order"}), frozenset({"amount"}), frozenset({"ads"}),
        frozenset({"nps", "ease"}),
    )  # fmt: skip
    assert sorted(codes(PLAN, seen)) == [
        ("never-seen", "outcomes[0].reached[0]"), ("never-seen", "roles[0].property"), ("never-seen", "roles[2].figure"),
    ]  # fmt: skip
    assert ("unknown-metric", "metrics[0].id") in codes(PLAN.replace("id: nps", "id: npss"), seen)


def test_a_role_that_there_is_not_is_answered_with_the_nearest() -> None:
    found = [one for one in examine(PLAN.replace("id: contact", "id: contract"))[1] if one.path == "roles[1].id"]
    assert "contact" in found[0].hint


def test_a_difference_says_which_role_changed() -> None:
    words = [one.words for one in diff(read_plan(PLAN), read_plan(PLAN.replace("property: total", "property: net")))]
    assert words == ["role `order`: property changed from “total” to “net”"]


def test_roles_are_suggested_by_what_events_are_called() -> None:
    found = suggest_roles(["Order Placed", "Service Called", "problem_solved", "Category Viewed", "ReviewWritten", "Lamp Lit"])
    assert found == {
        "order": ("Order Placed",), "contact": ("Service Called",), "resolved": ("problem_solved",),
        "visit": ("Category Viewed",), "review": ("ReviewWritten",),
    }  # fmt: skip
