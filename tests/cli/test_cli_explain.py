"""The commands of explain: what docs/experiments.md shows is what the terminal says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from terminal import Terminal
from trial import made, rows

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "experiments.md").read_text(encoding="utf-8")


@pytest.fixture
def shop(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    workspace = made(tmp_path, rows(crossed=6))
    return Terminal(workspace.folder.parent.parent, capsys, monkeypatch)


def test_the_example_in_the_papers_is_what_the_terminal_says(shop: Terminal) -> None:
    (block,) = re.findall(r"^```text\n(explain .*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    command, _, shown = block.partition("\n")
    said = shop(*shlex.split(command))
    assert said.code == 0, said.err
    assert [line.rstrip() for line in said.out.splitlines()] == shown.splitlines()


def test_experiments_are_listed(shop: Terminal) -> None:
    assert "A 201 : B 206" in shop("explain", "experiments").out
    assert "No event says which arm" in shop("explain", "experiments", "--segment", "not did:Experiment Viewed").out


def test_a_comparison_needs_a_journey(shop: Terminal) -> None:
    said = shop("explain", "compare", "--segment", "did:Rated")
    assert (said.code, "no journey is planned yet" in said.err) == (1, True)
