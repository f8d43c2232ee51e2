"""Files of the store: written whole, mapped, named by what is in them. A full disk is said in one place."""

from __future__ import annotations

import contextlib
import errno
import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from desirelines.errors import Unavailable

try:
    import fcntl
except ImportError:  # Windows: builds of one store at the same time are then not kept apart
    fcntl = None  # type: ignore[assignment]

Bytes = NDArray[np.uint8]

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextlib.contextmanager
def disk_room() -> Iterator[None]:
    """A full disk becomes Unavailable."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise Unavailable(
                "the disk is full: the journeys were not built anew, those built before stay in use",
                hint="free some space and ask again",
            ) from error
        raise


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """One builder at a time; who dies lets go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Writer:
    """A new file, written from front to back. It need not reach the disk: what a power loss tears, the checksum finds."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb", buffering=0)
        self.size = 0

    def write(self, content: NDArray[Any]) -> None:
        rest = content.reshape(-1).view(np.uint8).data
        while len(rest):
            written = self._file.write(rest)
            self.size += written
            rest = rest[written:]

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def map_file(path: Path, *, write: bool = False) -> Bytes:
    """A file's bytes as memory pages. Without `write`, writes to the array stay in this process and never reach the file."""
    with path.open("rb+" if write else "rb") as file:
        access = mmap.ACCESS_WRITE if write else mmap.ACCESS_COPY
        return np.frombuffer(mmap.mmap(file.fileno(), 0, access=access), np.uint8)


def replace_text(path: Path, text: str) -> None:
    """Put `text` into a file at once: a reader finds the old or the new one."""
    draft = path.with_name(f"{path.name}.draft")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def as_kind(content: Bytes, start: int, count: int, kind: Any) -> NDArray[Any]:
    """`count` values of `kind` that begin at byte `start`."""
    return cast(NDArray[Any], content[start : start + count * np.dtype(kind).itemsize].view(kind))
