"""A list: one row for each touchpoint or card, with a head that says what the columns hold; our own table of cells too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypedDict

from desirelines.errors import BadInput
from desirelines.model.hint import slug
from desirelines.studio.bringing.grid import Grid
from desirelines.studio.bringing.nouns import SKIP, BringChoices, ColumnRead, ItemRead, MapRead, Side, StageRead
from desirelines.studio.bringing.places import letters
from desirelines.studio.bringing.wall import parted
from desirelines.studio.bringing.words import field_of, lane_of, plain

OWN_HEAD = {"journey", "stage", "stage name", "side", "lane", "kind", "id", "word"}
OWN_FIELDS = {"stage": "", "stage name": "stage", "lane name": "lane name", "journey": ""}
DERIVED = ("figure", "way", "owner", "system", "stage", "message", "promise")
"""Kinds in our own table that follow from others, or that a map does not make."""
_KINDS = {
    "moments": "moment", "moment": "moment", "touchpoint": "touchpoint", "touchpoints": "touchpoint", "experience": "experience",
    "card": "card", "frontstage": "frontstage", "backstage": "backstage", "emotion": "emotion",
}  # fmt: skip


def looks_like_list(grid: Grid) -> tuple[int, int]:
    """How many columns of which row's head we know, and the row."""
    counts = [
        (len({field_of(name) for name in grid.rows[row - 1] if name} - {""}), row)
        for row in range(1, min(len(grid.rows), 15) + 1)
    ]
    return max(counts, key=lambda pair: (pair[0], -pair[1]), default=(0, 1))


def read_list(grid: Grid, choices: BringChoices, sheets: tuple[str, ...]) -> MapRead:
    """Raises BadInput where no column says what a row is about."""
    head = choices.head or looks_like_list(grid)[1]
    ours = {plain(name) for name in grid.rows[head - 1]} >= OWN_HEAD if head <= len(grid.rows) else False
    columns = _columns(grid, head, choices, ours)
    fields = {one.field: number for number, one in columns.items() if not one.field.startswith("lane:")}
    lanes_of_columns = {number: one for number, one in columns.items() if one.field.startswith("lane:")}
    if not ({"words", "touchpoint"} & set(fields) or lanes_of_columns):
        raise BadInput(
            f"row {head} names no column with touchpoints or words",
            hint="say which row names the columns and what they hold",
            code="no_columns",
        )
    lanes, stages, items = dict[str, str](), dict[str, StageRead](), list[ItemRead]()
    stage = ""
    for number in range(head + 1, len(grid.rows) + 1):
        row = {name: grid.at(number, column) for name, column in fields.items()}
        if not any(grid.rows[number - 1]):
            continue
        stage = row.get("stage", "") or stage or "Journey"
        side: Side | None = {"buyer": "buyer", "customer": "customer"}.get(row.get("side", "").casefold())  # type: ignore[assignment]
        words = row["words"] if ours and row.get("kind") == "stage" and row.get("words") != stage else ""
        stages.setdefault(stage, StageRead(stage, grid.place(number, fields.get("stage", 1)), side, words))
        mine = _ours(grid, number, stage, row, lanes) if ours else _theirs(grid, number, stage, row, lanes_of_columns, lanes)
        items += mine
    name, here, held = choices.name or grid.sheet, tuple(stages.values()), tuple(columns.values())
    return MapRead(name, "list", grid.sheet, sheets, head, "", here, tuple(items), (), held, lanes, grid.notes)


def _columns(grid: Grid, head: int, choices: BringChoices, ours: bool) -> dict[int, ColumnRead]:
    """Each field is held by one column, the first that names it; in our own table the stage's name, not its id."""
    found: dict[int, ColumnRead] = {}
    taken: set[str] = set()
    for number in range(1, grid.wide + 1):
        name, letter = grid.at(head, number), letters(number)
        guess = OWN_FIELDS.get(plain(name), field_of(name)) if ours else field_of(name)
        said = choices.columns.get(letter) or guess
        if said in taken and not said.startswith("lane:"):
            said = ""
        taken.add(said)
        example = next((grid.at(row, number) for row in range(head + 1, len(grid.rows) + 1) if grid.at(row, number)), "")
        if name or example:
            found[number] = ColumnRead(letter, name, said or SKIP, example[:80])
    return found


def _ours(grid: Grid, number: int, stage: str, row: Mapping[str, str], lanes: dict[str, str]) -> Iterator[ItemRead]:
    """A row of the table of cells that this product writes."""
    kind = row.get("kind", "")
    if kind in DERIVED or not row.get("words"):
        return
    more = () if kind == "touchpoint" else _lines(row.get("more", ""))
    lane = _lane(row.get("lane", ""), lanes)
    if lane in lanes:
        lanes[lane] = row.get("lane name") or lanes[lane]
    yield ItemRead(stage, lane, _KINDS.get(kind, "card"), row["words"], grid.place(number, 1), more, **_common(row))


def _theirs(
    grid: Grid, number: int, stage: str, row: Mapping[str, str], others: Mapping[int, ColumnRead], lanes: dict[str, str]
) -> Iterator[ItemRead]:  # fmt: skip
    """A row of somebody else's list: its touchpoint, its words, and what other columns say of them."""
    place, common, touchpoint = grid.place(number, 1), _common(row), row.get("touchpoint", "")
    kind, lane = _KINDS.get(plain(row.get("kind", "")), ""), _lane(row.get("lane", ""), lanes)
    if touchpoint:
        yield ItemRead(stage, "touchpoints", "touchpoint", touchpoint, place, (), **common)
    if row.get("words") and touchpoint and not lane:
        yield ItemRead(stage, "notes", "card", row["words"], place, of=touchpoint)
    elif row.get("words"):
        lane = lane or {"moment": "moments", "touchpoint": "touchpoints"}.get(kind, "notes" if kind else "touchpoints")
        kind = kind or _KINDS.get(lane, "card")
        yield ItemRead(stage, lane, kind, row["words"], place, _lines(row.get("more", "")), **common)
    for column, one in others.items():
        beside = one.field.removeprefix("lane:")
        for words, under in parted(grid.at(number, column), beside):
            what = {"moments": "moment", "touchpoints": "touchpoint"}.get(beside, "card")
            yield ItemRead(stage, beside, what, words, grid.place(number, column), under, of=touchpoint)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line)


class _Common(TypedDict):
    owner: str
    persona: str
    medium: str
    state: str
    id: str
    of: str


def _common(row: Mapping[str, str]) -> _Common:
    owner, persona, medium, state, name, of = (row.get(one, "") for one in ("owner", "persona", "medium", "state", "id", "of"))
    return {"owner": owner, "persona": persona, "medium": medium, "state": state, "id": name, "of": of}


def _lane(label: str, lanes: dict[str, str]) -> str:
    """The house's lane, or one of the map's own."""
    if not label:
        return ""
    known = lane_of(label)
    if known:
        return known
    name = slug(label, 40) or "lane"
    lanes.setdefault(name, label[:200])
    return name
