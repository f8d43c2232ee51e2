"""`trace flow`, `trace follows`, `trace groups` and `trace discover` in the terminal, and the same over HTTP and in Python."""

from __future__ import annotations

from pathlib import Path

import pytest
from door import Door
from shop import full
from terminal import Terminal

from desirelines.home import Home
from desirelines.notebook import Book

K = "/api/w/kiosk/trace"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return full(tmp_path_factory.mktemp("ways"))[0]


@pytest.fixture
def kiosk(home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(home.folder, capsys, monkeypatch)


def test_a_tree_reads_from_top_to_bottom(kiosk: Terminal) -> None:
    said = kiosk("trace", "flow", "Visited", "--depth", "2", "--top", "1").out
    rows = [line.split("  ")[0].strip() or line for line in said.splitlines()]
    assert "4 times after Visited" in rows[0]
    order = [said.index(word) for word in ("Bought", "Received", "(the journey is over)", "(others)")]
    assert order == sorted(order)
    assert "75.0 %" in said
    before = kiosk("trace", "flow", "--direction", "before", "--path", "Rated>Received", "--depth", "1").out
    assert "2 times before the end of journeys > Rated > Received" in before
    wrong = kiosk("trace", "flow", "Visitd")
    assert (wrong.code, "did you mean `Visited`?" in wrong.err) == (1, True)


def test_every_door_says_the_same(kiosk: Terminal, home: Home) -> None:
    door, book = Door(home), Book(home.open("kiosk"))
    tree = kiosk("trace", "flow", "Visited", "--collapse", "--json").json
    assert tree == door.json(f"{K}/flow", focus="Visited", collapse="true")
    assert book.flow("Visited", collapse=True).column("count").to_pylist() == [node["count"] for node in tree["nodes"]]
    pairs = kiosk("trace", "follows", "--origin", "Visited", "--json").json
    assert pairs == door.json(f"{K}/follows", origin="Visited")
    assert book.follows(origin="Visited").column("rate").to_pylist() == [row["rate"] for row in pairs["edges"]]
    alike = kiosk("trace", "groups", "--count", "2", "--level", "channel", "--json").json
    assert alike == door.json(f"{K}/groups", count=2, level="channel")
    assert book.groups(2, level="channel").column("spread").to_pylist() == [row["spread"] for row in alike["groups"]]
    drawn = kiosk("trace", "discover", "--noise", "0", "--gap", "1d", "--json").json
    assert drawn == door.json(f"{K}/discover", noise=0, gap="1d")
    assert book.discover(noise=0, gap="1d").journey.gap == drawn["journey"]["gap"] == "1d"


def test_what_is_discovered_becomes_the_draft(kiosk: Terminal, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    said = kiosk("trace", "discover", "--noise", "0", "--name", "As it is", "--write", plan)
    assert "2 blocks from 4 of 4 journeys" in said.out
    assert "100.0 % of journeys fit whole" in said.out
    assert kiosk("trace", "discover", "--write", plan).code == 1  # never over a file that is there
    assert kiosk("plan", "check", plan).code == 0
    assert "The draft stands on version 1" in kiosk("plan", "import", plan).out
    assert "journey `as-it-is` was added" in kiosk("plan", "diff", "1").out


def test_groups_and_pairs_in_words(kiosk: Terminal) -> None:
    said = kiosk("trace", "groups", "--count", "2")
    assert "4 journeys, 3 variants in 2 groups" in said.out
    assert "groups suggested" in said.out
    assert kiosk("trace", "groups", "--inside", "7").code == 1
    assert "7 of 7 pairs in 4 journeys" in kiosk("trace", "follows").out
