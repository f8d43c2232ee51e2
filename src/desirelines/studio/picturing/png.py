"""PNG (ISO/IEC 15948): a signature and chunks, each with its length and checksum."""

from __future__ import annotations

from struct import unpack
from zlib import crc32

from desirelines.studio.picturing.bounds import Drawn, bound, broken

_DRAWS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs"})
"""Text, times, profiles (which are packed) and animation are left behind."""


def png(data: bytes) -> Drawn:
    """The chunks that draw. Raises BadInput, TooLarge."""
    kept, at, kind, size, pixels = [data[:8]], 8, b"", (0, 0), False
    while kind != b"IEND":
        head = data[at : at + 8]
        if len(head) < 8:
            raise broken("it ends too early")
        length, kind = unpack(">I4s", head)
        end = at + 12 + length
        if end > len(data):
            raise broken("it ends too early")
        if crc32(data[at + 4 : end - 4]) != unpack(">I", data[end - 4 : end])[0]:
            raise broken("a checksum is wrong")
        if at == 8:
            if kind != b"IHDR" or length != 13:
                raise broken("it does not begin with its size")
            size = unpack(">II", data[16:24])
            bound(*size)
        if kind in _DRAWS:
            kept.append(data[at:end])
        elif not kind[0] & 32:
            raise broken("it needs a part that nobody knows")
        pixels |= kind == b"IDAT"
        at = end
    if not pixels:
        raise broken("there is nothing in it")
    return Drawn(*size, b"".join(kept))
