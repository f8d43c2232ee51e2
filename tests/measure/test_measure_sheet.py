"""The sheet: figures that tie, evidence, states, and honesty where nothing is known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measure_rows import Asked, happened, house, instant

from desirelines.measure import Sheet, sheet
from desirelines.model.period import Period

DAY = 1440
PLAN = """
brand: {name: Brand, zone: UTC}
teams: [{id: web, name: Web}]
touchpoints:
  - {id: a, name: Ad, order: 1, owner: web, rule: [{event: A}]}
  - {id: b, name: Shop, order: 2, owner: web, rule: [{event: B}]}
  - {id: c, name: Parcel, order: 3, medium: parcel, kind: physical, rule: [{event: C}, {event: Z}]}
  - {id: d, name: Lobby, order: 4, medium: place, rule: [{event: Z}]}
questions:
  - {id: how, words: "How was it?", order: 1, touchpoint: c, event: {event: C}, property: stars}
  - {id: nps, words: "You?", order: 2, kind: recommend, touchpoint: d, event: {event: Asked}, property: score, low: 0, high: 10}
promises:
  - {id: fast, name: Fast, touchpoint: c, target: 0.9, within: {start: {event: B}, to: {event: C}, time: 2d}}
moments:
  - {id: m1, words: I wait., order: 1, stage: get, touchpoints: [c]}
  - {id: m2, words: I wonder., order: 2, stage: find}
experiences: [{id: e1, name: Word, moment: m1, state: live}]
journeys:
  - id: j
    name: Main
    stages:
      - {id: find, name: Find, order: 1, side: buyer, desired: 0.5, steps: [{id: p1, touchpoint: a}]}
      - {id: buy, name: Buy, order: 2, side: buyer, steps: [{id: p2, touchpoint: b}]}
      - id: get
        name: Get
        order: 3
        side: customer
        steps: [{id: p3, touchpoint: c, within: 1d}, {id: p4, touchpoint: d, optional: true}]
