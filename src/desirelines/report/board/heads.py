"""What stands over a map's lanes: its title, the two sides with the seam, and each stage's head."""

from __future__ import annotations

from desirelines.report.board.cards import Ink, disc, set_text
from desirelines.report.board.columns import Across, Span
from desirelines.report.board.inks import ACCENT_INK, CONTROL, FAINT, INK, RULE, SOFT
from desirelines.report.board.marks import Box, Mark
from desirelines.report.board.measuring import clean, cut
from desirelines.studio import Wall, WallShow, figure_said, number_said

SHOWS: dict[WallShow, str] = {"both": "as it is and as it should be", "is": "as it is", "should": "as it should be"}
NAMES = {"buyer": "Before the sale", "customer": "After the sale"}
TITLE = 1.9
LONGEST_NAME, LONGEST_WORDS = 140, 420


def title(wall: Wall, show: WallShow, wide: float, ink: Ink, sheet: str) -> tuple[list[Mark], float]:
    """Name, whose, when and what it is drawn for; from the top 0 at x 0."""
    marks: list[Mark] = []
    size = ink.size
    y = set_text(cut(clean(wall.name), LONGEST_NAME), 0.0, 0.0, wide, TITLE * size, INK, True, ink, marks)
    brand = f"{wall.brand}, an invented brand" if wall.simulated else wall.brand
    whose = f"for {', '.join(wall.personas)}" if wall.personas else ""
    line = " · ".join(clean(one) for one in (brand, whose, SHOWS[show], f"{wall.version} of {wall.on}", wall.data, sheet) if one)
    y = set_text(cut(line, LONGEST_WORDS), 0.0, y, wide, ink.small, FAINT, False, ink, marks)
    if wall.words:
        room = min(wide, 70 * size)
        y = set_text(cut(clean(wall.words), LONGEST_WORDS), 0.0, y + 0.2 * size, room, size, SOFT, False, ink, marks)
    return marks, y + 0.7 * size


def sides(wall: Wall, wide: Across, ink: Ink) -> tuple[list[Mark], float]:
    """The names of the sides over their stages; beside the seam what crosses it."""
    size, marks, tall = ink.size, list[Mark](), 0.0
    for side, name in NAMES.items():
        spans = [span for span in wide.spans if span.column.side == side]
        if not spans:
            continue
        x, room = spans[0].x + 0.4 * size, spans[-1].x + spans[-1].wide - spans[0].x - 0.8 * size
        y = set_text(name, x, 0.35 * size, room, ink.small, FAINT, True, ink, marks)
        if side == "customer" and wide.seam is not None and wall.seam:
            told = " · ".join(figure_said(one) for one in wall.seam if one.value is not None)
            y = set_text(f"the seam: {told}" if told else "", x, y, room, ink.small, ACCENT_INK, False, ink, marks)
        tall = max(tall, y)
    return marks, tall + 0.15 * size


def heads(wide: Across, ink: Ink) -> tuple[list[Mark], float]:
    """Each stage's name, what is measured of it, what it is."""
    size, marks, tall = ink.size, list[Mark](), 0.0
    short = Ink(ink.size, min(ink.tallest, 14 * size), ink.overleaf, ink.shapes)
    for span in wide.spans:
        tall = max(tall, _head(span, short, marks))
    return marks, tall + 0.5 * size


def _head(span: Span, ink: Ink, marks: list[Mark]) -> float:
    one, size = span.column, ink.size
    x, room = span.x + 0.4 * size, span.wide - 0.8 * size
    graded = 1.2 * size if one.grade else 0.0
    y = set_text(clean(one.name), x, 0.3 * size, room - graded, 1.2 * size, INK, True, ink, marks)
    if one.grade:
        marks.append(disc(x + room - 0.45 * size, 0.3 * size + 0.75 * size, 0.38 * size, one.grade))
    reach = next((two for two in one.figures if two.name == "reach"), None)
    if reach is not None and reach.value is not None:
        y += 0.15 * size
        marks.append(Box(x, y, room, 0.28 * size, RULE))
        marks.append(Box(x, y, room * min(1.0, max(0.0, reach.value)), 0.28 * size, CONTROL))
        y += 0.45 * size
        time = next((two for two in one.figures if two.name == "time" and two.value is not None), None)
        told = f"{number_said(reach.value, reach.unit)} reach it, n {reach.n:,}"
        told += f" · {number_said(time.value, time.unit)}" if time and time.value is not None else ""
        y = set_text(told, x, y, room, ink.small, SOFT, False, ink, marks)
    said = "\n".join(part for part in (cut(clean(one.words), 200), " · ".join(clean(note) for note in one.notes)) if part)
    return set_text(said, x, y, room, ink.small, FAINT, False, ink, marks)
