"""Every file the store writes itself goes through here, so that a test can kill the process at any of these calls."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from desirelines.errors import Unavailable

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FULL_TEXTS = ("No space left", "File too large", "Disk quota", "StorageFull")


@contextlib.contextmanager
def disk_errors() -> Iterator[None]:
    """A full disk becomes Unavailable, whoever found it: the engines' own errors carry the system's text, not its number."""
    try:
        yield
    except Exception as error:
        if getattr(error, "errno", None) in FULL or any(text in str(error) for text in FULL_TEXTS):
            raise Unavailable("the disk is full: nothing was imported", hint="free some space and run it again") from error
        raise


def sync_file(path: Path) -> None:
    """Put a file's content on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Put a folder's entries (names made, moved, removed) on the disk."""
    sync_file(path)


def make_folder(path: Path) -> Path:
    """Make a folder and those above it; each new name is on the disk when this returns."""
    missing = [place for place in (path, *path.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(exist_ok=True)
        sync_folder(place.parent)
    return path


def move(source: Path, target: Path) -> None:
    """Rename; done already if only the target is there. The caller syncs the folders."""
    try:
        source.replace(target)
    except FileNotFoundError:
        if not target.exists():
            raise


def append_to(path: Path, content: memoryview) -> None:
    """Append to a file that need not outlive the process."""
    with path.open("ab") as file:
        file.write(content)


def write_atomic(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    draft = path.with_name(f".{path.name}.draft")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def remove(path: Path) -> None:
    """Remove a file or folder if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
