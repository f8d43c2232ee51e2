"""A map on its way out: as columns and rows, and from there into files."""

from __future__ import annotations

from desirelines.studio.taking.cjml import map_cjml
from desirelines.studio.taking.gather import gather_wall
from desirelines.studio.taking.legible import legible_plan
from desirelines.studio.taking.part import map_part
from desirelines.studio.taking.said import figure_said, interval_said, number_said
from desirelines.studio.taking.sheets import csv_cells, csv_wide, map_workbook
from desirelines.studio.taking.tables import WallTable, map_tables
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
    "WallTable",
    "csv_cells",
    "csv_wide",
    "figure_said",
    "gather_wall",
    "interval_said",
    "legible_plan",
    "map_cjml",
    "map_part",
    "map_tables",
    "map_workbook",
    "number_said",
]
