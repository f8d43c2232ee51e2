"""Frames of the wire: one byte that says what it is, the document's name after its length, and what it carries."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

FRAME_BYTES = 1_000_000
"""No frame that people's work makes is larger; a whole plan comes in as a file."""


class From(IntEnum):
    """What a browser sends."""

    OPEN = 0
    UPDATE = 1
    PRESENCE = 2
    CLOSE = 3
    PING = 4


class To(IntEnum):
    """What it is sent."""

    STATE = 0
    UPDATE = 1
    PRESENCE = 2
    STORED = 3
    REFUSED = 4
    NOTICE = 5
    PONG = 6
    HELLO = 7


@dataclass(frozen=True)
class Frame:
    kind: From
    name: str
    payload: bytes


def read_frame(data: bytes) -> Frame:
    """A frame as it came. Raises ValueError for what is none."""
    if len(data) < 2 or len(data) < 2 + data[1]:
        raise ValueError("too short")
    end = 2 + data[1]
    return Frame(From(data[0]), data[2:end].decode(), data[end:])


def frame(kind: To, name: str = "", payload: bytes = b"") -> bytes:
    """A frame to be sent. Names of documents are short: the length is one byte."""
    words = name.encode()
    return bytes((kind, len(words))) + words + payload


def words(value: Any) -> bytes:
    """A value as JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def number(value: int) -> bytes:
    return value.to_bytes(4, "big")


def numbered(payload: bytes) -> tuple[int, bytes]:
    """The number that a payload begins with, and the rest. Raises ValueError."""
    if len(payload) < 4:
        raise ValueError("too short")
    return int.from_bytes(payload[:4], "big"), payload[4:]
