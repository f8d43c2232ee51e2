"""A map as CSV and as a workbook: every cell is text or a number, and no text is ever a formula."""

from __future__ import annotations

import csv
import io
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from desirelines.collect import safe_cell
from desirelines.plan import Plan
from desirelines.studio.taking.tables import Value, WallTable, cells, map_tables, wide
from desirelines.studio.taking.wall import Wall

LONGEST = 32_767
"""Letters that a workbook's cell can hold."""
_TINTS = {"buyer": "F1F5FB", "customer": "F9F5EC"}
_WRAP = Alignment(wrap_text=True, vertical="top")
_LINE = Border(bottom=Side(style="thin", color="D5D3CC"))
_HEAD = PatternFill("solid", start_color="E8E7E2")


def csv_cells(wall: Wall) -> str:
    """One row for each thing in a cell; RFC 4180 behind a byte order mark, which spreadsheets need."""
    return _csv(cells(wall))


def csv_wide(wall: Wall) -> str:
    """Lanes down, stages across."""
    return _csv(wide(wall))


def _csv(table: WallTable) -> str:
    lines = io.StringIO()
    writer = csv.writer(lines)
    for row in (table.head, *table.rows):
        writer.writerow([safe_cell(one) if isinstance(one, str) else "" if one is None else one for one in row])
    return f"\ufeff{lines.getvalue()}"


def map_workbook(plan: Plan, wall: Wall) -> bytes:
    """The map as on the board, then its parts as tables."""
    book = Workbook()
    book.remove(book.active)
    book.properties.title, book.properties.creator = _text(wall.name)[:250], "Desirelines"
    for table in map_tables(plan, wall):
        page = book.create_sheet(table.name)
        for number, row in enumerate((table.head, *table.rows), 1):
            for place, value in enumerate(row, 1):
                _write(page.cell(number, place), value)
        _dress_map(page, wall) if table.name == "Map" else _dress(page, table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(cell: Cell, value: Value) -> None:
    """A text is a text, whatever it begins with."""
    if isinstance(value, str):
        cell.value = _text(value)
        cell.data_type = "s"
        cell.quotePrefix = True
    elif value is not None:
        cell.value = value
    cell.alignment = _WRAP


def _text(text: str) -> str:
    """What a workbook can hold: without letters that XML forbids."""
    kept = "".join(
        one for one in text if one in "\t\n" or (one >= " " and not "\ud800" <= one <= "\udfff" and one not in "\ufffe\uffff")
    )
    return safe_cell(kept)[:LONGEST]


def _dress_map(page: Any, wall: Wall) -> None:
    page.freeze_panes = "B3"
    page.column_dimensions["A"].width = 20
    page.page_setup.orientation, page.page_setup.fitToWidth, page.page_setup.fitToHeight = "landscape", 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    for place, column in enumerate(wall.columns, 2):
        page.column_dimensions[get_column_letter(place)].width = 34
        for cell in page.iter_cols(place, place, 1, page.max_row).__next__():
            cell.fill = PatternFill("solid", start_color=_TINTS[column.side])
            cell.border = _LINE
    for cell in (*page[1], *(row[0] for row in page.iter_rows())):
        cell.font = Font(bold=True)


def _dress(page: Any, table: WallTable) -> None:
    page.freeze_panes = "A2"
    for place, name in enumerate(table.head, 1):
        page.cell(1, place).font, page.cell(1, place).fill = Font(bold=True), _HEAD
        longest = max((len(str(row[place - 1] or "")) for row in table.rows[:500]), default=0)
        page.column_dimensions[get_column_letter(place)].width = min(60, max(len(name) + 2, longest * 0.9 + 2, 8))
