"""GIF (89a): a screen with blocks, pictures and extensions among them, closed by a semicolon."""

from __future__ import annotations

from struct import unpack

from desirelines.studio.picturing.bounds import Drawn, bound, broken

_CONTROL, _APPLICATION = 0xF9, 0xFF
_LOOPS = b"\x0bNETSCAPE2.0"


def gif(data: bytes) -> Drawn:
    """The frames and how they follow each other. Raises BadInput, TooLarge."""
    if len(data) < 13:
        raise broken("it ends too early")
    width, height, flags = unpack("<HHB", data[6:11])
    bound(width, height)
    at = 13 + _colours(flags)
    kept, frames = [data[:at]], 0
    while True:
        mark = data[at : at + 1]
        if mark == b";":
            break
        if mark == b"!":
            end = _blocks(data, at + 2)
            label = data[at + 1]
            if label == _CONTROL or (label == _APPLICATION and data[at + 2 :].startswith(_LOOPS)):
                kept.append(data[at:end])
        elif mark == b",":
            end = _frame(data, at, width, height)
            frames += 1
            bound(width, height, frames)
            kept.append(data[at:end])
        else:
            raise broken("it ends too early" if not mark else "a part of it is unknown")
        at = end
    if not frames:
        raise broken("there is nothing in it")
    return Drawn(width, height, b"".join([*kept, b";"]))


def _colours(flags: int) -> int:
    """Bytes of the colour table that `flags` announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _frame(data: bytes, at: int, width: int, height: int) -> int:
    """Where a frame ends; it must lie on the screen."""
    head = data[at + 1 : at + 10]
    if len(head) < 9:
        raise broken("it ends too early")
    left, top, wide, high, flags = unpack("<HHHHB", head)
    if left + wide > width or top + high > height:
        raise broken("a frame is larger than the whole")
    return _blocks(data, at + 10 + _colours(flags) + 1)


def _blocks(data: bytes, at: int) -> int:
    """Where a row of blocks ends, each told by its length, closed by one of none."""
    while True:
        if at >= len(data):
            raise broken("it ends too early")
        length = data[at]
        at += 1 + length
        if not length:
            return at
