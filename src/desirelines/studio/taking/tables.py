"""A map as tables: a name, a head and rows of texts and numbers. CSV, workbooks and pages are written from these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desirelines.plan import Plan
from desirelines.studio.taking.backlog import STORY, stories
from desirelines.studio.taking.said import figure_said
from desirelines.studio.taking.wall import Wall, WallCell, WallFigure

Value = str | float | int | None
CELLS = (
    "journey", "stage", "stage_name", "side", "lane", "lane_name", "kind", "id", "words", "more", "owner", "persona", "medium",
    "grade", "state", "of", "source", "target", "value", "low", "high", "n", "unit",
)  # fmt: skip
"""Columns of the table that holds everything: one row for each thing in a cell, one for each figure of it."""
ARROW = "→ "
STATES = {"new": " [new]", "going": " [going]"}


@dataclass(frozen=True)
class WallTable:
    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def cells(wall: Wall) -> WallTable:
    """Everything, in a form that can be brought back."""
    rows: list[tuple[Value, ...]] = []
    for column in wall.columns:
        start = (wall.journey, column.id, column.name, column.side)
        more = " · ".join(column.notes)
        blank: tuple[Value, ...] = ("", "", "", column.grade, "", "", "", None)
        rows.append((*start, "", "", "stage", column.id, column.words or column.name, more, *blank, *_numbers(None)))
        rows += [(*start, "", "", *_figure(column.id, one)) for one in column.figures]
    for row in wall.rows:
        for column in wall.columns:
            start = (wall.journey, column.id, column.name, column.side)
            for cell in row.cells.get(column.id, ()):
                rows += [(*start, row.id, row.name, *one) for one in _cell(cell)]
    return WallTable("Cells", CELLS, tuple(rows))


def _cell(cell: WallCell) -> Iterator[tuple[Value, ...]]:
    one = cell.figures[0] if cell.kind in ("emotion", "figure", "promise") and cell.figures else None
    more = "\n".join(cell.more)
    yield (
        cell.kind, cell.id, cell.words, more, cell.owner, cell.persona, cell.medium, cell.grade, cell.state, cell.of, cell.source,
        cell.target, *_numbers(one),
    )  # fmt: skip
    yield from (_figure(cell.id, other) for other in cell.figures if other is not one)


def _figure(of: str, one: WallFigure) -> tuple[Value, ...]:
    return ("figure", f"{of}:{one.name}", one.name, "", "", "", "", "measured", "", of, "", None, *_numbers(one))


def _numbers(one: WallFigure | None) -> tuple[Value, ...]:
    return (None,) * 5 if one is None else (one.value, one.low, one.high, one.n, one.unit)


def wide(wall: Wall) -> WallTable:
    """Lanes down, stages across, as on the board; each thing in a cell begins with a dot, a card with a square one."""
    rows: list[tuple[Value, ...]] = [("Side", *(column.side for column in wall.columns))]
    for row in wall.rows:
        rows.append((row.name, *("\n".join(_item(one) for one in row.cells.get(column.id, ())) for column in wall.columns)))
    return WallTable("Map", ("Lane", *(column.name for column in wall.columns)), tuple(rows))


def _item(cell: WallCell) -> str:
    words = " ".join(cell.words.split())
    arrow = ARROW if cell.kind == "experience" else ""
    more = [f"  {' '.join(one.split())}" for one in cell.more if cell.kind != "touchpoint"]
    if cell.kind in ("promise", "way"):
        more += [f"  {figure_said(one)}" for one in cell.figures]
    dot = "▪" if cell.kind == "card" else "•"
    return "\n".join([f"{dot} {arrow}{words}{STATES.get(cell.state, '')}", *more])


def touchpoints(plan: Plan, wall: Wall) -> WallTable:
    """Every touchpoint on the map once, with the plan's fields and what is measured."""
    known = {one.id: one for one in plan.touchpoints}
    seen: dict[str, tuple[WallCell, list[str]]] = {}
    for row in wall.rows:
        for column in wall.columns:
            for cell in row.cells.get(column.id, ()):
                if cell.kind == "touchpoint":
                    seen.setdefault(cell.id, (cell, []))[1].append(column.name)
    head = (
        "id", "name", "medium", "kind", "owner", "stages", "state", "words", "frontstage", "backstage", "systems", "grade",
        "people", "reach", "reach low", "reach high", "n", "seconds to the next", "left here", "felt", "felt n",
    )  # fmt: skip
    rows = []
    for name, (cell, stages) in seen.items():
        one, figures = known.get(name), {figure.name: figure for figure in cell.figures}
        reach, felt = figures.get("reach"), figures.get("felt")
        numbers: tuple[Value, ...] = (
            _value(figures.get("people")), _value(reach), reach.low if reach else None, reach.high if reach else None,
            reach.n if reach else None, _value(figures.get("time to the next")), _value(figures.get("left here")), _value(felt),
            felt.n if felt else None,
        )  # fmt: skip
        described = (one.kind, one.words, one.frontstage, one.backstage, ", ".join(one.systems)) if one else ("",) * 5
        rows.append((name, cell.words, cell.medium, described[0], cell.owner, ", ".join(dict.fromkeys(stages)), cell.state,
                     *described[1:], cell.grade, *numbers))  # fmt: skip
    return WallTable("Touchpoints", head, tuple(rows))


