"""Funnels over HTTP."""

from __future__ import annotations

import pytest
from door import Door, error
from shop import full


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    return Door(full(tmp_path_factory.mktemp("funnels"))[0])


def test_a_funnel_and_the_people_behind_it(door: Door) -> None:
    found = door.json("/api/w/kiosk/trace/funnel", steps="Visited > Bought > Received", count="entries", by="channel", gap="30d")
    assert [step["count"] for step in found["steps"]] == [4, 3, 2]
    assert found["steps"][2]["rate_of_previous"]["n"] == 3
    behind = door.json("/api/w/kiosk/trace/customers", behind=found["steps"][1]["behind_dropped"])
    assert behind["total"] == 1
    assert door.json("/api/w/kiosk/trace/customers", behind=found["groups"][0]["rate"]["behind"])["total"] == 2


def test_a_mistake_names_its_character(door: Door) -> None:
    said = error(door.get("/api/w/kiosk/trace/funnel", steps="Visited > ) Bought"))
    assert (said["code"], said["faults"][0]["path"]) == ("bad_funnel", "character 11")
    assert error(door.get("/api/w/kiosk/trace/funnel", steps="Visited", order="sideways"))["code"] == "bad_input"
