"""One cell of a map as a card of a given width: its words broken, its grade, its figures, a meter, a picture."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from desirelines.report.board.inks import (
    ACCENT_INK,
    ACCENT_SOFT,
    BROKEN_INK,
    BROKEN_SOFT,
    CONTROL,
    DOUBT_SOFT,
    EDGE,
    FAINT,
    GRADES,
    INK,
    PAPER,
    SOFT,
    STATE_INKS,
)  # fmt: skip
from desirelines.report.board.marks import ASCENT, DESCENT, LEADING, Box, Disc, Mark, Photo, Stroke, Words
from desirelines.report.board.measuring import clean, cut, width, wrapped
from desirelines.report.board.meter import meter
from desirelines.studio import WallCell, WallFigure, figure_said, interval_said, number_said

LEAST = 6.0
"""No letter is smaller, in points."""
LONGEST, LONGEST_MORE = 320, 260
"""Letters of a card's words and of all that stands under them; what is longer goes on overleaf."""
LEFT_OUT = ("backstage", "frontstage", "system", "way", "owner", "figure", "emotion", "message", "do", "think", "feel")
"""Kinds that show no grade: they say what others do."""
_N = re.compile(r"\bn (?=[0-9])")
SHOWN = ("people", "reach", "of journeys")
"""Figures that stand on a card; the others are in the tables."""


@dataclass
class Overleaf:
    """Texts that do not fit their card, numbered as they come."""

    texts: dict[str, int] = field(default_factory=dict)

    def number(self, text: str) -> int:
        return self.texts.setdefault(text, len(self.texts) + 1)


@dataclass(frozen=True)
class Ink:
    """How this drawing is set: `size` of its text; `tallest`: no card is taller; `shapes`: pictures as tall as one is wide."""

    size: float
    tallest: float
    overleaf: Overleaf
    shapes: Mapping[str, float] = field(default_factory=dict)
    card: float = 15.0
    """A card's least width, in sizes, before two stand side by side."""

    @property
    def small(self) -> float:
        return max(LEAST, 0.84 * self.size)


@dataclass(frozen=True)
class Block:
    wide: float
    tall: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Dress:
    fill: str = ""
    edge: str = ""
    bar: str = ""
    ink: str = INK
    bold: bool = False
    dashed: bool = False
    inset: float = 0.0


def dress(cell: WallCell, lane: str) -> Dress:
    """Colour is never the only sign: what is to come or to go says so in words too."""
    dashed = cell.state in ("new", "idea", "pilot")
    ink = FAINT if cell.state in ("going", "retired") else INK
    if cell.kind == "touchpoint":
        return Dress(PAPER, EDGE, ink=ink, bold=True, dashed=dashed)
    if cell.kind == "moment":
        return Dress("", "", bar=CONTROL, ink=ink)
    if cell.kind == "experience":
        return Dress(PAPER, EDGE, ink=ink, dashed=dashed, inset=1.0)
    if cell.kind == "promise":
        return Dress(bold=True)
    if cell.kind == "card":
        fill = {"pains": BROKEN_SOFT, "opportunities": ACCENT_SOFT, "insights": DOUBT_SOFT}.get(lane, PAPER)
        return Dress(fill, EDGE if fill == PAPER or dashed else "", ink=ink, dashed=dashed)
    if cell.kind == "owner":
        return Dress(ink=BROKEN_INK if cell.state == "nobody" else INK)
    return Dress(ink=ACCENT_INK if cell.kind == "way" else ink)


def block(cell: WallCell, lane: str, wide: float, ink: Ink) -> Block:
    """A card, never taller than the tallest."""
    look, size = dress(cell, lane), ink.size
    boxed = bool(look.fill or look.edge)
    left = look.inset * size + (0.5 * size if boxed else 0.0) + (0.7 * size if look.bar else 0.0)
    pad = 0.42 * size if boxed else 0.12 * size
    graded = cell.grade in GRADES and cell.kind not in LEFT_OUT
    room = wide - left - (0.5 * size if boxed else 0.2 * size)
    y, marks = pad, list[Mark]()
    if cell.picture in ink.shapes:
        tall = min(room * ink.shapes[cell.picture], 0.5 * ink.tallest, 12 * size)
        across = tall / ink.shapes[cell.picture]
        marks.append(Photo(left, y, across, tall, cell.picture))
        y += tall + 0.3 * size
    words, about = _words(cell, ink)
    if cell.words:
        y = set_text(words, left, y, room - (1.1 * size if graded else 0.0), size, look.ink, look.bold, ink, marks, about)
    if cell.kind == "promise" and cell.figures:
        y = meter(cell, left, y + 0.25 * size, room, size, marks)
        y = set_text(_kept(cell), left, y, room, ink.small, STATE_INKS.get(cell.state, SOFT), False, ink, marks)
    small = FAINT if not look.fill or look.fill == PAPER else SOFT
    y = set_text(_under(cell, ink), left, y, room, ink.small, small, False, ink, marks)
    tall = y + pad
    if graded:
        marks.append(disc(wide - (0.5 if boxed else 0.2) * size - 0.4 * size, pad + 0.52 * size, 0.36 * size, cell.grade))
    return Block(wide, tall, (*_ground(look, size, wide, tall), *marks))


