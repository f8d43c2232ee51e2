"""The real processes: a server, its keeper, and what happens when one of them ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from shop import ROWS, SOURCE, empty, written

from desirelines.errors import NotAllowed, Unavailable
from desirelines.home import Home
from desirelines.keeper import order
from desirelines.rehearsal import rehearse
from desirelines.server import serve
from desirelines.settings import Settings
from desirelines.store import get_job

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals are a word of POSIX")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until(done: Callable[[], Any], seconds: float = 120) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := done():
            return found
        time.sleep(0.1)
    raise TimeoutError


def status(port: int) -> Any:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/status", timeout=30) as answer:
            return json.load(answer)
    except (urllib.error.URLError, TimeoutError):
        return None


def keepers(server: subprocess.Popen[str]) -> list[psutil.Process]:
    living = [child for child in psutil.Process(server.pid).children() if child.status() != psutil.STATUS_ZOMBIE]
    return [child for child in living if "keeper" in child.cmdline()]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Home, int, subprocess.Popen[str]]]:
    home, _ = empty(tmp_path)
    port = free_port()
    command = [sys.executable, "-m", "desirelines", "--home", str(home.folder), "serve", "--port", str(port)]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        until(lambda: status(port))
        yield home, port, server
    finally:
        if server.poll() is None:
            server.kill()
            server.communicate()


def test_a_server_brings_its_keeper_back_and_ends_with_it(
    served: tuple[Home, int, subprocess.Popen[str]], tmp_path: Path
) -> None:
    home, port, server = served
    assert [row["name"] for row in status(port)["workspaces"]] == ["kiosk"]
    first = until(lambda: keepers(server))[0]
    first.kill()
    again = until(lambda: [one for one in keepers(server) if one.pid != first.pid])[0]

    workspace = home.open("kiosk")
    workspace.adopt_source(written(tmp_path, "shop.yaml", SOURCE))
    job = order(home, workspace, "import", {"source": "shop", "path": str(written(tmp_path, "shop.csv", ROWS))})
    until(lambda: get_job(workspace.database, job).state == "done")
    assert status(port)["workspaces"][0]["events"] == 12

    server.send_signal(signal.SIGINT)
    _, said = server.communicate(timeout=60)
    assert server.returncode in (0, 130)
    assert "Traceback" not in said
    assert said.startswith(f"Desirelines is at http://127.0.0.1:{port}\n")
    assert not again.is_running()


def test_a_killed_server_leaves_no_keeper(served: tuple[Home, int, subprocess.Popen[str]]) -> None:
    _, _, server = served
    keeper = until(lambda: keepers(server))[0]
    server.kill()
    server.communicate()
    until(lambda: not keeper.is_running() or keeper.status() == psutil.STATUS_ZOMBIE)


def test_nothing_but_this_machine_is_listened_to(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, host="0.0.0.0")
    with pytest.raises(NotAllowed, match="not this machine") as told:
        serve(Home(tmp_path, settings), settings, 1, None, lambda line: None)
    assert "127.0.0.1" in told.value.hint


def test_a_port_in_use_is_told_before_anything_starts(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Unavailable, match=str(port)) as told:
            serve(Home(tmp_path, settings), settings, port, None, lambda line: None)
    assert f"--port {port + 1}" in told.value.hint


def test_the_rehearsal_goes_the_whole_way_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    rehearse()
    assert list(tmp_path.iterdir()) == []
