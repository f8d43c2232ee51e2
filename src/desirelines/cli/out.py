"""How the terminal shows answers: tables for people, JSON for programs, a progress bar."""

from __future__ import annotations

import dataclasses
import json
import math
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import numpy as np
from pydantic import BaseModel
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from desirelines.cli.speak import complaints, console, visible
from desirelines.model.progress import Progress as Listener
from desirelines.model.result import Result

_UNSEEN = re.compile("[\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
"""What JSON may hold as it is and a terminal may obey."""


def plain(value: Any) -> Any:
    """The value as JSON can say it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {row.name: plain(getattr(value, row.name)) for row in dataclasses.fields(value)}
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def say_json(value: Any) -> None:
    """One JSON document on standard output."""
    text = json.dumps(plain(value), indent=2, ensure_ascii=False, allow_nan=False)
    sys.stdout.write(_UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], text) + "\n")


def table(head: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "") -> None:
    """A table; columns of numbers stand to the right."""
    lines = [[_cell(cell) for cell in row] for row in rows]
    drawn = Table(
        title=escape(title) or None, title_justify="left", box=None, pad_edge=False, header_style="dim", title_style="bold"
    )
    for index, name in enumerate(head):
        numeric = all(line[index][:1] in "0123456789-+–" or not line[index] for line in lines) and bool(lines)
        drawn.add_column(escape(name), justify="right" if numeric else "left", overflow="fold")
    for line in lines:
        drawn.add_row(*(escape(cell) for cell in line))
    console.print(drawn)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return visible(str(value))


def percent(result: Result[float]) -> str:
    """A share with its interval and n; `unknown` when nothing can be said."""
    if result.value is None:
        return "unknown"
    if result.low is None or result.high is None:
        return f"{100 * result.value:.1f} % n {result.n:,}"
    return f"{100 * result.value:.1f} % [{100 * result.low:.1f}, {100 * result.high:.1f}] n {result.n:,}"


def duration(seconds: float | None) -> str:
    """Seconds as people say them."""
    if seconds is None:
        return "unknown"
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if abs(seconds) >= size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds:.0f} s"


@contextmanager
def progress(quiet: bool = False) -> Iterator[Listener]:
    """A bar on standard error: nothing where that is no terminal but a line for each stage."""
    if quiet:
        yield lambda stage, share: None
    elif not complaints.is_terminal:
        yield _Lines()
    else:
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
        with Progress(*columns, console=complaints, transient=True) as bars:
            task = bars.add_task("starting", total=1.0)
            yield lambda stage, share: bars.update(task, description=escape(visible(stage)), completed=share)


class _Lines:
    def __init__(self) -> None:
        self.stage = ""

    def __call__(self, stage: str, share: float) -> None:
        if stage != self.stage:
            self.stage = stage
            complaints.print(escape(f"{visible(stage)} ..."))
