"""Begin, judge and people's minds over HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest
from door import Door, error
from shop import full

from desirelines.studio import CHALLENGES, map_templates

ROUTE = "/api/w/kiosk/studio"
WAY = {"journey": "buy", "origin": "till", "target": "parcel"}


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return Door(full(tmp_path)[0])


def test_the_maps_and_what_one_can_begin_with(door: Door) -> None:
    (row,) = door.json(f"{ROUTE}/maps")
    assert (row["id"], row["state"], row["touchpoints"], row["seam"], row["people"]) == ("buy", "published", 4, 2, 4)
    found = door.json(f"{ROUTE}/beginnings")
    assert [one["id"] for one in found["challenges"]] == [one.id for one in CHALLENGES]
    assert [one["id"] for one in found["templates"]] == [one.id for one in map_templates()]
    assert found["has_data"] is True


def test_a_beginning_answers_and_keeps_nothing(door: Door) -> None:
    before = door.json("/api/w/kiosk/plan/draft")["plan"]
    few = door.json(f"{ROUTE}/begin", challenge="complaints")
    assert few["drawn_from"] == "template"
    assert len(few["questions"]) == 3
    template = door.json(f"{ROUTE}/begin", template="loyalty")
    assert template["addition"]["journey"]["name"] == "From the second order to a recommendation"
    assert door.json("/api/w/kiosk/plan/draft")["plan"] == before
    assert error(door.get(f"{ROUTE}/begin"))["hint"] == "challenge=no-return, or template=complaint"
    assert "loyalty" in error(door.get(f"{ROUTE}/begin", template="loyalti"))["hint"]
    assert door.get(f"{ROUTE}/begin", challenge="a", template="b").status_code == 422


def test_a_verdict_is_given_seen_on_the_sheet_and_taken_back(door: Door) -> None:
    said = {**WAY, "verdict": "accept", "owner": "web", "note": "<b>they know</b>", "revision": 0}
    (line,) = door.post(f"{ROUTE}/verdicts", said).json()
    assert (line["state"], line["verdict"], line["note"], line["revision"]) == ("calm", "accept", "<b>they know</b>", 1)
    assert line["history"][0]["by"] == "Ada"
    assert line["history"][0]["basis"]["journeys"] == 4
    ways = {(one["origin"], one["target"]): one for one in door.json("/api/w/kiosk/map/sheet")["ways"]}
    assert (ways["till", "parcel"]["verdict"], ways["site", "till"]["verdict"]) == ("accept", "")
    assert error(door.post(f"{ROUTE}/verdicts", said))["code"] == "newer_row"
    assert door.post(f"{ROUTE}/verdicts", {**said, "verdict": "burn"}).status_code == 422
    assert "web" in error(door.post(f"{ROUTE}/verdicts", {**said, "owner": "wep"}))["hint"]
    (back,) = door.delete(f"{ROUTE}/verdicts?journey=buy&origin=till&target=parcel").json()
    assert (back["state"], back["verdict"], len(back["history"])) == ("open", None, 2)


def test_what_paving_would_change(door: Door) -> None:
    found = door.json(f"{ROUTE}/paving", journey="buy", origin="parcel", target="site")
    assert found["stage"] == "get"
    assert next((step["touchpoint"], step["optional"]) for step in found["steps"]) == ("site", True)
    assert door.json(f"{ROUTE}/paving", **WAY)["steps"] == []


def test_ninety_days(door: Door) -> None:
    none = door.json(f"{ROUTE}/courses")
    assert (none["now"], [one["promise"] for one in none["next"]]) == (None, ["fast"])
    set_out = door.post(f"{ROUTE}/courses", {"journey": "buy", "promise": "fast", "started_on": "2024-03-01", "days": 7}).json()
    now = set_out["now"]
    assert (now["promise_name"], now["day"], now["target"]) == ("In five days", 7, 0.9)
    assert (now["figures"]["kept"]["value"], now["figures"]["kept"]["n"]) == (1 / 3, 3)
    course = now["course"]["id"]
    ended = door.put(f"{ROUTE}/courses/{course}/ended?ended=dropped", {}).json()
    assert (ended["now"], ended["past"][0]["ended"]) == (None, "dropped")
    assert door.put(f"{ROUTE}/courses/{course}/ended?ended=no", {}).json()["now"]["course"]["id"] == course


def test_minds(door: Door) -> None:
    assert door.json(f"{ROUTE}/personas")["active"] == 4
    assert door.json(f"{ROUTE}/mental-model")["towers"] == []
    assert door.json(f"{ROUTE}/outcomes") == []
    assert [one["kind"] for one in door.json(f"{ROUTE}/coverage", journey="buy")["kinds"]] == ["digital", "physical", "human"]
    assert door.get(f"{ROUTE}/coverage", journey="nope").status_code == 404
