"""WebP: a RIFF of chunks (RFC 9649)."""

from __future__ import annotations

from struct import pack, unpack

from desirelines.studio.picturing.bounds import Drawn, bound, broken

_DRAWS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_TOLD = 0b1100
"""The flags of VP8X that announce EXIF and XMP."""


def webp(data: bytes) -> Drawn:
    """The chunks that draw. Raises BadInput, TooLarge."""
    whole = 8 + int(unpack("<I", data[4:8])[0])
    if whole > len(data):
        raise broken("it ends too early")
    kept, size, frames, at = [], (0, 0), 0, 12
    while at + 8 <= whole:
        kind, length = unpack("<4sI", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        if len(body) < length or at + 8 + length > whole:
            raise broken("it ends too early")
        said = _size(kind, body)
        if said:
            frames += kind != b"VP8X"
            size = size if size != (0, 0) else said
            if said[0] > size[0] or said[1] > size[1]:
                raise broken("a frame is larger than the whole")
            bound(*size, max(frames, 1))
        if kind == b"VP8X":
            body = bytes([body[0] & ~_TOLD]) + body[1:]
        if kind in _DRAWS:
            kept.append(pack("<4sI", kind, length) + body + b"\0" * (length & 1))
        at += 8 + length + (length & 1)
    if not frames:
        raise broken("there is nothing in it")
    found = b"WEBP" + b"".join(kept)
    return Drawn(*size, pack("<4sI", b"RIFF", len(found)) + found)


def _size(kind: bytes, body: bytes) -> tuple[int, int] | None:
    """The size that a chunk declares; None where it declares none."""
    if kind == b"VP8X" and len(body) >= 10:
        return _three(body[4:7]) + 1, _three(body[7:10]) + 1
    if kind == b"ANMF" and len(body) >= 16:
        return _three(body[6:9]) + 1, _three(body[9:12]) + 1
    if kind == b"VP8 " and len(body) >= 10:
        if body[3:6] != b"\x9d\x01\x2a":
            raise broken("a frame does not begin as one")
        wide, high = unpack("<HH", body[6:10])
        return wide & 0x3FFF, high & 0x3FFF
    if kind == b"VP8L" and len(body) >= 5:
        if body[0] != 0x2F:
            raise broken("a frame does not begin as one")
        bits = int(unpack("<I", body[1:5])[0])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind in (b"VP8X", b"ANMF", b"VP8 ", b"VP8L"):
        raise broken("it ends too early")
    return None


def _three(text: bytes) -> int:
    return int.from_bytes(text, "little")
