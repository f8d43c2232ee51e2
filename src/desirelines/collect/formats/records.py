"""A delimited file as blocks of whole records; what never ends is given up without losing what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.collect.formats.scan import Found, scan
from desirelines.collect.formats.stream import Stream
from desirelines.collect.limits import Limits

_LINE_END = re.compile(rb"\r\n|\n|\r")


@dataclass(frozen=True)
class GivenUp:
    """Text that is no record: from `line` on, up to `lines` lines, `data` cut at the limit."""

    line: int
    lines: int
    data: bytes
    detail: str


@dataclass(frozen=True)
class Block:
    """Whole records of `data`."""

    data: bytes
    found: Found
    given_up: tuple[GivenUp, ...]
    position: int


def blocks(stream: Stream, tail: bytes, delimiter: str, line: int, limits: Limits) -> Iterator[Block]:
    """Blocks of about `limits.chunk` bytes. `tail`, which was read already, begins a record on physical line `line`."""
    given_up, more = 0, True
    while more or tail:
        if more and len(tail) <= limits.record:
            fresh = stream.read(limits.chunk)
            more = bool(fresh)
            tail += fresh
        data = tail
        found = scan(_bytes(data), ord(delimiter), line, final=not more)
        tail, line = data[found.used :], found.line
        lost: tuple[GivenUp, ...] = ()
        if tail and (len(tail) > limits.record or not more):
            tail, one = _give_up(stream, tail, line, limits, whole=given_up >= limits.rescans)
            lost = (one,)
            given_up += 1
            line += one.lines
        yield Block(data, found, lost, stream.position)


def _bytes(data: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(data, np.uint8)


def _give_up(stream: Stream, tail: bytes, line: int, limits: Limits, whole: bool) -> tuple[bytes, GivenUp]:
    """What follows, and the first line of `tail` (or, when that happened too often, all of it) as given up."""
    end = None if whole else _LINE_END.search(tail)
    detail = "a quote is opened here and never closed"
    if end:
        return tail[end.end() :], GivenUp(line, 1, tail[: min(end.start(), limits.record)], detail)
    kept, lines = tail[: limits.record], len(_LINE_END.findall(tail))
    if len(tail) > limits.record:
        detail = f"this never ends within {limits.record:,} bytes; only so much of it is kept"
    if tail.endswith((b"\n", b"\r")):
        return b"", GivenUp(line, lines, kept, detail)
    while True:  # to the next line's start, holding nothing
        block = stream.read(limits.chunk)
        end = _LINE_END.search(block)
        if end or not block:
            return block[end.end() :] if end else b"", GivenUp(line, lines + 1, kept, detail)
