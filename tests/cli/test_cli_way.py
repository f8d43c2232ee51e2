"""The whole way in the terminal: init, guess, preview, import, refused, repair, receipts, plan, map."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from shop import PLAN, ROWS, SOURCE, written
from terminal import Said, Terminal, commands

from desirelines import __version__
from desirelines.cli.rooms import ROOMS, load

BEN = "c1b8afc761728f9ba"


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(tmp_path / "home", capsys, monkeypatch)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for one home, which is copied for each test."""
    return tmp_path_factory.mktemp("made")


@pytest.fixture
def kiosk(terminal: Terminal, made: Path, tmp_path: Path) -> Terminal:
    """A workspace with data and plan, and the files that they came from."""
    plan, source, rows = (
        written(tmp_path, name, text) for name, text in (("plan.yaml", PLAN), ("shop.yaml", SOURCE), ("shop.csv", ROWS))
    )
    if not (made / "home").exists():
        assert terminal("init", "kiosk", "--brand", "Kiosk", "--zone", "Europe/Berlin").code == 0
        assert terminal("plan", "import", plan).code == 0
        assert terminal("plan", "publish", "--note", "first").code == 0
        assert terminal("collect", "import", source, rows).code == 0
        shutil.copytree(terminal.home, made / "home")
    else:
        shutil.copytree(made / "home", terminal.home)
    return terminal


def test_from_a_file_nobody_described_to_a_repaired_row(terminal: Terminal, tmp_path: Path) -> None:
    rows, source = written(tmp_path, "shop.csv", ROWS), tmp_path / "mine.yaml"
    made = terminal("init", "kiosk")
    assert (made.code, "kiosk" in made.out) == (0, True)
    assert terminal("collect", "guess", rows, "--write", source).code == 0
    assert "format: csv" in source.read_text()
    source.write_text(SOURCE)
    shown = terminal("collect", "preview", source, rows)
    assert "Of the first 14 rows: 12 events" in shown.out
    assert "14: refused, bad_time" in shown.out
    assert terminal("collect", "import", source, rows, "--json").json["accepted"] == 12
    again = terminal("collect", "import", "shop", rows, "--json").json
    assert (again["accepted"], again["duplicate"], again["data_version"]) == (0, 12, 1)
    refused = terminal("collect", "refused", "--json").json
    assert (refused["total"], refused["by_reason"]) == (2, {"bad_time": 1, "missing_time": 1})
    cells = list(csv.reader(io.StringIO(terminal("collect", "refused", "--csv").out)))
    assert [row[2] for row in cells] == ["reason", "bad_time", "missing_time"]
    source.write_text(SOURCE.replace('"%Y-%m-%d %H:%M:%S"', '"%d.%m.%Y %H:%M"'))
    mended = terminal("collect", "repair", source, "--json").json
    assert (mended["accepted"], mended["refused"]) == (1, {"missing_time": 1})
    receipts = terminal("collect", "imports", "--json").json
    assert [row["accepted"] for row in receipts] == [1, 0, 12]
    assert terminal("status", "--json").json["workspaces"][0]["events"] == 13


def test_the_map_in_words(kiosk: Terminal) -> None:
    said = kiosk("map", "show")
    assert said.code == 0
    assert "4 journeys of 4 people, 12 events" in said.out
    assert "33.3 % [6.1, 79.2] n 3" in said.out
    assert "Called" in said.out
    chosen = kiosk("map", "show", "--from", "2024-03-02", "--to", "2024-03-03", "--segment", "not did:Called", "--json")
    assert chosen.json["journeys"] == 1


def test_a_plan_is_checked_with_file_and_line(terminal: Terminal, tmp_path: Path) -> None:
    text = PLAN.replace("[{id: s-site, touchpoint: site}]", "[{id: s-site, touchpoint: sight}]").replace(
        "side: customer", "side: ours"
    )
    path = written(tmp_path, "bad.yaml", text)
    said = terminal("plan", "check", path)
    assert said.code == 1
    lines = [number for number, line in enumerate(text.splitlines(), 1) if "sight" in line or "side: ours" in line]
    assert len(lines) == 2
    assert f"{path}:{lines[1]}" in said.out
    mended = written(tmp_path, "half.yaml", text.replace("side: ours", "side: customer"))
    half = terminal("plan", "check", mended)
    assert (half.code, f"{mended}:{lines[0]}" in half.out, "site" in half.out) == (1, True, True)
    assert terminal("plan", "check", written(tmp_path, "good.yaml", PLAN)).code == 0
    rows = json.loads(terminal("plan", "check", mended, "--json").out)
    assert [row["line"] for row in rows if row["severity"] == "error"] == [lines[0]]


