"""Letters of any script on paper: text is never markup, and a letter that no font has is a box."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

from fontpkg_fira_sans import ROOT
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

PLAIN, BOLD = "Fira", "Fira-Bold"
HAN, HANGUL = "STSong-Light", "HYSMyeongJo-Medium"
"""Not embedded: a viewer brings the shapes of Chinese, Japanese and Korean."""
BOX = "\u25a1"


@cache
def fonts() -> Any:
    """The plain font, once all are known to the library."""
    plain, bold = TTFont(PLAIN, ROOT / "files" / "FiraSans-Regular.ttf"), TTFont(BOLD, ROOT / "files" / "FiraSans-SemiBold.ttf")
    for font in (plain, bold, UnicodeCIDFont(HAN), UnicodeCIDFont(HANGUL)):
        pdfmetrics.registerFont(font)
    for family, heavy in ((PLAIN, BOLD), (BOLD, BOLD), (HAN, HAN), (HANGUL, HANGUL)):
        for italic in (0, 1):
            addMapping(family, 0, italic, family)
            addMapping(family, 1, italic, heavy)
    return plain


def _font_of(letter: str) -> str:
    """Empty: the main font."""
    code = ord(letter)
    if code in fonts().face.charToGlyph:
        return ""
    if 0x1100 <= code <= 0x11FF or 0x3130 <= code <= 0x318F or 0xAC00 <= code <= 0xD7A3:
        return HANGUL
    if 0x2E80 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0xFF00 <= code <= 0xFFEF:
        return HAN
    return ""


def shown(text: str) -> str:
    """The text as paper can show it: what does not print is a blank, a letter that no font has is a box."""
    known = fonts().face.charToGlyph
    return "".join(one if ord(one) in known or _font_of(one) else BOX if one.isprintable() else " " for one in text)


def runs(text: str) -> list[tuple[str, str]]:
    """The letters that can be shown, parted by font (empty: the main font)."""
    return [(font, "".join(letters)) for font, letters in groupby(shown(text), key=_font_of)]


def markup(text: str) -> str:
    """The text as a paragraph's XML: escaped, control characters away, letters of other scripts in fonts that have them."""
    parts = []
    for font, letters in runs(text):
        run = escape(letters)
        parts.append(f'<font name="{font}">{run}</font>' if font else run)
    return "".join(parts)
