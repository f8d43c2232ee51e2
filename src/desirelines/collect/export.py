"""Text on its way out into a table that somebody opens in a spreadsheet."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet would take it for a formula; NUL, which ends a cell, is gone."""
    text = text.replace("\0", "")
    return f"'{text}" if text.startswith(_FORMULA) else text
