"""Days in the brand's zone, as numbers that arrays can hold: days since 1970-01-01."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from desirelines.model.period import Period

EPOCH = date(1970, 1, 1)
DAY_US = 86_400_000_000


def number_of(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    return EPOCH + timedelta(days=number)


def iso(at_us: int) -> str:
    """An instant as people and machines read it: ``2018-03-01T12:00:00Z``."""
    instant = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at_us)
    return instant.isoformat().replace("+00:00", "Z")


def day_start_us(number: int, zone: str) -> int:
    """When the day begins in `zone`, microseconds since 1970 UTC."""
    return Period(first_on=day_of(number)).bounds_us(zone)[0]


@dataclass(frozen=True)
class Calendar:
    """Consecutive days: `starts[i]` is when day `first + i` begins, the last entry when the last day ends."""

    first: int
    starts: NDArray[np.int64]

    @property
    def count(self) -> int:
        return len(self.starts) - 1

    def index(self, at_us: NDArray[np.int64]) -> NDArray[np.int64]:
        """The day's place in this calendar of each instant."""
        return np.asarray(np.searchsorted(self.starts, at_us, side="right") - 1, dtype=np.int64)

    def span(self, period: Period) -> slice:
        """The days of this calendar that lie in the period."""
        low = 0 if period.first_on is None else number_of(period.first_on) - self.first
        high = self.count if period.last_on is None else number_of(period.last_on) - self.first + 1
        low = min(max(low, 0), self.count)
        return slice(low, min(max(high, low), self.count))


def calendar(low_us: int, high_us: int, zone: str) -> Calendar:
    """The days in `zone` that hold both instants and all between."""
    first, last = low_us // DAY_US - 1, high_us // DAY_US + 1
    starts = np.array([day_start_us(number, zone) for number in range(first, last + 2)], dtype=np.int64)
    low = int(np.searchsorted(starts, low_us, side="right")) - 1
    high = int(np.searchsorted(starts, high_us, side="right"))
    return Calendar(first + low, starts[low : high + 1])


def day_ends_us(days: NDArray[np.int64], zone: str) -> NDArray[np.int64]:
    """The last microsecond of each day, in `zone`."""
    distinct, place = np.unique(days, return_inverse=True)
    ends = np.array([day_start_us(int(number) + 1, zone) - 1 for number in distinct], dtype=np.int64)
    return ends[place]


def day_at(at_us: int, zone: str) -> date:
    """The day in `zone` of an instant."""
    return day_of(int(day_numbers(np.array([at_us], dtype=np.int64), zone)[0]))


def day_numbers(at_us: NDArray[np.int64], zone: str) -> NDArray[np.int64]:
    """The day in `zone` of each instant."""
    if not len(at_us):
        return np.empty(0, np.int64)
    days = calendar(int(at_us.min()), int(at_us.max()), zone)
    return days.index(at_us) + days.first