def test_a_plan_published_twice_is_a_conflict(kiosk: Terminal) -> None:
    said = kiosk("plan", "publish", "--note", "again")
    assert (said.code, said.out) == (1, "")
    assert said.err == "nothing changed since version 1 (change something first)\n"


def test_versions_are_compared_and_written_out(kiosk: Terminal, tmp_path: Path) -> None:
    changed = written(tmp_path, "next.yaml", PLAN.replace("Web site", "Web shop"))
    assert kiosk("plan", "import", changed).code == 0
    assert "Web shop" in kiosk("plan", "diff", "1").out
    assert kiosk("plan", "publish").code == 0
    assert [row["number"] for row in kiosk("plan", "versions", "--json").json] == [2, 1]
    target = tmp_path / "out.yaml"
    assert kiosk("plan", "export", target, "--version", "1").code == 0
    assert "Web site" in target.read_text()
    assert kiosk("plan", "export", target).code == 1
    assert kiosk("plan", "export").out == kiosk("plan", "export", "--version", "2").out


WORDS = {
    ("init",): ["other"],
    ("demo",): None,
    ("plan", "import"): ["plan.yaml"],
    ("plan", "diff"): ["1"],
    ("plan", "take"): ["buy", "buy.svg"],
    ("plan", "bring"): ["shop.csv", "--shape", "wall", "--head", "1", "--dry"],
    ("collect", "guess"): ["shop.csv"],
    ("collect", "preview"): ["shop", "shop.csv"],
    ("collect", "import"): ["shop", "shop.csv"],
    ("collect", "repair"): ["shop"],
    ("collect", "export"): ["shop.xes"],
    ("trace", "story"): [BEN],
    ("trace", "funnel"): ["Visited > Bought"],
    ("trace", "pattern"): ["Visited ~> Bought"],
    ("measure", "metric"): ["satisfaction"],
    ("explain", "experiment"): ["Rated", "--arm", "score", "--goals", "did:Bought"],
    ("measure", "credit"): ["--goal", "Bought"],
    ("measure", "report"): ["buy"],
    ("measure", "value"): None,  # its plan names no order
    ("map", "save"): ["Buyers", "did:Bought"],
    ("map", "forget"): None,
    ("account", "add"): None,  # tests/server asks what needs an account
    ("account", "password"): None,
    ("account", "remove"): None,
    ("account", "role"): None,
}
WITHOUT = {("serve",), ("keeper",)}
"""What answers nothing, because it runs until it is stopped."""


def test_every_command_that_answers_can_answer_in_json() -> None:
    names = {words: {name for row in command.params for name in row.opts} for words, command in commands()}
    assert {words for words, options in names.items() if "--json" not in options} == WITHOUT


