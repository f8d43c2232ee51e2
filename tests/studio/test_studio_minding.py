"""Who the personas are in the data, exactly; and what in the plan supports what people do and hold true."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from shop import PLAN, brought, empty

from desirelines import studio
from desirelines.model.period import Period
from desirelines.plan import read_plan
from desirelines.studio import Personas
from desirelines.view import Question
from desirelines.workspace import Workspace

HEAD = "order,customer,mail,kind,when,score,shop\n"
PEOPLE = """\
personas:
  - {id: buyers, name: Buyers, order: 1, segment: "did:Bought", sources: [till], evidence: [said, counted]}
  - {id: callers, name: Callers, order: 2, segment: "did:Called"}
  - {id: guess, name: Guess, order: 3}
  - {id: lost, name: Lost, order: 4, segment: "did:Nothing of the kind", sources: [hearsay]}
insights:
  - {id: said, words: I bought it on a Sunday, source: interview 4, on: 2024-01-07, n: 3}
  - {id: counted, words: Two in five come back, kind: number, source: survey, n: 120}
moments:
  - {id: fits, words: "Does it fit?", stage: look, persona: buyers}
  - {id: when, words: "When will it come?", stage: get, persona: buyers}
experiences:
  - {id: day, name: A day named, moment: when, touchpoints: [parcel], state: live}
  - {id: old, name: A leaflet, moment: fits, state: retired}
towers:
  - {id: choose, name: Choose well, space: Before, persona: buyers, touchpoints: [site], experiences: [day],
     boxes: [{id: b-fit, words: I measure it twice, insight: said}, {id: b-true, words: They all cost the same, kind: belief}]}
  - {id: gone, name: Be rid of it, space: After, boxes: [{id: b-rid, words: I carry it down}]}
  - {id: thin, name: Hope, space: After, experiences: [old]}
