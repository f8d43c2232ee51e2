"""A map on paper: the largest text that fits one sheet; several sheets where even the smallest does not, or one that grows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from desirelines.report.board.cards import LEAST, Ink, Overleaf
from desirelines.report.board.columns import LABEL, LEAST_EDGE, NARROWEST, SEAM, Across, across
from desirelines.report.board.foot import legend
from desirelines.report.board.heads import heads, sides, title
from desirelines.report.board.inks import ACCENT, EDGE, SIDES
from desirelines.report.board.marks import Box, Drawing, Mark, Page, Stroke, moved
from desirelines.report.board.papers import PAPERS, Paper, scale
from desirelines.report.board.rows import Lane, lane, least, parted, placed
from desirelines.studio import Wall, WallColumn, WallShow

LARGEST = 11.5
"""Points of text on A4, where there is room for more; on larger sheets as much larger as they are."""
STEP = 0.95
CARDS = (15.0, 11.5)
"""Least widths of cards that stand side by side, in sizes of the text: airy, then dense."""
SEVERAL = 7.0
"""Points of text where a map takes several sheets anyway."""
SPREAD = 1.5
"""Lanes of a small map are at most so much taller than they need be."""
Grow = Literal["sheets", "one"]


@dataclass(frozen=True)
class Order:
    """`grow`: what does not fit goes on further sheets, or the sheet becomes as large as it must."""

    paper: Paper = "A3"
    show: WallShow = "both"
    grow: Grow = "sheets"


@dataclass(frozen=True)
class Frame:
    """All that stands around the lanes of one sheet."""

    wide: float
    tall: float
    across: Across
    top: tuple[Mark, ...]
    top_tall: float
    heads_at: float
    foot: tuple[Mark, ...]
    foot_tall: float

    @property
    def room(self) -> float:
        return self.tall - 2 * self.across.edge - self.top_tall - self.foot_tall


def draw(wall: Wall, order: Order, shapes: Mapping[str, float] | None = None) -> Drawing:
    """The map as marks. `shapes`: pictures by digest, as tall as one is wide."""
    steps = math.ceil(math.log(LARGEST * scale(order.paper) / LEAST) / -math.log(STEP))
    sizes = [LEAST, *(LEAST / STEP**step for step in range(1, steps)), LARGEST * scale(order.paper)]
    best, low, high = None, 0, len(sizes) - 1
    while low <= high:  # what fits at a size fits at smaller ones, nearly always: enough to halve the search
        middle = (low + high) // 2
        found = _fitting(wall, order, sizes[middle], shapes)
        best, low, high = (found, middle + 1, high) if found else (best, low, middle - 1)
    if best is not None:
        return best
    if order.grow == "one":
        return _grown(wall, order, shapes)
    return _several(wall, order, shapes)


def smallest(wall: Wall, order: Order, shapes: Mapping[str, float] | None = None) -> Drawing:
    """The map on the smallest sheet from A4 on that holds it whole; A0 where none does."""
    for paper in ("A4", "A3", "A2", "A1"):
        found = _fitting(wall, replace(order, paper=paper), LEAST, shapes)
        if found is not None:
            return draw(wall, replace(order, paper=paper), shapes)
    return draw(wall, replace(order, paper="A0"), shapes)


def _fitting(wall: Wall, order: Order, size: float, shapes: Mapping[str, float] | None) -> Drawing | None:
    """On one sheet at this size; None: it does not fit."""
    wide, tall = PAPERS[order.paper]
    for card in CARDS:
        ink = replace(_ink(size, tall, shapes), card=card)
        frame = _frame(wall, wall.columns, wide, tall, ink, order.show, "")
        if frame is None:
            return None
        lanes = [lane(wall, row, frame.across, ink) for row in wall.rows]
        if sum(one.tall for one in lanes) <= frame.room:
            return _drawing(wall, ink, [_page(frame, lanes, ink, full=True)])
    return None


def _ink(size: float, tall: float, shapes: Mapping[str, float] | None) -> Ink:
    return Ink(size, 0.36 * tall, Overleaf(), shapes or {})


def _drawing(wall: Wall, ink: Ink, pages: Sequence[Page]) -> Drawing:
    return Drawing(wall.name, wall.brand, ink.size, tuple(pages), tuple(ink.overleaf.texts))


def _frame(
    wall: Wall, columns: Sequence[WallColumn], wide: float, tall: float, ink: Ink, show: WallShow, sheet: str
) -> Frame | None:  # fmt: skip
    spans = across(wall, columns, wide, ink.size)
    if spans is None:
        return None
    inside = spans.right - spans.edge
    named, title_tall = title(wall, show, inside, ink, sheet)
    sided, sides_tall = sides(wall, spans, ink)
    headed, heads_tall = heads(spans, ink)
    top = [*moved(named, spans.edge, spans.edge), *moved(sided, 0, spans.edge + title_tall)]
    top += moved(headed, 0, spans.edge + title_tall + sides_tall)
    foot, foot_tall = legend(wall, inside, ink)
    return Frame(
        wide, tall, spans, tuple(top), title_tall + sides_tall + heads_tall, spans.edge + title_tall, tuple(foot), foot_tall
    )


def _page(frame: Frame, lanes: Sequence[Lane], ink: Ink, full: bool) -> Page:
    """`full`: lanes are spread over the sheet, as far as that looks like one map."""
    spans, needs = frame.across, sum(one.tall for one in lanes)
    spread = min(SPREAD, frame.room / needs) if full and needs else 1.0
    y, marks = spans.edge + frame.top_tall, list[Mark]()
    for one in lanes:
        marks += placed(one, spans, y, one.tall, ink.size)
        y += one.tall * spread
    bottom = frame.tall - spans.edge - frame.foot_tall
    ground = _ground(frame, bottom, ink.size)
    foot = moved(frame.foot, spans.edge, bottom)
    return Page(frame.wide, frame.tall, (*ground, *frame.top, *marks, *foot))


def _ground(frame: Frame, bottom: float, size: float) -> list[Mark]:
    spans, marks = frame.across, list[Mark]()
    for span in spans.spans:
        marks.append(Box(span.x, frame.heads_at, span.wide, bottom - frame.heads_at, SIDES[span.column.side]))
    for one, other in zip(spans.spans, spans.spans[1:], strict=False):
        if one.column.side == other.column.side:
            marks.append(Stroke(((other.x, frame.heads_at + 1.6 * size), (other.x, bottom)), EDGE, 0.05 * size))
    if spans.seam is not None:
        marks.append(Stroke(((spans.seam, frame.heads_at), (spans.seam, bottom)), ACCENT, 0.16 * size, dashed=True))
    return marks


def _grown(wall: Wall, order: Order, shapes: Mapping[str, float] | None) -> Drawing:
    """One sheet at the smallest legible text, wider and taller than the paper where it must be."""
    size = LEAST
    wide = max(PAPERS[order.paper][0], 2 * LEAST_EDGE + (LABEL + SEAM + NARROWEST * len(wall.columns)) * size + 1.0)
    ink = _ink(size, PAPERS[order.paper][1], shapes)
    frame = _frame(wall, wall.columns, wide, 0.0, ink, order.show, "")
    assert frame is not None
    lanes = [lane(wall, row, frame.across, ink) for row in wall.rows]
    tall = sum(one.tall for one in lanes) - frame.room
    return _drawing(wall, ink, [_page(replace(frame, tall=max(tall, PAPERS[order.paper][1])), lanes, ink, full=False)])


def _several(wall: Wall, order: Order, shapes: Mapping[str, float] | None) -> Drawing:
    """As few groups of stages as can be read, each over as many sheets as its lanes need; twice, to know how many there are."""
    wide, tall = PAPERS[order.paper]
    most = max(1, int((wide - 2 * LEAST_EDGE - (LABEL + SEAM) * SEVERAL - 1.0) / (NARROWEST * SEVERAL)))
    groups = -(-max(1, len(wall.columns)) // most)
    each = max(1, -(-len(wall.columns) // groups))
    parts = [wall.columns[first : first + each] for first in range(0, max(1, len(wall.columns)), each)]
    total = 99
    for _ in range(2):
        ink, pages = _ink(SEVERAL, tall, shapes), list[Page]()
        for part in parts:
            pages += _sheets(wall, part, order, ink, len(pages), total)
        total = len(pages)
    return _drawing(wall, ink, pages)


def _sheets(wall: Wall, part: Sequence[WallColumn], order: Order, ink: Ink, before: int, total: int) -> list[Page]:
    """Some stages over as many sheets as they need."""
    wide, tall = PAPERS[order.paper]
    pages, lanes = list[Page](), None
    while lanes is None or lanes:
        frame = _frame(wall, part, wide, tall, ink, order.show, f"sheet {before + len(pages) + 1} of {total}")
        assert frame is not None
        lanes = [lane(wall, row, frame.across, ink) for row in wall.rows] if lanes is None else lanes
        taken, lanes = _filled(lanes, frame.room)
        pages.append(_page(frame, taken, ink, full=False))
    return pages


def _filled(lanes: list[Lane], room: float) -> tuple[list[Lane], list[Lane]]:
    """The lanes that fit, the last perhaps in part; and what is left."""
    taken, used = list[Lane](), 0.0
    for place, one in enumerate(lanes):
        if one.tall > room - used:
            if taken and least(one) > room - used:
                return taken, lanes[place:]
            upper, rest = parted(one, room - used)
            left = [rest] if rest else []
            return [*taken, upper], [*left, *lanes[place + 1 :]]
        taken.append(one)
        used += one.tall
    return taken, []
