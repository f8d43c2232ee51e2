"""How well each cell is known, and what to find out next: on small plans by hand, and what must hold for all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desirelines.errors import NotFound
from desirelines.measure import Deviations as Marks
from desirelines.measure import Evidence, Following, MomentCell, PromiseFigures, Sheet, StageFigures, TouchpointFigures
from desirelines.model.period import Period
from desirelines.model.result import Result
from desirelines.plan import (
    Brand,
    Card,
    EventRule,
    Experience,
    Insight,
    Journey,
    Moment,
    Outcome,
    Plan,
    Promise,
    Score,
    Stage,
    Step,
    Touchpoint,
)
from desirelines.studio.grading import FindOut, GradedMap, grade_map

SCORE = Score(event=EventRule(event="Rated"), property="stars", at_least=4)


def drawn(**changes: Any) -> Plan:
    """Two stages: an advert and a page to find, a van (or a parcel box) to receive."""
    return Plan(
        brand=Brand(name="Kiosk"),
        touchpoints=(
            Touchpoint(id="advert", name="Advert", kind="physical", medium="advert"),
            Touchpoint(id="page", name="Page", order=1),
            Touchpoint(id="van", name="Van", order=2, kind="human"),
            Touchpoint(id="box", name="Box", order=3, kind="physical"),
        ),
        journeys=(
            Journey(
                id="buy",
                name="Buy",
                stages=(
                    Stage(
                        id="find",
                        name="Find",
                        side="buyer",
                        steps=(Step(id="s1", touchpoint="advert", optional=True), Step(id="s2", touchpoint="page", order=1)),
                    ),
                    Stage(id="get", name="Get", order=1, side="customer", steps=(Step(id="s3", one_of=("van", "box")),)),
                ),
            ),
        ),
        **changes,
    )


def share(value: float | None, n: int = 100, unit: str = "share") -> Result[float]:
    return Result(value, unit, n if value is not None else 0, "journeys")


def measured(events: dict[str, int], reach: dict[str, float | None], felt: dict[str, int] | None = None, kept: int = 0) -> Sheet:
    """A sheet of the drawn map: events by touchpoint, reach by stage, answers about feeling by stage, judged promises."""
    marks = Marks()
    nothing = share(None)

    def touchpoint(name: str) -> TouchpointFigures:
        n = events.get(name, 0)
        evidence = Evidence("measured" if n else "guessed", n, 0, 0, 0, None, "alive" if n else "unmeasured")
        return TouchpointFigures(
            name, name, "digital", "screen", None, (), n, n, n, nothing, nothing, nothing, evidence, None, marks, ()
        )  # fmt: skip

    def stage(name: str) -> StageFigures:
        n = (felt or {}).get(name, 0)
        emotion = share(0.2, n, "score") if n else None
        return StageFigures(
            name, name, "buyer", 0, 0, 0, share(reach.get(name)), nothing, nothing, "guessed", None, emotion, None
        )  # fmt: skip

    promise = PromiseFigures(
        "late", "On time", "", "van", "get", None, "customer", 0.9, share(0.8 if kept else None, kept), 0, 0, 0, "not judged"
    )  # fmt: skip
    moment = MomentCell("where", "Where is it?", "get", "guessed", ("van",), False)
    return Sheet(
        "Kiosk", False, "buy", "Buy", "customer", Period(), "", 3, 1, 100, 100, sum(events.values()), nothing, None, None,
        tuple(map(stage, ("find", "get"))), tuple(map(touchpoint, ("advert", "page", "van", "box"))), (moment,), (promise,),
        Following(nothing, nothing, nothing, marks, 0), (), None, (), (), (),
    )  # fmt: skip


def grades(found: GradedMap) -> dict[str, str]:
    return {cell.element: cell.grade for cell in found.cells}


def asked(found: GradedMap, element: str, way: str) -> FindOut | None:
    return next((one for one in found.next if one.element == element and one.way == way), None)


def score(found: GradedMap, element: str, way: str) -> float:
    one = asked(found, element, way)
    return one.score if one else 0.0


def test_with_nothing_at_all_everything_is_guessed_and_structure_ranks() -> None:
    found = grade_map(drawn(), "buy")
    assert found.rests_on == ()
    assert set(grades(found).values()) == {"guessed"}
    assert found.counts == {"guessed": 8, "observed": 0, "asked": 0, "measured": 0}
    # the page is a step of its own: everyone, 1 + its stage; the advert is optional: half; the van one of two: half
    assert [(one.element, one.way, one.score) for one in found.next if one.way in ("bind", "count")] == [
        ("touchpoint:page", "bind", 2.0),
        ("touchpoint:advert", "count", 1.5),
        ("touchpoint:van", "count", 1.5),
        ("touchpoint:box", "count", 1.5),
    ]
    one = asked(found, "stage:find/emotion", "ask")
    assert one is not None
    assert one.settles == ("stage:find", "stage:find/emotion")
    assert one.score == pytest.approx(4 / 3)


def test_a_workshop_alone_grades_by_its_insights_and_where_they_are_from() -> None:
    plan = drawn(
        insights=(
            Insight(id="said", words="It came late", source="interview 4", touchpoint="van"),
            Insight(id="seen", words="A queue", kind="photo", source="visit of May", touchpoint="box"),
            Insight(id="heard", words="They like it", touchpoint="page"),
        ),
        cards=(
            Card(id="c1", stage="find", lane="think", insight="said"),
            Card(id="c2", stage="find", insight="heard"),
            Card(id="c3", stage="get", words="A thought"),
        ),
    )
    found = grade_map(plan, "buy")
    assert found.rests_on == ("insights",)
    assert grades(found) == {
        "touchpoint:advert": "guessed", "touchpoint:page": "guessed", "touchpoint:van": "asked", "touchpoint:box": "observed",
        "stage:find": "asked", "stage:find/emotion": "guessed", "stage:find/think": "asked", "stage:get": "asked",
        "stage:get/emotion": "guessed", "card:c1": "asked", "card:c2": "guessed", "card:c3": "guessed",
    }  # fmt: skip
    one = asked(found, "insight:heard", "source")
    assert one is not None
    assert one.settles == ("card:c2", "touchpoint:page")
    assert one.score == pytest.approx(2 / 3 * (0.5 + 1))
    assert asked(found, "insight:said", "source") is None


def test_answers_alone_settle_emotion_and_what_customers_rated() -> None:
    stages = drawn().journeys[0].stages
    wanting = stages[0].model_copy(update={"wanted": 0.5, "wanted_n": 40, "wanted_source": "survey of May", "desired": -0.5})
    plan = drawn(
        moments=(
            Moment(id="where", words="Where is it?", stage="get", touchpoints=("van",), outcome="known"),
            Moment(id="fit", words="Will it fit?", stage="find", outcome="fits"),
        ),
        outcomes=(
            Outcome(id="known", words="to know", importance=9, satisfaction=3, n=50),
            Outcome(id="fits", words="it fits", importance=9, satisfaction=3),
        ),
    )
    plan = plan.model_copy(update={"journeys": (plan.journeys[0].model_copy(update={"stages": (wanting, stages[1])}),)})
    found = grade_map(plan, "buy", measured({}, {}, felt={"get": 12}))
    assert found.rests_on == ("answers",)
    known = grades(found)
    assert (known["stage:find/emotion"], known["stage:get/emotion"]) == ("asked", "asked")
    assert (known["moment:where"], known["moment:fit"]) == ("asked", "guessed")
    weights = {cell.element: cell.weight for cell in found.cells}
    assert weights["moment:where"] == pytest.approx(1 + (9 + 6) / 10)
    assert weights["stage:find/emotion"] == pytest.approx(1 + 0.5 + 0.5)
    assert asked(found, "moment:where", "rate") is None
    assert score(found, "moment:fit", "rate") == pytest.approx(2.5 * 2 / 3)


def test_figures_alone_rank_by_whom_they_reach_and_unknown_reach_is_taken_from_later_stages() -> None:
    plan = drawn(promises=(Promise(id="late", name="On time", touchpoint="van", target=0.9, score=SCORE),))
    found = grade_map(plan, "buy", measured({"page": 80}, {"find": None, "get": 0.25}))
    cells = {cell.element: cell for cell in found.cells}
    assert found.rests_on == ("events",)
    assert cells["touchpoint:page"].grade == cells["stage:find"].grade == "measured"
    assert (cells["stage:find"].reach, cells["stage:find"].reach_known) == (0.25, False)
    assert (cells["stage:get"].reach, cells["stage:get"].reach_known) == (0.25, True)
    assert cells["touchpoint:van"].reach == 0.125
    van = asked(found, "touchpoint:van", "count")
    assert van is not None
    assert van.settles == ("touchpoint:van", "stage:get", "promise:late")
    assert van.score == pytest.approx(0.125 + 0.25 + 0.25 * 2)
    assert asked(found, "touchpoint:page", "bind") is None
    assert grades(grade_map(plan, "buy", measured({"van": 9}, {}, kept=9)))["promise:late"] == "measured"


def test_what_nothing_judges_and_what_is_drawn_but_not_published_is_said() -> None:
    plan = drawn(promises=(Promise(id="nice", name="Nice", touchpoint="van", target=0.9),))
    new = Touchpoint(id="chat", name="Chat", order=4, rule=(EventRule(event="Chatted"),))
    stages = plan.journeys[0].stages
    more = stages[0].model_copy(update={"steps": (*stages[0].steps, Step(id="s9", touchpoint="chat", order=2))})
    plan = plan.model_copy(
        update={
            "touchpoints": (*plan.touchpoints, new),
            "journeys": (plan.journeys[0].model_copy(update={"stages": (more, stages[1])}),),
        }
    )
    found = grade_map(plan, "buy", measured({"page": 1}, {"find": 1.0, "get": 0.5}))
    cells = {cell.element: cell for cell in found.cells}
    assert not cells["touchpoint:chat"].published
    assert cells["touchpoint:chat"].more == "publish the draft: from then on it is measured"
    assert asked(found, "touchpoint:chat", "bind") is None
    publish = asked(found, "plan", "publish")
    assert publish is not None
    assert publish.settles == ("touchpoint:chat",)
    assert score(found, "promise:nice", "judge") == pytest.approx(0.5 * 2)


def test_an_experience_is_as_well_known_as_where_it_is_tried_and_an_idea_is_a_guess() -> None:
    moment = Moment(id="where", words="Where is it?", stage="get", touchpoints=("van",))
    plan = drawn(
        moments=(moment,),
        experiences=(
            Experience(id="live", name="Live", moment="where", touchpoints=("van",), state="live"),
            Experience(id="idea", name="Idea", moment="where", touchpoints=("van",)),
        ),
    )
    known = grades(grade_map(plan, "buy", measured({"van": 5}, {})))
    assert (known["experience:live"], known["experience:idea"], known["moment:where"]) == ("measured", "guessed", "measured")


def test_a_card_with_a_figure_is_measured_where_the_figure_is() -> None:
    plan = drawn(cards=(Card(id="c", stage="get", metric="nps"),))
    assert grades(grade_map(plan, "buy"))["card:c"] == "guessed"
    assert grades(grade_map(plan, "buy", figures=frozenset({"nps"})))["card:c"] == "measured"


def test_a_journey_that_is_not_drawn_is_not_found() -> None:
    with pytest.raises(NotFound):
        grade_map(drawn(), "bury")


reaches = st.floats(0, 1)
KNOWING = drawn(
    moments=(Moment(id="where", words="Where is it?", stage="get", touchpoints=("van",), outcome="known"),),
    outcomes=(Outcome(id="known", words="to know"),),
    promises=(Promise(id="late", name="On time", touchpoint="van", target=0.9, score=SCORE),),
)


@given(
    find=reaches, get=reaches, more=reaches, events=st.dictionaries(st.sampled_from(["advert", "page", "box"]), st.integers(0, 9))
)
def test_more_reach_never_ranks_anything_lower(find: float, get: float, more: float, events: dict[str, int]) -> None:
    low, high = min(get, more), max(get, more)
    before, after = (grade_map(KNOWING, "buy", measured(events, {"find": find, "get": reach})) for reach in (low, high))
    for one in before.next:
        assert score(after, one.element, one.way) >= one.score - 1e-12


@given(importance=st.floats(0, 10), satisfaction=st.floats(0, 10), more=st.floats(0, 10))
def test_a_greater_opportunity_never_ranks_its_moment_lower(importance: float, satisfaction: float, more: float) -> None:
    def at(worth: float) -> float:
        outcome = Outcome(id="known", words="to know", importance=worth, satisfaction=satisfaction)
        return score(grade_map(KNOWING.model_copy(update={"outcomes": (outcome,)}), "buy"), "touchpoint:van", "count")

    assert at(max(importance, more)) >= at(min(importance, more)) - 1e-12


@given(kind=st.sampled_from(["quotation", "number", "photo", "note"]), source=st.sampled_from(["", "interview 4"]))
def test_knowing_more_of_a_place_never_makes_it_more_worth_finding_out(kind: Any, source: str) -> None:
    insight = Insight(id="x", words="It came late", kind=kind, source=source, touchpoint="van")
    before, after = grade_map(KNOWING, "buy"), grade_map(KNOWING.model_copy(update={"insights": (insight,)}), "buy")
    assert score(after, "touchpoint:van", "count") <= score(before, "touchpoint:van", "count")


@given(find=reaches, get=reaches, events=st.dictionaries(st.sampled_from(["advert", "page", "van", "box"]), st.integers(0, 9)))
def test_what_is_ranked_settles_something_and_each_cell_is_one(find: float, get: float, events: dict[str, int]) -> None:
    found = grade_map(KNOWING, "buy", measured(events, {"find": find, "get": get}))
    elements = [cell.element for cell in found.cells]
    assert len(elements) == len(set(elements)) == sum(found.counts.values())
    assert [one.score for one in found.next] == sorted((one.score for one in found.next), reverse=True)
    assert all(one.settles and set(one.settles) <= set(elements) for one in found.next)
    assert not {name for one in found.next for name in one.settles} & {c.element for c in found.cells if c.grade == "measured"}
