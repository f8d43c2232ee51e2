"""Small pictures of each kind, made by hand."""

from __future__ import annotations

from base64 import b64decode
from struct import pack
from zlib import compress, crc32

# a JPEG of 6 × 4 pixels whose EXIF names a camera and says how it was held, with a comment
JPEG = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/4QA4RXhpZgAATU0AKgAAAAgAAgEPAAIAAAAKAAAAJgESAAMAAAABAAYAAAAAAABTRUNSRVRDQU0A//4ADFNFQ1JFVE5P"
    "VEX/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1u"
    "pKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAAEAAYDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAA"
    "AAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6"
    "Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl"
    "5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEI"
    "FEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOk"
    "paanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwClRRRWB7B//9k="
)
WEBP = b64decode(
    "UklGRn4AAABXRUJQVlA4WAoAAAAIAAAABQAAAwAAVlA4ICgAAABwAQCdASoGAAQABABoJbACdAFAAAD+6ez8GgUAA//EOf4Ff6Vs7AAARVhJRjAAAABNTQAq"
    "AAAACAACAQ8AAgAAAAoAAAAmARIAAwAAAAEABgAAAAAAAFNFQ1JFVENBTQA="
)
LOSSLESS = b64decode("UklGRiIAAABXRUJQVlA4TBUAAAAvBcAAAA9wK+RBHpT5jzTc5yei/+EA")
GIF = b64decode("R0lGODlhBgAEAIEAAADIAMgeKAAAAAAAACH+ClNFQ1JFVE5PVEUALAAAAAAGAAQAAAgMAAEEGEiwoMGDAwMCADs=")


def chunk(kind: bytes, body: bytes) -> bytes:
    return pack(">I", len(body)) + kind + body + pack(">I", crc32(kind + body))


def png(width: int = 6, height: int = 4, more: bytes = b"", pixels: bool = True) -> bytes:
    rows = b"".join(b"\0" + bytes(3 * width) for _ in range(height)) if width * height < 10_000 else b""
    drawn = chunk(b"IDAT", compress(rows)) if pixels else b""
    head = chunk(b"IHDR", pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + more + drawn + chunk(b"IEND", b"")


PICTURES = {"image/png": png(), "image/jpeg": JPEG, "image/webp": WEBP, "image/gif": GIF}
