"""A share kept as a bar with its whisker and the target as a notch."""

from __future__ import annotations

from desirelines.report.board.inks import INK, PLANNED, RULE, STATES
from desirelines.report.board.marks import Box, Mark, Stroke
from desirelines.studio import WallCell


def meter(cell: WallCell, x: float, y: float, wide: float, size: float, marks: list[Mark]) -> float:
    """Draw it from the top `y` down; answers where the next thing begins. Nothing known: the empty bar, dashed."""
    tall, kept = 0.5 * size, cell.figures[0]
    marks.append(Box(x, y, wide, tall, RULE, PLANNED if kept.value is None else "", 0.04 * size, 0, kept.value is None))
    if kept.value is not None:
        marks.append(Box(x, y, wide * _inside(kept.value), tall, STATES.get(cell.state, PLANNED)))
        if kept.low is not None and kept.high is not None:
            middle, left, right = y + tall / 2, x + wide * _inside(kept.low), x + wide * _inside(kept.high)
            marks.append(Stroke(((left, middle), (right, middle)), INK, 0.09 * size))
    if cell.target is not None:
        notch = x + wide * _inside(cell.target)
        marks.append(Stroke(((notch, y - 0.15 * size), (notch, y + tall + 0.15 * size)), INK, 0.12 * size))
    return y + tall + 0.2 * size


def _inside(share: float) -> float:
    return min(1.0, max(0.0, share))