def _value(one: WallFigure | None) -> float | None:
    return one.value if one else None


def moments(plan: Plan, wall: Wall) -> WallTable:
    """Needs, each with what meets it."""
    known = {one.id: one for one in plan.moments}
    outcomes = {one.id: one.words for one in plan.outcomes}
    head = (
        "id", "stage", "words", "need", "context", "wants", "emotion", "persona", "outcome", "grade", "experience id",
        "experience", "gives", "state", "owner",
    )  # fmt: skip
    rows: list[tuple[Value, ...]] = []
    for stage, cell, met in _met(wall):
        one = known[cell.id]
        said = (one.words, one.need, one.context, one.wants, one.emotion)
        start = (one.id, stage, *said, cell.persona, outcomes.get(one.outcome or "", ""), cell.grade)
        rows += [(*start, two.id, two.words, "\n".join(two.more), two.state, two.owner) for two in met]
        if not met:
            rows.append((*start, "", "", "", "", ""))
    return WallTable("Moments", head, tuple(rows))


def _met(wall: Wall) -> Iterator[tuple[str, WallCell, list[WallCell]]]:
    for column in wall.columns:
        here = [cell for row in wall.rows if row.id == "moments" for cell in row.cells.get(column.id, ())]
        for cell in here:
            if cell.kind == "moment":
                yield column.name, cell, [one for one in here if one.kind == "experience" and one.of == cell.id]


def promises(wall: Wall) -> WallTable:
    head = ("id", "promise", "stage", "words", "owner", "promised", "kept", "low", "high", "n", "state")
    rows = []
    for stage, cell in _of_kind(wall, "promise"):
        kept = cell.figures[0] if cell.figures else None
        numbers = (kept.value, kept.low, kept.high, kept.n) if kept else (None,) * 4
        rows.append((cell.id, cell.words, stage, "\n".join(cell.more), cell.owner, cell.target, *numbers, cell.state))
    return WallTable("Promises", head, tuple(rows))


def cards(wall: Wall) -> WallTable:
    head = ("id", "stage", "lane", "words", "more", "persona", "owner", "state", "grade", "source")
    rows = []
    for row in wall.rows:
        for column in wall.columns:
            for one in row.cells.get(column.id, ()):
                if one.kind == "card":
                    more = "\n".join(one.more)
                    rows.append(
                        (one.id, column.name, row.name, one.words, more, one.persona, one.owner, one.state, one.grade, one.source)
                    )
    return WallTable("Cards", head, tuple(rows))


def _of_kind(wall: Wall, kind: str) -> Iterator[tuple[str, WallCell]]:
    for row in wall.rows:
        for column in wall.columns:
            yield from ((column.name, one) for one in row.cells.get(column.id, ()) if one.kind == kind)


def comments(wall: Wall) -> WallTable:
    rows = tuple((one.element, one.words, one.author, one.on, "resolved" if one.resolved else "open") for one in wall.notes)
    return WallTable("Comments", ("about", "words", "author", "on", "state"), rows)


def about(wall: Wall) -> WallTable:
    """What the map is and what it rests on."""
    brand = f"{wall.brand} (an invented brand)" if wall.simulated else wall.brand
    rows: Sequence[tuple[str, str]] = (
        ("map", wall.name), ("brand", brand), ("for", ", ".join(wall.personas)), ("drawn for", wall.words),
        ("version", wall.version), ("of", wall.on.isoformat()), ("figures", wall.data),
        *(("the seam", figure_said(one)) for one in wall.seam), *(("mind", one) for one in wall.caveats),
    )  # fmt: skip
    return WallTable("About", ("what", "words"), tuple(row for row in rows if row[1]))


def map_tables(plan: Plan, wall: Wall) -> tuple[WallTable, ...]:
    """All of them, the map as on the board first."""
    told = WallTable("Story backlog", STORY, tuple(stories(plan, wall)))
    several = (touchpoints(plan, wall), moments(plan, wall), promises(wall), cards(wall), told, comments(wall), about(wall))
    return (wide(wall), *several, cells(wall))
