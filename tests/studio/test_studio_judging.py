"""Verdicts on desire lines: kept with their history, calm once given, loud again when a watched line grows."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from shop import PLAN, brought, empty, full

from desirelines import studio
from desirelines.errors import BadInput, Conflict, NotFound
from desirelines.map import compile_journey, successors
from desirelines.plan import Plan, journey_of, read_plan, touchpoint_codes
from desirelines.settings import Settings
from desirelines.studio import Judged, VerdictGiven
from desirelines.view import Question
from desirelines.workspace import Workspace

TODAY = date(2026, 3, 1)
HEAD = "order,customer,mail,kind,when,score,shop\n"


def walks(first: int, count: int, *kinds: str) -> str:
    """So many customers who each do these things, one an hour."""
    return "".join(
        f"{n},k{n},,{kind},2024-03-{1 + n % 28:02d} {8 + hour:02d}:00:00,,web\n"
        for n in range(first, first + count)
        for hour, kind in enumerate(kinds)
    )


def crowd(folder: Path, straight: int = 60, back: int = 40) -> Workspace:
    """A kiosk where `back` of all return to the site after the till: a way nobody drew."""
    _, workspace = empty(folder)
    workspace.import_plan(PLAN, "plan.yaml")
    workspace.publish_draft(0, "first")
    more(workspace, 0, straight, back)
    return workspace


def more(workspace: Workspace, first: int, straight: int, back: int) -> None:
    text = HEAD + walks(first, straight, "Visited", "Bought", "Received")
    brought(workspace, text + walks(first + straight, back, "Visited", "Bought", "Visited"))


def judged(workspace: Workspace, verdict: str = "watch", revision: int | None = None, due_on: date | None = None) -> Judged:
    given = VerdictGiven.model_validate(
        {"journey": "buy", "origin": "till", "target": "site", "verdict": verdict, "owner": "web", "due_on": due_on,
         "note": "they check the price", "revision": revision}
    )  # fmt: skip
    view = workspace.view()
    return studio.judge(workspace.database, view.plan, given, view.whole_sheet("buy"), "Ada")


def test_a_line_is_loud_until_it_is_judged(tmp_path: Path) -> None:
    workspace = crowd(tmp_path)
    found = studio.lines(workspace.view().whole_sheet("buy"), (), TODAY)
    assert [(one.origin, one.target, one.people, one.state) for one in found] == [("till", "site", 40, "open")]
    assert found[0].now.value == pytest.approx(0.4)
    loud = next(row for row in workspace.view().findings(Question()).rows if row.kind == "desire line")
    assert (loud.tone, loud.verdict) == ("doubt", "")
    judged(workspace)
    view = workspace.view()
    way = next(one for one in view.sheet(Question()).ways if (one.origin, one.target) == ("till", "site"))
    assert (way.desire, way.verdict, way.quiet) == (True, "watch", True)
    calm = next(row for row in view.findings(Question()).rows if row.kind == "desire line")
    assert (calm.tone, calm.verdict, calm.owner) == ("plain", "watch", "web")
    assert calm.detail.startswith("Judged: watch. ")
    told = next(row for row in view.cockpit(Question()).findings if row.kind == "desire line")
    assert (told.tone, told.verdict) == ("plain", "watch")


def test_every_verdict_stays_in_the_history(tmp_path: Path) -> None:
    workspace = crowd(tmp_path)
    first = judged(workspace)
    assert (first.revision, first.now.basis and (first.now.basis.walked, first.now.basis.journeys)) == (1, (40, 100))
    second = judged(workspace, "accept", first.revision)
    assert [one.verdict for one in second.said] == ["watch", "accept"]
    with pytest.raises(Conflict):
        judged(workspace, "mend", first.revision)
    back = studio.take_back(workspace.database, "buy", "till", "site", "Ben")
    assert [one.verdict for one in back.said] == ["watch", "accept", None]
    assert (back.holds, back.now.by) == (False, "Ben")
    row = studio.lines(workspace.view().whole_sheet("buy"), studio.judged(workspace.database), TODAY)[0]
    assert (row.state, row.verdict, len(row.history)) == ("open", None, 3)


def test_nothing_is_judged_that_is_not_there(tmp_path: Path) -> None:
    workspace = crowd(tmp_path)
    view = workspace.view()
    for change in ({"journey": "nope"}, {"origin": "nope"}, {"owner": "nope"}):
        said = {"journey": "buy", "origin": "till", "target": "site", "verdict": "watch", **change}
        with pytest.raises(NotFound):
            studio.judge(workspace.database, view.plan, VerdictGiven.model_validate(said), view.whole_sheet("buy"), "Ada")
    with pytest.raises(NotFound):
        studio.take_back(workspace.database, "buy", "till", "site", "Ada")
    assert studio.judged(workspace.database) == ()


def test_a_watched_line_speaks_when_it_grows_more_than_chance(tmp_path: Path) -> None:
    workspace = crowd(tmp_path)
    judged(workspace)
    more(workspace, 1_000, 55, 45)  # 45 % of the next hundred: as chance has it
    calm = workspace.view().standing("buy")[0]
    assert (calm.state, calm.quiet) == ("calm", True)
    assert calm.change
    assert calm.change.value == pytest.approx(0.05)
    assert calm.change.low is not None
    assert calm.change.low < 0
    more(workspace, 2_000, 30, 170)  # 215 of the 300 since
    grown = workspace.view().standing("buy")[0]
    assert (grown.state, grown.quiet) == ("speaks", False)
    assert grown.change
    assert grown.change.value == pytest.approx(215 / 300 - 0.4)
    assert grown.words == "It was to be watched, and it grew beyond chance: 40 % of journeys when it was judged, 63.7 % now"
    row = next(row for row in workspace.view().findings(Question()).rows if row.kind == "desire line")
    assert (row.tone, row.verdict) == ("doubt", "watch")
    judged(workspace, "accept")
    assert workspace.view().standing("buy")[0].state == "calm"


def test_what_is_overdue_says_so(tmp_path: Path) -> None:
    workspace = crowd(tmp_path)
    judged(workspace, "mend", due_on=date(2026, 2, 28))
    sheet, found = workspace.view().whole_sheet("buy"), studio.judged(workspace.database)
    late = studio.standing(found, sheet, TODAY)[0]
    assert (late.state, late.words) == ("overdue", "To do: mend the cause; it was due on 2026-02-28")
    assert studio.standing(found, sheet, date(2026, 2, 28))[0].state == "calm"


def test_a_paved_way_is_planned_in_the_next_version_and_measured_there(tmp_path: Path) -> None:
    workspace = crowd(tmp_path)
    judged(workspace, "pave")
    draft = workspace.plan("draft")
    paving = studio.pave(draft, "buy", "till", "site")
    assert paving.words == "Web site may follow Till in “Pay”"
    assert [(step.touchpoint, step.optional, step.order) for step in paving.steps] == [("site", True, 20)]
    workspace.save_draft(studio.paved(draft, paving), 1, workspace.draft()["revision"])
    assert workspace.view().standing("buy")[0].state == "calm"
    workspace.publish_draft(1, "paved")
    done = workspace.view().standing("buy")[0]
    assert (done.state, done.words) == ("paved", "It is in the plan now: 40 % of journeys when it was judged, 40 % now")
    assert not [row for row in workspace.view().findings(Question()).rows if row.kind == "desire line"]


LOOSE = """\
brand: {name: Kiosk}
touchpoints: [{id: a, name: A}, {id: b, name: B}, {id: c, name: C}, {id: d, name: D}, {id: e, name: E}]
journeys:
  - id: j
    name: J
    stages:
      - {id: one, name: One, side: buyer, steps: [{id: s-a, order: 1, touchpoint: a}, {id: s-b, order: 2, touchpoint: b}]}
      - {id: two, name: Two, side: customer, any_order: true, steps: [{id: s-c, touchpoint: c}, {id: s-d, touchpoint: d}]}
