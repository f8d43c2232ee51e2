"""Variants, transitions, customers, stories and the cockpit: one literal brand, exact answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from measure_rows import EVER, Asked, happened, house
from telling import untold

from desirelines import measure
from desirelines.errors import BadInput, NotFound
from desirelines.identify import customer_name
from desirelines.map import MARKS
from desirelines.measure import Customers, Paths, VariantsAsk, Walk, cockpit, customers, story, transitions, variants
from desirelines.model.period import Period

PLAN = """
brand: {name: Brand, zone: UTC}
touchpoints:
  - {id: a, name: Ad, order: 1, owner: web, rule: [{event: A}]}
  - {id: b, name: Shop, order: 2, rule: [{event: B}]}
  - {id: c, name: Parcel, order: 3, owner: web, rule: [{event: C}]}
teams: [{id: web, name: Web}]
questions:
  - {id: nps, words: "Would you?", kind: recommend, touchpoint: c, event: {event: Asked}, property: score, low: 0, high: 10}
promises:
  - {id: fast, name: Fast, touchpoint: c, target: 0.9, within: {start: {event: B}, to: {event: C}, time: 1h}}
journeys:
  - id: j
    name: Main
    unclaimed: ignored
    stages:
      - {id: s1, name: Before, order: 1, side: buyer, steps: [{id: p1, touchpoint: a}, {id: p2, touchpoint: b}]}
      - {id: s2, name: After, order: 2, side: customer, steps: [{id: p3, touchpoint: c, within: 1h}]}
"""
LOG = """
u1: A0 B10 C20
u2: A0 B10 C200
u3: A5 C10 B30
u4: A7 X9
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    rows = [{**row, "id_mail": f"{row['id_user']}@x.org"} if row["at"] == 0 else row for row in happened(LOG)]
    rows[0] |= {"text_comment": "Never again, <b>please</b>", "object_order": "o-1", "number_price": 12.5, "flag_new": True}
    rows += [{"event": "Asked", "at": 300 + n, "number_score": score} for n, score in enumerate((10.0, 9.0, 7.0, 3.0))]
    traits = [{"kind": "user", "value": "u1", "name": "city", "text": "Rio"}]
    return Asked(house(tmp_path_factory.mktemp("pages"), PLAN, rows, traits=traits))


def paths(asked: Asked, level: str, period: Period = EVER) -> Paths:
    built = asked.house
    about = measure.Asked(first_on=period.first_on.isoformat() if period.first_on else "")
    if level == "touchpoint":
        return Paths(built.trace, built.folder, "UTC", built.matched(), Walk(level="touchpoint"), about)
    return Paths(built.trace, built.folder, "UTC", asked=about)


def name(asked: Asked, user: str) -> str:
    (key,) = asked.house.ids(user)
    return customer_name(int(asked.house.identities.customer_of(np.array([key]))[0]))


def test_variants_of_touchpoints_say_how_they_follow_the_plan(asked: Asked) -> None:
    found = variants(paths(asked, "touchpoint"))
    assert (found.journeys, found.people, found.variant_count) == (4, 4, 3)
    straight, short, swapped = found.variants
    assert (straight.steps, straight.count, straight.rate, straight.fitness) == (("a", "b", "c"), 2, 0.5, 1.0)
    assert straight.median_seconds == 110 * 60
    assert straight.marks == ("planned", "planned", "planned")
    assert (short.steps, short.missing, short.fitness) == (("a",), ("b", "c"), 0.5)
    assert sorted(swapped.marks) == ["out of order", "planned", "planned"]
    assert set(swapped.marks) <= set(MARKS)
    assert len({one.key for one in found.variants}) == 3


def test_variants_and_transitions_of_events_need_no_plan(asked: Asked) -> None:
    found = variants(paths(asked, "event"), VariantsAsk(top=1))
    assert (found.variant_count, len(found.variants)) == (3, 1)
    assert (found.variants[0].steps, found.variants[0].fitness, found.variants[0].marks) == (("A", "B", "C"), None, ())
    graph = transitions(paths(asked, "event"))
    assert (graph.journeys, graph.events) == (4, 11)
    assert {(edge.origin, edge.target): edge.count for edge in graph.edges} == {
        ("A", "B"): 2,
        ("B", "C"): 2,
        ("A", "C"): 1,
        ("C", "B"): 1,
        ("A", "X"): 1,
    }
    assert next(edge for edge in graph.edges if edge.origin == "B").median_seconds == 100 * 60
    assert (graph.nodes["A"], graph.starts, graph.ends) == (4, {"A": 4}, {"C": 2, "B": 1, "X": 1})
    touchpoints = transitions(paths(asked, "touchpoint"))
    assert touchpoints.events == 10
    assert touchpoints.ends == {"c": 2, "a": 1, "b": 1}
    with pytest.raises(BadInput, match="no touchpoints"):
        transitions(Paths(asked.house.trace, asked.house.folder, walk=Walk(level="touchpoint")))
    nothing = variants(paths(asked, "touchpoint", Period(date(2021, 1, 1), None)))
    assert (nothing.journeys, nothing.variants) == (0, ())


@pytest.mark.parametrize(
    ("behind", "users"),
    [
        ("", {"u1", "u2", "u3", "u4"}),
        ("touchpoint=b", {"u1", "u2", "u3"}),
        ("stage=s2", {"u1", "u2", "u3"}),
        ("way=a>c", {"u3"}),
        ("way=c>a", set()),
        ("promise=fast:broken", {"u2", "u3"}),
        ("promise=fast:kept", {"u1"}),
        ("deviation=missing:b", {"u4"}),
        ("deviation=late:c", {"u2"}),
        ("left=s1", {"u3", "u4"}),
    ],
)
def test_customers_behind_a_number(asked: Asked, behind: str, users: set[str]) -> None:
    built, frame = asked.house, asked.frame()
    found = customers(asked.facts, built.snapshot, built.identities, frame, behind)
    assert found.total == len(found.customers) == len(users)
    assert {one.customer for one in found.customers} == {name(asked, user) for user in users}
    assert [one.last_at for one in found.customers] == sorted((one.last_at for one in found.customers), reverse=True)


