"""A workspace without data, without a plan, with both: every answer works, or says why not and what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shop import PLAN, brought, empty, full, planned

from desirelines import measure
from desirelines.errors import BadInput, DesirelinesError, NotFound
from desirelines.measure import VariantsAsk, Walk
from desirelines.model.period import Period
from desirelines.view import Question, View
from desirelines.workspace import Workspace

BEN = "c1b8afc761728f9ba"

ANSWERS: dict[str, Callable[[View], Any]] = {
    "sheet": lambda view: view.sheet(Question()).journeys,
    "cockpit": lambda view: view.cockpit(Question()).headline != "",
    "findings": lambda view: view.findings(Question()).rows == view.cockpit(Question()).findings,
    "variants": lambda view: measure.variants(view.paths(Question(), Walk()), VariantsAsk(top=10)).journeys,
    "touchpoint variants": lambda view: (
        measure.variants(view.paths(Question(), Walk(level="touchpoint")), VariantsAsk(top=10)).journeys
    ),
    "transitions": lambda view: measure.transitions(view.paths(Question(), Walk())).journeys,
    "touchpoint transitions": lambda view: measure.transitions(view.paths(Question(), Walk(level="touchpoint"))).journeys,
    "customers": lambda view: view.customers(Question(), "", "", 1, 50).total,
    "story": lambda view: view.story(BEN, Question()).event_count,
    "seen": lambda view: len(view.seen()),
    "people": lambda view: view.people()["people"],
    "days": lambda view: view.days(),
    "held": lambda view: len(view.identities.held),
    "segment": lambda view: view.segment_size("did:Bought"),
    "trait": lambda view: view.segment_size("trait:state=SP"),
    "subjects": lambda view: view.subjects(),
}

NEEDS_A_JOURNEY = {"sheet", "cockpit", "findings", "touchpoint variants", "touchpoint transitions"}


def answers(workspace: Workspace, version: int | str | None = None) -> dict[str, Any]:
    """Each answer, or the error's code if it has a hint."""
    found: dict[str, Any] = {}
    for name, ask in ANSWERS.items():
        try:
            found[name] = ask(workspace.view(version))
        except DesirelinesError as error:
            found[name] = error.code if error.hint else f"without a hint: {error.message}"
    return found


def test_nothing_at_all(tmp_path: Path) -> None:
    _, workspace = empty(tmp_path)
    assert answers(workspace) == {
        **dict.fromkeys(NEEDS_A_JOURNEY, "no_journey"),
        "variants": 0,
        "transitions": 0,
        "customers": 0,
        "story": "not_found",
        "seen": 0,
        "people": 0,
        "days": (None, None),
        "held": 0,
        "segment": "bad_input",
        "trait": "bad_input",
        "subjects": ["customer"],
    }
    workspace.refresh()


def test_data_without_a_plan(tmp_path: Path) -> None:
    _, workspace = empty(tmp_path)
    brought(workspace)
    assert answers(workspace) == {
        **dict.fromkeys(NEEDS_A_JOURNEY, "no_journey"),
        "variants": 4,
        "transitions": 4,
        "customers": 4,
        "story": 4,
        "seen": 5,
        "people": 4,
        "days": ("2024-03-01", "2024-03-10"),
        "held": 0,
        "segment": (3, 4),
        "trait": "bad_input",
        "subjects": ["customer", "order"],
    }
    assert workspace.summary()["has_plan"] is False
    workspace.refresh()


def test_a_plan_without_data(tmp_path: Path) -> None:
    _, workspace = empty(tmp_path)
    planned(workspace)
    found = answers(workspace)
    assert {name: found[name] for name in NEEDS_A_JOURNEY} == {
        "sheet": 0,
        "cockpit": True,
        "findings": True,
        "touchpoint variants": 0,
        "touchpoint transitions": 0,
    }
    assert [stage.reach.value for stage in workspace.view().sheet(Question()).stages] == [None, None, None]
    assert workspace.summary()["has_data"] is False
    workspace.refresh()