"""


def planned(plan: Plan) -> set[tuple[int, int]]:
    return successors(compile_journey(plan, journey_of(plan, "j")))


@pytest.mark.parametrize("pair", [*permutations("abcde", 2), *((one, one) for one in "abcd")])
def test_every_way_can_be_paved_and_nothing_planned_is_lost(pair: tuple[str, str]) -> None:
    plan = read_plan(LOOSE)
    codes = touchpoint_codes(plan)
    origin, target = pair
    paving = studio.pave(plan, "j", origin, target)
    after = studio.paved(plan, paving)
    assert (codes[origin], codes[target]) in planned(after)
    assert planned(plan) <= planned(after)
    orders = [step.order for stage in journey_of(after, "j").stages if not stage.any_order for step in stage.steps]
    assert len(set(orders)) == len(orders)
    assert studio.pave(after, "j", origin, target).steps == ()


def test_a_way_back_over_a_whole_stage_is_a_loop_and_one_beside_the_map_cannot_be_paved() -> None:
    plan = read_plan(LOOSE)
    assert studio.pave(plan, "j", "b", "a").repeats
    assert studio.pave(plan, "j", "a", "a").steps[0].repeats
    with pytest.raises(BadInput):
        studio.pave(plan, "j", "e", "e")


def test_no_verdict_costs_nothing(tmp_path: Path) -> None:
    _, workspace = full(tmp_path)
    view = workspace.view()
    assert view.standing(None) == ()
    assert isinstance(workspace.settings, Settings)
    assert [way.verdict for way in view.sheet(Question()).ways] == [""] * len(view.sheet(Question()).ways)
