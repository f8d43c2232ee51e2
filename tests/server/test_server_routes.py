"""Every route's answer over a kiosk's twelve events, with exact numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from door import Door
from shop import PLAN, SOURCE, full

from desirelines import __version__

BEN = "c1b8afc761728f9ba"
K = "/api/w/kiosk"


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    home, _ = full(tmp_path_factory.mktemp("routes"))
    return Door(home)


@pytest.fixture
def fresh(tmp_path: Path) -> Door:
    home, _ = full(tmp_path)
    return Door(home)


def test_status_lists_workspaces_and_demos(door: Door) -> None:
    found = door.json("/api/status")
    assert found["version"] == __version__
    assert found["workspaces"] == [
        {
            "name": "kiosk",
            "brand": "Kiosk",
            "simulated": False,
            "events": 12,
            "people": None,
            "plan_version": 1,
            "fault": "",
        }
    ]
    assert {row["name"]: (row["real"], row["ready"]) for row in found["demos"]} == {
        "world": (False, False),
        "retail": (True, False),
    }


def test_summary_says_what_there_is(door: Door) -> None:
    assert door.json(f"{K}/summary") == {
        "name": "kiosk",
        "brand": "Kiosk",
        "simulated": False,
        "zone": "Europe/Berlin",
        "currency": "EUR",
        "plan_version": 1,
        "data_version": 1,
        "events": 12,
        "people": 4,
        "first_on": "2024-03-01",
        "last_on": "2024-03-10",
        "journeys": [{"id": "buy", "name": "Buy something", "subject": "customer"}],
        "subjects": ["customer", "order"],
        "segments": [],
        "sources": ["shop"],
        "has_plan": True,
        "has_data": True,
        "working": None,
    }


def test_the_sheet_counts_stages_touchpoints_promises_and_ways(door: Door) -> None:
    sheet = door.json(f"{K}/map/sheet")
    assert (sheet["journeys"], sheet["people"], sheet["events"], sheet["plan_version"]) == (4, 4, 12, 1)
    assert [(row["id"], row["people"], row["reach"]["value"]) for row in sheet["stages"]] == [
        ("look", 4, 1.0),
        ("pay", 3, 0.75),
        ("get", 2, 0.5),
    ]
    assert [(row["id"], row["events"]) for row in sheet["touchpoints"]] == [
        ("site", 4),
        ("till", 3),
        ("parcel", 2),
        ("rating", 2),
    ]
    assert [(row["kept_count"], row["broken_count"], row["state"]) for row in sheet["promises"]] == [(1, 2, "broken")]
    assert {(row["origin"], row["target"]): row["count"] for row in sheet["ways"]} == {
        ("site", "till"): 3,
        ("till", "parcel"): 2,
        ("parcel", "rating"): 2,
    }
    assert [row["event"] for row in sheet["unclaimed"]] == ["Called"]
    assert sheet["following"]["deviations"] == {"missing": 3, "unplanned": 1, "out_of_order": 0, "repeated": 0, "late": 0}


def test_a_period_and_a_segment_choose_journeys(door: Door) -> None:
    chosen = {"first_on": "2024-03-02", "last_on": "2024-03-03"}
    assert door.json(f"{K}/map/sheet", **chosen)["journeys"] == 2
    assert door.json(f"{K}/map/sheet", **chosen, segment="not did:Called")["journeys"] == 1
    assert door.json(f"{K}/map/segment", rule="did:Bought") == {"rule": "did:Bought", "people": 3, "of": 4}
    assert door.json(f"{K}/trace/variants", **chosen)["journeys"] == 2


def test_the_cockpit_says_the_worst_first(door: Door) -> None:
    found = door.json(f"{K}/measure/cockpit")
    assert found["headline"] == "“In five days” was kept in 33.3 % of 3 cases; 90 % was promised."
    assert [figure["name"] for figure in found["figures"]] == [
        "Would recommend",
        "Promise kept least",
        "Customer base",
        "Effort",
    ]


def test_what_was_seen_and_what_claims_it(door: Door) -> None:
    rows = door.json(f"{K}/map/seen")
    assert {row["event"]: (row["events"], row["touchpoint"]) for row in rows} == {
        "Visited": (4, "site"),
        "Bought": (3, "till"),
        "Rated": (2, "rating"),
        "Received": (2, "parcel"),
        "Called": (1, None),
    }


@pytest.mark.parametrize("subject", ["customer", "order"])
def test_variants_of_customers_and_of_orders(door: Door, subject: str) -> None:
    found = door.json(f"{K}/trace/variants", subject=subject, top=1)
    assert (found["journeys"], found["variant_count"]) == (4, 3)
    assert [(row["steps"], row["count"]) for row in found["variants"]] == [(["Visited", "Bought", "Received", "Rated"], 2)]


def test_transitions_between_events_and_between_touchpoints(door: Door) -> None:
    events = door.json(f"{K}/trace/transitions")
    assert {(row["origin"], row["target"]): row["count"] for row in events["edges"]} == {
        ("Visited", "Bought"): 3,
        ("Bought", "Received"): 2,
        ("Received", "Rated"): 2,
        ("Visited", "Called"): 1,
    }
    claimed = door.json(f"{K}/trace/transitions", level="touchpoint")
    assert claimed["events"] == 11
    assert claimed["starts"] == {"site": 4}


@pytest.mark.parametrize(
    ("asked", "total"),
    [
        ({}, 4),
        ({"touchpoint": "till"}, 3),
        ({"stage": "get"}, 2),
        ({"way": "site>till"}, 3),
        ({"promise": "fast:broken"}, 2),
        ({"promise": "fast:kept"}, 1),
        ({"deviation": "missing:till"}, 1),
        ({"left": "look"}, 1),
        ({"find": "ben@example.org"}, 1),
    ],
)
def test_the_customers_behind_a_number(door: Door, asked: dict[str, str], total: int) -> None:
    assert door.json(f"{K}/trace/customers", **asked)["total"] == total


def test_the_customers_behind_a_variant_are_as_many_as_it_says(door: Door) -> None:
    for row in door.json(f"{K}/trace/variants", level="touchpoint")["variants"]:
        assert door.json(f"{K}/trace/customers", variant=row["key"])["total"] == row["people"]


def test_pages_of_customers_hold_each_once(door: Door) -> None:
    pages = [door.json(f"{K}/trace/customers", page=page, page_size=3)["customers"] for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [3, 1, 0]
    assert len({row["customer"] for page in pages for row in page}) == 4


def test_a_story_tells_all_events_in_order(door: Door) -> None:
    story = door.json(f"{K}/trace/customers/{BEN}")
    assert story["identifiers"] == {"customer": ["ben"], "email": ["ben@example.org"]}
    assert [(row["at"], row["touchpoint"]) for row in story["events"]] == [
        ("2024-03-02T08:00:00Z", "site"),
        ("2024-03-02T10:00:00Z", "till"),
        ("2024-03-09T10:00:00Z", "parcel"),
        ("2024-03-10T10:00:00Z", "rating"),
    ]
    assert story["promises"] == [["fast", "broken"]]


def test_nobody_is_held(door: Door) -> None:
    assert door.json(f"{K}/identify/held") == []


def test_sources_imports_and_refusals(door: Door) -> None:
    assert [(row["source"], row["events"], row["refused"], row["last_file"]) for row in door.json(f"{K}/collect/sources")] == [
        ("shop", 12, 2, "shop.csv")
    ]
    assert door.json(f"{K}/collect/sources/shop") == {"yaml": SOURCE}
    assert [(row["rows_read"], row["accepted"], row["rows_refused"]) for row in door.json(f"{K}/collect/imports")] == [
        (14, 12, 2)
    ]
    page = door.json(f"{K}/collect/refused")
    assert (page["total"], page["by_reason"]) == (2, {"bad_time": 1, "missing_time": 1})
    assert [(row["line"], row["reason"]) for row in page["rows"]] == [(14, "bad_time"), (15, "missing_time")]
    assert door.json(f"{K}/collect/refused", reason="bad_time")["total"] == 1
    assert door.json(f"{K}/collect/refused", source="other")["total"] == 0
    assert door.json(f"{K}/collect/refused", page=2)["rows"] == []
    assert len(door.get(f"{K}/collect/refused.csv").text.splitlines()) == 3


def test_a_source_file_is_mended(fresh: Door) -> None:
    text = SOURCE.replace("format: csv", "format: csv\nabout: The kiosk's own table.")
    assert fresh.put(f"{K}/collect/sources/shop", {"yaml": text}).json() == {"yaml": text}
    assert fresh.json(f"{K}/collect/sources")[0]["about"] == "The kiosk's own table."


def test_the_plan_is_drafted_checked_published_and_compared(fresh: Door) -> None:
    draft = fresh.json(f"{K}/plan/draft")
    assert draft["base"] == 1
    plan = draft["plan"] | {"brand": draft["plan"]["brand"] | {"about": "At the corner."}}
    saved = fresh.put(f"{K}/plan/draft", {"plan": plan, "base": 1, "revision": draft["revision"]}).json()
    assert saved["plan"]["brand"]["about"] == "At the corner."
    findings = fresh.post(f"{K}/plan/check").json()
    assert {row["severity"] for row in findings} == {"warning"}
    version = fresh.post(f"{K}/plan/publish", {"base": 1, "note": "where we are"}).json()
    assert (version["number"], version["parent"], version["author"], version["note"]) == (2, 1, "Ada", "where we are")
    assert [row["number"] for row in fresh.json(f"{K}/plan/versions")] == [2, 1]
    assert fresh.json(f"{K}/plan/versions/1")["brand"]["about"] == ""
    assert [row["path"] for row in fresh.json(f"{K}/plan/diff", a="1", b="2")] != []
    assert fresh.json(f"{K}/plan/diff", a="2", b="draft") == []
    assert fresh.json(f"{K}/map/sheet", version="1")["plan_version"] == 1
    assert fresh.json(f"{K}/map/sheet")["plan_version"] == 2


def test_a_draft_is_dropped(fresh: Door) -> None:
    draft = fresh.json(f"{K}/plan/draft")
    plan = draft["plan"]
    fresh.put(f"{K}/plan/draft", {"plan": plan | {"teams": []}, "base": 1, "revision": draft["revision"]})
    assert fresh.delete(f"{K}/plan/draft").json()["plan"] == plan


def test_a_plan_goes_out_and_comes_in_as_it_was(fresh: Door) -> None:
    text = fresh.get(f"{K}/plan/export").text
    assert fresh.get(f"{K}/plan/export").headers["content-type"] == "text/plain; charset=utf-8"
    assert fresh.post(f"{K}/plan/import", {"yaml": text}).json()["plan"] == fresh.json(f"{K}/plan/versions/1")
    assert fresh.post(f"{K}/plan/import", {"yaml": PLAN}).json()["plan"] == fresh.json(f"{K}/plan/versions/1")


def test_the_map_can_be_seen_with_the_draft(fresh: Door) -> None:
    yaml = PLAN.replace("rule: [Rated]", "rule: [Rated, Called]")
    fresh.post(f"{K}/plan/import", {"yaml": yaml})
    assert fresh.json(f"{K}/map/sheet", version="draft")["unclaimed"] == []
    assert fresh.json(f"{K}/map/sheet", version="draft")["plan_version"] == 0
    assert [row["event"] for row in fresh.json(f"{K}/map/sheet")["unclaimed"]] == ["Called"]


def test_a_new_brand_begins_empty(fresh: Door) -> None:
    made = fresh.post("/api/workspaces", {"name": "second", "brand": "Second", "zone": "Asia/Tokyo", "currency": "JPY"})
    assert made.status_code == 200
    found: dict[str, Any] = made.json()
    assert (found["events"], found["people"], found["plan_version"], found["zone"]) == (0, 0, 0, "Asia/Tokyo")
    assert (found["has_data"], found["has_plan"], found["first_on"]) == (False, False, None)
    assert [row["name"] for row in fresh.json("/api/status")["workspaces"]] == ["kiosk", "second"]