def disc(x: float, y: float, r: float, grade: str) -> Disc:
    """The evidence grade as a disc that fills."""
    return Disc(x, y, r, CONTROL, GRADES.get(grade, 0.0), grade == "guessed")


def _ground(look: Dress, size: float, wide: float, tall: float) -> list[Mark]:
    left = look.inset * size
    if look.fill or look.edge:
        return [Box(left, 0, wide - left, tall, look.fill, look.edge, 0.06 * size, 0.35 * size, look.dashed)]
    if look.bar:
        x = left + 0.15 * size
        return [Stroke(((x, 0.1 * size), (x, tall - 0.1 * size)), look.bar, 0.14 * size)]
    return []


def _words(cell: WallCell, ink: Ink) -> tuple[str, str]:
    """The words as they are drawn, and the whole of them where they are cut."""
    whole = clean(cell.words)
    short = cut(whole, LONGEST)
    said = whole if short == whole else f"{short} … [{ink.overleaf.number(whole)}]"
    return (f"“{said}”" if cell.quoted else said), ("" if short == whole else whole)


def _kept(cell: WallCell) -> str:
    target = f"promised {100 * cell.target:g} %" if cell.target is not None else ""
    figures = [figure_said(one).removeprefix("kept ") for one in cell.figures]
    return _together(" · ".join(part for part in (cell.state, *figures, target) if part))


def _under(cell: WallCell, ink: Ink) -> str:
    """What stands small under the words: its texts, then one line for what belongs to the card."""
    lines = [clean(one) for one in cell.more]
    facts = [cell.medium, *_state(cell), cell.persona, cell.source]
    if cell.kind in ("touchpoint", "backstage", "frontstage", "system"):
        facts, lines = [*facts, *(one for one in lines if one != "alive")], []
    if cell.kind not in ("backstage", "frontstage"):
        facts.append(cell.owner)
    if cell.kind == "promise" and not cell.figures and cell.target is not None:
        facts.append(f"promised {100 * cell.target:g} %")
    if cell.kind not in ("promise", "emotion", "figure") and "unmeasured" not in cell.more:
        facts += [_short(one) for one in cell.figures if one.value is not None and one.name in SHOWN]
    together = " · ".join(_together(clean(one)) for one in facts if one)
    text = "\n".join(part for part in (*lines, together) if part)
    short = cut(text, LONGEST_MORE)
    return text if short == text else f"{short} … [{ink.overleaf.number(text)}]"


def _state(cell: WallCell) -> list[str]:
    if cell.kind == "promise":
        return [] if cell.figures else [cell.state]
    return {"kept": [], "new": ["to come"], "going": ["to go"], "nobody": []}.get(cell.state, [cell.state])


def _short(one: WallFigure) -> str:
    """Without n where the map's head says it: all journeys."""
    if one.name == "people":
        return f"{one.value or 0:,.0f} people"
    rests = interval_said(one)
    said = number_said(one.value or 0.0, one.unit)
    return f"{said} {one.name}" if one.name == "of journeys" else f"{one.name} {said}" + (f" ({rests})" if rests else "")


def _together(text: str) -> str:
    """A number stays with its sign, n with its number."""
    return _N.sub("n\u00a0", text.replace(" %", "\u00a0%"))


def set_text(
    text: str, x: float, y: float, room: float, size: float, colour: str, bold: bool, ink: Ink, marks: list[Mark], about: str = ""
) -> float:  # fmt: skip
    """Write a text's lines from the top `y` down; answers where the next one begins. What passes the tallest is cut."""
    if not text:
        return y
    lines = wrapped(text, bold, size, room)
    most = max(1, int((ink.tallest - y) / (LEADING * size)))
    if len(lines) > most:
        mark = f"… [{ink.overleaf.number(about or text)}]"
        lines = [*lines[: most - 1], mark if width(mark, bold) * size <= room else "…"]
    for line in lines:
        base = y + (LEADING - ASCENT - DESCENT) / 2 * size + ASCENT * size
        marks.append(Words(x, base, line, size, min(room, width(line, bold) * size), colour, bold, about))
        y += LEADING * size
    return y