def test_customers_by_variant_by_identifier_and_by_page(asked: Asked) -> None:
    built, frame = asked.house, asked.frame()

    def ask(**more: Any) -> Customers:
        return customers(asked.facts, built.snapshot, built.identities, **more)

    key = variants(paths(asked, "touchpoint")).variants[0].key
    assert {one.customer for one in ask(frame=frame, behind=f"variant={key}").customers} == {name(asked, "u1"), name(asked, "u2")}
    (one,) = ask(find="u2@x.org").customers
    assert (one.customer, one.events, one.last_event, one.first_at) == (name(asked, "u2"), 3, "C", "2020-01-01T00:00:00Z")
    assert one.label == "u2"
    assert ask(find=name(asked, "u3")).total == 1
    assert ask(find="nobody").customers == ()
    second = ask(page=2, page_size=3)
    assert (second.total, second.page, len(second.customers)) == (4, 2, 1)
    assert ask(frame=frame).customers[0].fitness == 1.0


@pytest.mark.parametrize(
    "behind",
    ["touchpoint=z", "stage=z", "way=a", "promise=fast", "promise=x:kept", "deviation=odd:a", "variant=x", "shoe=1", "left="],
)
def test_a_filter_that_names_nothing_is_refused(asked: Asked, behind: str) -> None:
    with pytest.raises(BadInput) as refused:
        customers(asked.facts, asked.house.snapshot, asked.house.identities, asked.frame(), behind)
    assert refused.value.hint


def test_a_story_across_silos(asked: Asked) -> None:
    built = asked.house
    found = story(asked.facts, built.snapshot, built.identities, name(asked, "u1"), built.matched())
    assert found.identifiers == {"mail": ("u1@x.org",), "user": ("u1",)}
    assert (found.traits, found.event_count, found.promises, found.fitness, found.missing) == (
        {"city": "Rio"},
        3,
        (("fast", "kept"),),
        1.0,
        (),
    )
    first = found.events[0]
    assert (first.at, first.touchpoint_name, first.stage, first.side, first.mark) == (
        "2020-01-01T00:00:00Z",
        "Ad",
        "s1",
        "buyer",
        "planned",
    )
    assert first.quote == "Never again, <b>please</b>"
    assert first.objects == {"order": "o-1"}
    assert first.properties == {"comment": "Never again, <b>please</b>", "price": "12.5", "new": "yes"}
    late = story(asked.facts, built.snapshot, built.identities, name(asked, "u2"), built.matched())
    assert [one.mark for one in late.events] == ["planned", "planned", "late"]
    lost = story(asked.facts, built.snapshot, built.identities, name(asked, "u4"), built.matched())
    assert ([one.mark for one in lost.events], lost.missing) == (["planned", None], ("b", "c"))
    plain = story(asked.facts, built.snapshot, built.identities, name(asked, "u1"))
    assert (plain.fitness, plain.events[0].mark, plain.events[0].touchpoint) == (None, None, "a")
    with pytest.raises(NotFound):
        story(asked.facts, built.snapshot, built.identities, "c0000000000000001")
    with pytest.raises(BadInput):
        story(asked.facts, built.snapshot, built.identities, "u1")


def test_the_cockpit_says_it_in_words(asked: Asked) -> None:
    found = cockpit(asked.frame(), asked.house.identities)
    assert found.headline == "“Fast” was kept in 33.3 % of 3 cases; 90 % was promised."
    assert found.subline == "4 journeys of 4 customers, 11 events; 73.3 % of all events belong to known people."
    recommend, promise, base, effort = found.figures
    assert recommend.result is not None
    assert (recommend.result.value, recommend.result.n, recommend.result.method) == (25.0, 4, "adjusted wald")
    words = "4 customers active, 4 of them for the first time; too short to say who stays."
    assert (promise.tone, base.words) == ("bad", words)
    assert base.series[0] == 4.0
    assert len(base.series) == 12
    assert (effort.result, effort.tone, effort.link) == (None, "unknown", "plan/figures")
    kinds = [one.kind for one in found.findings]
    assert kinds == ["promise", "unowned", "unclaimed", "unclaimed"]
    assert found.findings[0].owner == "web"
    assert (found.findings[0].size, found.findings[1].size) == (2, 3)
    assert [untold(one) for one in found.findings] == [[]] * 4
    assert [one.value for one in found.findings[0].told] == [pytest.approx(1 / 3), 0.9, 2.0]


def test_the_cockpit_of_a_workshop_invents_nothing(tmp_path: Path) -> None:
    found = cockpit(Asked(house(tmp_path, PLAN)).frame())
    assert [one.tone for one in found.figures] == ["unknown"] * 4
    assert all(one.result is None or one.result.value is None for one in found.figures)
    assert found.headline == "3 touchpoints in 2 stages, and nothing measured yet in this period."
    assert found.findings == ()


def test_a_long_story_shows_its_newest_events(asked: Asked) -> None:
    built = asked.house
    found = story(asked.facts, built.snapshot, built.identities, name(asked, "u2"), built.matched(), longest=2)
    assert (found.event_count, [one.event for one in found.events], found.events[1].mark) == (3, ["B", "C"], "late")
    assert found.first_at == "2020-01-01T00:00:00Z"
