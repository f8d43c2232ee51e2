"""The wall map: stages in the first row, lanes in the first column, anything in between."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desirelines.errors import BadInput
from desirelines.model.hint import slug
from desirelines.studio.bringing.grid import Grid
from desirelines.studio.bringing.nouns import OWN, SKIP, BringChoices, ItemRead, MapRead, RowRead, Side, StageRead
from desirelines.studio.bringing.places import column_number, letters
from desirelines.studio.bringing.words import lane_of, plain

OURS = ("lane", "side")
"""What the first two cells of a wall say that this product wrote."""
DERIVED = ("owners", "figures", "ways", "systems", "frontstage", "backstage", "promises", "messages")
"""Lanes of our own walls that are drawn from other elements, by their names."""
_BULLET = re.compile(r"^\s*(?:[•◦▪‣*–-]|\d+[.)])\s+")
_STATE = re.compile(r"\s*\[(new|going)\]\s*$")
_PARTS = re.compile(r"\s*[\n;|]\s*|\s+•\s*")
MOST_LABELS = 60


def looks_like_wall(grid: Grid) -> int:
    """How many labels in the first columns are lanes that we know."""
    return max(
        (sum(bool(lane_of(grid.at(row, column))) for row in range(1, min(len(grid.rows), MOST_LABELS) + 1)) for column in (1, 2)),
        default=0,
    )


def read_wall(grid: Grid, choices: BringChoices, sheets: tuple[str, ...]) -> MapRead:
    """Raises BadInput with the place where the stages should be."""
    label = column_number(choices.label) or _label(grid)
    head = choices.head or _head(grid, label)
    names = {column: grid.at(head, column) for column in range(label + 1, grid.wide + 1) if grid.at(head, column)}
    if not names:
        raise BadInput(
            f"no stage is named in {grid.place(head, label + 1)} or beside it",
            hint="say which row names the stages",
            code="no_stages",
        )
    ours = (plain(grid.at(head, label)), plain(grid.at(head + 1, label))) == OURS
    side_row = head + 1 if plain(grid.at(head + 1, label)) == "side" else 0
    stages = _stages(grid, head, side_row, names)
    rows, lanes = list[RowRead](), dict[str, str]()
    items = list[ItemRead]()
    for number in range(head + 1, len(grid.rows) + 1):
        told = grid.at(number, label)
        filled = [column for column in names if grid.at(number, column)]
        if number == side_row or not (told or filled):
            continue
        lane = choices.lanes.get(str(number)) or _lane(told)
        derived = ours and lane in DERIVED and str(number) not in choices.lanes
        rows.append(RowRead(number, told, lane, len(filled)))
        if lane == OWN:
            lane = _own(told or f"Row {number}", lanes)
        if lane != SKIP:
            for column in filled:
                text = _cards(grid.at(number, column)) if derived else grid.at(number, column)
                items += _cell(text, grid.place(number, column), names[column], lane)
    title = next((grid.at(row, 1) for row in range(1, head) if grid.at(row, 1)), "")
    name, at = choices.name or title or grid.sheet, letters(label)
    return MapRead(name, "wall", grid.sheet, sheets, head, at, stages, tuple(items), tuple(rows), (), lanes, grid.notes)


def _label(grid: Grid) -> int:
    """The column in which most lanes are named; the first where none is."""
    counts = {column: sum(bool(lane_of(grid.at(row, column))) for row in range(1, len(grid.rows) + 1)) for column in (1, 2, 3)}
    return max(counts, key=lambda column: (counts[column], -column))


def _head(grid: Grid, label: int) -> int:
    """The last row over the first lane that names two stages, or one where there is no other."""
    first = next(
        (row for row in range(1, len(grid.rows) + 1) if lane_of(grid.at(row, label)) or plain(grid.at(row, label)) == "side"), 0
    )
    several = [row for row in range(1, first or len(grid.rows) + 1) if _named(grid, row, label) >= 2]
    if several:
        return several[-1] if first else several[0]
    return next((row for row in range(1, len(grid.rows) + 1) if _named(grid, row, label)), 1)


def _named(grid: Grid, row: int, label: int) -> int:
    return len({grid.at(row, column) for column in range(label + 1, grid.wide + 1)} - {""})


def _stages(grid: Grid, head: int, side_row: int, names: dict[int, str]) -> tuple[StageRead, ...]:
    """Columns of one name beside each other are one stage."""
    found: dict[str, StageRead] = {}
    for column, name in names.items():
        told = grid.at(side_row, column).casefold() if side_row else ""
        side: Side | None = "buyer" if told == "buyer" else "customer" if told == "customer" else None
        found.setdefault(name, StageRead(name, grid.place(head, column), side))
    return tuple(found.values())


def _lane(label: str) -> str:
    lane = lane_of(label)
    return OWN if not lane else SKIP if lane == "ways" else lane


def _cards(text: str) -> str:
    """Of a lane of ours that is drawn from other elements: only its cards, which have a square dot."""
    kept, card = [], False
    for line in text.split("\n"):
        card = line.startswith("▪") or (card and line.startswith(" "))
        kept += [line] if card else []
    return "\n".join(kept)


def _own(label: str, lanes: dict[str, str]) -> str:
    base = slug(label, 40) or "lane"
    name, count = base, 1
    while name in lanes and lanes[name] != label:
        count += 1
        name = f"{base}-{count}"
    lanes[name] = label[:200]
    return name


def _cell(text: str, place: str, stage: str, lane: str) -> Iterator[ItemRead]:
    before = ""
    for words, more in parted(text, lane):
        state = _STATE.search(words)
        words = _STATE.sub("", words)
        kind = {"moments": "moment", "touchpoints": "touchpoint"}.get(lane, "card")
        if lane == "moments" and words.startswith("→"):
            yield ItemRead(stage, lane, "experience", words.lstrip("→ "), place, more, of=before)
            continue
        before = words if kind == "moment" else before
        yield ItemRead(stage, lane, kind, words, place, more, state=state[1] if state else "")


def parted(text: str, lane: str) -> list[tuple[str, tuple[str, ...]]]:
    """The things in one cell, each with the lines under it: by dots or numbers where lines have them, else line by line."""
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    if any(_BULLET.match(line) for line in lines):
        found: list[tuple[str, list[str]]] = []
        for line in lines:
            if _BULLET.match(line) or not found:
                found.append((_BULLET.sub("", line).strip(), []))
            else:
                found[-1][1].append(line.strip())
        return [(words, tuple(more)) for words, more in found if words]
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    if len(parts) == 1 and lane in ("touchpoints", "systems", "owners") and "," in text:
        short = [part.strip() for part in text.split(",") if part.strip()]
        parts = short if all(len(part) <= 40 for part in short) else parts
    return [(part, ()) for part in parts]
