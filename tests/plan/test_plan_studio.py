"""What the studio adds to a plan: insights, cards, lanes, towers, and steps that are not demanded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desirelines.errors import BadInput
from desirelines.map import compile_journey
from desirelines.plan import Plan, Step, canonical, check, normal, read_plan, steps_of, write_plan

PAGE = Path(__file__).resolve().parents[2] / "docs" / "plan.md"
DRAWN = next(text for text in re.findall(r"```yaml\n(.*?)```", PAGE.read_text(), re.DOTALL) if "towers:" in text)


def test_what_is_drawn_reads_back_and_is_written_the_same_way() -> None:
    plan = read_plan(DRAWN)
    assert read_plan(write_plan(plan)) == normal(plan)
    assert write_plan(read_plan(write_plan(plan))) == write_plan(plan)
    assert (plan.towers[0].boxes[1].kind, plan.towers[0].boxes[1].order) == ("belief", 20)
    assert [lane.name for lane in plan.journeys[0].lanes] == ["", "What the law asks"]
    assert plan.cards[1].order == 20


def test_an_empty_plan_has_the_bytes_it_always_had() -> None:
    assert canonical(read_plan("brand: Lumen")) == b'{"brand":{"name":"Lumen"},"format":1}'


def test_what_a_card_and_a_tower_name_must_be_there() -> None:
    plan = read_plan(
        DRAWN.replace("insight: waiting-in}, {", "insight: waiting-im}, {").replace(
            "lane: pains, words", "persona: me, lane: pains, words"
        )
    )
    found = {finding.path: finding.hint for finding in check(plan) if finding.code == "unknown-reference"}
    assert "towers[0].boxes[0].insight" in found
    assert "waiting-in" in found["towers[0].boxes[0].insight"]
    assert "cards[0].persona" in found


def test_two_boxes_never_share_an_id() -> None:
    plan = read_plan(DRAWN.replace("{id: never-on-time", "{id: ask-boss"))
    assert [finding.code for finding in check(plan) if "box" in finding.message] == ["duplicate-id"]


def test_a_persona_with_an_insight_is_no_assumption() -> None:
    assert "assumption" not in {finding.code for finding in check(read_plan(DRAWN))}
    assert "assumption" in {finding.code for finding in check(read_plan(DRAWN.replace(", evidence: [waiting-in]", "")))}


@pytest.mark.parametrize(
    ("field", "waived"),
    [({}, False), ({"state": "new"}, True), ({"state": "going"}, True), ({"personas": ("p",)}, True), ({"optional": True}, True)],
)
def test_only_what_is_kept_and_for_everyone_is_demanded(field: dict[str, object], waived: bool) -> None:
    assert Step.model_validate({"id": "a", "touchpoint": "shop", **field}).waived is waived


def test_a_new_step_may_be_left_out_and_may_be_taken() -> None:
    plan: Plan = read_plan(DRAWN)
    automaton = compile_journey(plan, plan.journeys[0])
    assert [position.optional for position in automaton.positions] == [True, False]
    assert [step.waived for step in steps_of(plan.journeys[0].stages[0])] == [True, False]


def test_a_day_is_a_day() -> None:
    with pytest.raises(BadInput) as told:
        read_plan(DRAWN.replace("2026-03-12", "2026-13-12"))
    assert [fault.path for fault in told.value.faults] == ["insights[0].on"]
