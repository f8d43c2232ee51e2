"""Hand-offs: shares of a ten-line count, and nothing invented where nobody owns or nobody walked."""

from __future__ import annotations

from pathlib import Path

from measure_rows import Asked, happened, house

from desirelines.measure import Handoffs, handoffs

PLAN = """
brand: {name: Brand, zone: UTC}
teams: [{id: web, name: Web}, {id: post, name: Post}]
touchpoints:
  - {id: a, name: Ad, order: 1, owner: web, rule: [{event: A}], systems: [CRM, CMS]}
  - {id: b, name: Shop, order: 2, owner: web, rule: [{event: B}]}
  - {id: c, name: Parcel, order: 3, owner: post, rule: [{event: C}], systems: [CRM]}
  - {id: d, name: Lobby, order: 4, rule: [{event: D}]}
journeys:
  - id: j
    name: Main
    stages:
      - {id: one, name: One, order: 1, side: buyer, steps: [{id: p1, touchpoint: a}, {id: p2, touchpoint: b, optional: true}]}
      - {id: two, name: Two, order: 2, side: customer, steps: [{id: p3, touchpoint: c}, {id: p4, touchpoint: d, optional: true}]}
"""
LOG = """
u1: A0 B10 C20
u2: A0 C30
u3: A0 D10
u4: A0
u5: B0 C100
u6: B0 A10 C50
"""


def told(tmp_path: Path, log: str = LOG) -> Handoffs:
    return handoffs(Asked(house(tmp_path, PLAN, happened(log))).frame())


def test_each_share_is_of_the_times_people_were_at_the_origin(tmp_path: Path) -> None:
    found = told(tmp_path)
    rows = {(row.origin, row.target): row for row in found.handoffs}
    assert set(rows) == {("a", "c"), ("b", "c")}
    paths = ["ABC", "AC", "AD", "A", "BC", "BAC"]
    pairs = [pair for path in paths for pair in zip(path, [*path[1:], "."], strict=True)]
    at = [pair for pair in pairs if pair[0] == "A"]
    row = rows["a", "c"]
    assert (row.passed.n, row.passed.value) == (len(at), at.count(("A", "C")) / len(at))
    assert row.astray.value == at.count(("A", "D")) / len(at)
    assert row.ended.value == at.count(("A", ".")) / len(at)
    assert row.time.value == 35 * 60.0
    assert (row.giver, row.taker, row.systems) == ("web", "post", ("CRM",))
    assert rows["b", "c"].astray.value == 1 / 3
    assert row.passed.behind == "way=a>c"


def test_who_fails_most_people_comes_first_and_the_rest_is_counted(tmp_path: Path) -> None:
    found = told(tmp_path)
    assert [row.origin for row in found.handoffs] == ["a", "b"]
    assert (found.inside, found.loose) == (1, 1)


def test_without_events_there_is_nothing_to_hand_over(tmp_path: Path) -> None:
    found = told(tmp_path, "\n-: A0\n")
    assert (found.handoffs, found.inside) == ((), 0)
