"""The commands about drivers: what docs/drivers.md shows is what the terminal says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from driven import PLAN, made, rows
from terminal import Terminal

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "drivers.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```text\n(explain .*?)^```", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture
def shop(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    workspace = made(tmp_path)
    return Terminal(workspace.folder.parent.parent, capsys, monkeypatch)


def test_the_examples_in_the_papers_are_what_the_terminal_says(shop: Terminal) -> None:
    assert len(BLOCKS) == 3
    for block in BLOCKS:
        command, _, shown = block.partition("\n")
        said = shop(*shlex.split(command))
        assert said.code == 0, said.err
        assert [line.rstrip() for line in said.out.splitlines()] == shown.splitlines()


def test_all_options_reach_the_question(shop: Terminal) -> None:
    asked = ["--outcome", "repeat", "--drivers", "promise:fast|question:happy", "--product", "happy|question:happy"]
    asked += ["--missing", "pairwise", "--back-days", "30", "--within-days", "90", "--settle-days", "7", "--not-like"]
    found = shop("explain", "drivers", *asked, "--json").json
    assert {row["id"] for row in found["rows"]} == {"promise:fast", "question:happy"}
    assert (found["missing"], found["rung_name"], found["product"]["unit"]) == ("pairwise", "moves together", "share")
    assert "first 7 days" in found["caveats"][0]
    said = shop("explain", "drivers", *asked)
    assert "The product itself:" in said.out
    few = shop("explain", "moments", "--from", "2024-01-01", "--to", "2024-01-10", "--json").json
    assert all(row["matters"]["value"] is None or row["matters"]["n"] < 60 for row in few["rows"])
    assert shop("explain", "moments", "--weigh", "meetings", "--outcome", "nosuch").code == 1


def test_a_plan_without_questions_says_the_next_step(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = made(tmp_path, rows(40), PLAN.partition("questions:")[0])
    terminal = Terminal(workspace.folder.parent.parent, capsys, monkeypatch)
    assert "plan a question that customers answer" in terminal("explain", "drivers").out
    assert "Which moments matter cannot be said yet" in terminal("explain", "moments").out
    assert "No link of the chain can be estimated yet" in terminal("explain", "chain").out
