"""What stands in data never drives the terminal; colours only where somebody looks."""

from __future__ import annotations

import io
import json
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from shop import ROWS, SOURCE, written
from terminal import Terminal

from desirelines.cli import out, speak
from desirelines.errors import BadInput, Fault

EVIL = "\x1b[2J\x1b]0;title\x07\x9b31m\u202e[bold]x[/bold]"


def seen(text: str) -> bool:
    return all(char.isprintable() or char == "\n" for char in text)


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(tmp_path / "home", capsys, monkeypatch)


@settings(deadline=None)
@given(st.text())
def test_what_is_visible_is_one_printable_line(text: str) -> None:
    shown = speak.visible(text)
    assert shown.isprintable()
    assert "\n" not in shown


def test_text_that_prints_is_left_alone() -> None:
    assert speak.visible("Größe 100 % [bold] “x” 東京") == "Größe 100 % [bold] “x” 東京"
    assert speak.visible("a\nb\x1b\x9b\u202e") == "a b\\x1b\\x9b\\u202e"


def test_names_from_files_are_shown_not_obeyed(terminal: Terminal, tmp_path: Path) -> None:
    terminal("init", "kiosk", "--brand", f"Kiosk {EVIL}")
    evil = "[bold]Bought[/bold] \u202e\u009b31m"
    rows = written(tmp_path, "shop.csv", ROWS.replace("Bought", evil))
    terminal("collect", "import", written(tmp_path, "shop.yaml", SOURCE), rows)
    for words in (["status"], ["trace", "variants"], ["trace", "customers"], ["map", "seen"], ["collect", "refused"]):
        said = terminal(*words)
        assert said.code == 0, said.err
        assert seen(said.out), words
        assert seen(terminal(*words, "--json").out), words
    assert "[bold]" in terminal("status").out


def test_an_error_cannot_drive_the_terminal_either(terminal: Terminal) -> None:
    said = terminal("-w", EVIL, "status")
    assert said.code == 0
    said = terminal("-w", EVIL, "map", "show")
    assert (said.code, seen(said.err)) == (1, True)
    said = terminal(EVIL)
    assert (said.code, seen(said.err)) == (2, True)


@pytest.mark.parametrize("at_a_terminal", [True, False])
def test_documents_go_into_files_as_they_are(monkeypatch: pytest.MonkeyPatch, at_a_terminal: bool) -> None:
    held = io.StringIO()
    monkeypatch.setattr(held, "isatty", lambda: at_a_terminal)
    monkeypatch.setattr(sys, "stdout", held)
    speak.pour("a: \u202e\nb: 1\n")
    assert held.getvalue() == ("a: \\u202e\nb: 1\n" if at_a_terminal else "a: \u202e\nb: 1\n")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(JSON)
def test_json_says_what_it_was_given_in_printable_words(value: Any) -> None:
    held = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", held)
        out.say_json(value)
    text = held.getvalue()
    assert json.loads(text) == value
    assert not set("\x1b\x9b\u202e\u2028\x7f") & set(text)


def test_numbers_that_are_none_are_null() -> None:
    assert out.plain({"a": math.nan, "b": [math.inf], "c": np.float64("nan"), "d": np.int64(7)}) == {
        "a": None,
        "b": [None],
        "c": None,
        "d": 7,
    }


def test_no_colour_where_nobody_looks(terminal: Terminal) -> None:
    terminal("init", "kiosk")
    assert "\x1b" not in terminal("status").out
    assert "\x1b" not in terminal("-w", "x", "map", "show").err


@pytest.mark.parametrize(("name", "coloured"), [("NO_COLOR", False), ("HARMLESS", True)])
def test_no_color_is_heard(monkeypatch: pytest.MonkeyPatch, name: str, coloured: bool) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv(name, "1")
    held = io.StringIO()
    monkeypatch.setattr(speak, "complaints", Console(file=held, force_terminal=True, highlight=False, soft_wrap=True))
    speak.complain(BadInput("no", hint="yes"))
    assert ("\x1b[31m" in held.getvalue()) is coloured


def test_two_hundred_faults_are_enough(capsys: pytest.CaptureFixture[str]) -> None:
    speak.complain(BadInput("many", faults=tuple(Fault(f"fault {number}", "p.yaml", number) for number in range(1, 301))))
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 202
    assert lines[1] == "  p.yaml:1: fault 1"
    assert lines[-1] == "  and 100 more"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "unknown"),
        (0.0, "0 s"),
        (59.0, "59 s"),
        (60.0, "1.0 min"),
        (5400.0, "1.5 h"),
        (432000.0, "5.0 d"),
        (-7200.0, "-2.0 h"),
    ],
)
def test_lengths_of_time_as_people_say_them(seconds: float | None, words: str) -> None:
    assert out.duration(seconds) == words
