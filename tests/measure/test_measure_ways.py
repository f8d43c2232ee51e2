"""Flow on the kiosk's twelve events: a tree that adds up, and every node leads to its people."""

from __future__ import annotations

import pytest

from desirelines import measure
from desirelines.errors import BadInput
from desirelines.measure import Flow, FlowAsk, FollowsAsk, Walk, read_ask
from desirelines.view import Question
from desirelines.workspace import Workspace

DAY, HOUR = 86_400.0, 3_600.0


@pytest.fixture
def kiosk(asked_kiosk: Workspace) -> Workspace:
    return asked_kiosk


def ask(kiosk: Workspace, walk: Walk | None = None, **asked: str) -> Flow:
    return measure.flow(kiosk.view().paths(Question(), walk or Walk()), read_ask(FlowAsk, asked))


def told(found: Flow) -> dict[tuple[str, ...], tuple[int, float, float | None]]:
    return {(*node.path, *([] if node.kind == "step" else [node.kind])): (node.count, node.rate, node.median_seconds)
            for node in found.nodes}  # fmt: skip


def test_after_a_step(kiosk: Workspace) -> None:
    found = ask(kiosk, focus="Visited", depth="2")
    assert told(found) == {
        ("Bought",): (3, 0.75, HOUR),
        ("Called",): (1, 0.25, 3 * HOUR),
        ("Bought", "Received"): (2, 2 / 3, (3 * DAY + 7 * DAY) / 2),
        ("Bought", "end"): (1, 1 / 3, None),
        ("Called", "end"): (1, 1.0, None),
    }
    assert (found.count, found.reached, found.journeys, found.people) == (4, 4, 4, 4)


def test_before_a_step_and_along_a_path(kiosk: Workspace) -> None:
    assert told(ask(kiosk, focus="Rated", direction="before", depth="1")) == {("Received",): (2, 1.0, DAY)}
    found = ask(kiosk, focus="Rated", direction="before", path="Received>Bought", depth="2")
    assert (found.count, found.reached, found.path) == (2, 2, ("Received", "Bought"))
    assert told(found) == {
        ("Received", "Bought", "Visited"): (2, 1.0, 1.5 * HOUR),
        ("Received", "Bought", "Visited", "end"): (2, 1.0, None),
    }
    assert ask(kiosk, focus="Rated", path='["Rated"]').nodes == ()


def test_from_where_journeys_begin_and_to_where_they_end(kiosk: Workspace) -> None:
    assert told(ask(kiosk, depth="1")) == {("Visited",): (4, 1.0, None)}
    assert told(ask(kiosk, direction="before", depth="1", top="1")) == {("Rated",): (2, 0.5, None), ("more",): (2, 0.5, None)}


def test_channels_flow_too_and_repeats_collapse(kiosk: Workspace) -> None:
    walk = Walk(level="channel", where="not event:Called")
    assert told(ask(kiosk, walk, focus="web", occurrences="first", depth="1")) == {
        ("web",): (2, 0.5, 0.75 * HOUR), ("shop",): (1, 0.25, 2 * HOUR), ("end",): (1, 0.25, None)
    }  # fmt: skip
    collapsed = told(ask(kiosk, walk, focus="web", occurrences="first", depth="1", collapse="true"))
    assert collapsed == {("post",): (1, 0.25, 3 * DAY + HOUR), ("shop",): (1, 0.25, 2 * HOUR), ("end",): (2, 0.5, None)}


@pytest.mark.parametrize("walk", [Walk(), Walk(gap="1d"), Walk(level="touchpoint"), Walk(level="channel")])
def test_every_node_leads_to_as_many_people_as_it_says(kiosk: Workspace, walk: Walk) -> None:
    view = kiosk.view()
    for direction in ("after", "before"):
        for focus in ("", view.paths(Question(), walk).names[-1]):
            found = ask(kiosk, walk, focus=focus, direction=direction, top="1", depth="3")
            assert view.customers(Question(), found.behind, "", 1, 10).total == found.people or focus
            assert found.nodes
            for node in found.nodes:
                assert view.customers(Question(), node.behind, "", 1, 10).total == node.people
            assert sum(node.count for node in found.nodes if len(node.path) - (node.kind == "step") == 0) == found.reached


@pytest.mark.parametrize(
    "asked", [{"focus": "Visitd"}, {"path": "Boght"}, {"path": "[1]"}, {"depth": "11"}, {"direction": "up"}, {"path": "[x"}]
)
def test_what_cannot_be_asked_is_told(kiosk: Workspace, asked: dict[str, str]) -> None:
    with pytest.raises(BadInput) as error:
        ask(kiosk, None, **asked)
    assert error.value.hint


def test_names_may_hold_the_sign_between_names() -> None:
    assert measure.spell_way(["a", "b"]) == "a>b"
    assert measure.spell_way(["a>b", "c"]) == '["a>b", "c"]'


def test_what_comes_sooner_or_later(kiosk: Workspace) -> None:
    view = kiosk.view()
    found = measure.follows(view.paths(Question(), Walk()))
    rows = {(row.origin, row.target): (row.journeys, row.rate, row.median_seconds) for row in found.edges}
    assert rows["Visited", "Rated"] == (2, 0.5, 6 * DAY + 1.5 * HOUR)
    assert rows["Visited", "Bought"] == (3, 0.75, HOUR)
    assert rows["Bought", "Rated"] == (2, 2 / 3, 6 * DAY)
    assert ("Rated", "Bought") not in rows
    assert (found.pair_count, found.journeys, found.people) == (len(rows), 4, 4) == (7, 4, 4)


def test_pairs_are_chosen_and_lead_to_their_people(kiosk: Workspace) -> None:
    view = kiosk.view()
    for walk in (Walk(level="channel"), Walk(level="touchpoint"), Walk(gap="1d", where="not event:Called")):
        paths = view.paths(Question(), walk)
        edges = measure.follows(paths).edges
        assert edges
        for edge in edges:
            assert view.customers(Question(), edge.behind, "", 1, 10).total == edge.people
        of_one = measure.follows(paths, FollowsAsk(origin=edges[0].origin, min_journeys=2)).edges
        assert {(row.origin, row.target) for row in of_one} == {
            (row.origin, row.target) for row in edges if row.origin == edges[0].origin and row.journeys >= 2
        }
    with pytest.raises(BadInput, match="no event"):
        measure.follows(view.paths(Question(), Walk()), FollowsAsk(target="Rate"))
    with pytest.raises(BadInput, match="no two steps"):
        view.customers(Question(), "follows?mark=Visited", "", 1, 10)
