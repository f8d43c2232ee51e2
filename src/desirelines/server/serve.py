"""Runs the app and, beside it, the keeper as a process of its own, so that long work never slows a page."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

import uvicorn

from desirelines.errors import BadInput, NotAllowed, Unavailable
from desirelines.home import Home
from desirelines.rehearsal import rehearse_aside
from desirelines.server.app import create_app
from desirelines.server.guard import LOOPBACK
from desirelines.server.people.accounts import list_accounts
from desirelines.server.rooms import FRAME_BYTES
from desirelines.settings import Settings

PATIENCE_SECONDS = 5
"""So long a keeper may take to end. Whatever it is at then, the next one brings to its end."""
READY = b"ready\n"
"""What a keeper writes on standard output when all kernels are compiled, and lie on the disk for the server to load."""


def serve(home: Home, settings: Settings, port: int, first: str | None, say: Callable[[str], None]) -> None:
    """Serve until interrupted. Raises NotAllowed off loopback, Unavailable when the port is taken."""
    host = settings.host
    if host not in LOOPBACK and not settings.sign_in:
        raise NotAllowed(f"{host} is not this machine alone", hint="without sign-in only 127.0.0.1, localhost or ::1")
    if host in ("0.0.0.0", "::") and not settings.host_names:
        raise BadInput(
            "by which name do people reach this server?", hint="say it in DESIRELINES_HOST_NAMES, such as maps.example.org"
        )
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Unavailable(f"port {port} is in use", hint=f"stop what listens there, or serve --port {port + 1}") from error
    with _keeper(home):
        place = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        say(f"Desirelines is at {place}" + (f"/w/{first}/cockpit (start page: {place})" if first else ""))
        if settings.sign_in:
            _advise(home, settings, say)
        app = create_app(home, settings)
        uvicorn.run(
            app, host=host, port=port, log_level="warning", access_log=False, server_header=False, proxy_headers=settings.https,
            ws="websockets-sansio", ws_max_size=2 * FRAME_BYTES, ws_per_message_deflate=False,
        )  # fmt: skip


def _advise(home: Home, settings: Settings, say: Callable[[str], None]) -> None:
    """What whoever switched sign-in on should know."""
    if not list_accounts(home.database()):
        say("Nobody can sign in yet: desirelines account add NAME --owner")
    if settings.host not in LOOPBACK and not settings.https:
        say("Passwords travel unencrypted: put a proxy that speaks https in front, and set DESIRELINES_HTTPS=on")


@contextmanager
def _keeper(home: Home) -> Iterator[None]:
    """Have a keeper beside this process: begun again when it dies, ended when the block ends, however it ends."""
    command = [sys.executable, "-m", "desirelines", "--home", str(home.folder), "keeper", "--beside"]
    stop = threading.Event()

    def watch() -> None:
        while not stop.is_set():
            with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as keeper:
                threading.Thread(target=_load, args=(keeper.stdout,), daemon=True).start()
                while keeper.poll() is None and not stop.wait(0.5):
                    pass
                keeper.terminate()
                _end(keeper)
            stop.wait(1.0)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _end(keeper: subprocess.Popen[bytes]) -> None:
    try:
        keeper.wait(timeout=PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        keeper.kill()


def _load(words: IO[bytes]) -> None:
    """Load the kernels once the keeper has compiled them, so that the first page does not."""
    if words.readline() == READY:
        rehearse_aside()
