"""Three lines of emotion over a sheet's stages: intended as a thin line, wanted dashed, felt as points with whiskers."""

from __future__ import annotations

from collections.abc import Callable

from desirelines.report.board.columns import Across
from desirelines.report.board.inks import ACCENT, KEPT, RULE, SOFT
from desirelines.report.board.marks import Box, Disc, Mark, Stroke
from desirelines.studio import Feeling, Wall

TALL = 6.0
"""In sizes of the text."""


def feelings(wall: Wall, wide: Across, size: float) -> tuple[tuple[Mark, ...], float]:
    """The marks on the sheet's own x, and how tall they are; nothing where nothing is known."""
    if not any(span.column.feeling.known for span in wide.spans):
        return (), 0.0
    tall = TALL * size
    middle, half = tall / 2, tall / 2 - 0.5 * size

    def at(value: float) -> float:
        return middle - half * min(1.0, max(-1.0, value))

    left, right = wide.spans[0].x, wide.spans[-1].x + wide.spans[-1].wide
    marks: list[Mark] = [Stroke(((left, at(0)), (right, at(0))), RULE, 0.08 * size)]
    for span in wide.spans:
        one = span.column.feeling
        if one.desired is not None and one.felt is not None and one.felt.value is not None:
            top, bottom = sorted((at(one.desired), at(one.felt.value)))
            marks.append(Box(span.middle - 0.45 * size, top, 0.9 * size, bottom - top, "#f8e4bb"))
    marks += _line(wide, lambda one: one.desired, at, SOFT, 0.11 * size, False)
    marks += _line(wide, lambda one: one.wanted, at, ACCENT, 0.11 * size, True)
    for span in wide.spans:
        felt = span.column.feeling.felt
        if felt is None or felt.value is None:
            continue
        if felt.low is not None and felt.high is not None:
            marks.append(Stroke(((span.middle, at(felt.low)), (span.middle, at(felt.high))), KEPT, 0.12 * size))
        marks.append(Disc(span.middle, at(felt.value), 0.34 * size, KEPT))
    return tuple(marks), tall + 0.3 * size


def _line(
    wide: Across, pick: Callable[[Feeling], float | None], at: Callable[[float], float], ink: str, thick: float, dashed: bool
) -> list[Mark]:
    """Broken where a stage says nothing; a stage that stands alone has a short bar."""
    marks: list[Mark] = []
    run: list[tuple[float, float]] = []
    for span in (*wide.spans, None):
        value = None if span is None else pick(span.column.feeling)
        if span is not None and value is not None:
            run.append((span.middle, at(value)))
            continue
        if len(run) == 1:
            (x, y) = run[0]
            run = [(x - 8 * thick, y), (x + 8 * thick, y)]
        if run:
            marks.append(Stroke(tuple(run), ink, thick, dashed))
        run = []
    return marks
