"""Any file that holds a map, as one reading: which sheet, which shape."""

from __future__ import annotations

from dataclasses import replace

from desirelines.errors import NotFound
from desirelines.model.hint import nearest
from desirelines.studio.bringing.grid import Book, Grid, read_grids
from desirelines.studio.bringing.journeys import looks_like_xml, read_journeys
from desirelines.studio.bringing.nouns import BringChoices, MapRead
from desirelines.studio.bringing.rows import looks_like_list, read_list
from desirelines.studio.bringing.wall import looks_like_wall, read_wall


def read_map(data: bytes, name: str, choices: BringChoices) -> MapRead:
    """Raises BadInput, NotFound (no such sheet) or TooLarge, with the place."""
    if looks_like_xml(data):
        return read_journeys(data, name, choices)
    book = read_grids(data, name)
    sheets = tuple(one.sheet for one in book.grids)
    grid = _chosen(book, choices.sheet)
    shape = choices.shape or _shape(grid)
    read = read_wall(grid, choices, sheets) if shape == "wall" else read_list(grid, choices, sheets)
    ours = next((one.at(2, 2) for one in book.grids if one.sheet == "About" and one.at(2, 1) == "map"), "")
    if ours and not choices.name:
        read = replace(read, name=ours)
    called = read.name if choices.name or read.name not in ("", grid.sheet) else _stem(name) or read.name
    return replace(read, name=called[:200] or "Brought map", notes=(*book.notes, *read.notes))


def _chosen(book: Book, sheet: str) -> Grid:
    """The sheet asked for, or the one that looks most like a map."""
    if sheet:
        found = next((one for one in book.grids if one.sheet == sheet), None)
        if found is None:
            raise NotFound(f"there is no sheet `{sheet[:80]}` to read", hint=nearest(sheet, [one.sheet for one in book.grids]))
        return found
    return max(book.grids, key=lambda one: (one.sheet.casefold() == "map", max(looks_like_wall(one), looks_like_list(one)[0])))


def _shape(grid: Grid) -> str:
    return "list" if looks_like_list(grid)[0] >= 2 and looks_like_list(grid)[0] >= looks_like_wall(grid) else "wall"


def _stem(name: str) -> str:
    """`Journey map (final).xlsx` gives `Journey map (final)`."""
    return name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0].strip()