def test_both(tmp_path: Path) -> None:
    _, workspace = full(tmp_path)
    found = answers(workspace)
    assert {name: found[name] for name in NEEDS_A_JOURNEY} == {
        "sheet": 4,
        "cockpit": True,
        "findings": True,
        "touchpoint variants": 4,
        "touchpoint transitions": 4,
    }
    assert workspace.row()["events"] == 12


def test_the_draft_is_seen_before_it_is_published(tmp_path: Path) -> None:
    _, workspace = full(tmp_path)
    workspace.import_plan(PLAN.replace("rule: [Rated]", "rule: [Rated, Called]"), "plan.yaml")
    published, draft = workspace.view(), workspace.view("draft")
    assert (published.number, draft.number) == (1, 0)
    assert [row.event for row in published.sheet(Question()).unclaimed] == ["Called"]
    assert draft.sheet(Question()).unclaimed == ()
    assert workspace.view(1).sheet(Question()).unclaimed == published.sheet(Question()).unclaimed
    workspace.publish_draft(1, "calls count too")
    assert workspace.view().number == 2
    assert workspace.view().sheet(Question()).unclaimed == ()


def test_a_view_is_kept_until_data_or_plan_change(tmp_path: Path) -> None:
    _, workspace = full(tmp_path)
    first = workspace.view()
    assert workspace.view() is first
    brought(workspace)
    assert workspace.view() is first
    workspace.import_plan(PLAN.replace("Web site", "Web shop"), "plan.yaml")
    assert workspace.view() is first
    workspace.publish_draft(1, "renamed")
    assert workspace.view() is not first
    assert first.sheet(Question()).touchpoints[0].name == "Web site"


def test_what_is_derived_may_be_deleted(tmp_path: Path) -> None:
    home, workspace = full(tmp_path)
    before = answers(workspace)
    for path in sorted((workspace.folder / "derived").rglob("*"), reverse=True):
        if path.is_file():
            path.unlink()
        else:
            path.rmdir()
    again = type(home)(home.folder, home.settings).open("kiosk")
    assert answers(again) == before


def test_questions_that_mean_nothing_are_told(tmp_path: Path) -> None:
    _, workspace = full(tmp_path)
    view = workspace.view()
    with pytest.raises(NotFound, match="journey"):
        view.sheet(Question(journey="nosuch"))
    with pytest.raises(BadInput, match="level"):
        measure.read_ask(Walk, {"level": "stage"})
    with pytest.raises(DesirelinesError) as told:
        measure.variants(view.paths(Question(), Walk(subject="nosuch")), VariantsAsk(top=10))
    assert told.value.hint
    with pytest.raises(NotFound):
        workspace.view(7)


@pytest.mark.parametrize(
    ("first", "last"), [("2024-03-02", "2024-03-01"), ("0001-01-01", None), (None, "9999-12-31"), ("1899-12-31", "2000-01-01")]
)
def test_a_period_that_cannot_be_meant_is_told(first: str | None, last: str | None) -> None:
    with pytest.raises(BadInput) as told:
        Period(*(None if one is None else date.fromisoformat(one) for one in (first, last)))
    assert told.value.hint


def test_what_to_know_is_told_once_for_every_process(tmp_path: Path) -> None:
    _, workspace = full(tmp_path)
    workspace.refresh()
    told = workspace.view().findings(Question())
    shelves = list((workspace.folder / "derived" / "told").iterdir())
    assert [path.name.partition("-")[0] for path in shelves] == ["buy"]
    again = Workspace(workspace.folder, workspace.settings).view()
    assert again.findings(Question()) == told
    assert list((workspace.folder / "derived" / "told").iterdir()) == shelves
    only = workspace.view().findings(Question(segment="did:Bought"))
    assert only.rows != told.rows
    assert list((workspace.folder / "derived" / "told").iterdir()) == shelves
