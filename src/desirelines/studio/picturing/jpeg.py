"""JPEG (ITU-T T.81): segments between markers, then what the scans hold."""

from __future__ import annotations

import re
from struct import pack, unpack, unpack_from

from desirelines.studio.picturing.bounds import Drawn, bound, broken

_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_TABLES = frozenset({0xC4, 0xCC, 0xDB, 0xDD})
_SCAN, _END, _JFIF, _EXIF, _PROFILE, _ADOBE = 0xDA, 0xD9, 0xE0, 0xE1, 0xE2, 0xEE
_MARK = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""The next marker behind a scan: what is escaped or restarts belongs to the scan."""
_TURNED = 0x0112


def jpeg(data: bytes) -> Drawn:
    """The segments that draw, and which way up. Raises BadInput, TooLarge."""
    kept, at, size, way_up, scans = [b"\xff\xd8"], 2, (0, 0), 1, 0
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        head = data[at : at + 4]
        if head[:2] == b"\xff\xd9":
            break
        if len(head) < 4 or head[0] != 0xFF:
            raise broken("it ends too early")
        mark, end = head[1], at + 2 + unpack(">H", head[2:])[0]
        if end > len(data) or end < at + 4:
            raise broken("it ends too early")
        body = data[at + 4 : end]
        if mark in _SIZES:
            size = _size(body)
        elif mark == _EXIF and body.startswith(b"Exif\0\0"):
            way_up = _way_up(body[6:])
        if mark == _SCAN:
            scans += 1
            found = _MARK.search(data, end)
            if not found:
                raise broken("it ends too early")
            end = found.start()
        kept.append(_kept(mark, body, data[at:end]))
        at = end
    if not scans or size == (0, 0):
        raise broken("there is nothing in it")
    if way_up != 1:
        kept.insert(1, _turned(way_up))
    return Drawn(*size, b"".join([*kept, b"\xff\xd9"]))


def _size(body: bytes) -> tuple[int, int]:
    if len(body) < 6:
        raise broken("it ends too early")
    height, width = unpack(">HH", body[1:5])
    bound(width, height)
    return width, height


def _kept(mark: int, body: bytes, whole: bytes) -> bytes:
    """A segment as it is kept; empty: it is left behind."""
    if mark in _SIZES or mark in _TABLES or mark == _SCAN:
        return whole
    if mark == _JFIF and body.startswith(b"JFIF\0") and len(body) >= 14:
        return b"\xff\xe0\x00\x10" + body[:12] + b"\0\0"
    if (mark == _PROFILE and body.startswith(b"ICC_PROFILE\0")) or (mark == _ADOBE and body.startswith(b"Adobe")):
        return whole
    return b""


def _way_up(tiff: bytes) -> int:
    """How the camera was held, 1 to 8 (Exif 2.3, 4.6.4); 1 where it is not said."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if not order or len(tiff) < 8:
        return 1
    at = unpack_from(f"{order}I", tiff, 4)[0]
    if at + 2 > len(tiff):
        return 1
    for n in range(unpack_from(f"{order}H", tiff, at)[0]):
        entry = at + 2 + 12 * n
        if entry + 12 > len(tiff):
            return 1
        tag, kind, _, value = unpack_from(f"{order}HHIH", tiff, entry)
        if tag == _TURNED and kind == 3 and 1 <= value <= 8:
            return int(value)
    return 1


def _turned(way_up: int) -> bytes:
    """An EXIF segment that says which way up a picture is, and nothing else."""
    tiff = b"MM\0*" + pack(">IHHHIHHI", 8, 1, _TURNED, 3, 1, way_up, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + pack(">H", len(body) + 2) + body
