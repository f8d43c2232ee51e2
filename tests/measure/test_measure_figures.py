"""Figures through a workspace: behind an address, in a segment, in scores and in the ledger of promises."""

from __future__ import annotations

import pytest

from desirelines.errors import BadInput
from desirelines.measure import MetricAsk, MetricPage, ledger, scores
from desirelines.view import Question
from desirelines.workspace import Workspace

EVERY = Question()


def page(workspace: Workspace, name: str, question: Question = EVERY) -> MetricPage:
    return workspace.view().metric(question, MetricAsk(id=name))


def test_an_address_leads_to_the_same_customers_as_list_and_as_segment(asked_kiosk: Workspace) -> None:
    found = page(asked_kiosk, "satisfaction")
    assert (found.row.now.value, found.row.now.n) == (0.5, 2)
    view = asked_kiosk.view()
    assert view.customers(EVERY, found.row.now.behind, "", 1, 10).total == 2
    assert view.customers(EVERY, found.behind_no, "", 1, 10).total == 1
    assert view.segment_size(f"behind:{found.behind_no}") == (1, 4)
    inside = page(asked_kiosk, "satisfaction", Question(segment=f"behind:{found.behind_no}"))
    assert (inside.row.now.value, inside.row.now.n) == (0.0, 1)
    with pytest.raises(BadInput, match="no mark"):
        view.behind(found.row.now.behind.replace("now", "never"))


def test_a_plan_without_roles_says_which_events_might_play_them(asked_kiosk: Workspace) -> None:
    found = page(asked_kiosk, "contact-rate").row
    assert found.now.value is None
    assert found.missing == "no event is `contact` yet: say under roles which one is; perhaps `Called`"
    assert (found.link, found.missing_roles) == ("plan/figures", ("contact",))
    assert page(asked_kiosk, "share-of-wallet").row.missing_roles == ("rank", "brands")


def test_a_score_is_the_sum_of_its_touchpoints_parts_and_the_three_stay_apart(asked_kiosk: Workspace) -> None:
    found = scores(asked_kiosk.view().frame(EVERY))
    kept = {one.kind: one for one in found.scores}
    assert list(kept) == ["experience", "usability", "promise"]
    for one in found.scores:
        if one.result.value is not None:
            assert sum(part.part.value or 0 for part in one.parts) == pytest.approx(one.result.value)
    assert [(part.id, part.volume, part.result.n) for part in kept["experience"].parts] == [("rating", 2, 2)]
    assert (kept["experience"].covered.value, kept["experience"].covered.n) == (2 / 11, 11)
    assert [part.id for part in kept["promise"].parts] == ["parcel"]
    assert kept["usability"].missing.startswith("no question of the kind `effort`")


def test_the_ledger_ties_with_the_sheet(asked_kiosk: Workspace) -> None:
    view = asked_kiosk.view()
    found, sheet = ledger(view.frame(EVERY)), view.sheet(EVERY)
    (row,), (promise,) = found.rows, sheet.promises
    assert (row.kept.value, row.kept.n, row.kept.low) == (promise.kept.value, promise.kept.n, promise.kept.low)
    assert (row.broken.value, row.waiting.value, row.state) == (promise.broken_count, promise.open_count, promise.state)
    assert view.customers(EVERY, row.behind_broken, "", 1, 10).total == promise.broken_count == 2
    assert "`refund`" in found.missing


def test_figures_tie_with_what_other_pages_say(asked_kiosk: Workspace) -> None:
    view = asked_kiosk.view()
    rows = {one.id: one.now for one in view.metrics(EVERY).rows}
    assert rows["promise-kept"].value == view.sheet(EVERY).promises[0].kept.value
    assert view.metrics(Question()) is view.metrics(EVERY)
