"""One lane across a sheet: in each stage its cards, side by side where there is room, in reading order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desirelines.report.board.cards import Block, Ink, block, set_text
from desirelines.report.board.columns import Across
from desirelines.report.board.feelings import feelings
from desirelines.report.board.inks import RULE, SOFT
from desirelines.report.board.marks import Mark, Stroke, moved
from desirelines.report.board.walking import walking
from desirelines.studio import Wall, WallCell, WallRow

WIDEST = 34.0
"""No line of a card is longer, in sizes."""


@dataclass(frozen=True)
class Shelf:
    """Cards side by side: (x within the stage, card)."""

    tall: float
    blocks: tuple[tuple[float, Block], ...]


@dataclass(frozen=True)
class Lane:
    """A lane ready to be placed. `picture`: what is drawn over its cards, on the sheet's own x."""

    row: WallRow
    label: tuple[Mark, ...]
    label_tall: float
    picture: tuple[Mark, ...]
    picture_tall: float
    shelves: Mapping[str, tuple[Shelf, ...]]
    pad: float

    @property
    def tall(self) -> float:
        inside = max((sum(one.tall for one in several) for several in self.shelves.values()), default=0.0)
        return max(self.label_tall, self.picture_tall + inside) + 2 * self.pad

    @property
    def deepest(self) -> int:
        return max((len(several) for several in self.shelves.values()), default=0)


def lane(wall: Wall, row: WallRow, wide: Across, ink: Ink) -> Lane:
    """Lay out one row of the wall."""
    size, label = ink.size, list[Mark]()
    label_tall = set_text(row.name, 0.0, 0.0, wide.label - 0.9 * size, max(size, 6.0), SOFT, True, ink, label)
    picture, picture_tall = _picture(wall, row, wide, size)
    shelves = {
        span.column.id: _shelves(row.cells[span.column.id], row.id, span.wide - 0.8 * size, ink)
        for span in wide.spans if row.cells.get(span.column.id)
    }  # fmt: skip
    return Lane(row, tuple(label), label_tall, picture, picture_tall, shelves, 0.55 * size)


def _picture(wall: Wall, row: WallRow, wide: Across, size: float) -> tuple[tuple[Mark, ...], float]:
    if row.id == "emotion":
        return feelings(wall, wide, size)
    if row.id == "ways":
        return walking(wall, wide, size)
    return (), 0.0


def _shelves(cells: Sequence[WallCell], row: str, wide: float, ink: Ink) -> tuple[Shelf, ...]:
    size = ink.size
    gap = 0.5 * size
    beside = max(1, min(len(cells), int((wide + gap) / (ink.card * size + gap))))
    each = min((wide - gap * (beside - 1)) / beside, WIDEST * size)
    blocks = [block(cell, row, each, ink) for cell in cells]
    shelves = []
    for first in range(0, len(blocks), beside):
        line = blocks[first : first + beside]
        tall = max(one.tall for one in line) + gap
        shelves.append(Shelf(tall, tuple((place * (each + gap), one) for place, one in enumerate(line))))
    return tuple(shelves)


def parted(one: Lane, room: float) -> tuple[Lane, Lane | None]:
    """The lane's upper part that fits the room, and what is left; at least one shelf is taken from each stage."""
    if one.tall <= room:
        return one, None
    inside = room - 2 * one.pad - one.picture_tall
    upper, lower = dict[str, tuple[Shelf, ...]](), dict[str, tuple[Shelf, ...]]()
    for stage, shelves in one.shelves.items():
        taken, tall = 0, 0.0
        while taken < len(shelves) and (tall + shelves[taken].tall <= inside or not taken):
            tall += shelves[taken].tall
            taken += 1
        upper[stage] = shelves[:taken]
        if shelves[taken:]:
            lower[stage] = shelves[taken:]
    first = Lane(one.row, one.label, one.label_tall, one.picture, one.picture_tall, upper, one.pad)
    rest = Lane(one.row, one.label, one.label_tall, (), 0.0, lower, one.pad) if lower else None
    return first, rest


def least(one: Lane) -> float:
    """The height that its first shelves need."""
    inside = max((several[0].tall for several in one.shelves.values() if several), default=0.0)
    return max(one.label_tall, one.picture_tall + inside) + 2 * one.pad


def placed(one: Lane, wide: Across, y: float, tall: float, size: float) -> list[Mark]:
    """The lane's marks from the top `y`, on so much height, with the line over it."""
    marks: list[Mark] = [Stroke(((wide.edge, y), (wide.right, y)), RULE, 0.08 * size)]
    marks += moved(one.label, wide.edge + 0.1 * size, y + one.pad)
    marks += moved(one.picture, 0.0, y + one.pad)
    for span in wide.spans:
        down = y + one.pad + one.picture_tall
        for shelf in one.shelves.get(span.column.id, ()):
            for x, card in shelf.blocks:
                marks += moved(card.marks, span.x + 0.4 * size + x, down)
            down += shelf.tall
    return marks
