"""A file that is there whole or not at all: written beside its place, then renamed. Never over one that is there."""

from __future__ import annotations

import gzip
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from desirelines.errors import BadInput, Unavailable


@dataclass(frozen=True)
class Written:
    """What a log that was written holds; `notes` say what it does not."""

    file: str
    format: str
    events: int
    cases: int = 0
    objects: int = 0
    relations: int = 0
    notes: tuple[str, ...] = ()


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A place beside `path` to write to. Raises BadInput where nothing can be written, Unavailable when the disk is full."""
    if path.exists():
        raise BadInput(f"{path} is already there", hint="name another file, or move that one away")
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        yield draft
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        os.link(draft, path)  # unlike a rename it never replaces what somebody else put there meanwhile
    except FileExistsError as error:
        raise BadInput(f"{path} is already there", hint="name another file, or move that one away") from error
    except (FileNotFoundError, NotADirectoryError, PermissionError) as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}", hint="name a file in a folder that is there") from error
    except OSError as error:
        raise Unavailable(f"{path} was not written: {error.strerror}", hint="free some space and run it again") from error
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def written(path: Path) -> Iterator[TextIO]:
    """A text file beside `path`, packed where the name ends with .gz. Raises as `beside` does."""
    with beside(path) as draft:
        if path.name.endswith(".gz"):
            with gzip.open(draft, "wt", encoding="utf-8", newline="\n", compresslevel=6) as file:
                yield file
        else:
            with draft.open("w", encoding="utf-8", newline="\n") as file:
                yield file