def test_every_answer_in_json_is_json(kiosk: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for words, _ in commands():
        given = WORDS.get(words, [])
        if words in WITHOUT or given is None:
            continue
        if words == ("plan", "publish"):
            kiosk("-w", "kiosk", "plan", "import", written(tmp_path, "next.yaml", PLAN.replace("Web site", "Web shop")))
        said = kiosk(*(["-w", "kiosk"] if words != ("init",) else []), *words, *given, "--json")
        assert said.code == 0, (words, said.err)
        assert json.loads(said.out) is not None
        assert "NaN" not in said.out


@pytest.mark.parametrize(
    ("words", "code", "expected"),
    [
        (["-w", "nosuch", "map", "show"], 1, "nosuch"),
        (["map", "show", "--journey", "nosuch"], 1, "buy"),
        (["map", "show", "--from", "yesterday"], 1, "2017-10-01"),
        (["map", "show", "--from", "2024-03-02", "--to", "2024-03-01"], 1, "before it begins"),
        (["map", "show", "--segment", "trait:"], 1, "trait"),
        (["map", "show", "--version", "9" * 30], 1, "draft"),
        (["map", "show", "--version", "7"], 1, "7"),
        (["trace", "story", "nobody"], 1, "nobody"),
        (["trace", "variants", "--level", "stage"], 1, "touchpoint"),
        (["collect", "import", "nosuch", "none.csv"], 1, "none.csv"),
        (["collect", "import", "none.yaml", "none.csv"], 1, "collect guess"),
        (["collect", "preview", "nosuch", "none.csv"], 1, "nosuch"),
        (["collect", "guess", "none.csv"], 1, "none.csv"),
        (["plan", "check", "none.yaml"], 1, "none.yaml"),
        (["init", "kiosk"], 1, "already"),
        (["init", "../up"], 1, "small letters"),
        (["init", "b", "--currency", "euro"], 1, "ISO"),
        (["init", "b", "--zone", "Mars/Base"], 1, "Europe/Berlin"),
        (["demo", "nosuch"], 1, "retail"),
        (["nosuch"], 2, "--help"),
        (["plan", "nosuch"], 2, "--help"),
        (["map", "show", "--nosuch"], 2, "--help"),
        (["collect", "import"], 2, "--help"),
        (["trace", "variants", "--top", "0"], 2, "--help"),
    ],
)
def test_an_error_is_one_line_with_a_hint(
    kiosk: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int, expected: str
) -> None:
    monkeypatch.chdir(tmp_path)
    said = kiosk(*words)
    assert (said.code, said.out) == (code, "")
    assert expected in said.err
    assert len(said.err.strip().splitlines()) == 1, said.err
    assert "Traceback" not in said.err


def test_the_system_refusing_is_one_line_too(terminal: Terminal, tmp_path: Path) -> None:
    terminal.home = written(tmp_path, "file", "not a folder")
    said = terminal("init", "kiosk")
    assert (said.code, len(said.err.strip().splitlines())) == (1, 1)
    assert "Traceback" not in said.err


def test_which_workspace_must_be_said_when_there_are_two(kiosk: Terminal) -> None:
    assert kiosk("init", "second").code == 0
    said = kiosk("map", "show")
    assert said.code == 1
    assert "--workspace" in said.err
    assert kiosk("--workspace", "kiosk", "map", "show").code == 0


def test_a_setting_that_is_none_is_told(kiosk: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESIRELINES_PROT", "1")
    monkeypatch.setenv("DESIRELINES_PORT", "http")
    said = kiosk("status")
    assert said.code == 1
    assert "DESIRELINES_PROT" in said.err
    assert "DESIRELINES_PORT" in said.err


@pytest.mark.parametrize("name", [name for name, room in ROOMS.items()])
def test_the_list_says_of_a_room_what_the_room_says(name: str) -> None:
    assert load(name).help == ROOMS[name].words
    assert load(name).hidden == ROOMS[name].hidden


def run(*words: str) -> Said:
    done = subprocess.run([sys.executable, "-m", "desirelines", *words], capture_output=True, text=True, check=False)
    return Said(done.returncode, done.stdout, done.stderr)


def test_the_real_process_ends_as_it_says(tmp_path: Path) -> None:
    assert run("--version") == Said(0, f"{__version__}\n", "")
    listed = run("--help")
    assert (listed.code, listed.err) == (0, "")
    assert [name for name, room in ROOMS.items() if not room.hidden and f"  {name} " not in listed.out] == []
    assert "keeper" not in listed.out
    nothing = run("--home", str(tmp_path), "map", "show")
    assert (nothing.code, nothing.out) == (1, "")
    assert nothing.err.count("\n") == 1
    assert "desirelines init" in nothing.err
    assert run().code == 2


def loaded(program: str) -> set[str]:
    """The packages that a process has loaded at the end of a program."""
    command = [sys.executable, "-c", f"import sys; {program}; print(*(name for name in sys.modules if '.' not in name))"]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def test_help_and_version_load_no_room() -> None:
    heavy = {"numba", "numpy", "pyarrow", "duckdb", "deltalake", "sqlalchemy", "alembic", "fastapi", "uvicorn", "pydantic"}
    assert loaded("import desirelines.cli").isdisjoint(heavy | {"pandas"})


def test_a_room_loads_neither_pandas_nor_the_web() -> None:
    """Pandas is loaded by Arrow where an array is made of Python's objects: none is made before a command asks for it."""
    assert loaded("from desirelines.cli.rooms import load; load('map')").isdisjoint(["pandas", "fastapi", "uvicorn"])
