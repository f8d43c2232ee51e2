"""Runs the app and, beside it, the keeper as a process of its own, so that long work never slows a page."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable

import uvicorn

from desirelines.errors import NotAllowed, Unavailable
from desirelines.home import Home
from desirelines.server.app import create_app
from desirelines.server.guard import LOOPBACK
from desirelines.settings import Settings


def serve(home: Home, settings: Settings, port: int, first: str | None, say: Callable[[str], None]) -> None:
    """Serve until interrupted. Raises NotAllowed off loopback, Unavailable when the port is taken."""
    host = settings.host
    if host not in LOOPBACK:
        raise NotAllowed(f"{host} is not this machine alone", hint="without sign-in only 127.0.0.1, localhost or ::1")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Unavailable(f"port {port} is in use", hint=f"stop what listens there, or serve --port {port + 1}") from error
    keeper = subprocess.Popen([sys.executable, "-m", "desirelines", "--home", str(home.folder), "keeper"], stdin=subprocess.PIPE)
    try:
        place = f"http://{host}:{port}"
        say(f"Desirelines is at {place}" + (f"/w/{first}/cockpit (start page: {place})" if first else ""))
        app = create_app(home, settings)
        uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False, server_header=False)
    finally:
        keeper.terminate()
        keeper.wait(timeout=20)