"""
LOG = """
u1: A0 B10 C1000
u2: A0 C20 X30
u3: B0 B5 C3000
u4: A2880
-: A5 X6
"""


def rows() -> list[dict[str, object]]:
    return [{**row, "number_stars": {1000: 5.0, 20: 1.0, 3000: 3.0}.get(row["at"])} for row in happened(LOG)]


def whole(tmp_path: Path, **more: object) -> Sheet:
    return sheet(Asked(house(tmp_path, PLAN, rows())).frame(**more))  # type: ignore[arg-type]


def check_ties(found: Sheet) -> None:
    """Whatever the data: numbers that a reader can hold against each other agree."""
    assert found.tally.events == found.events == found.tally.claimed + found.tally.unclaimed
    assert found.tally.claimed == sum(row.events for row in found.touchpoints)
    for way in found.ways:
        assert way.people <= way.journeys <= way.count
        assert way.rate == way.journeys / found.journeys
    for touchpoint in found.touchpoints:
        out = sum(way.count for way in found.ways if way.origin == touchpoint.id)
        into = sum(way.count for way in found.ways if way.target == touchpoint.id)
        assert touchpoint.time.n == out <= touchpoint.events
        assert into <= touchpoint.events
        assert touchpoint.people <= touchpoint.journeys <= touchpoint.events
    walked = sum(way.count for way in found.ways)
    assert 0 <= found.tally.claimed - walked <= found.journeys  # one transition fewer than events in each journey
    marks = found.following.deviations
    assert found.following.cost == marks.missing + marks.unplanned + marks.repeated + 2 * marks.out_of_order
    for promise in found.promises:
        assert promise.kept.n == promise.kept_count + promise.broken_count
    for stage in found.stages:
        assert stage.people <= stage.journeys <= found.journeys
        assert stage.time.n <= stage.journeys


def test_every_figure_of_a_small_brand(tmp_path: Path) -> None:
    found = whole(tmp_path)
    check_ties(found)
    assert (found.journeys, found.people, found.events, found.plan_version) == (4, 4, 10, 3)
    assert (found.known.value, found.known.n, found.known.of) == (10 / 12, 12, "events")
    assert (found.first_at, found.last_at) == ("2020-01-01T00:00:00Z", "2020-01-03T02:00:00Z")
    find, buy, get = found.stages
    assert [(one.people, one.journeys, one.reach.value) for one in found.stages] == [(3, 3, 0.75), (2, 2, 0.5), (3, 3, 0.75)]
    assert (find.time.value, find.time.n, find.left.value) == (900.0, 2, 1 / 3)  # 10 and 20 minutes
    assert (buy.time.value, buy.left.value, get.left.value, find.desired) == ((990 + 3000) / 2 * 60, 0.0, 1.0, 0.5)
    assert find.felt is None
    assert get.felt is not None
    assert (get.felt.value, get.felt.n) == (0.0, 3)  # 1, -1 and 0
    ad, shop, parcel, lobby = found.touchpoints
    assert (ad.events, ad.evidence.events, ad.evidence.grade, ad.evidence.state) == (3, 4, "measured", "alive")
    assert (shop.people, shop.events, shop.deviations.repeated, shop.deviations.missing) == (2, 3, 1, 2)
    assert (parcel.deviations.late, parcel.deviations.missing) == (1, 1)
    assert (lobby.reach.value, lobby.evidence.state, lobby.evidence.grade) == (None, "unmeasured", "guessed")
    assert parcel.stages == ("get",)
    assert parcel.sources == ("web",)
    assert found.following.cost == 6
    assert found.following.log_fitness.value == pytest.approx(1 - 6 / (10 + 4 * 3))
    assert found.following.fitting.value == 0.25
    assert found.seam is not None
    assert (found.seam.crossed.value, found.seam.crossed.n) == (0.75, 4)
    assert (found.seam.gap.value, found.seam.gap.n) == (990 * 60, 3)  # 990, 20 and 2995 minutes
    assert [(one.event, one.events, one.people, one.sources) for one in found.unclaimed] == [("X", 2, 1, ("web",))]
    (fast,) = found.promises
    assert (fast.kept_count, fast.broken_count, fast.open_count, fast.stage, fast.state) == (1, 2, 0, "get", "broken")
    moments = {one.id: (one.grade, one.live_experience) for one in found.moments}
    assert moments == {"m1": ("measured", True), "m2": ("guessed", False)}


def test_periods_and_segments_only_filter(tmp_path: Path) -> None:
    asked = Asked(house(tmp_path, PLAN, rows()))
    third = Period(date(2020, 1, 3), date(2020, 1, 3))
    late = sheet(asked.frame(third))
    check_ties(late)
    assert (late.journeys, late.events, late.known.n) == (1, 1, 2)  # u3's parcel came on the third, yet its journey began before
    assert late.touchpoints[2].evidence.events == 1
    buyers = sheet(asked.frame(text="did:B"))
    check_ties(buyers)
    assert (buyers.journeys, buyers.segment) == (2, "did:B")
    assert buyers.unclaimed == ()
    assert buyers.known.n == 12
    nobody = sheet(asked.frame(Period(date(2021, 1, 1), None)))
    check_ties(nobody)
    assert nobody.following.log_fitness.value is None
    assert any("No journey began" in words for words in nobody.caveats)


def test_contested_events_are_given_to_neither(tmp_path: Path) -> None:
    found = sheet(Asked(house(tmp_path, PLAN, happened("u: A0 Z5\n-: Z6"))).frame())
    check_ties(found)
    assert [(one.event, one.events, one.people, one.touchpoints) for one in found.contested] == [("Z", 2, 1, ("c", "d"))]
    assert any("2 events claimed by two" in words for words in found.caveats)


def test_older_versions_and_the_unknown_are_said(tmp_path: Path) -> None:
    asked = Asked(house(tmp_path, PLAN, rows()))
    in_force = round(instant(DAY).timestamp()) * 1_000_000
    words = " ".join(sheet(asked.frame(in_force_us=in_force)).caveats)
    assert "3 journeys here began under an older version" in words
    assert "16.7 % of the events belong to nobody known" in words
    assert "Only 4 journeys" in words
    assert "strategy is not complete" in words


def test_a_workshop_alone_is_all_guessed(tmp_path: Path) -> None:
    found = sheet(Asked(house(tmp_path, PLAN)).frame())
    check_ties(found)
    assert (found.journeys, found.people, found.events, found.known.value, found.known.n) == (0, 0, 0, None, 0)
    assert {stage.grade for stage in found.stages} == {"guessed"}
    assert [stage.reach.value for stage in found.stages] == [None, None, None]
    assert found.promises[0].state == "not judged"
    assert found.ways == ()
    assert found.caveats[0].startswith("There are no events yet")


def test_answers_alone_are_asked_and_felt_though_anonymous(tmp_path: Path) -> None:
    answers = [{"event": "Asked", "at": n, "number_score": score} for n, score in enumerate((10.0, 9.0, 0.0, 11.0))]
    found = sheet(Asked(house(tmp_path, PLAN, answers)).frame())
    lobby = found.touchpoints[3]
    assert (lobby.evidence.grade, lobby.evidence.answers, lobby.evidence.state) == ("asked", 3, "unmeasured")
    assert lobby.felt is not None
    assert lobby.felt.n == 3
    assert lobby.felt.value == pytest.approx(0.8 / 3)
    assert found.stages[2].grade == "asked"
    assert (found.known.value, found.journeys) == (0.0, 0)


def test_figures_and_observations_alone_are_observed(tmp_path: Path) -> None:
    figures = [{"touchpoint": "d", "on": date(2020, 1, day), "name": "visitors", "value": 5.0} for day in (1, 2, 9)]
    seen = [{"touchpoint": "a", "at": 10, "note": "the poster hangs"}]
    asked = Asked(house(tmp_path, PLAN, figures=figures, observations=seen))
    ad, _, _, lobby = sheet(asked.frame(Period(date(2020, 1, 1), date(2020, 1, 5)))).touchpoints
    assert (lobby.evidence.grade, lobby.evidence.figures) == ("observed", 2)
    assert (ad.evidence.grade, ad.evidence.observations) == ("observed", 1)
    ad, *_ = sheet(asked.frame(Period(date(2020, 1, 2), None))).touchpoints
    assert ad.evidence.grade == "guessed"


def test_a_touchpoint_falls_silent_after_five_of_its_pauses(tmp_path: Path) -> None:
    daily = "\n".join(f"u{n}: B{n * DAY}" for n in range(60))
    weekly = "\n".join(f"v{n}: A{n * DAY}" for n in range(0, 22, 7))
    asked = Asked(house(tmp_path, PLAN, happened(f"{daily}\n{weekly}\nw: C0")))
    states = [one.evidence.state for one in sheet(asked.frame()).touchpoints]
    assert states == ["silent", "alive", "silent", "unmeasured"]
    then = Period(None, date(2020, 2, 20))  # day 50: 29 after the last A, and its pauses were of 7
    assert [one.evidence.state for one in sheet(asked.frame(then)).touchpoints] == ["alive", "alive", "silent", "unmeasured"]


@given(st.data())
@settings(deadline=None, max_examples=12)
def test_figures_tie_whatever_the_data(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    people = data.draw(st.lists(st.lists(st.tuples(st.sampled_from("ABCXZ"), st.integers(0, 4000)), max_size=6), max_size=6))
    log = "\n".join(f"u{n}: " + " ".join(f"{event}{at}" for event, at in each) for n, each in enumerate(people))
    asked = Asked(house(tmp_path_factory.mktemp("ties"), PLAN, happened(log)))
    check_ties(sheet(asked.frame()))
    check_ties(sheet(asked.frame(Period(date(2020, 1, 2), date(2020, 1, 2)))))
