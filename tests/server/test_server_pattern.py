"""Patterns over HTTP."""

from __future__ import annotations

import pytest
from door import Door
from shop import full


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    return Door(full(tmp_path_factory.mktemp("patterns"))[0])


def test_a_pattern_and_the_people_behind_it(door: Door) -> None:
    found = door.json("/api/w/kiosk/trace/pattern", pattern="Visited ~[no Bought]~> $", gap="30d")
    assert (found["count"], found["people_with"], found["closes"]) == (1, 1, 1)
    behind = door.json("/api/w/kiosk/trace/customers", behind=found["behind_without"])
    assert behind["total"] == 3


def test_help_and_a_fault(door: Door) -> None:
    found = door.json("/api/w/kiosk/trace/pattern/help", pattern="Vis", cursor=3)
    assert [one["text"] for one in found["completions"]] == ["Visited"]
    assert found["fault"]["hint"]
    error = door.get("/api/w/kiosk/trace/pattern", pattern="Visited )")
    assert error.status_code == 422
    assert error.json()["error"]["code"] == "bad_pattern"
    assert error.json()["error"]["faults"][0]["path"] == "character 9"
