"""Where the stages stand across a sheet: wider where more stands in them, the seam between the two sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desirelines.studio import Wall, WallColumn

NARROWEST = 9.0
"""Of a column, in sizes of the text: about eighteen letters."""
LABEL, SEAM, EDGE = 8.6, 1.8, 1.5
"""The lanes' names, the seam's gap and the sheet's margin, in sizes; the margin of the smallest text is wider."""
LEAST_EDGE = 22.0


@dataclass(frozen=True)
class Span:
    column: WallColumn
    x: float
    wide: float

    @property
    def middle(self) -> float:
        return self.x + self.wide / 2


@dataclass(frozen=True)
class Across:
    """All columns of one sheet. `seam`: where it runs, None where both sides are not on it."""

    edge: float
    label: float
    spans: tuple[Span, ...]
    seam: float | None
    right: float


def margin(size: float) -> float:
    return max(LEAST_EDGE, EDGE * size)


def across(wall: Wall, columns: Sequence[WallColumn], wide: float, size: float) -> Across | None:
    """None: the columns would be narrower than can be read."""
    edge, label = margin(size), LABEL * size
    crosses = any(one.side == "buyer" for one in columns) and any(one.side == "customer" for one in columns)
    free = wide - 2 * edge - label - (SEAM * size if crosses else 0.0)
    if columns and free / len(columns) < NARROWEST * size:
        return None
    widths = _shares(wall, columns, free, NARROWEST * size)
    spans, x, seam = [], edge + label, None
    for place, (column, width) in enumerate(zip(columns, widths, strict=True)):
        if crosses and place and columns[place - 1].side == "buyer" and column.side == "customer":
            seam = x + SEAM * size / 2
            x += SEAM * size
        spans.append(Span(column, x, width))
        x += width
    return Across(edge, label, tuple(spans), seam, wide - edge)


def _shares(wall: Wall, columns: Sequence[WallColumn], free: float, least: float) -> list[float]:
    """Half of the room is dealt evenly, half by what stands in a column; none is narrower than the least."""
    if not columns:
        return []
    weights = [1.0 + sum(_weight(row.cells.get(one.id, ())) for row in wall.rows) for one in columns]
    total, even = sum(weights), free / len(columns)
    wished = [0.5 * even + 0.5 * free * weight / total for weight in weights]
    spare = free - least * len(columns)
    over = [max(0.0, one - least) for one in wished]
    if not sum(over):
        return [even] * len(columns)
    return [least + spare * one / sum(over) for one in over]


def _weight(cells: Sequence[object]) -> float:
    return float(len(cells))
