"""What an old map holds, whatever file it came in, and what would become of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Side = Literal["buyer", "customer"]
MapShape = Literal["wall", "list", "cjml"]
"""`wall`: stages across, lanes down; `list`: a row for each thing."""
SKIP, OWN = "skip", "own"
"""A row that is left out, and one that becomes a lane of the new map's own."""


@dataclass(frozen=True)
class BringChoices:
    """How a file is read where the guess is wrong; empty: as guessed. Rows are numbered from 1, columns are letters."""

    name: str = ""
    sheet: str = ""
    shape: Literal["", "wall", "list"] = ""
    head: int = 0
    """The row that names the stages, or the columns of a list."""
    label: str = ""
    """The column that names the lanes."""
    lanes: Mapping[str, str] = field(default_factory=dict)
    """Row to lane, `own` or `skip`."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Column to what it holds, or `skip`."""
    sides: Mapping[str, Side] = field(default_factory=dict)
    """Stage's name to side."""


@dataclass(frozen=True)
class StageRead:
    name: str
    place: str
    side: Side | None = None
    words: str = ""


@dataclass(frozen=True)
class ItemRead:
    """One thing in one stage. `of`: the item before it that it belongs to, by its words."""

    stage: str
    lane: str
    kind: str
    words: str
    place: str
    more: tuple[str, ...] = ()
    owner: str = ""
    persona: str = ""
    medium: str = ""
    state: str = ""
    id: str = ""
    of: str = ""
    begun_by: str = ""


@dataclass(frozen=True)
class RowRead:
    """A row of a wall, and which lane it is taken for."""

    row: int
    label: str
    lane: str
    cells: int


@dataclass(frozen=True)
class ColumnRead:
    """A column of a list, and what it is taken for."""

    column: str
    label: str
    field: str
    example: str


@dataclass(frozen=True)
class MapRead:
    """A file as a map. `own`: this product wrote it."""

    name: str
    shape: MapShape
    sheet: str
    sheets: tuple[str, ...]
    head: int
    label: str
    stages: tuple[StageRead, ...]
    items: tuple[ItemRead, ...]
    rows: tuple[RowRead, ...] = ()
    columns: tuple[ColumnRead, ...] = ()
    lanes: Mapping[str, str] = field(default_factory=dict)
    """The map's own lanes: id to name."""
    notes: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Becomes:
    """What one thing in the file becomes. `known`: it is in the plan already and is used as it is."""

    place: str
    stage: str
    lane: str
    words: str
    becomes: str
    known: bool


@dataclass(frozen=True)
class MapPreview:
    """What a file would become, before anything is written."""

    read: MapRead
    journey: str
    stages: tuple[tuple[StageRead, Side], ...]
    becomes: tuple[Becomes, ...]
    """At most MOST of them."""
    counts: Mapping[str, int]
    notes: tuple[str, ...]


MOST = 400
