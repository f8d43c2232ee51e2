"""A map on its way out: as columns and rows, and from there into files."""

from __future__ import annotations

from desirelines.studio.taking.gather import gather_wall
from desirelines.studio.taking.said import figure_said, interval_said, number_said
from desirelines.studio.taking.wall import (
    WALL_LANES,
    Feeling,
    Take,
    Wall,
    WallCell,
    WallColumn,
    WallFigure,
    WallLine,
    WallNote,
    WallRow,
    WallShow,
)

__all__ = [
    "WALL_LANES",
    "Feeling",
    "Take",
    "Wall",
    "WallCell",
    "WallColumn",
    "WallFigure",
    "WallLine",
    "WallNote",
    "WallRow",
    "WallShow",
    "figure_said",
    "gather_wall",
    "interval_said",
    "number_said",
]
