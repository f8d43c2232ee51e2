"""Working time: a clock that stands still out of hours. And codes that depend on what came before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Codes, Int, Part
from desirelines.trace.compiled import compiled, plain

SHIFT = 35
"""A slot of the look-up table is 2**35 microseconds: nine and a half hours."""


@dataclass(frozen=True)
class Hours:
    """Open hours: `begins[i] <= at < ends[i]`, microseconds since 1970 UTC, one after the other.

    Raises ValueError where they overlap.
    """

    begins: Int
    ends: Int

    def __post_init__(self) -> None:
        if bool((self.begins >= self.ends).any()) or bool((self.begins[1:] < self.ends[:-1]).any()):
            raise ValueError("open hours follow one another")

    @cached_property
    def worked(self) -> Int:
        """[h] open time before each opening."""
        return np.concatenate([np.zeros(1, np.int64), np.cumsum(self.ends - self.begins)])[: len(self.begins)]

    @cached_property
    def slots(self) -> tuple[int, Int]:
        """Where slots begin, and for each the last opening before it (0: none is)."""
        low = int(self.begins[0])
        begin = low + (np.arange((int(self.ends[-1]) - low >> SHIFT) + 2, dtype=np.int64) << SHIFT)
        return low, plain(np.searchsorted(self.begins, begin, side="right") - 1, np.int64)

    def clock(self, at: Int) -> Int:
        """[n] open time until each instant, since the first opening: the difference of two is the open time between them."""
        if not len(self.begins):
            return np.zeros(len(at), np.int64)
        low, slots = self.slots
        return _worked(plain(at, np.int64), plain(self.begins, np.int64), plain(self.ends, np.int64), self.worked, low, slots)

    def part(self, part: Part) -> Part:
        """The same journeys, timed by this clock."""
        return replace(part, bucket=replace(part.bucket, at=self.clock(part.bucket.at)))


@compiled
def _worked(at: Int, begins: Int, ends: Int, worked: Int, low: int, slots: Int) -> Int:
    found = np.zeros(at.size, np.int64)
    for event in range(at.size):
        now = at[event]
        if now < low:
            continue
        opening = slots[min((now - low) >> SHIFT, slots.size - 1)]
        while opening + 1 < begins.size and begins[opening + 1] <= now:
            opening += 1
        found[event] = worked[opening] + min(now, ends[opening]) - begins[opening]
    return found


Moves = NDArray[np.uint8]


@compiled
def _moved(start: Int, end: Int, codes: Codes, moves: Moves, none: int) -> Codes:
    """`moves` [state, code]: the state an event of the code is in, coming from a state; the last row is from none."""
    found = np.full(codes.size, none, np.uint32)
    top = np.int64(moves.shape[1] - 1)
    for journey in range(start.size):
        state = np.int64(moves.shape[0] - 1)
        for event in range(start[journey], end[journey]):
            here = np.int64(moves[state, min(np.int64(codes[event]), top)])
            if here != 255:
                state = here
                found[event] = here
    return found


def moved(part: Part, moves: Moves) -> Part:
    """The same journeys, an event's code now the state it is in: `moves[state before, code]`, 255 for none.

    The last row holds before the first state, the last column for all further codes; an event in none has code 255.
    """
    codes = _moved(part.journeys.start, part.journeys.end, part.codes, plain(moves, np.uint8), 255)
    return replace(part, codes=codes)
