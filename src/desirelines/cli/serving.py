"""serve and, beside it, the keeper."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import suppress
from dataclasses import replace
from typing import Annotated

import typer

from desirelines.cli.given import home_of, settings_of
from desirelines.cli.out import progress
from desirelines.cli.speak import complaints
from desirelines.keeper import keep, run_or_queue
from desirelines.rehearsal import rehearse_aside
from desirelines.server import READY
from desirelines.server import serve as serve_home

app = typer.Typer()


@app.command("serve")
def serve(
    context: typer.Context,
    port: Annotated[int | None, typer.Option(min=1, max=65_535, help="the port; default 8765")] = None,
    demo: Annotated[str | None, typer.Option(help="load this demo first if it is not there")] = None,
    host: Annotated[str | None, typer.Option(help="the address to listen on; off this machine only with --sign-in")] = None,
    sign_in: Annotated[bool, typer.Option("--sign-in", help="people sign in with accounts")] = False,
) -> None:
    """Serve the pages on this machine."""
    home = home_of(context)
    if demo and not home.demo_ready(demo):
        with progress() as listen:
            run_or_queue(home, home.demo_workspace(demo), "demo", {"demo": demo}, listen)
    settings = settings_of(context)
    settings = replace(settings, host=host or settings.host, sign_in=sign_in or settings.sign_in)
    serve_home(home, settings, port or settings.port, demo, lambda line: complaints.print(line, markup=False))


@app.command("keeper", hidden=True)
def keeper(
    context: typer.Context,
    beside: Annotated[bool, typer.Option(help="end when standard input ends: with the server, however it ends")] = False,
) -> None:
    """The process beside the server that does the long work."""
    stop = threading.Event()
    rehearsing = threading.Thread(target=_rehearse, daemon=True)
    if beside:
        threading.Thread(target=_until_alone, args=(stop,), daemon=True).start()
        rehearsing.start()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda number, frame: stop.set())
    keep(home_of(context), stop)
    if beside:
        rehearsing.join()  # a thread in the compiler must not see the interpreter end; the server has little patience


def _rehearse() -> None:
    rehearse_aside()
    with suppress(OSError):
        os.write(1, READY)


def _until_alone(stop: threading.Event) -> None:
    while os.read(0, 1 << 10):
        pass
    stop.set()
