"""Retention, growth, times and stuck places over HTTP."""

from __future__ import annotations

import pytest
from door import Door, error
from shop import full

ROUTE = "/api/w/kiosk/trace"


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    return Door(full(tmp_path_factory.mktemp("returning"))[0])


def test_who_comes_back_and_who_is_active(door: Door) -> None:
    found = door.json(f"{ROUTE}/retention", unit="week", kind="unbounded", periods=1, segment="did:Bought")
    assert [(row["start_on"], row["people"]) for row in found["cohorts"]] == [("2024-02-26", 2), ("2024-03-04", 1)]
    assert found["total"]["start_on"] is None
    cell = found["cohorts"][0]["cells"][1]
    assert (cell["offset"], cell["count"], cell["rate"], cell["complete"]) == (1, 2, 1.0, True)
    assert door.json(f"{ROUTE}/customers", behind=cell["behind"])["total"] == 2
    grown = door.json(f"{ROUTE}/growth", unit="week", first_on="2024-03-04")
    assert [row["retained"] for row in grown["rows"]] == [2]
    assert len(grown["stickiness"]) == 1


def test_how_long_it_takes_and_where_people_are_stuck(door: Door) -> None:
    found = door.json(f"{ROUTE}/time", of="stage", holidays="2024-03-04", hours="Mon-Sun")
    assert [row["lasting"]["count"] for row in found["rows"]] == [3, 2, 0]
    assert found["level"] == "touchpoint"
    cycles = door.json(f"{ROUTE}/time", of="cycle", event="Visited|Bought", most=1)["cycles"]
    assert (cycles[0]["journeys"], cycles[0]["went_on"]["value"]) == (4, 0.75)
    stuck = door.json(f"{ROUTE}/stuck", level="touchpoint", top=1)["places"]
    assert door.json(f"{ROUTE}/customers", behind=stuck[0]["behind"])["total"] == stuck[0]["people"] == 3


def test_what_is_asked_wrongly_is_said(door: Door) -> None:
    for query in ({"unit": "year"}, {"kind": "bracket", "brackets": "4-1"}, {"first": "Nobody"}):
        assert error(door.get(f"{ROUTE}/retention", **query))["code"] == "bad_input"
    assert "Mon-Fri 09:00-17:00" in error(door.get(f"{ROUTE}/time", hours="always"))["hint"]


def test_who_is_in_trouble(door: Door) -> None:
    found = door.json("/api/w/kiosk/measure/care", page_size=1)
    assert (found["total"], found["customers"][0]["label"], found["share"]["n"]) == (2, "ben", 4)
    assert found["missing"] == ["contact", "resolved", "failure"]
    assert [door.json(f"{ROUTE}/customers", behind=row["behind"])["total"] for row in found["reasons"]] == [1, 1, 1]
    assert error(door.get("/api/w/kiosk/measure/care", owner="nobodies"))["code"] == "bad_input"
