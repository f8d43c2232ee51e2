"""What a drawn map is made of. Lengths in points, x to the right, y down; a text stands on its baseline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

ASCENT, DESCENT = 0.76, 0.22
"""How far letters reach over and under their baseline, in sizes."""
LEADING = 1.28


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text, never broken. `about`: the whole text where this is a part of it."""

    x: float
    y: float
    text: str
    size: float
    wide: float
    ink: str
    bold: bool = False
    about: str = ""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.x, self.y - ASCENT * self.size, self.x + self.wide, self.y + DESCENT * self.size


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    wide: float
    tall: float
    fill: str = ""
    edge: str = ""
    thick: float = 0.6
    round: float = 0.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points; `curved`: start, two handles, end."""

    points: tuple[tuple[float, float], ...]
    ink: str
    thick: float
    dashed: bool = False
    curved: bool = False
    dense: float = 1.0


@dataclass(frozen=True, slots=True)
class Disc:
    """A ring filled to a share, clockwise from the top; `open`: a broken ring."""

    x: float
    y: float
    r: float
    ink: str
    share: float = 1.0
    open: bool = False


@dataclass(frozen=True, slots=True)
class Photo:
    x: float
    y: float
    wide: float
    tall: float
    digest: str


Mark = Words | Box | Stroke | Disc | Photo


def moved(marks: Iterable[Mark], dx: float, dy: float) -> list[Mark]:
    """The same marks elsewhere."""
    found: list[Mark] = []
    for mark in marks:
        if isinstance(mark, Stroke):
            found.append(replace(mark, points=tuple((x + dx, y + dy) for x, y in mark.points)))
        else:
            found.append(replace(mark, x=mark.x + dx, y=mark.y + dy))
    return found


@dataclass(frozen=True)
class Page:
    wide: float
    tall: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Drawing:
    """A map drawn. `size`: of its text; `overleaf`: texts that are longer than their place, by their number."""

    title: str
    brand: str
    size: float
    pages: tuple[Page, ...]
    overleaf: tuple[str, ...] = ()
