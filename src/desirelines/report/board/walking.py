"""Ways over a sheet's stages: those that were planned as hairlines, those nobody drew as wide as many walk them."""

from __future__ import annotations

import math

from desirelines.report.board.columns import Across
from desirelines.report.board.inks import ACCENT, EDGE, PLANNED
from desirelines.report.board.marks import Disc, Mark, Stroke
from desirelines.studio import Wall, WallLine

OVER, UNDER = 5.0, 3.0
"""How far ways reach over and under the line they stand on, in sizes: onwards over it, back under it."""
WIDEST = 0.75


def walking(wall: Wall, wide: Across, size: float) -> tuple[tuple[Mark, ...], float]:
    """The marks on the sheet's own x, and how tall they are; nothing where no way lies on the sheet."""
    here = {span.column.id for span in wide.spans}
    lines = [one for one in wall.lines if one.origin_stage in here and one.target_stage in here and one.origin != one.target]
    if not any(one.desire for one in lines):
        return (), 0.0
    at = _places(lines, wide, size)
    backs = any(at[one.origin] > at[one.target] for one in lines)
    middle = OVER * size
    most = max(one.people for one in lines) or 1
    longest = max(abs(at[one.origin] - at[one.target]) for one in lines) or 1.0
    marks: list[Mark] = []
    for one in sorted(lines, key=lambda line: (line.desire, -line.people)):
        marks.append(_way(one, at, middle, size, most, longest))
    base = Stroke(((wide.spans[0].x, middle), (wide.spans[-1].x + wide.spans[-1].wide, middle)), EDGE, 0.06 * size)
    dots: list[Mark] = [Disc(x, middle, 0.2 * size, PLANNED) for x in sorted(set(at.values()))]
    return (base, *marks, *dots), middle + (UNDER if backs else 0.5) * size


def _places(lines: list[WallLine], wide: Across, size: float) -> dict[str, float]:
    """Each touchpoint's x: side by side in its stage, in the order in which ways name them."""
    inside: dict[str, list[str]] = {}
    for one in lines:
        for stage, name in ((one.origin_stage, one.origin), (one.target_stage, one.target)):
            several = inside.setdefault(stage, [])
            if name not in several:
                several.append(name)
    found = {}
    for span in wide.spans:
        several = sorted(inside.get(span.column.id, []))
        for place, name in enumerate(several):
            found[name] = span.x + span.wide * (place + 1) / (len(several) + 1)
    return found


def _way(one: WallLine, at: dict[str, float], middle: float, size: float, most: int, longest: float) -> Stroke:
    start, end = at[one.origin], at[one.target]
    reach = math.sqrt(abs(start - end) / longest)
    tall = (OVER - 0.4) * size * reach if start < end else -(UNDER - 0.4) * size * reach
    handle = middle - tall * 4 / 3
    points = ((start, middle), (start, handle), (end, handle), (end, middle))
    if not one.desire:
        return Stroke(points, PLANNED, 0.05 * size, curved=True, dense=0.6)
    return Stroke(points, ACCENT, max(0.1, WIDEST * math.sqrt(one.people / most)) * size, curved=True, dense=0.5)
