"""Work that takes longer than a page may wait: ordered over HTTP, done by the keeper."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from door import Door
from shop import ROWS, SOURCE, empty, planned

from desirelines.collect import read_source
from desirelines.home import Home
from desirelines.keeper import keep
from desirelines.store import enqueue
from desirelines.workspace import Workspace

K = "/api/w/kiosk"
MAPPED = read_source(SOURCE, "shop.yaml").model_dump(mode="json")


@contextmanager
def keeping(home: Home) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=keep, args=(home, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(30)
        assert not thread.is_alive()


def until(done: Callable[[], Any], seconds: float = 90) -> Any:
    """The first answer that is true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := done():
            return found
        time.sleep(0.05)
    raise TimeoutError


def ended(door: Door, job: str) -> dict[str, Any]:
    def look() -> Any:
        row = door.json(f"{K}/jobs/{job}")
        return row if row["state"] in ("done", "failed", "cancelled") else None

    found: dict[str, Any] = until(look)
    return found


@pytest.fixture
def kiosk(tmp_path: Path) -> tuple[Home, Workspace, Door]:
    home, workspace = empty(tmp_path)
    return home, workspace, Door(home)


def ordered(door: Door, content: str = ROWS, source: dict[str, Any] = MAPPED) -> dict[str, Any]:
    file = door.drop("kiosk", "shop.csv", content.encode()).json()["file"]
    answer = door.post(f"{K}/collect/imports", {"file": file, "source": source, "name": "shop.csv"})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_an_import_is_a_job_and_the_same_again_changes_nothing(kiosk: tuple[Home, Workspace, Door]) -> None:
    home, workspace, door = kiosk
    job = ordered(door)
    assert (job["workspace"], job["name"], job["state"], job["share"]) == ("kiosk", "import", "queued", 0.0)
    assert door.json(f"{K}/summary")["working"] == "import"
    with keeping(home):
        first = ended(door, job["id"])
        assert (first["state"], first["share"], first["error"]) == ("done", 1.0, None)
        assert (first["result"]["accepted"], first["result"]["rows_refused"], first["result"]["file"]) == (12, 2, "shop.csv")
        second = ended(door, ordered(door)["id"])
    assert (second["result"]["accepted"], second["result"]["duplicate"]) == (0, 12)
    assert second["result"]["data_version"] == first["result"]["data_version"] == 1
    assert door.json(f"{K}/summary")["events"] == 12
    assert door.json(f"{K}/summary")["working"] is None
    assert workspace.sources.names() == ["shop"]


def test_a_refused_row_is_mended_and_run_again(kiosk: tuple[Home, Workspace, Door]) -> None:
    home, _, door = kiosk
    with keeping(home):
        ended(door, ordered(door)["id"])
        mended = SOURCE.replace('"%Y-%m-%d %H:%M:%S"', '"%d.%m.%Y %H:%M"')
        assert door.put(f"{K}/collect/sources/shop", {"yaml": mended}).status_code == 200
        job = ended(door, door.post(f"{K}/collect/repair", {"source": "shop"}).json()["id"])
    assert (job["result"]["accepted"], job["result"]["refused"]) == (1, {"missing_time": 1})
    assert door.json(f"{K}/collect/refused")["by_reason"] == {"missing_time": 1}
    assert door.json(f"{K}/summary")["events"] == 13


def test_a_job_that_has_not_begun_is_cancelled_for_good(kiosk: tuple[Home, Workspace, Door]) -> None:
    home, workspace, door = kiosk
    job = ordered(door)["id"]
    assert door.delete(f"{K}/jobs/{job}").json()["state"] == "cancelled"
    with keeping(home):
        assert ended(door, ordered(door)["id"])["state"] == "done"
    assert door.json(f"{K}/jobs/{job}")["state"] == "cancelled"
    assert len(workspace.receipts()) == 1


def test_a_running_import_says_how_far_it_is_and_leaves_nothing_when_cancelled(kiosk: tuple[Home, Workspace, Door]) -> None:
    home, workspace, door = kiosk
    head, *rows = ROWS.splitlines(keepends=True)
    many = head + "".join(row.replace("ann", f"ann{number}") for number in range(60_000) for row in rows[:4])
    planned(workspace)
    job = ordered(door, many)["id"]
    with keeping(home):
        until(lambda: door.json(f"{K}/jobs/{job}")["stage"])
        running = door.json(f"{K}/jobs/{job}")
        assert running["state"] == "running"
        assert 0 <= running["share"] < 1
        door.delete(f"{K}/jobs/{job}")
        assert ended(door, job)["state"] == "cancelled"
    assert door.json(f"{K}/summary")["events"] == 0
    assert workspace.receipts() == []
    assert [path for path in (workspace.folder / "staging").rglob("*") if path.is_file()] == []


def test_a_job_that_fails_says_why_with_a_hint(kiosk: tuple[Home, Workspace, Door]) -> None:
    home, workspace, door = kiosk
    job = ordered(door, source=MAPPED | {"people": {"customer": "nosuch"}})["id"]
    with keeping(home):
        found = ended(door, job)
        assert (found["state"], found["result"]) == ("failed", None)
        assert found["error"]["code"] == "missing_column"
        assert "nosuch" in found["error"]["message"]
        assert found["error"]["hint"]
        assert ended(door, ordered(door)["id"])["state"] == "done"
    assert len(workspace.receipts()) == 1


def test_a_dropped_file_that_is_gone_fails_the_job(kiosk: tuple[Home, Workspace, Door]) -> None:
    home, workspace, door = kiosk
    job = ordered(door)["id"]
    for path in (workspace.folder / "uploads").iterdir():
        path.unlink()
    with keeping(home):
        assert ended(door, job)["error"]["code"] == "not_found"


def test_a_bug_in_a_job_ends_the_job_and_not_the_keeper(
    kiosk: tuple[Home, Workspace, Door], caplog: pytest.LogCaptureFixture
) -> None:
    home, workspace, door = kiosk
    from_nowhere = enqueue(workspace.database, "import", {}).id
    with keeping(home):
        assert ended(door, from_nowhere)["error"]["code"] == "bug"
        assert ended(door, ordered(door)["id"])["state"] == "done"
    assert "job import failed" in caplog.text
