"""Patterns on the kiosk's twelve events: figures, and people behind them."""

from __future__ import annotations

import pytest
from shop import full

from desirelines import measure
from desirelines.errors import BadInput
from desirelines.measure import Pattern, PatternAsk, PatternHelpAsk, Walk, read_ask
from desirelines.view import Question
from desirelines.workspace import Workspace

HOUR, DAY = 3_600.0, 86_400.0


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return full(tmp_path_factory.mktemp("patterns"))[1]


def ask(kiosk: Workspace, pattern: str, walk: Walk | None = None, **asked: str) -> Pattern:
    return measure.pattern(kiosk.view().paths(Question(), walk or Walk()), read_ask(PatternAsk, {"pattern": pattern, **asked}))


def test_how_often_for_whom_how_long_and_where(kiosk: Workspace) -> None:
    found = ask(kiosk, "Bought ~> Received within 5d")
    assert (found.count, found.journeys_with, found.people_with, found.journeys, found.people) == (1, 1, 1, 4, 4)
    assert (found.rate.value, found.rate.n, found.rate.method) == (0.25, 4, "wilson")
    assert (found.median_seconds, found.p90_seconds) == (3 * DAY, 3 * DAY)
    assert [(place.name, place.count) for place in found.comes_after] == [("Visited", 1)]
    assert [(place.name, place.count) for place in found.leads_to] == [("Rated", 1)]
    assert (found.opens, found.closes) == (0, 0)
    assert found.caveats == ("rests on 4 journeys only",)
    (example,) = found.examples
    assert (example.at, example.steps, example.length) == ("2024-03-01T09:00:00Z", ("Bought", "Received"), 2)


def test_at_other_levels_and_with_other_cuts(kiosk: Workspace) -> None:
    assert ask(kiosk, "site -> till", Walk(level="touchpoint")).count == 3
    assert ask(kiosk, "web{2}", Walk(level="channel")).count == 2
    assert ask(kiosk, "Visited ~[no Bought]~> $").journeys_with == 1
    cut = ask(kiosk, "^ Received", Walk(gap="1d"))
    assert (cut.count, cut.journeys, cut.opens) == (2, 6, 2)
    assert ask(kiosk, ". .", overlap="true").count == 8
    assert ask(kiosk, ". .").count == 6


@pytest.mark.parametrize("text", ["Bought", "Visited ~> Rated", "Called | Rated", "Visited -[<1h]-> Bought"])
@pytest.mark.parametrize("walk", [Walk(), Walk(gap="1d"), Walk(where="channel:web|shop|post"), Walk(subject="order")])
def test_both_marks_lead_to_as_many_people_as_the_answer_says(kiosk: Workspace, text: str, walk: Walk) -> None:
    view = kiosk.view()
    names = set(view.paths(Question(), walk).names)
    found = ask(kiosk, text if {"Called"} <= names else "Bought", walk)
    assert view.customers(Question(), found.behind_with, "", 1, 10).total == found.people_with
    paths = view.paths(Question(), walk)
    both = [measure.marked(paths, measure.read_address(address)) for address in (found.behind_with, found.behind_without)]
    assert [int(both[0].sum()), int(both[1].sum())] == [found.journeys_with, found.journeys - found.journeys_with]
    assert not (both[0] & both[1]).any()


def test_nothing_found_is_an_answer(kiosk: Workspace) -> None:
    found = ask(kiosk, "Rated ~> Visited")
    assert (found.count, found.median_seconds, found.begins_with, found.examples) == (0, None, (), ())


@pytest.mark.parametrize(("text", "words"), [("Visited ~> Boght", "character 12"), ("Visited >", "limits a gap"), ("", "empty")])
def test_what_cannot_be_read_is_told_with_its_character(kiosk: Workspace, text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words) as error:
        ask(kiosk, text)
    assert error.value.hint


def test_help_offers_names_by_how_often_they_come(kiosk: Workspace) -> None:
    paths = kiosk.view().paths(Question(), Walk())
    found = measure.pattern_help(paths, PatternHelpAsk(pattern="Visited ~> "))
    assert [(one.text, one.words) for one in found.completions if one.kind == "name"] == [
        ("Visited", "4 times"), ("Bought", "3 times"), ("Rated", "2 times"), ("Received", "2 times"), ("Called", "1 times")
    ]  # fmt: skip
    assert found.fault is not None
    assert found.fault.at == 11
    assert measure.pattern_help(paths, PatternHelpAsk(pattern="Bo ~> Rated", cursor=2)).completions[0].text == "Bought"