"""


def rows(first: int, count: int, *done: tuple[str, str]) -> str:
    return "".join(f"{n},k{n},,{kind},{when} 10:00:00,,web\n" for n in range(first, first + count) for kind, when in done)


def world(folder: Path) -> Workspace:
    """January: 60 visit, 30 of them buy, 10 of those call; December: 60 visit, 50 of them buy."""
    _, workspace = empty(folder)
    workspace.import_plan(PLAN + PEOPLE, "plan.yaml")
    workspace.publish_draft(0, "first")
    january, december = ("Visited", "2024-01-10"), ("Visited", "2024-12-10")
    brought(
        workspace,
        HEAD + rows(0, 30, january) + rows(30, 20, january, ("Bought", "2024-01-12"))
        + rows(50, 10, january, ("Bought", "2024-01-12"), ("Called", "2024-01-13"))
        + rows(100, 10, december) + rows(110, 50, december, ("Bought", "2024-12-12")),
    )  # fmt: skip
    return workspace


def found(workspace: Workspace, period: Period | None = None) -> Personas:
    return workspace.view().personas(Question(period=period or Period()))


def test_size_is_the_segments_size_and_says_how_sure(tmp_path: Path) -> None:
    workspace = world(tmp_path)
    told = found(workspace)
    view = workspace.view()
    for row in told.rows:
        if row.segment and not row.rule_fault:
            assert row.people == view.segment_size(row.segment)[0]
    buyers, callers, guess, lost = told.rows
    assert (buyers.people, callers.people, guess.people, lost.people) == (80, 10, None, None)
    assert buyers.size is not None
    assert buyers.size.value == pytest.approx(80 / 120)
    assert buyers.size.n == 120
    assert buyers.size.method == "wilson"
    assert callers.size is not None
    assert callers.size.low == pytest.approx(0.04590, abs=1e-4)
    assert callers.size.high == pytest.approx(0.14662, abs=1e-4)
    assert [row.standing for row in told.rows] == ["evidence and data", "data only", "assumption", "evidence only"]
    assert "Nothing of the kind" in lost.rule_fault
    assert told.active == 120
    assert told.unnamed is not None
    assert told.unnamed.value == pytest.approx(40 / 120)
    assert told.known.value == 1.0


def test_evidence_has_source_day_and_n(tmp_path: Path) -> None:
    buyers = found(world(tmp_path)).rows[0]
    assert [(one.source, one.on, one.n, one.kind) for one in buyers.backing] == [
        ("interview 4", date(2024, 1, 7), 3, "quotation"), ("survey", None, 120, "number"), ("till", None, None, "named"),
    ]  # fmt: skip
    assert buyers.backed_n == 123
    assert (buyers.moments, buyers.unmet) == (("Does it fit?", "When will it come?"), ("Does it fit?",))
    assert buyers.towers == ("Choose well",)


def test_overlap_of_every_two_that_can_be_counted(tmp_path: Path) -> None:
    told = found(world(tmp_path))
    assert [(one.first, one.second, one.people) for one in told.overlaps] == [("buyers", "callers", 10)]
    one = told.overlaps[0]
    assert one.of_first.value == pytest.approx(10 / 80)
    assert one.of_second.value == 1.0


def test_drift_of_size_and_of_behaviour_is_said_only_beyond_chance(tmp_path: Path) -> None:
    workspace = world(tmp_path)
    buyers, callers = found(workspace).rows[:2]
    assert buyers.drift is not None
    assert buyers.drift.before.value == 0.5
    assert buyers.drift.now.value == pytest.approx(50 / 60)
    assert (buyers.drift.before.n, buyers.drift.now.n, buyers.drift.sure) == (60, 60, True)
    assert buyers.drift.change.low is not None
    assert 0 < buyers.drift.change.low < 1 / 3
    assert callers.drift is not None
    assert (callers.drift.now.value, callers.drift.sure) == (0.0, True)
    assert buyers.changed == ()
    months = [(one.start_on, one.active, one.share.value) for one in buyers.months if one.active]
    assert months == [(date(2024, 1, 1), 60, 0.5), (date(2024, 12, 1), 60, pytest.approx(50 / 60))]
    assert len(buyers.months) == 12
    december = found(workspace, Period(date(2024, 12, 1), date(2024, 12, 31)))
    assert december.active == 60
    assert december.rows[0].size is not None
    assert december.rows[0].size.value == pytest.approx(50 / 60)
    assert december.rows[0].people == 80


def test_what_a_persona_meets_is_told_when_it_changes(tmp_path: Path) -> None:
    _, workspace = empty(tmp_path)
    workspace.import_plan(PLAN + 'personas: [{id: all, name: All, segment: "did:Visited"}]\n', "plan.yaml")
    workspace.publish_draft(0, "first")
    early = rows(0, 40, ("Visited", "2024-01-10"), ("Rated", "2024-01-20"))
    brought(
        workspace,
        HEAD
        + early
        + rows(100, 5, ("Visited", "2024-12-10"), ("Rated", "2024-12-11"))
        + rows(200, 35, ("Visited", "2024-12-10")),
    )
    changed = found(workspace).rows[0].changed
    assert [(one.id, one.before.value, one.now.value, one.sure) for one in changed] == [("rating", 1.0, 0.125, True)]


def test_nobody_and_nothing_is_no_fault(tmp_path: Path) -> None:
    _, workspace = empty(tmp_path)
    told = found(workspace)
    assert (told.rows, told.overlaps, told.active, told.unnamed, told.parted_on) == ((), (), 0, None, None)
    workspace.import_plan(PLAN + PEOPLE, "plan.yaml")
    workspace.publish_draft(0, "first")
    without = found(workspace)
    assert without.rows[2].standing == "assumption"
    assert without.rows[0].drift is None


def test_towers_are_aligned_with_what_supports_them_and_empty_ones_listed(tmp_path: Path) -> None:
    workspace = world(tmp_path)
    model = studio.mental_model(workspace.plan("draft"), workspace.view().whole_sheet(None))
    assert model.spaces == ("Before", "After")
    choose, gone, thin = (next(one for one in model.towers if one.id == name) for name in ("choose", "gone", "thin"))
    assert [(one.kind, one.id, one.state, one.holds) for one in choose.supports] == [
        ("touchpoint", "site", "measured", True), ("experience", "day", "live", True),
    ]  # fmt: skip
    assert (choose.tasks, choose.beliefs, choose.grounded, choose.n, choose.standing) == (1, 1, 1, 3, "supported")
    assert (gone.standing, thin.standing) == ("empty", "empty")
    assert model.empty == ("gone", "thin")
    assert (model.boxes, model.grounded, model.unaligned) == (3, 1, ())
    idea = read_plan(PLAN + "moments: [{id: m, words: I, stage: get}]\nexperiences: [{id: e, name: E, moment: m}]\n"
                     "towers: [{id: t, name: T, experiences: [e]}]\n")  # fmt: skip
    assert studio.mental_model(idea).towers[0].standing == "planned"


def test_outcomes_by_the_widest_gap() -> None:
    plan = read_plan(
        PLAN + "outcomes:\n  - {id: a, words: A, importance: 8, satisfaction: 9, n: 40}\n"
        "  - {id: b, words: B, importance: 7, satisfaction: 3, n: 12, reached: Received}\n  - {id: c, words: C}\n"
    )
    b, a, c = studio.outcome_rows(plan, 1, 1)
    assert (b.id, b.opportunity.value, b.opportunity.n, b.measured) == ("b", 11.0, 12, True)
    assert any("rests on 12 answers" in one for one in b.opportunity.caveats)
    assert (a.opportunity.value, c.opportunity.value) == (8.0, None)
