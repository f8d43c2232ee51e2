"""`trace retention`, `growth`, `time` and `stuck` in the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from shop import full
from terminal import Terminal


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return full(tmp_path_factory.mktemp("returning"))[0].folder


@pytest.fixture
def kiosk(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(folder, capsys, monkeypatch)


def test_who_comes_back(kiosk: Terminal) -> None:
    found = kiosk("trace", "retention", "--unit", "day", "--periods", "4", "--back", "Rated|Received", "--json").json
    assert [cohort["people"] for cohort in found["cohorts"]] == [1, 1, 1, 1]
    assert [cell["count"] for cell in found["total"]["cells"]] == [0, 0, 0, 1, 1]
    said = kiosk("trace", "retention")
    assert "4 people in 2 cohorts" in said.out
    assert "2024-02-26" in said.out
    assert "100.0 %" in said.out
    assert "Note: 3 came first in the week the data begin with" in said.out
    behind = kiosk("trace", "customers", "--behind", found["total"]["cells"][3]["behind"], "--json").json
    assert behind["total"] == 1
    assert "did you mean `Rated`" in kiosk("trace", "retention", "--back", "Ratd").err


def test_who_is_active(kiosk: Terminal) -> None:
    found = kiosk("trace", "growth", "--unit", "week", "--level", "touchpoint", "--json").json
    assert [(row["active"], row["new"], row["churned"]) for row in found["rows"]] == [(3, 3, 0), (3, 1, 1)]
    said = kiosk("trace", "growth", "--unit", "day", "--from", "2024-03-09")
    assert "1 people active in 2 days" in said.out
    assert "not over yet" in said.out


def test_how_long_it_takes(kiosk: Terminal) -> None:
    found = kiosk("trace", "time", "--of", "stage", "--hours", "Mon-Fri 09:00-17:00", "--json").json
    assert [(row["name"], row["lasting"]["median"]) for row in found["rows"]] == [
        ("Look", 1800.0),
        ("Pay", 86400.0),
        ("Get", None),
    ]
    said = kiosk("trace", "time", "--done", "Rated", "--patience", "30d")
    assert "4 journeys of 4 people" in said.out
    assert "Note:" not in said.out
    cycles = kiosk("trace", "time", "--of", "cycle", "--event", "Visited|Bought")
    assert "since the first" in cycles.out
    assert "1.0 h" in cycles.out
    assert "which step's cycles" in kiosk("trace", "time", "--of", "cycle").err


def test_where_people_are_stuck(kiosk: Terminal) -> None:
    found = kiosk("trace", "stuck", "--of", "stage", "--json").json
    assert [place["name"] for place in found["places"]] == ["Pay", "Look"]
    said = kiosk("trace", "stuck", "--of", "stage", "--top", "1")
    assert "as of 2024-03-10T10:00:00Z" in said.out
    assert "waits there now" in " ".join(said.out.split())
    assert "Note: 1 further place is not listed" in said.out
    behind = kiosk("trace", "customers", "--behind", found["places"][0]["behind_waiting"], "--json").json
    assert [row["customer"] for row in behind["customers"]]
    assert behind["total"] == 1


def test_who_is_in_trouble(kiosk: Terminal) -> None:
    found = kiosk("measure", "care", "--json").json
    assert [(row["label"], row["trouble"], row["signs"][0]["kind"]) for row in found["customers"]] == [
        ("ben", 4, "broken promise"),
        ("dea", 3, "overdue"),
    ]
    said = kiosk("measure", "care", "--owner", "nobody")
    assert "2 customers in trouble" in said.out
    assert "“In five days” was broken" in said.out
    assert "did you mean `stuck`" in kiosk("measure", "care", "--reason", "stuk").err
    behind = kiosk("trace", "customers", "--behind", found["behind"], "--json").json
    assert [row["label"] for row in behind["customers"]] == ["ben", "dea"]
