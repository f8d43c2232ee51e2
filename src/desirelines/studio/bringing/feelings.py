"""How an old map says a feeling, as a number from -1 to 1."""

from __future__ import annotations

import re

_INTENDED = re.compile(r"intended\s+([+-]?\d+(?:[.,]\d+)?)")
_NUMBER = re.compile(r"([+-]?\d+(?:[.,]\d+)?)(?:\s*/\s*(\d+))?")
_FACES = {
    "very happy": 1.0, "very positive": 1.0, "delighted": 1.0, "happy": 0.6, "positive": 0.6, "satisfied": 0.5, "good": 0.5,
    "neutral": 0.0, "ok": 0.0, "okay": 0.0, "unsure": -0.2, "negative": -0.6, "sad": -0.6, "frustrated": -0.7, "unhappy": -0.6,
    "very negative": -1.0, "very unhappy": -1.0, "angry": -0.9, "😀": 0.8, "😃": 0.8, "😄": 0.9, "😊": 0.7, "🙂": 0.4, "😐": 0.0,
    "😕": -0.3, "🙁": -0.5, "☹": -0.6, "😞": -0.7, "😠": -0.9, "😡": -1.0, ":)": 0.5, ":|": 0.0, ":(": -0.5,
    "high": 0.7, "medium": 0.0, "low": -0.7, "+": 0.5, "++": 1.0, "-": -0.5, "--": -1.0, "0": 0.0,
}  # fmt: skip


def desired_of(text: str) -> float | None:
    """`+0.5`, `intended +0.5`, `4/5`, `7/10`, `3` (of five), `happy`, a face; None: it is said in other words."""
    said = text.strip().casefold()
    if said in _FACES:
        return _FACES[said]
    ours = _INTENDED.match(said)
    if ours:
        return _inside(float(ours[1].replace(",", ".")))
    number = _NUMBER.fullmatch(said)
    if number is None:
        return None
    value = float(number[1].replace(",", "."))
    if number[2]:
        most = float(number[2])
        return _inside(2 * (value - 1) / (most - 1) - 1) if most > 1 else None
    if -1 <= value <= 1 and (said[0] in "+-" or "." in said or "," in said):
        return _inside(value)
    return (
        _inside((value - 3) / 2) if 1 <= value <= 5 and said[0] not in "+-" else _inside(value / 5) if abs(value) <= 5 else None
    )


def _inside(value: float) -> float:
    return round(min(1.0, max(-1.0, value)), 4)
