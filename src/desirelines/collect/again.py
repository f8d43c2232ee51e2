"""What is read twice: the same file, the same refused row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from desirelines.errors import BadInput, NotFound


def once(rows: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """A row of which several events were refused is one row."""
    done: set[bytes] = set()
    for row in rows:
        key = hashlib.blake2b(f"{row[0]} {row[1]}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
        if key not in done:
            done.add(key)
            yield row


def file_digest(path: Path) -> str:
    """The file's BLAKE2 digest, read in pieces."""
    digest = hashlib.blake2b(digest_size=20)
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except FileNotFoundError as error:
        raise NotFound(f"there is no file {path}") from error
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}") from error
    return digest.hexdigest()
