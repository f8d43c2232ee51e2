"""Walks, filters on events, addresses of marks and saved segments, on the kiosk's twelve events."""

from __future__ import annotations

from typing import Any

import pytest
from shop import full

from desirelines import measure
from desirelines.errors import BadInput, DesirelinesError, NotFound
from desirelines.measure import VariantsAsk, Walk, read_address
from desirelines.view import Question
from desirelines.workspace import Workspace


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return full(tmp_path_factory.mktemp("asking"))[1]


def ways(kiosk: Workspace, question: Question | None = None, **walk: Any) -> list[tuple[tuple[str, ...], int]]:
    found = measure.variants(kiosk.view().paths(question or Question(), Walk(**walk)))
    return [(row.steps, row.count) for row in found.variants]


def test_without_a_walk_a_person_is_one_journey(kiosk: Workspace) -> None:
    assert ways(kiosk) == [
        (("Visited", "Bought", "Received", "Rated"), 2),
        (("Visited", "Bought"), 1),
        (("Visited", "Called"), 1),
    ]  # of two as long, the one whose codes come first


def test_silence_cuts_journeys(kiosk: Workspace) -> None:
    assert dict(ways(kiosk, gap="1d")) == {
        ("Visited", "Bought"): 3,
        ("Received", "Rated"): 2,
        ("Visited", "Called"): 1,
    }


def test_minutes_of_silence_are_written_either_way(kiosk: Workspace) -> None:
    assert ways(kiosk, gap="60m") == ways(kiosk, gap="60min") == ways(kiosk, gap="1h")
    assert len(ways(kiosk, gap="30m")) > len(ways(kiosk, gap="1d"))


def test_starts_and_ends_cut_journeys(kiosk: Workspace) -> None:
    assert dict(ways(kiosk, starts="Bought")) == {("Bought", "Received", "Rated"): 2, ("Bought",): 1}
    assert dict(ways(kiosk, ends="Bought|Called")) == {
        ("Visited", "Bought"): 3,
        ("Received", "Rated"): 2,
        ("Visited", "Called"): 1,
    }
    assert dict(ways(kiosk, level="touchpoint", starts="till", ends="parcel")) == {("till", "parcel"): 2, ("till",): 1}


def test_channels_and_sources_are_levels(kiosk: Workspace) -> None:
    assert ("web", "web", "post", "web") in dict(ways(kiosk, level="channel"))
    assert dict(ways(kiosk, level="source")) == {("shop",) * 4: 2, ("shop",) * 2: 2}


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("channel:web", {("Visited", "Bought", "Rated"): 1, ("Visited", "Rated"): 1, ("Visited",): 1, ("Visited", "Bought"): 1}),
        ("channel:phone|post", {("Received",): 2, ("Called",): 1}),
        ("not event:Visited; not event:Rated", {("Bought", "Received"): 2, ("Called",): 1, ("Bought",): 1}),
        ("text:score=5", {("Rated",): 1}),
        ("channel:phone; event:Bought", {}),
    ],
)
def test_a_filter_leaves_events_out_and_emptied_journeys_with_them(kiosk: Workspace, where: str, found: dict[Any, int]) -> None:
    assert dict(ways(kiosk, where=where)) == found


def test_objects_have_touchpoints_though_the_plan_is_of_customers(kiosk: Workspace) -> None:
    assert dict(ways(kiosk, level="touchpoint", subject="order"))[("site", "till", "parcel", "rating")] == 2


@pytest.mark.parametrize(
    "walk",
    [{"gap": "soon"}, {"starts": "Bougth"}, {"where": "channel:wbe"}, {"where": "text:colour=red"}, {"where": "trait:a=b"}],
)
def test_a_walk_that_means_nothing_is_told(kiosk: Workspace, walk: dict[str, Any]) -> None:
    with pytest.raises(BadInput) as told:
        ways(kiosk, **walk)
    assert told.value.hint


