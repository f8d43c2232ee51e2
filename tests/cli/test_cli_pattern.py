"""`trace pattern` in the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from shop import full
from terminal import Terminal


@pytest.fixture
def kiosk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(full(tmp_path)[0].folder, capsys, monkeypatch)


def test_a_pattern_and_a_mistake_in_one(kiosk: Terminal) -> None:
    found = kiosk("trace", "pattern", "Bought ~> Received within 7d", "--json").json
    assert (found["count"], found["people_with"], found["leads_to"][0]["name"]) == (2, 2, "Rated")
    said = kiosk("trace", "pattern", "Bought ~> Received")
    assert "2 matches in 2 journeys of 2 people" in said.out
    assert "Bought > Received" in said.out
    assert "0 matches" in kiosk("trace", "pattern", "Rated ~> Bought").out
    wrong = kiosk("trace", "pattern", "Bought ~> Recieved")
    assert wrong.code != 0
    assert "character 11" in wrong.err
    assert "did you mean `Received`?" in wrong.err
    behind = kiosk("trace", "customers", "--behind", found["behind_with"], "--json").json
    assert behind["total"] == 2
