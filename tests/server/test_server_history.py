"""The draft's history over the API: told, looked at, brought back, named, confirmed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from door import Door, error
from shop import full

K = "/api/w/kiosk/studio"


@pytest.fixture
def door(tmp_path: Path) -> Door:
    home, _ = full(tmp_path)
    return Door(home)


def save(door: Door, **changes: Any) -> int:
    draft = door.json("/api/w/kiosk/plan/draft")
    body = {"plan": draft["plan"] | changes, "base": draft["base"], "revision": draft["revision"]}
    answer = door.put("/api/w/kiosk/plan/draft", body)
    assert answer.status_code == 200, answer.text
    revision: int = answer.json()["revision"]
    return revision


def test_a_change_is_told_looked_at_and_taken_back(door: Door) -> None:
    before = door.json("/api/w/kiosk/plan/draft")
    save(door, teams=[])
    told = door.json(f"{K}/history")
    assert told["entries"][0]["words"].startswith("Ada: ")
    assert {"element": "team:web", "name": "Web", "what": "removed", "fields": []} in told["entries"][0]["touched"]
    past = door.json(f"{K}/at", update=before["revision"])
    assert past["plan"] == before["plan"]
    assert [row["words"] for row in past["changes"]] == ["team `web` was removed"]
    answer = door.post(f"{K}/restore/element", {"update": before["revision"], "element": "team:web"})
    assert answer.json()["plan"] == before["plan"]
    save(door, teams=[], promises=[])
    assert door.post(f"{K}/restore", {"version": 1}).json()["plan"] == before["plan"]
    assert door.json(f"{K}/at", version=1)["changes"] == []


def test_a_name_is_given_and_taken(door: Door) -> None:
    made = door.post(f"{K}/named", {"name": "Before the workshop"}).json()
    save(door, teams=[])
    assert [row["name"] for row in door.json(f"{K}/named")] == ["Before the workshop"]
    assert len(door.json(f"{K}/at", named=made["id"])["plan"]["teams"]) == 1
    assert door.delete(f"{K}/named/{made['id']}").status_code == 204
    assert door.json(f"{K}/named") == []
    assert door.delete(f"{K}/named/{made['id']}").status_code == 404


def test_what_is_old_is_listed_and_confirmed(door: Door) -> None:
    rows = door.json(f"{K}/stale", days=1)
    assert {row["element"] for row in rows} >= {"touchpoint:till", "stage:look", "promise:fast", "journey:buy"}
    assert {row["stale"] for row in rows} == {False}
    assert door.post(f"{K}/confirm", {"element": "touchpoint:till"}).status_code == 204
    again = {row["element"]: row for row in door.json(f"{K}/stale")}
    assert (again["touchpoint:till"]["confirmed"], again["touchpoint:site"]["confirmed"]) == (True, False)
    assert door.json(f"{K}/stale", journey="nosuch") == []
    assert door.json(f"{K}/aside") == []


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("restore", {}, 422),
        ("restore", {"update": 1, "version": 1}, 422),
        ("restore", {"update": 99_999}, 404),
        ("restore", {"version": 9}, 404),
        ("restore/element", {"version": 1, "element": "stage:none"}, 404),
        ("restore/element", {"version": 1, "element": "../etc"}, 422),
        ("named", {"name": ""}, 422),
        ("named", {"name": "x", "update": 99_999}, 404),
        ("confirm", {"element": "touchpoint:none"}, 404),
        ("confirm", {"element": "<script>"}, 422),
    ],
)
def test_what_cannot_be_is_said(door: Door, path: str, body: dict[str, Any], status: int) -> None:
    answer = door.post(f"{K}/{path}", body)
    assert answer.status_code == status
    assert error(answer)["message"]
