"""Days, weeks or months as instants, and how an instant finds its own without a search or a division."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Bucket, Int
from desirelines.trace.compiled import plain

LATEST_UNIT = 2**16 - 1
"""Units are numbered in sixteen bits: 179 years of days."""
MOST_SLOTS = 2**22


class Slots(NamedTuple):
    """Time in slots of 2**shift microseconds from `low`, each so short that at most one unit begins inside.

    The unit of an instant in slot s is `unit[2 * s + (at >= edge[s])]`.
    """

    low: int
    high: int
    shift: int
    edge: Int
    """[s] the instant within the slot at which another unit begins"""
    unit: NDArray[np.uint16]
    """[2 s] the unit before that instant, and the one from it on"""


@dataclass(frozen=True)
class Units:
    """Consecutive units of time: unit i is `starts[i] <= at < starts[i + 1]`. One may be empty (a zone skipped a day).

    Raises ValueError where they do not rise, are more than `LATEST_UNIT`, or one is millions of times shorter than all.
    """

    starts: Int
    """[u + 1] microseconds since 1970 UTC, rising; the last is where the last unit ends"""

    def __post_init__(self) -> None:
        if not 2 <= len(self.starts) <= LATEST_UNIT or bool((np.diff(self.starts) < 0).any()):
            raise ValueError(f"between 1 and {LATEST_UNIT - 1} units, one after the other")
        if int(self.starts[-1] - self.starts[0]) >> self._shift >= MOST_SLOTS:
            raise ValueError("units of time as different as that are not told apart")

    @property
    def count(self) -> int:
        return len(self.starts) - 1

    def of(self, at: Int) -> Int:
        """[n] the unit of each instant; -1 or `count` outside."""
        return np.asarray(np.searchsorted(self.starts, at, side="right") - 1, dtype=np.int64)

    def hold(self, bucket: Bucket) -> None:
        """Raises ValueError where an event of `bucket` lies outside: kernels look units up unchecked."""
        if len(bucket.at) and not self.starts[0] <= bucket.span_us[0] <= bucket.span_us[1] < self.starts[-1]:
            raise ValueError("the units of time do not hold all events")

    @cached_property
    def _shift(self) -> int:
        lengths = np.diff(self.starts)
        return int(lengths[lengths > 0].min()).bit_length() - 1 if bool((lengths > 0).any()) else 0

    @cached_property
    def slots(self) -> Slots:
        low, high = int(self.starts[0]), int(self.starts[-1])
        real, shift = np.unique(self.starts), self._shift
        begin = low + (np.arange((high - low >> shift) + 1, dtype=np.int64) << shift)
        edge = np.append(real, np.iinfo(np.int64).max)[np.searchsorted(real, begin, side="right")]
        unit = np.stack([self.of(begin), self.of(np.minimum(edge, high))], axis=1)
        return Slots(low, high, shift, plain(edge, np.int64), plain(unit.ravel(), np.uint16))
