"""Who is in trouble now: each sign over literal events, their sum, whose turn it is, and who is behind a count."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from measure_rows import House, happened, house

from desirelines.errors import BadInput
from desirelines.measure import Asked, Care, CareAsk, Paths, Walk, care, gather, troubled
from desirelines.model.hint import nearest

DAY = 1440
PLAN = """
brand: {name: Shop, zone: UTC}
teams:
  - {id: vans, name: Vans}
  - {id: desk, name: Desk}
touchpoints:
  - {id: till, name: Till, rule: [Bought]}
  - {id: door, name: Door, owner: vans, rule: [Arrived]}
  - {id: line, name: Line, owner: desk, rule: [Called, Solved]}
  - {id: card, name: Card, rule: [Rated, Broke]}
questions:
  - {id: happy, words: "How was it?", touchpoint: card, event: Rated, property: score, low: 1, high: 5}
promises:
  - {id: fast, name: In two days, touchpoint: door, target: 0.9, within: {start: Bought, to: Arrived, time: 2d}}
roles:
  - {id: order, rule: [Bought], property: paid}
  - {id: contact, rule: [Called]}
  - {id: resolved, rule: [Solved]}
  - {id: failure, rule: [Broke]}
journeys:
  - {id: j, name: J, stages: [{id: buy, name: Buy, side: buyer, steps: [{id: a, touchpoint: till}]}]}
"""
EVENTS = f"""
    late: Bought0 Arrived{3 * DAY}
    never: Bought{4 * DAY}
    soon: Bought{10 * DAY} Arrived{11 * DAY}
    calls: Called{5 * DAY} Called{6 * DAY}
    solved: Called{5 * DAY} Called{6 * DAY} Solved{7 * DAY}
    breaks: Broke{9 * DAY}
    unhappy: Rated{1 * DAY} Rated{8 * DAY}
    happy: Rated{8 * DAY} Rated{9 * DAY}
    done: Visited{20 * DAY}
"""
SCORES = {("unhappy", 1 * DAY): 5.0, ("unhappy", 8 * DAY): 2.0, ("happy", 8 * DAY): 1.0, ("happy", 9 * DAY): 4.0}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> House:
    rows = happened(EVENTS)
    for row in rows:
        if row["event"] == "Rated":
            row["number_score"] = SCORES[row["id_user"], row["at"]]
        if row["event"] == "Bought":
            row["number_paid"] = 10.0 if row["id_user"] == "late" else 30.0
    return house(tmp_path_factory.mktemp("care"), PLAN, rows)


def paths_of(shop: House) -> Paths:
    matched = shop.matched()
    return Paths(matched.trace, shop.folder, "UTC", matched, Walk(level="touchpoint"), Asked(), bound=matched.bound)


def asked(shop: House, ask: CareAsk | None = None) -> Care:
    facts = gather(shop.trace, shop.snapshot, shop.plan, shop.folder)
    return care(facts, shop.snapshot, shop.plan, paths_of(shop), ask or CareAsk())


def test_every_sign_is_found_where_it_is_and_nowhere_else(shop: House) -> None:
    found = asked(shop)
    told = {row.label: [(sign.kind, sign.owner, sign.since_at) for sign in row.signs] for row in found.customers}
    assert told == {
        "late": [("broken promise", "vans", "2020-01-03T00:00:00Z")],
        "never": [("overdue", "vans", "2020-01-07T00:00:00Z")],
        "calls": [("unanswered", "desk", "2020-01-06T00:00:00Z"), ("repeated contact", "desk", "2020-01-06T00:00:00Z")],
        "breaks": [("failure", None, "2020-01-10T00:00:00Z")],
        "unhappy": [("low score", None, "2020-01-09T00:00:00Z")],
    }
    words = {row.label: row.signs[0].words for row in found.customers}
    assert words["unhappy"] == "answered 2 of 5 to “How was it?”"
    assert words["calls"] == "asked 2 times, and nothing was solved since"
    assert (found.as_of_at, found.total, found.share.n, found.share.value) == ("2020-01-21T00:00:00Z", 5, 9, 5 / 9)
    assert found.share.low is not None
    assert found.missing == ()


def test_trouble_is_the_sum_of_its_kinds_and_the_dearest_of_equals_comes_first(shop: House) -> None:
    found = asked(shop)
    assert [(row.label, row.trouble) for row in found.customers] == [
        ("calls", 5), ("never", 3), ("late", 2), ("unhappy", 2), ("breaks", 1)
    ]  # fmt: skip
    assert {row.label: row.value and (row.value.value, row.value.n) for row in found.customers} == {
        "calls": None, "never": (30.0, 1), "late": (10.0, 1), "unhappy": None, "breaks": None
    }  # fmt: skip


def test_counts_tie_with_the_rows_and_with_those_behind_them(shop: House) -> None:
    whole = asked(shop)
    facts = gather(shop.trace, shop.snapshot, shop.plan, shop.folder)
    for reason in whole.reasons:
        own = asked(shop, CareAsk(reason=reason.kind))
        assert own.total == reason.customers == len(own.customers)
        assert all(reason.kind in [sign.kind for sign in row.signs] for row in own.customers)
        mask = troubled(facts, shop.snapshot, shop.plan, paths_of(shop), CareAsk()).marked(reason.kind)
        assert int(mask.sum()) == reason.customers
    assert [(one.owner, one.customers) for one in whole.owners] == [("vans", 2), ("desk", 1), (None, 2)]
    assert [row.label for row in asked(shop, CareAsk(owner="nobody")).customers] == ["unhappy", "breaks"]
    assert [row.label for row in asked(shop, CareAsk(page=2, page_size=2)).customers] == ["late", "unhappy"]


def test_what_is_long_past_is_no_trouble_now(shop: House) -> None:
    assert [row.label for row in asked(shop, CareAsk(days=12)).customers] == ["breaks"]
    assert asked(shop, CareAsk(days=1)).customers == ()


def test_a_wrong_reason_or_team_is_told_the_nearest(shop: House) -> None:
    with pytest.raises(BadInput, match="no reason for care") as fault:
        asked(shop, CareAsk(reason="overdu"))
    assert fault.value.hint == nearest("overdu", ["overdue"])
    with pytest.raises(BadInput, match="no team"):
        asked(shop, CareAsk(owner="nobodyy"))


def test_nothing_known_is_no_trouble_and_says_what_is_missing(tmp_path: Path) -> None:
    bare = PLAN.split("questions:")[0] + "journeys:" + PLAN.split("journeys:")[1]
    empty = house(tmp_path / "none", bare, [])
    found = asked(empty)
    assert (found.as_of_at, found.total, found.share.value, found.share.n) == (None, 0, None, 0)
    assert found.missing == ("contact", "resolved", "failure")
    one = house(tmp_path / "one", bare, happened("a: Bought0 Called5 Called5"))
    assert asked(one).total == 0
    assert np.array_equal(paths_of(one).keep, [True])
