"""One stretch of a table: what every format becomes before the intake looks at it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Indices = NDArray[np.int64]
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class Refusal:
    """A row, or one part of it, that is not taken in. `row` is JSON: see `docs/collect.md`."""

    reason: str
    detail: str
    line: int
    row: str
    event: str | None = None

    def called(self, event: str | None) -> Refusal:
        """The same refusal of another event."""
        return replace(self, event=event)


@dataclass(frozen=True)
class Stretch:
    """Rows that could be split into cells, and those that could not.

    `lines` (n) is the place of each row: a physical line, or a row number where a format has no lines. `columns` holds
    arrays of length n, of text or of the format's own types; blank cells are null. `absent` marks, where a format can
    tell, the rows that lack a column altogether. `rows` counts every row read, refused ones included; `texts` gives the
    stored text of rows by index.
    """

    rows: int
    position: int
    lines: NDArray[np.int64]
    columns: Mapping[str, pa.Array]
    texts: Callable[[Indices], list[str]]
    absent: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)
    refused: Sequence[Refusal] = ()
    own_times: bool = False
    """The format knows times itself, so a text that does not fit a pattern may still be one of its own (ISO) times."""

    def __len__(self) -> int:
        return len(self.lines)

    def head(self, rows: int) -> Stretch:
        """The first so many rows, by line."""
        if rows >= self.rows:
            return self
        places = np.sort(np.concatenate([self.lines, [one.line for one in self.refused]]).astype(np.int64))
        last = int(places[rows - 1]) if rows else -1
        kept = int(np.searchsorted(self.lines, last, side="right"))
        return replace(
            self,
            rows=rows,
            lines=self.lines[:kept],
            columns={name: column.slice(0, kept) for name, column in self.columns.items()},
            absent={name: mask[:kept] for name, mask in self.absent.items()},
            refused=tuple(one for one in self.refused if one.line <= last),
        )


Piece = Callable[[], Stretch]


class Table(Protocol):
    """An opened file. `columns` is None where a format has no header."""

    @property
    def columns(self) -> tuple[str, ...] | None: ...

    @property
    def size(self) -> int:
        """What the last stretch's position will be."""

    def pieces(self, wanted: Sequence[str]) -> Iterator[Piece]:
        """Work that gives the stretches in order; pieces may run at the same time."""


def row_text(cells: Mapping[str, Any]) -> str:
    """A row that could be split, as it is stored."""
    return _json(cells)


def raw_text(text: str, how: Mapping[str, Any]) -> str:
    """A row that could not be split, as it is stored, with what is needed to try again."""
    return _json([text, dict(how)])


def named(path: Path) -> str:
    """The file's name as messages say it."""
    return f"`{path.name}`"
