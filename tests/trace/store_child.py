"""A process that brings a small store to more events and can be told to die at its n-th step. Run as a script, it forks one
per line read: JSON with folder, stop (die before the n-th change of a file, 0: never), limit (of bytes in a file, 0: none).
It answers how the child ended, how many steps there were, and what it was told.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from trace_lakes import Known, Lake, lake

from desirelines.errors import Unavailable
from desirelines.trace import build
from desirelines.trace.building.files import Writer

BITS = 2


def rows(first: int, count: int) -> list[dict[str, object]]:
    return [
        {
            "person": 1 + number % 5,
            "at": number * 7 % 11,
            "event": f"e{number % 3}",
            "sequence": number % 2,
            "message_id": f"m{number}",
        }
        for number in range(first, first + count)
    ]


def small() -> Lake:
    return lake(rows(0, 40))


def large() -> Lake:
    return lake(rows(0, 40), rows(40, 20), data_version=2)


WHO = Known({2: 1})


class Countdown:
    """Counts what changes files; kills the process before the n-th."""

    def __init__(self, stop: int) -> None:
        self.stop = stop
        self.count = 0
        self.lock = threading.Lock()

    def before(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **named: Any) -> Any:
            with self.lock:
                self.count += 1
                if self.count == self.stop:
                    os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **named)

        return counted

    def watch(self) -> None:
        changes: list[tuple[Any, str]] = [(Path, name) for name in ("replace", "unlink", "mkdir", "write_text")]
        changes += [(Writer, name) for name in ("__init__", "write", "__exit__")]
        for owner, name in [*changes, (os, "unlink"), (os, "rmdir"), (shutil, "rmtree")]:
            setattr(owner, name, self.before(getattr(owner, name)))


def child(order: dict[str, Any], answer: int) -> None:
    countdown = Countdown(order["stop"])
    countdown.watch()
    if order["limit"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["limit"], order["limit"]))
    told = ""
    try:
        build(large(), WHO, Path(order["folder"]), bucket_bits=BITS)
    except Unavailable as error:
        told = error.message
    os.write(answer, json.dumps({"count": countdown.count, "told": told}).encode())


def serve() -> None:
    with TemporaryDirectory() as folder:  # load the kernels
        build(small(), WHO, Path(folder), bucket_bits=BITS)
        build(large(), WHO, Path(folder), bucket_bits=BITS)
    while line := os.read(0, 4096):
        order = json.loads(line)
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                child(order, writing)
            finally:
                os._exit(0 if sys.exc_info()[0] is None else 1)
        os.close(writing)
        _, status = os.waitpid(pid, 0)
        answer = json.loads(os.read(reading, 4096) or b"{}")
        os.close(reading)
        os.write(1, json.dumps({"status": os.waitstatus_to_exitcode(status), **answer}).encode() + b"\n")


if __name__ == "__main__":
    serve()
