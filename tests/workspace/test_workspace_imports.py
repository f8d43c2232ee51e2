"""Bringing data in: twice, side by side, interrupted, killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from shop import ROWS, SOURCE, brought, empty, full, planned, written

from desirelines.errors import Conflict, DesirelinesError
from desirelines.home import Home
from desirelines.keeper import keep, order, run_or_queue
from desirelines.model.progress import silent
from desirelines.settings import Settings
from desirelines.store import LAKE, get_job, held, take
from desirelines.view import Question
from desirelines.workspace import Workspace


def state(workspace: Workspace) -> tuple[int, int, int, int]:
    """Version of the data, events, open refusals, receipts."""
    snapshot = workspace.snapshot()
    return (
        snapshot.data_version,
        snapshot.count("events"),
        workspace.refused_page(None, None, 1)["total"],
        len(workspace.receipts()),
    )


def leftovers(workspace: Workspace) -> list[Path]:
    return [path for path in (workspace.folder / "staging").rglob("*") if path.is_file()]


def many(people: int) -> str:
    head, *rows = ROWS.splitlines(keepends=True)
    return head + "".join(row.replace("ann", f"ann{number}") for number in range(people) for row in rows[:4])


def until(done: Callable[[], Any], seconds: float = 120) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := done():
            return found
        time.sleep(0.02)
    raise TimeoutError


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    _, workspace = empty(tmp_path)
    assert brought(workspace).accepted == 12
    before = state(workspace)
    again = brought(workspace)
    assert (again.accepted, again.duplicate, again.data_version) == (0, 12, 1)
    assert state(workspace) == (*before[:3], 2)
    assert before == (1, 12, 2, 1)


def test_more_of_the_same_file_adds_what_is_new(tmp_path: Path) -> None:
    _, workspace = empty(tmp_path)
    brought(workspace)
    receipt = brought(workspace, ROWS + "7,fay,,Visited,2024-03-06 09:00:00,,web\n")
    assert (receipt.accepted, receipt.duplicate, receipt.data_version) == (1, 12, 2)
    assert state(workspace)[:3] == (2, 13, 2)


@pytest.mark.parametrize("call", range(4))
def test_stopped_at_any_word_it_leaves_nothing(tmp_path: Path, call: int) -> None:
    _, workspace = empty(tmp_path)
    workspace.adopt_source(written(tmp_path, "shop.yaml", SOURCE))
    calls = 0

    def listen(stage: str, share: float) -> None:
        nonlocal calls
        calls += 1
        if calls > call:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        workspace.import_file("shop", written(tmp_path, "shop.csv", ROWS), listen)
    assert state(workspace) == (0, 0, 0, 0)
    assert leftovers(workspace) == []
    assert brought(workspace).accepted == 12


def test_a_reader_sees_the_old_version_whole_while_an_import_runs(tmp_path: Path) -> None:
    home, workspace = full(tmp_path)
    reader = Home(home.folder, home.settings).open("kiosk")
    view, seen = reader.view(), []

    def listen(stage: str, share: float) -> None:
        seen.append((reader.snapshot().count("events"), reader.view().sheet(Question()).journeys))

    workspace.import_file("shop", written(tmp_path, "more.csv", many(50)), listen)
    assert set(seen) == {(12, 4)}
    assert (view.people()["events"], view.sheet(Question()).journeys) == (12, 4)
    assert (reader.view().people()["events"], reader.view().sheet(Question()).journeys) == (212, 54)


IMPORT = """
import sys
from pathlib import Path
from desirelines.home import Home
from desirelines.keeper import run_or_queue
from desirelines.model.progress import silent
from desirelines.settings import Settings
home = Home(Path(sys.argv[1]), Settings())
job = {"source": "shop", "path": sys.argv[2], "name": "shop.csv"}
print(run_or_queue(home, home.open("kiosk"), "import", job, silent)["accepted"])
"""

KEEP = """
import sys, threading
from pathlib import Path
from desirelines.home import Home
from desirelines.keeper import keep
from desirelines.settings import Settings
keep(Home(Path(sys.argv[1]), Settings()), threading.Event())
"""


def process(program: str, *given: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(program), *map(str, given)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_two_processes_import_at_once_and_nothing_is_doubled(tmp_path: Path) -> None:
    home, workspace = empty(tmp_path)
    workspace.adopt_source(written(tmp_path, "shop.yaml", SOURCE))
    path = written(tmp_path, "shop.csv", many(2000))
    both = [process(IMPORT, home.folder, path) for _ in range(2)]
    said = [one.communicate(timeout=300) for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert sorted(int(out) for out, _ in said) == [0, 8000]
    assert state(workspace) == (1, 8000, 0, 2)
    assert leftovers(workspace) == []


def test_who_finds_the_lake_taken_is_told(tmp_path: Path) -> None:
    _, workspace = empty(tmp_path)
    workspace.adopt_source(written(tmp_path, "shop.yaml", SOURCE))
    with held(workspace.database, LAKE, 60), pytest.raises(Conflict, match="another import") as told:
        workspace.import_file("shop", written(tmp_path, "shop.csv", ROWS))
    assert told.value.code == "lease_held"
    assert told.value.hint
    assert brought(workspace).accepted == 12


def test_a_dead_process_on_this_machine_is_not_waited_for(tmp_path: Path) -> None:
    _, workspace = empty(tmp_path)
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    with held(workspace.database, "probe", 60) as mine:
        place = mine.holder.split(":")[0]
    take(workspace.database, LAKE, f"{place}:{dead.pid}:x", 3600)
    started = time.monotonic()
    assert brought(workspace).accepted == 12
    assert time.monotonic() - started < 30


@pytest.mark.parametrize("holder", ["elsewhere:1:x", "nobody", "", "a:b:c"])
def test_a_holder_elsewhere_is_waited_for(tmp_path: Path, holder: str) -> None:
    _, workspace = empty(tmp_path)
    take(workspace.database, LAKE, holder or "other", 3600)
    with pytest.raises(Conflict):
        brought(workspace)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a word of POSIX")
def test_a_keeper_killed_at_work_leaves_a_failed_job_and_a_sound_lake(tmp_path: Path) -> None:
    home, workspace = empty(tmp_path)
    workspace.adopt_source(written(tmp_path, "shop.yaml", SOURCE))
    path = written(tmp_path, "shop.csv", many(60_000))
    job = order(home, workspace, "import", {"source": "shop", "path": str(path), "name": "shop.csv"})
    keeper = process(KEEP, home.folder)
    until(lambda: get_job(workspace.database, job).stage)
    keeper.send_signal(signal.SIGKILL)
    keeper.communicate()
    assert get_job(workspace.database, job).state == "running"

    stop = threading.Event()
    again = threading.Thread(target=keep, args=(home, stop))
    again.start()
    try:
        row = until(lambda: (found := get_job(workspace.database, job)).state == "failed" and found, 30)
        assert row.error is not None
        assert (row.error["code"], row.error["hint"]) == ("unavailable", "run it again")
        assert state(workspace)[:2] in ((0, 0), (1, 240_000))
        second = order(home, workspace, "import", {"source": "shop", "path": str(path), "name": "shop.csv"})
        done = until(lambda: (found := get_job(workspace.database, second)).state == "done" and found)
    finally:
        stop.set()
        again.join(60)
    assert done.result["accepted"] + done.result["duplicate"] == 240_000
    assert state(workspace)[:2] == (1, 240_000)
    assert leftovers(workspace) == []


def test_a_command_line_waits_for_the_keeper_and_is_answered(tmp_path: Path) -> None:
    home, workspace = empty(tmp_path)
    workspace.adopt_source(written(tmp_path, "shop.yaml", SOURCE))
    path = written(tmp_path, "shop.csv", ROWS)
    stop = threading.Event()
    thread = threading.Thread(target=keep, args=(home, stop))
    thread.start()
    try:
        until(lambda: _taken(workspace))
        found = run_or_queue(home, workspace, "import", {"source": "shop", "path": str(path)}, silent)
        with pytest.raises(DesirelinesError, match="no source") as told:
            run_or_queue(home, workspace, "import", {"source": "none", "path": str(path)}, silent)
    finally:
        stop.set()
        thread.join(60)
    assert found["accepted"] == 12
    assert (told.value.status, told.value.code) == (404, "not_found")


def _taken(workspace: Workspace) -> bool:
    try:
        with held(workspace.database, "keeper", 5):
            return False
    except Conflict:
        return True


def test_the_author_is_the_setting_or_the_systems_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "grace")
    home = Home(tmp_path, Settings(home=tmp_path))
    workspace = home.create("kiosk", "Kiosk")
    planned(workspace)
    assert workspace.version_rows()[0]["author"] == "grace"
