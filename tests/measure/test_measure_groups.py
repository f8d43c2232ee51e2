"""Groups of the kiosk's journeys, and groups inside groups, with their people."""

from __future__ import annotations

import pytest

from desirelines import measure
from desirelines.errors import BadInput
from desirelines.measure import Groups, GroupsAsk, Walk, read_ask
from desirelines.view import Question
from desirelines.workspace import Workspace

DAY, HOUR = 86_400.0, 3_600.0


@pytest.fixture
def kiosk(asked_kiosk: Workspace) -> Workspace:
    return asked_kiosk


def ask(kiosk: Workspace, walk: Walk | None = None, **asked: str) -> Groups:
    return measure.groups(kiosk.view().paths(Question(), walk or Walk()), read_ask(GroupsAsk, asked))


def test_two_groups(kiosk: Workspace) -> None:
    """Visited, Bought is 2 of 6 from the four steps of two people, and 2 of 4 from Visited, Called."""
    found = ask(kiosk, count="2")
    assert [(row.number, row.steps, row.journeys, row.variants, row.representative_journeys) for row in found.groups] == [
        (1, ("Visited", "Bought", "Received", "Rated"), 3, 2, 2),
        (2, ("Visited", "Called"), 1, 1, 1),
    ]
    assert [row.rate for row in found.groups] == [0.75, 0.25]
    assert found.groups[0].spread == pytest.approx((1 / 3) / 3, abs=1e-6)
    assert found.groups[0].median_seconds == 4 * DAY + HOUR
    assert (found.grouped, found.variant_count, found.caveats) == (4, 3, ())
    assert [one.count for one in found.silhouettes] == [2, 3]


def test_a_group_is_looked_into(kiosk: Workspace) -> None:
    found = ask(kiosk, count="2", inside="1")
    assert [(row.steps, row.journeys) for row in found.groups] == [
        (("Visited", "Bought", "Received", "Rated"), 2),
        (("Visited", "Bought"), 1),
    ]
    assert (found.grouped, found.inside, found.journeys) == (3, "1", 4)
    assert [row.steps for row in ask(kiosk, count="2", inside="1/2").groups] == [("Visited", "Bought")]


@pytest.mark.parametrize("walk", [Walk(), Walk(level="touchpoint"), Walk(gap="1d"), Walk(level="channel", where="channel:web")])
def test_every_group_leads_to_its_people(kiosk: Workspace, walk: Walk) -> None:
    view = kiosk.view()
    for inside in ("", "1"):
        found = ask(kiosk, walk, count="3", inside=inside)
        assert sum(row.journeys for row in found.groups) == found.grouped
        for row in found.groups:
            assert view.customers(Question(), row.behind, "", 1, 10).total == row.people


@pytest.mark.parametrize(
    "asked", [{"inside": "9"}, {"inside": "0"}, {"inside": "x"}, {"count": "21"}, {"inside": "/".join("1" * 9)}]
)
def test_what_cannot_be_asked_is_told(kiosk: Workspace, asked: dict[str, str]) -> None:
    with pytest.raises(BadInput) as error:
        ask(kiosk, None, **asked)
    assert error.value.hint


def test_no_journeys_no_groups(kiosk: Workspace) -> None:
    with pytest.raises(BadInput, match="no journey"):
        ask(kiosk, Walk(where="channel:phone; event:Bought"))
