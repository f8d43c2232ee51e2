"""Discovery through the house: blocks with their people, and a drawn journey that fits, is sound and can be published."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shop import full

from desirelines import measure
from desirelines.errors import BadInput
from desirelines.map import compile_journey
from desirelines.measure import DiscoverAsk, Discovered, Walk, read_ask, with_discovered
from desirelines.measure.asking.drafting import Writer, claims
from desirelines.measure.asking.drawing import arranged, draw
from desirelines.plan import Brand, Plan, Touchpoint, check, errors_in, write_plan
from desirelines.trace import align, discover
from desirelines.view import Question
from desirelines.workspace import Workspace

LETTERS = "abcdefghijkl"
BARE = Plan(brand=Brand(name="B"), touchpoints=tuple(Touchpoint(id=one, name=one, order=n) for n, one in enumerate(LETTERS)))


@pytest.fixture
def kiosk(asked_kiosk: Workspace) -> Workspace:
    return asked_kiosk


def ask(kiosk: Workspace, walk: Walk | None = None, question: Question | None = None, **asked: str) -> Discovered:
    view = kiosk.view()
    return measure.discover(view.paths(question or Question(), walk or Walk()), read_ask(DiscoverAsk, asked), view.plan)


@settings(deadline=None, max_examples=12)
@given(st.lists(st.text(LETTERS, max_size=14), min_size=1, max_size=8))
def test_what_is_drawn_allows_all_that_was_discovered_at_every_depth(words: list[str]) -> None:
    codes = np.array([LETTERS.index(letter) for word in words for letter in word], dtype=np.uint32)
    offsets = np.cumsum([0, *(len(word) for word in words)]).astype(np.int64)
    tree = discover(offsets, codes, np.ones(len(words), np.int64))
    if tree is None:
        return
    count = 0
    for depth in range(tree.levels + 1):
        stages, repeats = draw(arranged(tree, dict.fromkeys(tree.codes, 0.5)), depth)
        assert {code for stage in stages for code in stage.codes} == set(tree.codes)
        assert len(stages) >= count
        count = len(stages)
        often = dict.fromkeys(tree.codes, 1.0)
        journey = Writer(BARE, claims(BARE, tree.codes, LETTERS, True), often).journey(stages, repeats, Walk(), None, "It")
        plan = with_discovered(BARE, journey, ())
        assert errors_in(check(plan)) == ()
        assert align(compile_journey(plan, journey), offsets, codes).cost.tolist() == [0] * len(words)


def test_blocks_of_the_kiosk(kiosk: Workspace) -> None:
    found = ask(kiosk, noise="0")
    assert [(row.name, row.journeys, row.people, row.rate) for row in found.blocks] == [
        ("Visited", 4, 4, 1.0),
        ("Bought and 3 more", 4, 4, 1.0),
    ]
    assert (found.tree.fitting_rate, found.tree.average_fitness, found.drawn.average_fitness) == (1.0, 1.0, 1.0)
    assert (found.journeys, found.used, found.rare, found.passed_over, found.caveats) == (4, 4, (), (), ())
    assert [len(ask(kiosk, noise="0", depth=str(depth)).blocks) for depth in range(found.levels + 1)] == [1, 2, 3, 5]
    view = kiosk.view()
    for depth in ("0", "1", "3"):
        for block in ask(kiosk, noise="0", depth=depth).blocks:
            assert view.customers(Question(), block.behind, "", 1, 10).total == block.people


def test_events_that_a_touchpoint_claims_stay_its_own_and_others_get_one(kiosk: Workspace) -> None:
    found = ask(kiosk, noise="0", depth="2", name="What they do")
    assert [(one.id, one.name, one.medium, one.rule[0].event) for one in found.touchpoints] == [
        ("called", "Called", "phone", "Called")
    ]
    assert (found.journey.id, found.journey.name, found.journey.subject) == ("what-they-do", "What they do", "customer")
    used = [step.touchpoint or step.one_of for stage in found.journey.stages for step in stage.steps]
    assert used == ["site", "till", "parcel", "rating", "called"]
    assert [stage.side for stage in found.journey.stages] == ["buyer", "buyer", "customer"]


def test_the_walks_boundaries_become_the_journeys(kiosk: Workspace) -> None:
    found = ask(kiosk, Walk(gap="1d", starts="Visited|Received", ends="Rated"), noise="0")
    assert (found.journey.gap, [rule.event for rule in found.journey.starts]) == ("1d", ["Visited", "Received"])
    assert [rule.event for rule in found.journey.ends] == ["Rated"]
    of_touchpoints = ask(kiosk, Walk(level="touchpoint", starts="site"), noise="0")
    assert [rule.event for rule in of_touchpoints.journey.starts] == ["Visited"]
    assert of_touchpoints.touchpoints == ()


def test_the_drawn_journey_can_be_published_and_fits_as_it_said(tmp_path: Path) -> None:
    kiosk = full(tmp_path)[1]
    found = ask(kiosk, noise="0", depth="1")
    kiosk.import_plan(write_plan(with_discovered(kiosk.view().plan, found.journey, found.touchpoints)), "plan.yaml")
    kiosk.publish_draft(kiosk.draft()["base"], "discovered")
    following = kiosk.view().sheet(Question(journey="discovered")).following
    assert following.average_fitness.value == found.drawn.average_fitness == 1.0
    assert following.fitting.value == found.drawn.fitting_rate == 1.0


def test_rare_steps_are_named(kiosk: Workspace) -> None:
    found = ask(kiosk, names="2", noise="0")
    assert found.rare == ("Rated", "Received", "Called")
    assert [node.name for node in found.nodes if node.kind == "step"] == ["Visited", "Bought"]
    assert found.drawn.average_fitness == 1.0


@pytest.mark.parametrize("walk", [Walk(level="channel"), Walk(where="channel:phone; event:Bought")])
def test_what_no_plan_can_be_drawn_of_is_told(kiosk: Workspace, walk: Walk) -> None:
    with pytest.raises(BadInput) as error:
        ask(kiosk, walk)
    assert error.value.hint
