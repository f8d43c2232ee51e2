"""Letters that XML can hold."""

from __future__ import annotations


def may_stand(letter: str) -> bool:
    """Whether a letter may stand in a document of XML, and so in a workbook."""
    code = ord(letter)
    return letter in "\t\n" or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
