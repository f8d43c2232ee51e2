"""Where records of a delimited text begin and end. One machine decides; nothing else in the room looks for quotes.

The rules are RFC 4180 as Python's csv module and Arrow read it: a quote opens only at the start of a cell, a doubled
quote inside is a quote, whatever follows a closing quote belongs to the cell. A line ends with LF, CR LF or CR.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., Any])
_compiled = cast("Callable[[F], F]", numba.njit(nogil=True, cache=True, boundscheck=False))

_QUOTE, _LF, _CR = 34, 10, 13
_START, _PLAIN, _QUOTED, _CLOSED, _BEGIN = 0, 1, 2, 3, 4


@dataclass(frozen=True)
class Found:
    """`starts`, `ends` (without the line's end), `lines` and `cells` of each record; and what is left over."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    lines: NDArray[np.int64]
    cells: NDArray[np.int32]
    used: int
    """Bytes that belong to whole records or blank lines."""
    line: int
    """The line that `used` stands on."""
    open: bool
    """The text ended inside quotes. Its last record is then not among those found."""


def scan(data: NDArray[np.uint8], delimiter: int, line: int, final: bool) -> Found:
    """The records of `data`, which begins at a record on physical line `line`; `final`: nothing comes after it."""
    most = int(np.count_nonzero(data == _LF)) + int(np.count_nonzero(data == _CR)) + 1
    starts, ends, lines = (np.empty(most, np.int64) for _ in range(3))
    cells = np.empty(most, np.int32)
    count, used, line, is_open = _scan(data, delimiter, line, final, starts, ends, lines, cells)
    return Found(starts[:count], ends[:count], lines[:count], cells[:count], int(used), int(line), bool(is_open))


@_compiled
def _scan(
    data: Any, delimiter: int, line: int, final: bool, starts: Any, ends: Any, lines: Any, cells: Any
) -> tuple[int, int, int, bool]:
    count, used, cell, first = 0, 0, 1, line
    state, place, size = _BEGIN, 0, len(data)
    while place < size:
        byte = data[place]
        step = 1
        if byte in (_LF, _CR):
            if byte == _CR:
                if place + 1 < size:
                    step = 2 if data[place + 1] == _LF else 1
                elif not final:
                    break
            line += 1
            if state != _QUOTED:
                if state != _BEGIN:
                    starts[count], ends[count], lines[count], cells[count] = used, place, first, cell
                    count += 1
                used, cell, first, state = place + step, 1, line, _BEGIN
        elif state == _QUOTED:
            if byte == _QUOTE:
                state = _CLOSED
        elif byte == delimiter:
            cell += 1
            state = _START
        elif byte == _QUOTE and state != _PLAIN:
            state = _QUOTED
        else:
            state = _PLAIN
        place += step
    if final and state != _BEGIN and state != _QUOTED:
        starts[count], ends[count], lines[count], cells[count] = used, size, first, cell
        count += 1
        used, first = size, line
    return count, used, first, final and state == _QUOTED
