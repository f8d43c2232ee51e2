"""How wide a text is in the font that is drawn, and where it is broken."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from reportlab.pdfbase import pdfmetrics

from desirelines.report.letters import BOLD, PLAIN, runs

_KEPT = "\u200c\u200d"
"""Joiners: letters of some scripts and signs are made of several by them."""
_PIECES = re.compile("[^ ]+")
_BLANKS = re.compile(r"[^\S\n\u00a0]+")
_BREAKS = re.compile(r"(?<=[-/_.,;:@|\\])")


def clean(text: str) -> str:
    """Only what can be seen: controls and marks of direction are gone, each run of blanks is one, lines stay lines."""
    seen = "".join(one if one in "\n\t" or one in _KEPT or _seen(one) else " " for one in text.replace("\r", "\n"))
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in seen.split("\n")).strip()


def _seen(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return kind[0] != "C" and kind not in ("Zl", "Zp") and letter not in "\ufffe\uffff"


@lru_cache(maxsize=50_000)
def width(text: str, bold: bool = False) -> float:
    """In sizes of the font."""
    main = BOLD if bold else PLAIN
    return float(sum(pdfmetrics.stringWidth(letters, font or main, 1.0) for font, letters in runs(text)))


def wrapped(text: str, bold: bool, size: float, room: float) -> list[str]:
    """The text's lines, none wider than the room unless a single letter is."""
    found: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in _PIECES.findall(paragraph):
            tried = f"{line} {word}" if line else word
            if width(tried, bold) * size <= room:
                line = tried
                continue
            if line:
                found.append(line)
            *full, line = _parts(word, bold, size, room)
            found += full
        if line:
            found.append(line)
    return found


def _parts(word: str, bold: bool, size: float, room: float) -> list[str]:
    """A word that is too long, broken behind its own marks where it can be, else anywhere."""
    if width(word, bold) * size <= room:
        return [word]
    found, line = [], ""
    for piece in _BREAKS.split(word):
        if width(line + piece, bold) * size <= room:
            line += piece
            continue
        if line:
            found.append(line)
        line = ""
        for letter in piece:
            if line and width(line + letter, bold) * size > room:
                found.append(line)
                line = ""
            line += letter
    return [*found, line]


def cut(text: str, most: int) -> str:
    """At most so many letters, broken at a blank where there is one near."""
    if len(text) <= most:
        return text
    kept = text[:most].rstrip()
    near = kept.rfind(" ")
    return kept[: near if near > most * 0.7 else most].rstrip(" ,;:")
