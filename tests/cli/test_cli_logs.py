"""Event logs in the terminal: guessed, imported, written again."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from shop import full
from terminal import Terminal

LOG = """<log><trace><string key="concept:name" value="T1"/><event>
<string key="concept:name" value="Opened"/><date key="time:timestamp" value="2024-01-01T10:00:00Z"/></event></trace></log>"""


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(tmp_path / "home", capsys, monkeypatch)


def test_a_log_in(tmp_path: Path, terminal: Terminal) -> None:
    path = tmp_path / "support.xes"
    path.write_text(LOG)
    terminal("init", "kiosk", "--brand", "Kiosk")
    assert terminal("collect", "guess", path, "--write", tmp_path / "support.yaml").code == 0
    assert terminal("collect", "import", tmp_path / "support.yaml", path, "--json").json["accepted"] == 1


def test_a_log_out(tmp_path: Path, terminal: Terminal) -> None:
    full(tmp_path)
    for name, cases, objects in (("a.xes.gz", 4, 0), ("b.jsonocel", 0, 10), ("c.db", 0, 10)):
        said = terminal("collect", "export", tmp_path / name, "--json").json
        assert (said["events"], said["cases"], said["objects"]) == (12, cases, objects)
    assert b"<trace>" in gzip.decompress((tmp_path / "a.xes.gz").read_bytes())
    said = terminal("collect", "export", tmp_path / "orders", "--format", "xes", "--subject", "order", "--segment", "did:Rated")
    assert "2 cases" in said.out
    again = terminal("collect", "export", tmp_path / "orders", "--format", "xes")
    assert (again.code, "is already there" in again.err) == (1, True)


@pytest.mark.parametrize("words", [("out.txt",), ("out", "--format", "csv"), ("out.xes", "--subject", "parcel")])
def test_what_cannot_be_written(tmp_path: Path, terminal: Terminal, words: tuple[str, ...]) -> None:
    full(tmp_path)
    said = terminal("collect", "export", tmp_path / words[0], *words[1:])
    assert said.code == 1
    assert not (tmp_path / words[0]).exists()
