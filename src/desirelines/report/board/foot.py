"""The legend under a map: only what stands on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desirelines.report.board.cards import Ink, disc
from desirelines.report.board.inks import (
    ACCENT,
    BROKEN,
    DOUBT,
    EDGE,
    FAINT,
    INK,
    KEPT,
    PAPER,
    PLANNED,
    RULE,
    SIDE_EDGES,
    SIDES,
    SOFT,
)  # fmt: skip
from desirelines.report.board.marks import ASCENT, DESCENT, LEADING, Box, Disc, Mark, Stroke, Words
from desirelines.report.board.measuring import clean, cut, width, wrapped
from desirelines.studio import Wall

SIGN, GAP = 2.0, 1.4
"""A sign's width and the gap to the next, in sizes."""
LONGEST = 300


@dataclass(frozen=True)
class Sign:
    words: str
    draw: Callable[[float, float, float], list[Mark]]
    """x, the line's middle y, and the size of the text to marks."""


def legend(wall: Wall, wide: float, ink: Ink) -> tuple[list[Mark], float]:
    """Signs with their words in lines, then what to mind; from the top 0 at x 0."""
    size, marks = ink.small, list[Mark]()
    x, y = 0.0, 0.5 * size
    for sign in _signs(wall):
        needs = (SIGN + 0.4) * size + width(sign.words) * size
        if x and x + needs > wide:
            x, y = 0.0, y + LEADING * size
        marks += sign.draw(x, y + LEADING / 2 * size, size)
        base = y + (LEADING - ASCENT - DESCENT) / 2 * size + ASCENT * size
        marks.append(Words(x + (SIGN + 0.4) * size, base, sign.words, size, width(sign.words) * size, SOFT))
        x += needs + GAP * size
    y += (LEADING + 0.25) * size
    minds = [cut(clean(one), LONGEST) for one in wall.caveats[:2]]
    for line in (part for one in minds for part in wrapped(one, False, size, wide)):
        marks.append(Words(0.0, y + ASCENT * size, line, size, width(line) * size, FAINT))
        y += LEADING * size
    return marks, y


def _signs(wall: Wall) -> list[Sign]:
    kinds = {cell.kind for row in wall.rows for several in row.cells.values() for cell in several}
    states = {cell.state for row in wall.rows for several in row.cells.values() for cell in several}
    found = [Sign(words, _tint(side)) for side, words in (("buyer", "before the sale"), ("customer", "after the sale"))]
    if kinds & {"touchpoint", "moment", "card", "promise"}:
        found += [Sign(grade, _grade(grade)) for grade in ("guessed", "observed", "asked", "measured")]
    if "promise" in kinds:
        found += [Sign("kept", _bar(KEPT)), Sign("in doubt", _bar(DOUBT)), Sign("broken", _bar(BROKEN)), Sign("promised", _notch)]
    feelings = [column.feeling for column in wall.columns] if any(row.id == "emotion" for row in wall.rows) else []
    if any(one.desired is not None for one in feelings):
        found.append(Sign("feeling intended", _line(SOFT, False)))
    if any(one.wanted is not None for one in feelings):
        found.append(Sign("wanted", _line(ACCENT, True)))
    if any(one.felt is not None for one in feelings):
        found.append(Sign("felt, with interval", _point))
    if any(one.desire for one in wall.lines) and any(row.id == "ways" for row in wall.rows):
        found += [Sign("walked, drawn by nobody", _way), Sign("planned way", _line(PLANNED, False))]
    if states & {"new", "idea", "pilot"}:
        found.append(Sign("to come", _dashed))
    return found


def _tint(side: str) -> Callable[[float, float, float], list[Mark]]:
    return lambda x, y, size: [Box(x, y - 0.45 * size, SIGN * size, 0.9 * size, SIDES[side], SIDE_EDGES[side], 0.06 * size)]


def _grade(grade: str) -> Callable[[float, float, float], list[Mark]]:
    return lambda x, y, size: [disc(x + (SIGN - 0.5) * size, y, 0.42 * size, grade)]


def _bar(fill: str) -> Callable[[float, float, float], list[Mark]]:
    return lambda x, y, size: [
        Box(x, y - 0.25 * size, SIGN * size, 0.5 * size, RULE), Box(x, y - 0.25 * size, 0.75 * SIGN * size, 0.5 * size, fill),
    ]  # fmt: skip


def _notch(x: float, y: float, size: float) -> list[Mark]:
    at = x + 0.8 * SIGN * size
    return [
        Box(x, y - 0.25 * size, SIGN * size, 0.5 * size, RULE),
        Stroke(((at, y - 0.45 * size), (at, y + 0.45 * size)), INK, 0.14 * size),
    ]


def _line(ink: str, dashed: bool) -> Callable[[float, float, float], list[Mark]]:
    return lambda x, y, size: [Stroke(((x, y), (x + SIGN * size, y)), ink, 0.12 * size, dashed)]


def _point(x: float, y: float, size: float) -> list[Mark]:
    middle = x + SIGN * size / 2
    return [Stroke(((middle, y - 0.5 * size), (middle, y + 0.5 * size)), KEPT, 0.12 * size), Disc(middle, y, 0.3 * size, KEPT)]


def _way(x: float, y: float, size: float) -> list[Mark]:
    return [Stroke(((x, y), (x + SIGN * size, y)), ACCENT, 0.5 * size, dense=0.5)]


def _dashed(x: float, y: float, size: float) -> list[Mark]:
    return [Box(x, y - 0.45 * size, SIGN * size, 0.9 * size, PAPER, EDGE, 0.08 * size, 0.2 * size, True)]
