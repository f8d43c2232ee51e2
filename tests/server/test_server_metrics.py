"""Figures, scores and the ledger over HTTP."""

from __future__ import annotations

import pytest
from door import Door, error
from shop import full

from desirelines.measure import METRICS

ROUTE = "/api/w/kiosk/measure"


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    return Door(full(tmp_path_factory.mktemp("figures"))[0])


def test_all_figures_at_once(door: Door) -> None:
    found = door.json(f"{ROUTE}/metrics", first_on="2024-03-04", last_on="2024-03-10")
    assert [row["id"] for row in found["rows"]] == [one.id for one in METRICS]
    assert found["before"] == {"first_on": "2024-02-26", "last_on": "2024-03-03"}
    rows = {row["id"]: row for row in found["rows"]}
    assert (rows["satisfaction"]["now"]["value"], rows["satisfaction"]["now"]["n"]) == (0.5, 2)
    assert rows["satisfaction"]["before"]["value"] is None
    assert rows["contact-rate"]["missing_roles"] == ["contact"]
    assert len(rows["satisfaction"]["series"]) == 12


def test_one_figure_with_its_parts_and_who_is_behind_each(door: Door) -> None:
    found = door.json(f"{ROUTE}/metrics/satisfaction", by="touchpoint", unit="day")
    assert found["by"] == "touchpoint"
    assert [(part["id"], part["result"]["value"]) for part in found["groups"]] == [("rating", 0.5)]
    assert [(row["start_on"], row["result"]["value"]) for row in found["trend"] if row["result"]["n"]] == [
        ("2024-03-05", 1.0), ("2024-03-10", 0.0),
    ]  # fmt: skip
    for part in (*found["groups"], *(row for row in found["trend"] if row["result"]["n"])):
        total = door.json("/api/w/kiosk/trace/customers", behind=part["result"]["behind"])["total"]
        assert total == part["result"]["n"]


def test_scores_and_the_ledger(door: Door) -> None:
    assert [one["kind"] for one in door.json(f"{ROUTE}/scores")["scores"]] == ["experience", "usability", "promise"]
    assert [(row["id"], row["broken"]["value"]) for row in door.json(f"{ROUTE}/ledger")["rows"]] == [("fast", 2)]


def test_what_is_asked_wrongly_is_said(door: Door) -> None:
    assert "satisfaction" in error(door.get(f"{ROUTE}/metrics/satisfactoin"))["hint"]
    assert "by" in error(door.get(f"{ROUTE}/metrics/satisfaction", by="channel"))["hint"]
    assert door.get(f"{ROUTE}/metrics/satisfaction", unit="year").status_code in (400, 422)
