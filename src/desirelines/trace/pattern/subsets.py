"""A pattern as two tables, its times left aside.

Backward: at each event, what can still lead to a whole match (positions that take the event and from which the pattern can be
brought to its end, and what is awaited). Such sets are few; an event leads from the set after it to the set at it. Forward:
from a position, the set at the next event says which option is taken, so a match is followed without ever turning back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.pattern.options import Follow, Kinds, Option

MOST_STEPS = 400_000
"""Looks that building the tables may take, about a third of a second."""
OVER = -1
"""The match is over with the event before."""

_Set: TypeAlias = int
"""Bits of positions, then of what is awaited."""
_State: TypeAlias = tuple[_Set, int]
"""The set at an event, and the bars (bits) that the event's kind is one of; the journey's end is `(…, -1)`."""
_Row: TypeAlias = int | tuple[Follow, ...]
"""Where one stands: the position matched last (two more: before the first event of the journey, and of a match elsewhere);
or what is awaited still."""


@dataclass(frozen=True)
class Subsets:
    """State 0 is the journey's end."""

    before: NDArray[np.int32]
    """[s << shift] the state at an event of kind k before state s is before[s << shift | k] >> shift"""
    begins: NDArray[np.uint8]
    """[s] 1: a match can begin with the event, 2: it can if that is the journey's first"""
    onward: NDArray[np.int32]
    """[rows * s] from row r, at an event of state s: the row after it, or OVER"""
    shift: int
    first_row: int
    """The row of a match that begins with the journey's first event; the next is that of all others."""


class _Full(Exception):
    """More looks than allowed."""


def subsets_of(options: list[tuple[Option, ...]], takes: list[Kinds], kinds: int) -> Subsets | None:
    """The tables, or None where they would be too large."""
    try:
        return _Maker(options, takes, kinds).made()
    except _Full:
        return None


class _Maker:
    def __init__(self, options: list[tuple[Option, ...]], takes: list[Kinds], kinds: int) -> None:
        self.options, self.takes, self.kinds = options, takes, kinds
        self.positions = len(takes)
        self.awaited = list(
            dict.fromkeys(one for several in options for each in several if each.way == "wait" for one in each.follows)
        )
        self.bit = {one: 1 << self.positions + index for index, one in enumerate(self.awaited)}
        self.bars = list(dict.fromkeys(one.barred for one in self.awaited if one.barred))
        self.good = [self._good(several) for several in options]
        self.left = MOST_STEPS

    def look(self, times: int) -> None:
        self.left -= times
        if self.left < 0:
            raise _Full

    def _good(self, options: tuple[Option, ...]) -> tuple[_Set, bool, bool]:
        """What must be in the set after a position, or whether the match may end with it, at all or at the journey's end."""
        mask = 0
        for option in options:
            for one in option.follows:
                mask |= self.bit[one] if option.way == "wait" else 1 << one.to
        ways = {option.way for option in options}
        return mask, "done" in ways, "done at end" in ways

    def made(self) -> Subsets:
        end = (sum(self.bit[one] for one in self.awaited if one.to < 0), -1)
        states: dict[_State, int] = {end: 0}
        shift = max(self.kinds - 1, 1).bit_length()
        before, done = [], 0
        while done < len(states):
            after = list(states)[done:]
            for state in after:
                found = [states.setdefault(self._before(state, kind), len(states)) << shift for kind in range(self.kinds)]
                before += found + [0] * ((1 << shift) - self.kinds)
            done += len(after)
        onward = self._onward(list(states))
        begins = (onward[self.positions + 1] != OVER) * 1 | (onward[self.positions] != OVER) * 2
        return Subsets(np.array(before, np.int32), begins.astype(np.uint8), onward.ravel(), shift, self.positions)

    def _before(self, after: _State, kind: int) -> _State:
        self.look(self.positions + len(self.awaited) + 1)
        found, ends = 0, after[1] < 0
        for place, (mask, done, at_end) in enumerate(self.good[:-1]):
            if self.takes[place] >> kind & 1 and (done or mask & after[0] or (ends and at_end)):
                found |= 1 << place
        here = found
        for one in self.awaited:
            comes = one.to >= 0 and found >> one.to & 1
            if comes or (after[0] & self.bit[one] and not one.barred >> kind & 1):
                here |= self.bit[one]
        return here, sum(1 << index for index, bar in enumerate(self.bars) if bar >> kind & 1)

    def _onward(self, states: list[_State]) -> NDArray[np.int32]:
        rows: dict[_Row, int] = {row: row for row in range(self.positions + 2)}
        table: list[list[int]] = []
        while len(table) < len(rows):
            row = list(rows)[len(table)]
            self.look(len(states))
            table.append([self._goes(row, state, rows) for state in states])
        return np.array(table, np.int32)

    def _goes(self, row: _Row, state: _State, rows: dict[_Row, int]) -> int:
        """The row after the event that `state` is the state at."""
        if isinstance(row, tuple):
            return self._waits(row, state, rows)
        for option in self.options[min(row, self.positions)]:
            if option.anchored and row == self.positions + 1:
                continue
            if option.way == "next" and state[0] >> option.follows[0].to & 1:
                return option.follows[0].to
            if option.way == "wait" and (live := tuple(one for one in option.follows if state[0] & self.bit[one])):
                return self._waits(live, state, rows)
            if option.way == "done" or (option.way == "done at end" and state[1] < 0):
                return OVER
        return OVER

    def _waits(self, live: tuple[Follow, ...], state: _State, rows: dict[_Row, int]) -> int:
        self.look(len(live))
        for one in live:
            if one.to >= 0 and state[0] >> one.to & 1:
                return one.to
        barred = [bar for index, bar in enumerate(self.bars) if state[1] >> index & 1] if state[1] > 0 else []
        still = tuple(one for one in live if one.barred not in barred)
        return rows.setdefault(still, len(rows)) if still and state[1] >= 0 else OVER
