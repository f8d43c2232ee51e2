"""Who holds a lease: a process on a machine. One that has died need not be waited for."""

from __future__ import annotations

import os
import socket
import uuid
from functools import cache
from pathlib import Path


@cache
def machine() -> str:
    """This machine, since it was last started, as processes in this container see each other; no `:` in it."""
    name = socket.gethostname().replace(":", "-")
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()[:8]
        return f"{name}/{boot}/{Path('/proc/self/ns/pid').stat().st_ino}"
    except OSError:
        return name


def me() -> str:
    """A holder's name that no other taking has: machine, process, and a token."""
    return f"{machine()}:{os.getpid()}:{uuid.uuid4().hex[:12]}"


def gone(holder: str) -> bool:
    """True when the holder is a process of this machine that has ended. False when that cannot be known."""
    place, _, rest = holder.partition(":")
    process = rest.partition(":")[0]
    if os.name != "posix" or place != machine() or not process.isdecimal():
        return False
    return not _lives(int(process))


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return True
    return state not in ("Z", "X")  # ended, and only not yet missed by its parent
