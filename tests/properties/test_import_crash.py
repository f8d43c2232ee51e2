"""An import killed at any write, sync or rename and run again ends as if nothing had happened."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from import_child import FEW_ROWS, bring

from desirelines.store import Database, Lake, count_refused, list_imports, open_snapshot, page_refused, receipts
from desirelines.store.lake import staging

pytestmark = pytest.mark.slow

CHILD = Path(__file__).with_name("import_child.py")
WRITES = ("write", "pwrite64")
SYNCS = ("fsync", "fdatasync")
CALLS = (
    *WRITES, *SYNCS, "rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "ftruncate", "mkdir", "mkdirat",
    "rmdir",
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def few_rows() -> Iterator[None]:
    """Here too, once for all threads: each setting it back for itself would leave it set."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(vars(staging), "FILE_ROWS", FEW_ROWS)
        yield


class Server:
    """Forks imports."""

    def __init__(self) -> None:
        self.process = subprocess.Popen([sys.executable, CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)

    def run(self, folder: Path, stop: int = 0, limit: int = 0) -> dict[str, Any]:
        self._ask(folder, stop, limit, wait=False)
        self._answer()
        return dict(json.loads(self._answer()))

    def traced(self, folder: Path, log: Path, *options: str) -> dict[str, Any]:
        """Run under strace, which is attached before the import begins."""
        self._ask(folder, 0, 0, wait=True)
        pid = self._answer().strip()
        command = ["strace", "-f", "-qq", "-o", str(log), "-p", pid, "-e", f"trace={','.join(CALLS)}", *options]
        with subprocess.Popen(command, stderr=subprocess.PIPE, bufsize=0) as strace:
            while f"TracerPid:\t{strace.pid}" not in Path(f"/proc/{pid}/status").read_text():
                if strace.poll() is not None:
                    break
            assert self.process.stdin is not None
            self.process.stdin.write(b"!")
            return dict(json.loads(self._answer()))

    def _ask(self, folder: Path, stop: int, limit: int, *, wait: bool) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"folder": str(folder), "stop": stop, "limit": limit, "wait": wait}).encode())

    def _answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().decode()


