"""Maps from challenges and templates: filled from what happened, reusing what is there, never overwriting."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from shop import PLAN, brought, empty

from desirelines import studio
from desirelines.errors import NotFound
from desirelines.plan import Plan, check, errors_in, journey_of, read_plan, write_plan
from desirelines.studio import Begun, Lived
from desirelines.studio.beginning import placed
from desirelines.studio.beginning.templates import ABOUT
from desirelines.view import Question
from desirelines.workspace import Workspace

HEAD = "order,customer,mail,kind,when,score,shop\n"
ROLES = """\
roles:
  - {id: order, rule: Bought}
  - {id: contact, rule: Called}
  - {id: value, rule: Received}
  - {id: visit, rule: Visited}
"""
MOMENTS = """\
moments:
  - {id: when, words: "When will it be here?", stage: get, need: To plan my day, touchpoints: [parcel]}
experiences:
  - {id: told, name: A day named, moment: when, touchpoints: [parcel], state: live}
"""


def rows(first: int, count: int, *done: tuple[str, str]) -> str:
    return "".join(f"{n},k{n},,{kind},{when},,web\n" for n in range(first, first + count) for kind, when in done)


ONCE = (("Visited", "2024-01-01 09:00:00"), ("Bought", "2024-01-01 10:00:00"), ("Received", "2024-01-03 10:00:00"))
TWICE = (*ONCE, ("Bought", "2024-01-31 10:00:00"))
CALLED = (("Bought", "2024-01-05 10:00:00"), ("Received", "2024-01-20 10:00:00"), ("Called", "2024-01-21 10:00:00"))
LATE = (("Visited", "2024-06-01 09:00:00"),)


def world(folder: Path, plan: str | None = PLAN + ROLES + MOMENTS) -> Workspace:
    """40 bought once, 20 twice, 15 waited long and called; the data end in June."""
    _, workspace = empty(folder)
    if plan:
        workspace.import_plan(plan, "plan.yaml")
        workspace.publish_draft(0, "first")
    brought(workspace, HEAD + rows(0, 40, *ONCE) + rows(100, 20, *TWICE) + rows(200, 15, *CALLED) + rows(300, 5, *LATE))
    return workspace


def lived(workspace: Workspace) -> Lived:
    view = workspace.view()
    return Lived(view.facts, view.snapshot, view.plan, view.number, view.matched)


def begun(workspace: Workspace, challenge: str) -> Begun:
    return studio.begin_challenge(challenge, lived(workspace), workspace.plan("draft"))


def stages(found: Begun, plan: Plan) -> list[tuple[str, str, list[str]]]:
    names = {one.id: one.name for one in (*plan.touchpoints, *found.addition.touchpoints)}
    return [
        (stage.side, stage.name, [names[step.touchpoint or ""] for step in stage.steps])
        for stage in sorted(found.addition.journey.stages, key=lambda stage: stage.order)
    ]


def test_buyers_who_do_not_return(tmp_path: Path) -> None:
    workspace = world(tmp_path)
    found = begun(workspace, "no-return")
    assert found.drawn_from == "data"
    assert found.words == "55 people ordered once, at least 30 days before the data end"
    assert found.concerns is not None
    assert found.concerns.value == pytest.approx(55 / 80)
    assert (found.concerns.n, found.concerns.low is not None) == (80, True)
    drawn = stages(found, workspace.plan())
    assert drawn == [("buyer", "Look", ["Web site"]), ("buyer", "Pay", ["Till"]), ("customer", "Get", ["Parcel"])]
    reach = {one.touchpoint or one.event: (one.people, one.reach.value) for one in found.steps}
    assert reach == {
        "till": (55, 1.0), "parcel": (55, 1.0), "site": (40, pytest.approx(40 / 55)), "Called": (15, pytest.approx(15 / 55)),
    }  # fmt: skip
    assert [one.words for one in found.addition.moments] == ["When will it be here?"]
    assert [one.state for one in found.addition.experiences] == ["live"]
    assert found.addition.touchpoints == ()
    assert len(found.questions) == 3
    assert found.questions[0].words == "Why is Parcel the last we see of 40 people?"
    assert all(one.why and one.settles and one.link and one.step for one in found.questions)


def test_those_who_complain_and_late_deliveries(tmp_path: Path) -> None:
    workspace = world(tmp_path)
    complaints = begun(workspace, "complaints")
    assert complaints.words == "15 people asked for help at least once"
    late = begun(workspace, "late")
    assert late.words == "35 people had “In five days” broken at least once"
    assert "What is “Called” to them?" in [one.words for one in late.questions] + [one.words for one in complaints.questions]
    assert begun(workspace, "new-service").words == "80 people came by in the last 180 days"
    silent = begun(workspace, "no-recommendation")
    assert silent.words == "75 people ordered at least 30 days ago and recommended us to nobody we know of"
    assert silent.questions[0].words == "Which system knows who recommended us, and when?"


def test_what_the_data_cannot_say_begins_with_a_template(tmp_path: Path) -> None:
    workspace = world(tmp_path)
    found = begun(workspace, "abandoned")
    assert (found.drawn_from, found.concerns) == ("template", None)
    assert found.would_say.startswith("Who came as far as the basket")
    assert found.questions[0].words == "Which system knows who filled a basket, or went to pay?"
    assert found.addition.journey.name == "From the basket to nowhere"
    _, bare = empty(tmp_path / "bare")
    nothing = begun(bare, "complaints")
    assert nothing.drawn_from == "template"
    assert [one.link for one in nothing.questions] == ["data/bring", "minds?tab=evidence", "plan/promises"]
    assert not errors_in(check(studio.added(bare.plan("draft"), nothing.addition)))
    with pytest.raises(NotFound):
        begun(bare, "nope")


def test_without_a_plan_the_stages_are_those_most_brands_have(tmp_path: Path) -> None:
    workspace = world(tmp_path, None)
    found = begun(workspace, "no-return")
    assert stages(found, workspace.plan("draft")) == [
        ("buyer", "Look around", ["Visited"]), ("buyer", "Buy", ["Bought"]), ("customer", "Receive", ["Received"]),
        ("customer", "Get help", ["Called"]),
    ]  # fmt: skip
    assert found.questions[0].words == "Is “Bought” what says who ordered, and when?"
    plan = studio.added(workspace.plan("draft"), found.addition)
    assert not errors_in(check(plan))
    workspace.save_draft(plan, 0, workspace.draft()["revision"])
    workspace.publish_draft(0, "begun")
    sheet = workspace.view().sheet(Question(found.addition.journey.id))
    reached = [("Look around", 65), ("Buy", 75), ("Receive", 75), ("Get help", 15)]
    assert [(one.name, one.people) for one in sheet.stages] == reached


@pytest.mark.parametrize("challenge", [one.id for one in studio.CHALLENGES])
def test_a_begun_map_fits_the_draft_and_comes_back_as_it_is(tmp_path: Path, challenge: str) -> None:
    workspace = world(tmp_path)
    before = workspace.plan("draft")
    plan = studio.added(before, begun(workspace, challenge).addition)
    assert not errors_in(check(plan))
    assert plan.journeys[: len(before.journeys)] == before.journeys
    assert plan.touchpoints[: len(before.touchpoints)] == before.touchpoints
    text = write_plan(plan)
    assert write_plan(read_plan(text)) == text


@pytest.mark.parametrize("name", list(ABOUT))
def test_templates_are_whole_speak_as_the_customer_and_read_back_the_same(name: str) -> None:
    piece = studio.map_template(name)
    journey = piece.journeys[0]
    found = check(piece)
    assert not errors_in(found)
    assert not {one.code for one in found} & {"brand-speak", "first-person", "side-order", "may-be-contested", "contested"}
    assert all(stage.phase and stage.arc and stage.think and stage.feel and stage.do and stage.words for stage in journey.stages)
    assert all(stage.desired is not None for stage in journey.stages)
    assert all("Evidence:" in one.words and one.purposes for one in piece.touchpoints)
    assert {one.kind for one in piece.touchpoints} >= {"physical", "human"}
    assert len({one.medium for one in piece.touchpoints}) >= 4
    assert all(one.need and one.context and one.emotion for one in piece.moments)
    assert piece.promises
    assert piece.experiences
    assert {"pains", "opportunities", journey.lanes[0].id} == {one.lane for one in piece.cards}
    assert all(one.state == "idea" for one in piece.experiences)
    text = write_plan(piece)
    assert write_plan(read_plan(text)) == text


def test_named_examples_stand_in_the_templates_with_their_evidence() -> None:
    words = {one.name: one.words for name in ABOUT for one in studio.map_template(name).touchpoints}
    for name in ("Store visit", "Invoice", "Website", "Brochure", "Phone call to service", "Delivery van", "Entrance and lobby"):
        assert "Evidence:" in words[name]
    assert {one.id for one in studio.map_templates()} == set(ABOUT)
    beyond = [one.id for name in ABOUT for one in studio.map_template(name).touchpoints if one.meets == "anyone"]
    assert "delivery-van" in beyond


def test_every_template_twice_into_one_draft_overwrites_nothing() -> None:
    plan = read_plan(PLAN)
    for name in [*ABOUT, *ABOUT]:
        addition = placed(plan, studio.map_template(name), frozenset({"Service Called"}))
        after = studio.added(plan, addition)
        assert not errors_in(check(after)), name
        assert after.touchpoints[: len(plan.touchpoints)] == plan.touchpoints
        plan = after
    assert len(plan.journeys) == 15
    names = [one.name for one in plan.touchpoints]
    assert len(set(names)) == len(names)
    ruled = {one.name: [rule.event for rule in one.rule] for one in plan.touchpoints}
    assert [name for name, events in ruled.items() if events == ["Service Called"]] == ["Phone call to an adviser"]
    assert ruled["Newsletter"] == []
    orders = [one.order for one in plan.journeys]
    assert orders == sorted(set(orders))


def test_a_touchpoint_of_the_same_name_is_used_again() -> None:
    plan = read_plan("brand: {name: X}\ntouchpoints: [{id: home-page, name: WEBSITE, rule: Page Viewed}]\n")
    addition = placed(plan, studio.map_template("acquisition"))
    assert addition.reused == ("WEBSITE",)
    look = next(stage for stage in addition.journey.stages if stage.name == "Look around")
    assert look.steps[0].touchpoint == "home-page"
    assert addition.moments[0].touchpoints == ("home-page",) or addition.moments[1].touchpoints == ("home-page",)


def test_coverage_counts_phases_kinds_purposes_and_what_meets_moments(tmp_path: Path) -> None:
    workspace = world(tmp_path)
    plan = workspace.plan("draft")
    whole = studio.coverage(plan, None, workspace.view().whole_sheet(None))
    counted = [(one.kind, one.touchpoints, one.measured, one.silent, one.bound, one.unmeasured) for one in whole.kinds]
    assert counted == [("digital", 3, 1, 1, 1, 0), ("physical", 1, 0, 1, 0, 0), ("human", 0, 0, 0, 0, 0)]
    assert [one.stages for one in whole.phases] == [()] * 6
    assert whole.without_phase == ("Look", "Pay", "Get")
    assert (whole.unmet, whole.useful, whole.messages, whole.only_messages) == (0, 1, 0, False)
    template = studio.map_template("complaint")
    covered = studio.coverage(template, "complaint")
    assert [one.phase for one in covered.phases if not one.stages] == ["acquisition", "engagement", "transaction", "delivery"]
    assert (covered.unmet, covered.useful, covered.messages) == (4, 1, 1)
    assert covered.beyond == ("Delivery van",)
    assert {one.purpose: one.touchpoints for one in covered.purposes} == {
        "promote": 0, "make-aware": 1, "personalise": 1, "sell": 0, "manage": 7,
    }  # fmt: skip
    only = template.model_copy(update={"experiences": tuple(one for one in template.experiences if one.kind == "message")})
    assert studio.coverage(only, "complaint").only_messages
    with pytest.raises(NotFound):
        studio.coverage(template, "nope")
    twice = studio.added(plan, begun(workspace, "no-return").addition)
    assert len(twice.moments) == 2
    assert [(one.words, one.live) for one in studio.coverage(twice).moments] == [("When will it be here?", 1)]


def test_the_list_of_maps_says_size_state_and_what_shouts(tmp_path: Path) -> None:
    workspace = world(tmp_path)
    draft = studio.added(workspace.plan("draft"), begun(workspace, "no-return").addition)
    published = workspace.plan()
    found = studio.maps(draft, published, lambda journey: workspace.view().whole_sheet("buy") if journey == "buy" else None, {})
    first, second = found
    beside = studio.maps(draft, published, lambda journey: None, {}, workspace.view().whole_sheet(None))
    assert (second.known, beside[1].known, beside[1].touchpoints) == (0, 1, 3)
    assert (first.state, first.touchpoints, first.known, first.people) == ("published", 4, 1, 80)
    assert (first.stages, first.seam) == (("Look", "Pay", "Get"), 2)
    assert [one.words for one in first.shouts] == ["“In five days” is broken", "2 touchpoints fell silent"]
    assert (second.state, second.people, second.shouts, second.moments) == ("new", None, (), 1)


def test_ninety_days_are_set_judged_ended_and_taken_up_again(tmp_path: Path) -> None:
    workspace = world(tmp_path)
    database, plan = workspace.database, workspace.plan()
    steps = studio.next_steps(plan, [workspace.view().whole_sheet("buy")], ())
    assert [(one.journey, one.promise, one.why) for one in steps] == [
        ("buy", "fast", "broken most often: kept in 63.2 % of 95 cases, 90 % promised"),
    ]  # fmt: skip
    given = studio.CourseGiven(journey="buy", promise="fast", started_on=date(2024, 1, 1))
    course = studio.set_course(database, plan, given, "Ada")
    assert studio.running(studio.courses(database)) == course
    assert studio.course_days(course) == (date(2024, 1, 1), date(2024, 3, 30))
    sheet = workspace.view().whole_sheet("buy")
    told = studio.stands(course, plan, sheet.promises[0], date(2024, 1, 10), date(2024, 6, 1))
    assert (told.day, told.state) == (10, sheet.promises[0].state)
    assert studio.stands(course, plan, sheet.promises[0], date(2023, 12, 1), None).day == 0
    assert studio.stands(course, plan, None, date(2024, 9, 1), None).state == "gone"
    studio.end_course(database, course.id, "held", "Ada")
    assert studio.running(studio.courses(database)) is None
    assert studio.next_steps(plan, [sheet], studio.courses(database)) == ()
    studio.end_course(database, course.id, None, "Ada")
    again = studio.running(studio.courses(database))
    assert again is not None
    assert again.id == course.id
    other = studio.set_course(database, plan, given, "Ben")
    assert [(one.id, one.ended) for one in studio.courses(database)] == [(course.id, "dropped"), (other.id, None)]
    with pytest.raises(NotFound):
        studio.set_course(database, plan, given.model_copy(update={"promise": "nope"}), "Ada")
    assert journey_of(plan, "buy").name == "Buy something"
