"""account: who may sign in, from the terminal; the password never in the command line."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from terminal import Terminal

from desirelines.home import Home
from desirelines.server.people import find_account
from desirelines.server.people.passwords import fits
from desirelines.settings import Settings

GOOD = "violet anchors drift home"


@pytest.fixture
def typed(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A home with the workspace `kiosk`."""
    terminal = Terminal(tmp_path / "home", capsys, monkeypatch)
    assert terminal("init", "kiosk", "--brand", "Kiosk").code == 0
    return terminal


def piped(terminal: Terminal, text: str) -> None:
    terminal.patch.setattr("sys.stdin", io.StringIO(text))


def test_the_first_owner_and_the_others(typed: Terminal) -> None:
    assert "account add NAME --owner" in typed("account", "list").out
    piped(typed, f"{GOOD}\n")
    assert "owns the server" in typed("account", "add", "Anna Berg", "--owner").out
    piped(typed, "seven green lamps wait\n")
    assert typed("account", "add", "Ben", "--json").json["roles"] == {}
    assert typed("-w", "kiosk", "account", "role", "ben", "editor", "--json").json["roles"] == {"kiosk": "editor"}
    rows = typed("account", "list", "--json").json
    assert [(row["name"], row["owner"], row["roles"]) for row in rows] == [
        ("Anna Berg", True, {"kiosk": "owner"}), ("Ben", False, {"kiosk": "editor"}),
    ]  # fmt: skip
    assert "editor in kiosk" in typed("account", "list").out
    assert typed("-w", "kiosk", "account", "role", "Ben", "none", "--json").json["roles"] == {}


def test_another_password_and_none(typed: Terminal) -> None:
    piped(typed, f"{GOOD}\n")
    typed("account", "add", "Ben")
    piped(typed, "seven green lamps wait\n")
    assert "sessions ended: 0" in typed("account", "password", "Ben").out
    database = Home(typed.home, Settings(home=typed.home)).database()
    ben = find_account(database, "Ben")
    assert ben is not None
    assert fits(ben.hashed, "seven green lamps wait")
    assert not fits(ben.hashed, GOOD)
    assert typed("account", "remove", "Ben", "--json").json["name"] == "Ben"
    assert find_account(database, "Ben") is None


@pytest.mark.parametrize(
    ("words", "given", "expected"),
    [
        (["account", "add", "Ben"], "short\n", "12 to 200"),
        (["account", "add", "Ben"], "", "12 to 200"),
        (["account", "add", "anna"], f"{GOOD}\n", "already"),
        (["account", "add", " "], f"{GOOD}\n", "80"),
        (["account", "password", "Nobody"], f"{GOOD}\n", "no account"),
        (["account", "remove", "Nobody"], "", "no account"),
        (["-w", "kiosk", "account", "role", "Anna", "edtor"], "", "editor"),
        (["-w", "kiosk", "account", "role", "Anna", "none"], "", "has a role"),
        (["-w", "none", "account", "role", "Anna", "editor"], "", "none"),
    ],
)
def test_what_does_not_go_is_one_line(typed: Terminal, words: list[str], given: str, expected: str) -> None:
    piped(typed, f"{GOOD}\n")
    typed("account", "add", "Anna")
    piped(typed, given)
    said = typed(*words)
    assert (said.code, said.out) == (1, "")
    assert expected in said.err
    assert "Traceback" not in said.err


def test_off_this_machine_only_with_sign_in_and_under_a_name(typed: Terminal) -> None:
    said = typed("serve", "--host", "0.0.0.0")
    assert said.code == 1
    assert "without sign-in" in said.err
    said = typed("serve", "--host", "0.0.0.0", "--sign-in")
    assert said.code == 1
    assert "DESIRELINES_HOST_NAMES" in said.err