@pytest.fixture(scope="module")
def servers() -> Iterator[list[Server]]:
    both = [Server(), Server()]
    yield both
    for server in both:
        assert server.process.stdin is not None
        assert server.process.stdout is not None
        server.process.stdin.close()
        server.process.wait(20)
        server.process.stdout.close()


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a first import in it."""
    folder = tmp_path_factory.mktemp("before")
    bring(folder, False)
    return folder


@pytest.fixture(scope="module")
def undisturbed(before: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("undisturbed")
    shutil.copytree(before, folder, dirs_exist_ok=True)
    bring(folder, True)
    found = state(folder)
    assert found["accepted"] == 60 + 20
    assert found["refused_counts"] == {"bad_time": 36, "conflict": 7}
    return found


def state(folder: Path) -> dict[str, Any]:
    """All that an import changes, without names of imports and times."""
    database = Database.open(folder / "workspace.db")
    lake = Lake(folder)
    snapshot = open_snapshot(database, lake)
    found: dict[str, Any] = {"data_version": snapshot.data_version, "states": {row.state for row in list_imports(database)}}
    for table in ("events", "links", "traits", "objects", "figures", "observations"):
        names = [name for name in sorted(snapshot.columns(table)) if name not in ("a", "b")]
        columns = ", ".join(f'"{name}"' for name in names)
        found[table] = snapshot.sql(f"SELECT {columns} FROM {table} ORDER BY ALL").to_pylist()
        assert {path.name for path in (folder / "lake" / table).glob("*.parquet")} == {
            path.name for path in snapshot.files(table)
        }
    rows = page_refused(database, size=1000).rows
    found["refused"] = sorted((row.source, row.reason, row.line, row.event or "", row.row) for row in rows)
    found["refused_counts"] = count_refused(database)
    found["accepted"] = sum(one.accepted for one in receipts(database))
    found["links_taken"] = sum(one.links for one in receipts(database))
    assert not list((folder / "staging").iterdir())
    database.close()
    return found


def again(folder: Path, undisturbed: dict[str, Any]) -> None:
    """Run the import again where one was killed."""
    bring(folder, True)
    assert state(folder) == undisturbed


def test_killed_before_any_step_of_its_own(
    servers: list[Server], before: Path, undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    shutil.copytree(before, tmp_path / "count")
    counted = servers[0].run(tmp_path / "count")
    assert (counted["status"], counted["count"] > 60, len(counted["changed"]) > 40) == (0, True, True)
    assert state(tmp_path / "count") == undisturbed

    def some(server: Server, stops: list[int]) -> None:
        for stop in stops:
            folder = tmp_path / str(stop)
            shutil.copytree(before, folder)
            assert server.run(folder, stop)["status"] == -9
            again(folder, undisturbed)
            shutil.rmtree(folder)

    stops = counted["changed"]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(some, servers, (stops[::2], stops[1::2])))


def changes(log: Path, folder: Path) -> list[tuple[str, int]]:
    """The calls of a traced import that change what is on the disk: name, and number among their thread's calls of that name.

    A kill before any other call leaves the same disk as one before the next of these. Of writes that follow each other to one
    file, the first and the last: the file is still as it was, and it is torn.
    """
    found: dict[tuple[str, int], None] = {}
    numbers: Counter[tuple[str, str]] = Counter()
    run: dict[str, tuple[str, str]] = {}
    torn: dict[str, tuple[str, int]] = {}
    for line in log.read_text().splitlines():
        call = re.match(r"(\d+) +(\w+)\((?:\d+<([^>]*)>)?", line)
        if call is None:
            continue
        thread, name, place = call[1], call[2], call[3] or ""
        numbers[thread, name] += 1
        if str(folder) not in line or place.endswith("-shm") or "= -1 " in line:
            continue
        one = (name, numbers[thread, name])
        follows = name in WRITES and run.get(thread) == (name, place)
        if not follows and thread in torn:
            found[torn.pop(thread)] = None
        if follows:
            torn[thread] = one
        elif name not in SYNCS:
            found[one] = None
        run[thread] = (name, place)
    return [*found, *(one for one in torn.values() if one not in found)]


def test_killed_at_any_call_that_changes_a_file(
    servers: list[Server], before: Path, undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    """Kill at the n-th call of one name by one thread: strace counts for each thread."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    shutil.copytree(before, tmp_path / "count")
    if servers[0].traced(tmp_path / "count", tmp_path / "log", "-y", "-s", "16")["status"] != 0:
        pytest.skip("strace may not be attached here")
    stops = changes(tmp_path / "log", tmp_path / "count")
    names = Counter(name for name, _ in stops)
    assert names["write"] > 20
    assert min(names[name] for name in ("pwrite64", "unlink")) > 5
    assert names["rename"] + names["renameat"] + names["renameat2"] > 1

    def some(server: Server, stops: list[tuple[str, int]]) -> list[int]:
        ends = []
        for name, number in stops:
            folder = tmp_path / f"{name}-{number}"
            shutil.copytree(before, folder)
            inject = f"inject={name}:signal=SIGKILL:when={number}"
            ends.append(server.traced(folder, tmp_path / f"{name}-{number}.log", "-e", inject)["status"])
            again(folder, undisturbed)
            shutil.rmtree(folder)
        return ends

    with ThreadPoolExecutor(2) as pool:
        ends = [end for part in pool.map(some, servers, (stops[::2], stops[1::2])) for end in part]
    assert set(ends) <= {0, -9}
    assert ends.count(-9) > len(ends) * 0.8  # a few counts are reached only when the threads take turns otherwise


@pytest.mark.parametrize("limit", [1, 1_000, 3_000, 5_000, 20_000, 60_000])
def test_a_full_disk_is_said_and_nothing_is_half_done(
    servers: list[Server], before: Path, undisturbed: dict[str, Any], tmp_path: Path, limit: int
) -> None:
    """No file may grow beyond a limit: whichever write meets it, the message is clear and another try succeeds."""
    folder = tmp_path / "full"
    shutil.copytree(before, folder)
    assert servers[0].run(folder, limit=limit)["told"].startswith("the disk is full")
    again(folder, undisturbed)


def test_a_disk_with_room_is_not_full(servers: list[Server], before: Path, undisturbed: dict[str, Any], tmp_path: Path) -> None:
    shutil.copytree(before, tmp_path / "room")
    assert servers[0].run(tmp_path / "room", limit=10_000_000)["told"] == ""
    assert state(tmp_path / "room") == undisturbed
