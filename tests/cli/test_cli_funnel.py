"""`trace funnel` in the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from shop import full
from terminal import Terminal


@pytest.fixture
def kiosk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(full(tmp_path)[0].folder, capsys, monkeypatch)


def test_a_funnel_its_groups_and_a_mistake_in_one(kiosk: Terminal) -> None:
    asked = ("trace", "funnel", "Visited > Called? > Bought", "--within", "7d", "--by", "channel", "--attribution", "last")
    found = kiosk(*asked, "--json").json
    assert [(step["count"], step["dropped"]) for step in found["steps"]] == [(4, 1), (1, 0), (3, 0)]
    assert [(group["value"], group["count"]) for group in found["groups"]] == [("web", 2), ("phone", 1), ("shop", 1)]
    said = kiosk(*asked)
    assert "75.0 % [30.1, 95.4] n 4 of the people get from the first step to the last" in said.out
    assert "Called?" in said.out
    assert "by channel" in said.out
    assert "Note: rests on 4 people only" in said.out
    assert "any 2 of Bought|Visited" in kiosk("trace", "funnel", "Bought > Visited", "--order", "any").out
    behind = kiosk("trace", "customers", "--behind", found["steps"][0]["behind_dropped"], "--json").json
    assert behind["total"] == 1
    wrong = kiosk("trace", "funnel", "Visited > Bougt")
    assert wrong.code != 0
    assert "character 11" in wrong.err
    assert "did you mean `Bought`?" in wrong.err