def test_every_mark_leads_to_as_many_people_as_it_says(kiosk: Workspace) -> None:
    view = kiosk.view()
    for walk in (Walk(), Walk(gap="1d"), Walk(level="touchpoint"), Walk(level="channel", where="not channel:phone")):
        paths = view.paths(Question(segment="not did:Called"), walk)
        for variant in measure.variants(paths).variants:
            assert view.customers(Question(), variant.behind, "", 1, 10).total == variant.people
        for edge in measure.transitions(paths).edges:
            rows = view.customers(Question(), edge.behind, "", 1, 10).customers
            told = {
                step
                for row in rows
                for event in view.story(row.customer, Question()).events
                for step in (event.event, event.touchpoint)
            }
            assert rows
            assert {edge.origin, edge.target} <= told or walk.level == "channel"


def test_an_address_says_the_whole_question(kiosk: Workspace) -> None:
    paths = kiosk.view().paths(Question(segment="did:Bought"), Walk(gap="1d"))
    address = read_address(paths.behind("variants", VariantsAsk(top=3), "a&b=c"))
    assert (address.kind, address.mark, address.ask) == ("variants", "a&b=c", {"top": "3"})
    assert (address.asked, address.walk) == (paths.asked, paths.walk)


def test_a_mark_is_a_segment_and_a_kept_one_follows_its_rule(kiosk: Workspace) -> None:
    called = next(row for row in measure.variants(kiosk.view().paths(Question(), Walk())).variants if "Called" in row.steps)
    rule = f'behind:"{called.behind}"'
    assert kiosk.view().segment_size(rule) == (1, 4)
    kept = kiosk.save_segment("  Who\n called ", rule)
    assert kept["name"] == "Who called"
    assert kiosk.view().segment_size("saved:Who called") == kiosk.view().segment_size(f"saved:{kept['id']}") == (1, 4)
    assert ways(kiosk, Question(segment=f"saved:{kept['id']}")) == [(("Visited", "Called"), 1)]
    kiosk.save_segment("Who called", "not did:Called", kept["id"])
    assert len(ways(kiosk, Question(segment=f"saved:{kept['id']}"))) == 2
    kiosk.drop_segment(kept["id"])
    assert kiosk.segments() == []
    with pytest.raises(NotFound):
        kiosk.view().segment_size(f"saved:{kept['id']}")


def test_segments_that_name_one_another_are_told(kiosk: Workspace) -> None:
    one, other = kiosk.save_segment("one", "did:Bought"), kiosk.save_segment("other", "did:Bought")
    kiosk.save_segment("one", f"saved:{other['id']}", one["id"])
    kiosk.save_segment("other", f"saved:{one['id']}", other["id"])
    for rule in ("saved:one", f'behind:"variants?mark=x&segment=saved%3A{one["id"]}"'):
        with pytest.raises(BadInput, match="inside one another"):
            kiosk.view().segment_size(rule)
        with pytest.raises(BadInput, match="inside one another"):
            kiosk.view().paths(Question(segment=rule), Walk())
    for kept in (one, other):
        kiosk.drop_segment(kept["id"])


@pytest.mark.parametrize(
    "address",
    [
        "variants?top=3",
        "nosuch?mark=a",
        "variants?mark=a&top=many",
        "variants?mark=a&nosuch=1",
        "transitions?mark=Visited",
        "variants?mark=a&first_on=soon",
    ],
)
def test_an_address_that_leads_nowhere_is_told(kiosk: Workspace, address: str) -> None:
    with pytest.raises(DesirelinesError) as told:
        kiosk.view().customers(Question(), address, "", 1, 10)
    assert told.value.hint


@pytest.mark.parametrize(("name", "rule"), [("", "did:Bought"), ("a" * 200, "did:Bought"), ("a", "nosuch:b"), ("a", "did")])
def test_a_segment_that_cannot_be_kept_is_told(kiosk: Workspace, name: str, rule: str) -> None:
    with pytest.raises(BadInput):
        kiosk.save_segment(name, rule)
    assert kiosk.segments() == []
