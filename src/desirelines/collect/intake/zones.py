"""Local time to UTC for a whole column. The zone's changes come from zoneinfo, so every machine agrees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import numpy as np
from numpy.typing import NDArray

from desirelines.collect.intake.strings import compiled
from desirelines.model.hint import nearest

MICROSECOND = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_YEAR_US = 31_556_952_000_000


@dataclass(frozen=True)
class Changes:
    """UTC offsets of a zone in microseconds, in order; the first holds since ever.

    `at`: when each began; `wall`: the wall clock, by the offset before, at that instant.
    """

    at: NDArray[np.int64]
    wall: NDArray[np.int64]
    offset: NDArray[np.int64]


def zone_fault(name: str) -> str | None:
    """Why a zone cannot be used, None if it can."""
    names = available_timezones()
    return None if name in names else nearest(name, sorted(names))


def to_utc(wall: NDArray[np.int64], zone: str) -> NDArray[np.int64]:
    """Wall clock times of a zone as microseconds since 1970 UTC.

    A time that occurs twice is taken as the earlier one; one that never occurs as the moment the clock jumps forward.
    """
    if not len(wall):
        return wall
    first, last = (min(2202, max(1898, 1970 + int(edge) // _YEAR_US)) for edge in (wall.min(), wall.max()))
    changes = _changes(zone, first - 1, last + 1)
    result = np.empty_like(wall)
    _to_utc(wall, changes.at, changes.wall, changes.offset, result)
    return result


@compiled
def _to_utc(wall: Any, at: Any, walls: Any, offset: Any, result: Any) -> None:
    last = len(at) - 1
    here = 0
    for row in range(len(wall)):
        time = wall[row]
        while here < last and time >= walls[here + 1]:
            here += 1
        while here > 0 and time < walls[here]:
            here -= 1
        result[row] = max(time - offset[here], at[here])


@lru_cache(maxsize=64)
def _changes(zone: str, first: int, last: int) -> Changes:
    found = [change for year in range(first, last + 1) for change in _year(zone, year)]
    start = _offset(ZoneInfo(zone), datetime(first, 1, 1, tzinfo=UTC))
    offsets = np.array([start, *(after for _, after in found)], np.int64)
    at = np.array([-(2**62), *(when for when, _ in found)], np.int64)
    wall = np.concatenate([at[:1], at[1:] + offsets[:-1]])
    return Changes(at, wall, offsets)


@lru_cache(maxsize=2048)
def _year(zone: str, year: int) -> tuple[tuple[int, int], ...]:
    """The changes within one year of UTC: when, and the offset after."""
    place = ZoneInfo(zone)
    found = []
    here = datetime(year, 1, 1, tzinfo=UTC)
    end = datetime(year + 1, 1, 1, tzinfo=UTC)
    before = _offset(place, here)
    while here < end:
        there = min(here + timedelta(days=1), end)
        after = _offset(place, there)
        if after != before:
            found.append((_bisect(place, here, there, before), after))
        here, before = there, after
    return tuple(found)


def _bisect(place: ZoneInfo, low: datetime, high: datetime, before: int) -> int:
    """The first second between low and high at which the offset is no longer `before`."""
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        if _offset(place, middle) == before:
            low = middle
        else:
            high = middle
    return round((high - _EPOCH) / MICROSECOND)


def _offset(place: ZoneInfo, moment: datetime) -> int:
    offset = moment.astimezone(place).utcoffset()
    return round((offset or timedelta()) / MICROSECOND)
